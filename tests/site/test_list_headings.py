"""The headings of lists."""

from __future__ import annotations

import pytest

from tests.support.catalogues import course, planned, settings, story, view_of


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ({}, ("Online courses", "Online courses in Health", "Stories of Online courses")),
        (
            {"delivery_modes": {"online": {"label": "In your own time"}}},
            (
                "Courses: In your own time",
                "Courses in Health: In your own time",
                "Stories of courses: In your own time",
            ),
        ),
    ],
)
def test_the_sites_own_words_for_a_delivery_mode_stand_behind_a_colon(
    words: dict[str, object], headings: tuple[str, str, str]
) -> None:
    site, _ = planned(
        course("a", delivery_modes=["online"], industries=["health"]),
        story("s", "a"),
        config=settings(vocabularies=words),
    )
    paths = ("delivery/online/", "industries/health/online/", "stories/delivery/online/")
    assert tuple(view_of(site, path).heading for path in paths) == headings
