"""Warnings where an own field names an entry that visitors do not see."""

from __future__ import annotations

from credsite.catalogue.held_back_references import held_back_reference_problems
from tests.support.catalogues import catalogue, course, page, provider, settings, story

FIELDS = {
    "course": {
        "hosts": {"type": "reference", "kind": "provider", "list": True},
        "tale": {"type": "reference", "kind": "story"},
        "room": {"type": "text", "search": True},
    },
    "page": {"tale": {"type": "reference", "kind": "story"}},
}
SCHEMA = settings(fields=FIELDS).site_schema


def test_an_own_field_that_names_what_is_held_back() -> None:
    found = catalogue(
        course("a", schema=SCHEMA, hosts=["college", "guild"], tale="s", room="guild"),
        course("b", schema=SCHEMA, hosts=["guild"], draft=True),
        page("p", schema=SCHEMA, tale="s"),
        provider("guild", draft=True),
        story("s", "a", consent={"given": "2026-01-01", "withdrawn": "2026-02-01"}),
        schema=SCHEMA,
    )
    problems = list(held_back_reference_problems(found, SCHEMA))
    assert [(one.code, one.location.path, one.location.key) for one in problems] == [
        ("held-back-link", "content/courses/a.md", ("hosts", 1)),
        ("held-back-link", "content/courses/a.md", ("tale",)),
        ("held-back-link", "content/pages/p.md", ("tale",)),
    ]
    assert problems[0].message == "`content/providers/guild.md` is held back, so it is left out here."


def test_nothing_is_said_of_what_visitors_see() -> None:
    found = catalogue(
        course("a", schema=SCHEMA, hosts=["college", "guild"]),
        page("p", schema=SCHEMA, draft=True),
        provider("guild"),
        schema=SCHEMA,
    )
    assert list(held_back_reference_problems(found, SCHEMA)) == []
