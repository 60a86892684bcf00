"""A page has another fingerprint when, and only when, something that it looks up has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.enrolment import Enrolment
from credsite.content.records import Record, SessionRecord
from credsite.schema.kinds import Kind
from credsite.site.dependencies.fingerprints import Fingerprinter, value_fingerprint
from credsite.site.dependencies.history import PageHistory
from credsite.site.dependencies.recorder import ORDER, SHARED, TEXT, Lookup, Lookups, SharedName
from credsite.site.dependencies.store import DependencyStore
from tests.site.dependencies.made_pages import EDITS, MadePages, entries, pages_of_entries
from tests.support.catalogues import AnyEntry, catalogue, course, parsed, plan, planned

CARD: SharedName = ("card", "a")
SHOWS_CARD: Lookups = ((SHARED, CARD),)
COURSE_A: Lookups = (("courses", "a"),)
COURSE_B: Lookups = (("courses", "b"),)

# --- of values ---------------------------------------------------------------------------------------------

VALUES: list[Any] = [
    (),
    ("",),
    ("", ""),
    ("a", "b"),
    ("ab",),
    ("1", "a"),
    (1, "a"),
    ("a" * 200,),
    ("a" * 199 + "b",),
    ("a",) * 100,
    ("a",) * 99,
    None,
    "",
    "a",
    "None",
    Enrolment("open"),
    Enrolment("full"),
    Enrolment("open", SessionRecord(date(2027, 1, 1), None, None, None, "", None)),
    Enrolment("open", SessionRecord(date(2027, 1, 2), None, None, None, "", None)),
    ((0, "open"),),
    ((1, "open"),),
    ((0, "full"),),
    (Decimal(1), Decimal(2), "CAD"),
    (Decimal(1), Decimal("2.0"), "CAD"),
]


def page_fingerprint(value: Any) -> str:
    """The fingerprint of a page that looks up this value alone."""
    found = replace(catalogue(), featured={"x": value})
    fingerprinter = Fingerprinter(replace(plan().link_resolver, catalogue=found))
    return fingerprinter.fingerprint("", (("featured", "x"),))


def test_different_values_have_different_fingerprints() -> None:
    assert len({value_fingerprint(value) for value in VALUES}) == len(VALUES)
    assert len({page_fingerprint(value) for value in VALUES}) == len(VALUES)


TEXTS = st.lists(st.text(max_size=3), max_size=4).map(tuple)


@given(TEXTS, TEXTS)
def test_fingerprints_are_equal_exactly_where_values_are(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert (value_fingerprint(one) == value_fingerprint(other)) == (one == other)
    both, turned = (one, other), (other, one)
    assert (value_fingerprint(both) == value_fingerprint(turned)) == (one == other)


@given(st.one_of(st.text(), st.tuples(st.text()), st.decimals()))
def test_the_fingerprint_of_a_value_is_one_line_that_can_be_stored(value: Any) -> None:
    found = value_fingerprint(value)
    assert found.isascii()
    assert found.isprintable()
    assert 0 < len(found) <= 64


# --- of pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "entry", "expected"), EDITS)
def test_after_an_edit_just_the_pages_that_look_up_something_new_are_made_again(
    path: str, entry: AnyEntry | None, expected: set[str] | None
) -> None:
    before = pages_of_entries(entries())
    edited = entries() | ({path: entry} if entry is not None else {})
    if entry is None:
        del edited[path]
    after = pages_of_entries(edited)
    old, new = before.fingerprints(), fingerprints_in(before, after)
    for page_path in old.keys() & after.views.keys():
        is_unchanged = old[page_path] == new[page_path] != ""
        if is_unchanged:
            assert after.views[page_path] == before.views[page_path], page_path
            assert after.lookups[page_path] == before.lookups[page_path], page_path
        else:
            assert any(
                value_of(before, lookup) != value_of(after, lookup)
                for lookup in before.all_lookups(page_path)
                if lookup[0] != SHARED
            ), page_path
        assert is_unchanged == (after.fingerprints()[page_path] == old[page_path]), page_path
    again = {page_path for page_path in old.keys() & after.views.keys() if old[page_path] != new[page_path]}
    assert again
    if expected is not None:
        assert again == expected


def fingerprints_in(before: MadePages, after: MadePages) -> dict[str, str]:
    """The fingerprints that the pages have in the new catalogue with what they looked up in the old one."""
    store = DependencyStore()
    for dependent, lookups in before.lookups.items():
        store.record(dependent, lookups)
    plan = after.plan
    return before.fingerprints(Fingerprinter(plan.link_resolver, PageHistory(store)))


def value_of(made: MadePages, lookup: Lookup) -> object:
    """The very value that a look-up gives."""
    mapping, key = lookup
    builder = made.plan.view_builder
    resolver = builder.link_resolver
    if mapping == TEXT:
        return next((one.digest for one in resolver.all_entries.values() if one.path == key), None)
    sources: dict[str, Mapping[Any, Any]] = {
        "images": builder.images,
        "all": resolver.all_entries,
        "paths": resolver.by_path,
        "invalid_entries": dict.fromkeys(resolver.invalid_entries),
    }
    name = str(key) if mapping == ORDER else mapping
    source = sources[name] if name in sources else getattr(builder.catalogue, name)
    if mapping == ORDER:
        return tuple(source)
    found = source.get(key, "not there")
    return found.record_digest if isinstance(found, Record) else found


def test_another_day_makes_only_those_pages_again_that_show_it() -> None:
    found = entries()
    session = course("d", sessions=[{"starts": "2027-01-20", "ends": "2027-01-22"}])
    found[session.path] = session
    monday, next_day, started, week = (
        pages_of_entries(found, f"2027-01-{day}T12:00") for day in (15, 16, 21, 25)
    )
    assert monday.fingerprints() == next_day.fingerprints()
    changed = {path for path, old in monday.fingerprints().items() if started.fingerprints().get(path) != old}
    assert {"courses/d/", "calendar.ics"} <= changed
    assert "courses/c/" not in changed
    assert "courses/d/sessions.ics" in started.plan.outputs
    assert "calendar.ics" not in started.views
    assert "courses/d/sessions.ics" not in week.plan.outputs


def test_what_all_pages_depend_on_is_in_each_fingerprint() -> None:
    fingerprinter = plan(course("a")).fingerprinter
    assert fingerprinter.fingerprint("one", ()) != fingerprinter.fingerprint("other", ())


def test_the_mapping_and_the_key_of_a_look_up_are_in_the_fingerprint() -> None:
    fingerprinter = plan(course("a")).fingerprinter
    missing: list[Lookups] = [(("courses", "x"),), (("courses", "y"),), (("stories", "x"),)]
    assert len({fingerprinter.fingerprint("", lookups) for lookups in missing}) == len(missing)


@pytest.mark.parametrize("lookups", [SHOWS_CARD, (*COURSE_A, *SHOWS_CARD)])
def test_where_look_ups_are_not_known_there_is_no_fingerprint(lookups: Lookups) -> None:
    fingerprinter = plan(course("a")).fingerprinter
    assert fingerprinter.fingerprint("", lookups) == ""
    assert fingerprinter.unchanged("", "never-made/", "") == ""
    fingerprinter.record({CARD: COURSE_A})
    assert fingerprinter.fingerprint("", lookups) != ""


def test_new_look_ups_of_a_shared_part_count_at_once() -> None:
    fingerprinter = plan(course("a"), course("b")).fingerprinter
    fingerprinter.record({CARD: COURSE_A, "page/": SHOWS_CARD})
    before = fingerprinter.fingerprint("", SHOWS_CARD)
    fingerprinter.record({CARD: COURSE_B})
    assert fingerprinter.fingerprint("", SHOWS_CARD) != before
    fingerprinter.record({CARD: COURSE_A})
    assert fingerprinter.fingerprint("", SHOWS_CARD) == before


NASTY = ["a\x1eb.png", "a\x1fb.png", "\n", '","', "\x1f\x1f"]


@pytest.mark.parametrize("word", NASTY)
@pytest.mark.parametrize(
    ("kind", "body", "fields"),
    [
        (Kind.PAGE, "![x](WORD) [y](WORD.md) [z](<WORD>)", {}),
        (Kind.COURSE, "", {"credential": {"recognised_by": ["A WORD"]}, "prerequisites": ["B WORD"]}),
        (Kind.COURSE, "", {"skills": ["WORD", "C WORD"]}),
        (Kind.PAGE, "", {"image": {"src": "WORD.png", "alt": ""}}),
    ],
)
def test_any_word_of_an_editor_can_be_a_key(word: str, kind: Kind, body: str, fields: dict[str, Any]) -> None:
    values = json.loads(json.dumps(fields).replace("WORD", json.dumps(word)[1:-1]))
    found = parsed(kind, "x", body.replace("WORD", word), **values).entry
    made = MadePages(planned(*([found] if found is not None else []))[0])
    assert all(made.fingerprints().values())
    made.plan.fingerprinter.history(made.views).to_columns()
