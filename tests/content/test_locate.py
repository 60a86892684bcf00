from __future__ import annotations

import pytest

from credsite.content.locate import fill_in_locations
from credsite.problems.model import Location, Problem

COURSE = """\
---
title: First aid
sessions:
  - starts: soon
industries:
---
An introduction.

See [this](course:nowhere).
"""
FILES: dict[str, str | None] = {
    "content/courses/first-aid.md": COURSE,
    "content/courses/no-end.md": "---\ntitle: x\n",
    "content/courses/tangled.md": "---\ntitle: [\n---\nBody\n",
    "content/courses/SHOUT.MD": COURSE,
    "credsite.yaml": "title: Site\nproblems:\n  missing-price: of\n",
    "content/images/badge.svg": "<svg/>",
}


def read(path: str) -> str | None:
    return FILES.get(path)


def place(found: Location) -> str:
    (problem,) = fill_in_locations([Problem("bad-date", "", found)], read)
    return str(problem.location)


AID = "content/courses/first-aid.md"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (Location(AID, key=("title",)), f"{AID}:2:8"),
        (Location(AID, key=("title",), target="key"), f"{AID}:2:1"),
        (Location(AID, key=("sessions", 0, "starts")), f"{AID}:4:13"),
        (Location(AID, key=("sessions", 0, "ends"), target="key"), f"{AID}:4:5"),
        (Location(AID, key=("industries",)), f"{AID}:5:1"),
        (Location(AID, key=("price",), target="key"), f"{AID}:2:1"),
        (Location(AID), f"{AID}:2:1"),
        (Location(AID, snippet="course:nowhere"), f"{AID}:9:12"),
        (Location(AID, snippet="not in it"), f"{AID}:7:1"),
        (Location(AID, 3, 9, key=("title",)), f"{AID}:3:9"),
        (Location("content/courses/SHOUT.MD", key=("title",)), "content/courses/SHOUT.MD:2:8"),
        (Location("content/courses/no-end.md", key=("title",)), "content/courses/no-end.md:1:1"),
        (Location("content/courses/tangled.md", key=("title",)), "content/courses/tangled.md:1:1"),
        (Location("content/courses/tangled.md", snippet="Body"), "content/courses/tangled.md:4:1"),
        (Location("content/courses/gone.md", key=("title",)), "content/courses/gone.md"),
        (Location("credsite.yaml", key=("problems", "missing-price")), "credsite.yaml:3:18"),
        (Location("credsite.yaml", key=("problems", "missing-price"), target="key"), "credsite.yaml:3:3"),
        (Location("credsite.yaml", key=("base_url",), target="key"), "credsite.yaml:1:1"),
        (Location("content/images/badge.svg"), "content/images/badge.svg"),
        (Location(""), ""),
    ],
)
def test_places_are_found(found: Location, shown: str) -> None:
    assert place(found) == shown


SETTINGS = """\
title: A
notice: >-
  See [a](/a/).

  And [b](/b/).
footer:
  text: "[c](/c/)"
  links:
  - d
contact: /e/
"""


@pytest.mark.parametrize(
    ("key", "snippet", "shown"),
    [
        (("notice",), "/a/", "3:11"),
        (("notice",), "/b/", "5:11"),
        (("notice",), "/c/", "2:9"),
        (("footer", "text"), "/c/", "7:14"),
        (("footer", "text"), "d", "9:5"),
        (("footer", "text"), "/e/", "7:9"),
    ],
)
def test_pieces_of_texts_in_settings_are_found(key: tuple[str, ...], snippet: str, shown: str) -> None:
    problem = Problem("broken-link", "", Location("credsite.yaml", key=key, snippet=snippet))
    (found,) = fill_in_locations([problem], lambda _: SETTINGS)
    assert str(found.location) == f"credsite.yaml:{shown}"


def test_the_other_place_is_found_as_well() -> None:
    problem = Problem(
        "duplicate-ctid", "", Location(AID, key=("title",)), related=Location("credsite.yaml", key=("title",))
    )
    (found,) = fill_in_locations([problem], read)
    assert str(found.location) == f"{AID}:2:8"
    assert str(found.related) == "credsite.yaml:1:8"


def test_each_file_is_read_once_and_only_if_needed() -> None:
    asked: list[str] = []

    def counting(path: str) -> str | None:
        asked.append(path)
        return read(path)

    problems = [
        Problem("bad-date", "", Location(AID, key=("title",))),
        Problem("bad-slug", "", Location("content/courses/gone.md")),
        Problem("bad-url", "", Location("content/courses/gone.md")),
        Problem("bad-date", "", Location(AID, key=("sessions",))),
        Problem("bad-date", "", Location("credsite.yaml", 1, 1)),
    ]
    assert len(fill_in_locations(problems, counting)) == 5
    assert asked == [AID, "content/courses/gone.md"]
