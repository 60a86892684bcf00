"""What is stored of one build tells the next one which pages it need not make."""

from __future__ import annotations

import pytest

from credsite.site.dependencies.fingerprints import Fingerprinter
from credsite.site.dependencies.history import HistoryColumns, PageHistory
from credsite.site.dependencies.recorder import SHARED, Dependent, Lookups
from tests.site.dependencies.made_pages import EDITS, MadePages, entries, pages_of_entries
from tests.site.dependencies.test_fingerprints import fingerprints_in
from tests.support.catalogues import AnyEntry, course, plan


def stored_columns(made: MadePages) -> HistoryColumns:
    """What a build that made these pages stores."""
    for path, found in made.fingerprints().items():
        made.plan.fingerprinter.record_page("", path, "", found)
    return made.plan.fingerprinter.history(made.views).to_columns()


def fingerprinter_with(columns: HistoryColumns, made: MadePages) -> Fingerprinter:
    return Fingerprinter(made.plan.link_resolver, PageHistory.from_columns(columns))


def unchanged_pages(
    columns: HistoryColumns, before: MadePages, after: MadePages, common: str = ""
) -> dict[str, str]:
    """The fingerprints of the pages of ``before`` that are known in the catalogue of ``after``, else ``""``."""
    fingerprinter = fingerprinter_with(columns, after)
    return {path: fingerprinter.unchanged(common, path, "") for path in before.views}


@pytest.mark.parametrize(("path", "entry", "expected"), EDITS)
def test_of_pages_that_looked_up_nothing_new_the_fingerprint_is_known(
    path: str, entry: AnyEntry | None, expected: set[str] | None
) -> None:
    before, edited = pages_of_entries(entries()), entries()
    edited.pop(path, None)
    after = pages_of_entries(edited | ({path: entry} if entry is not None else {}))
    old, new = before.fingerprints(), fingerprints_in(before, after)
    columns = stored_columns(before)
    assert unchanged_pages(columns, before, before) == old
    found = unchanged_pages(columns, before, after)
    assert found == {page_path: known if known == old[page_path] else "" for page_path, known in new.items()}
    if expected is not None:
        assert {page_path for page_path in old if not found[page_path]} == expected


def test_on_another_day_each_course_is_looked_at() -> None:
    found = entries()
    session = course("d", sessions=[{"starts": "2027-01-20", "ends": "2027-01-22"}])
    found[session.path] = session
    monday, started = (pages_of_entries(found, f"2027-01-{day}T12:00") for day in (15, 21))
    known = unchanged_pages(stored_columns(monday), monday, started)
    assert known["courses/d/"] == ""
    assert known["courses/c/"] == monday.fingerprints()["courses/c/"]


def test_what_else_a_fingerprint_is_made_from_counts_too() -> None:
    before = pages_of_entries(entries())
    assert set(unchanged_pages(stored_columns(before), before, before, "another theme").values()) == {""}


def test_what_has_been_made_since_is_stored_with_the_rest() -> None:
    before = pages_of_entries(entries())
    after = pages_of_entries(entries() | {one.path: one for one in [course("a", title="Another")]})
    fingerprinter = fingerprinter_with(stored_columns(before), after)
    known = {path: fingerprinter.unchanged("", path, "") for path in before.views}
    new = {path for path in after.views if known.get(path, "") != before.fingerprints().get(path)}
    assert new
    fingerprinter.record(
        {name: found for name, found in after.lookups.items() if name in new or not isinstance(name, str)}
    )
    for path in new:
        fingerprinter.record_page("", path, "", fingerprinter.fingerprint("", after.lookups[path]))
    columns = fingerprinter.history(after.views).to_columns()
    assert unchanged_pages(columns, after, after) == after.fingerprints()


def test_only_what_pages_still_share_is_stored() -> None:
    fingerprinter = plan(course("a")).fingerprinter
    lookups: dict[Dependent, Lookups] = {
        ("card", "a"): (("courses", "a"),),
        ("card", "old"): (),
        "page/": ((SHARED, ("card", "a")),),
        "other/": ((SHARED, ("card", "old")),),
    }
    fingerprinter.record(lookups)
    store = fingerprinter.history(["page/", "never-made/"]).store
    assert {name: store.get(name) for name, _ in store.packed_numbers()} == {
        name: lookups[name] for name in ("page/", ("card", "a"))
    }


def test_what_is_stored_says_all_that_is_known() -> None:
    columns = stored_columns(pages_of_entries(entries()))
    assert PageHistory.from_columns(columns).to_columns() == columns
    assert stored_columns(pages_of_entries(entries())) == columns
    assert PageHistory.from_columns({}).pages == {}


def test_a_page_of_another_identity_is_not_known() -> None:
    before = pages_of_entries(entries())
    fingerprinter = fingerprinter_with(stored_columns(before), before)
    assert fingerprinter.unchanged("", "courses/c/", "") == before.fingerprints()["courses/c/"]
    assert fingerprinter.unchanged("", "courses/c/", "a page of something else") == ""
