from __future__ import annotations

import pytest

from credsite.problems.model import Location


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
