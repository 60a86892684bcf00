from __future__ import annotations

import pytest

from credsite.problems.model import MAX_PER_FILE, Location, Problem, limited


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("a.md"), "a.md"),
        (Location("a.md", 3), "a.md:3"),
        (Location("a.md", 3, 7), "a.md:3:7"),
        (Location("a.md", key=("title",)), "a.md"),
    ],
)
def test_a_location_is_written_so_that_editors_can_open_it(location: Location, text: str) -> None:
    assert str(location) == text


def test_of_each_file_so_many_problems_are_told_of() -> None:
    many = [
        Problem("bad-date", f"{number}.", Location(path))
        for path in ("a.md", "b.md")
        for number in range(MAX_PER_FILE + 5)
    ]
    shown = list(limited([*many, Problem("bad-date", "One.", Location("c.md"))]))
    assert [sum(one.location.path == path for one in shown) for path in ("a.md", "b.md", "c.md")] == [
        MAX_PER_FILE,
        MAX_PER_FILE,
        1,
    ]
    assert shown[MAX_PER_FILE - 1].message.startswith(f"{MAX_PER_FILE - 1}. This file has more problems")
    assert shown[MAX_PER_FILE - 2].message == f"{MAX_PER_FILE - 2}."


def test_a_message_is_of_a_length_that_people_can_read() -> None:
    (shown,) = limited(
        [Problem("bad-url", f"`{'x' * 100_000}` is wrong.", Location("a.md"), suggestion="y" * 9999)]
    )
    assert shown.message.startswith("`xxx")
    assert shown.message.endswith("xxx` is wrong.")
    assert len(shown.message) < 2_100
    assert shown.suggestion == ""
