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


def test_pages_say_which_words_of_their_headings_and_breadcrumbs_are_texts_of_the_site() -> None:
    config = settings(
        fields={"course": {"campus": {"type": "choice", "values": {"quay": "Quay"}, "pages": True}}}
    )
    fields = {
        "schema": config.site_schema,
        "industries": ["health"],
        "delivery_modes": ["online"],
        "skills": ["Knots"],
    }
    site, _ = planned(
        course("a", campus="quay", **fields),
        course("b", **fields),
        story("s", "a"),
        config=config,
    )
    words = {
        "": (True, []),
        "courses/": (False, [False, False]),
        "courses/a/": (True, [False, False, True, True]),
        "industries/": (False, [False, False]),
        "industries/health/": (True, [False, False, True]),
        "industries/health/online/": (False, [False, False, True, False]),
        "delivery/online/": (False, [False, False, False]),
        "skills/knots/": (True, [False, False, True]),
        "campus/": (True, [False, True]),
        "campus/quay/": (True, [False, True, True]),
        "stories/industry/health/": (False, [False, False, False]),
        "stories/s/": (True, [False, False, True]),
        "404.html": (False, []),
    }
    views = {path: view_of(site, path) for path in words}
    assert {path: (view.own, [crumb.own for crumb in view.crumbs]) for path, view in views.items()} == words
