"""What is stored of one build tells the next one which pages it need not make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credsite.site.dependencies.fingerprints import Fingerprinter
from credsite.site.dependencies.history import HistoryRows, PageHistory
from credsite.site.dependencies.recorder import SHARED, Dependent, Lookups
from tests.site.dependencies.made_pages import EDITS, MadePages, entries, pages_of_entries
from tests.site.dependencies.test_fingerprints import fingerprints_in
from tests.support.catalogues import AnyEntry, course, plan


def stored_rows(made: MadePages) -> HistoryRows:
    """What a build that made these pages stores."""
    for path, found in made.fingerprints().items():
        made.plan.fingerprinter.record_page("", path, found)
    return made.plan.fingerprinter.history(made.views).to_rows()


def fingerprinter_with(rows: HistoryRows, made: MadePages) -> Fingerprinter:
    return Fingerprinter(made.plan.link_resolver, PageHistory.from_rows(rows))


def unchanged_pages(
    rows: HistoryRows, before: MadePages, after: MadePages, common: str = ""
) -> dict[str, str]:
    """The fingerprints of the pages of ``before`` that are known in the catalogue of ``after``, else ``""``."""
    fingerprinter = fingerprinter_with(rows, after)
    return {path: fingerprinter.unchanged(common, path) for path in before.views}


@pytest.mark.parametrize(("path", "entry", "expected"), EDITS)
def test_of_pages_that_looked_up_nothing_new_the_fingerprint_is_known(
    path: str, entry: AnyEntry | None, expected: set[str] | None
) -> None:
    before, edited = pages_of_entries(entries()), entries()
    edited.pop(path, None)
    after = pages_of_entries(edited | ({path: entry} if entry is not None else {}))
    old, new = before.fingerprints(), fingerprints_in(before, after)
    rows = stored_rows(before)
    assert unchanged_pages(rows, before, before) == old
    found = unchanged_pages(rows, before, after)
    assert found == {page_path: known if known == old[page_path] else "" for page_path, known in new.items()}
    if expected is not None:
        assert {page_path for page_path in old if not found[page_path]} == expected


def test_on_another_day_each_course_is_looked_at() -> None:
    found = entries()
    session = course("d", sessions=[{"starts": "2027-01-20", "ends": "2027-01-22"}])
    found[session.path] = session
    monday, started = (pages_of_entries(found, f"2027-01-{day}T12:00") for day in (15, 21))
    known = unchanged_pages(stored_rows(monday), monday, started)
    assert known["courses/d/"] == ""
    assert known["courses/c/"] == monday.fingerprints()["courses/c/"]


def test_what_else_a_fingerprint_is_made_from_counts_too() -> None:
    before = pages_of_entries(entries())
    assert set(unchanged_pages(stored_rows(before), before, before, "another theme").values()) == {""}


def test_what_has_been_made_since_is_stored_with_the_rest() -> None:
    before = pages_of_entries(entries())
    after = pages_of_entries(entries() | {one.path: one for one in [course("a", title="Another")]})
    fingerprinter = fingerprinter_with(stored_rows(before), after)
    known = {path: fingerprinter.unchanged("", path) for path in before.views}
    new = {path for path in after.views if known.get(path, "") != before.fingerprints().get(path)}
    assert new
    fingerprinter.record(
        {name: found for name, found in after.lookups.items() if name in new or not isinstance(name, str)}
    )
    for path in new:
        fingerprinter.record_page("", path, fingerprinter.fingerprint("", after.lookups[path]))
    rows = fingerprinter.history(after.views).to_rows()
    assert unchanged_pages(rows, after, after) == after.fingerprints()


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


def test_equal_histories_have_equal_checksums_and_any_other_cell_gives_another() -> None:
    made = pages_of_entries(entries())
    rows = stored_rows(made)
    assert PageHistory.from_rows(rows).to_rows() == rows
    assert stored_rows(pages_of_entries(entries())).checksum == rows.checksum
    first, *rest = rows.mappings
    number, name, keys, fingerprints = first
    changed = [
        replace(rows, mappings=tuple(rest)),
        *(
            replace(rows, mappings=(row, *rest))
            for row in (
                (number + 100, name, keys, fingerprints),
                (number, name + "x", keys, fingerprints),
                (number, name, keys[:-1], fingerprints),
                (number, name, keys, fingerprints + b" "),
                (number, name, keys + fingerprints[:1], fingerprints[1:]),
            )
        ),
        replace(rows, day="2027-01-01"),
    ]
    page, (_, numbers, fingerprint, context) = next(
        (name, row) for name, row in rows.dependents.items() if name.startswith('"')
    )
    changed += [
        replace(rows, dependents={**rows.dependents, page: row})
        for row in (
            (page + "x", numbers, fingerprint, context),
            (page, numbers[:-4], fingerprint, context),
            (page, numbers, "", context),
            (page, numbers, fingerprint, "x"),
        )
    ]
    changed.append(
        replace(rows, dependents={key: row for key, row in rows.dependents.items() if key != page})
    )
    checksums = [rows.checksum, *(one.checksum for one in changed)]
    assert len(set(checksums)) == len(checksums)


@pytest.mark.parametrize("cell", [None, 3, "text"])
def test_a_cell_of_another_type_is_found_out(cell: object) -> None:
    rows = stored_rows(pages_of_entries(entries()))
    (number, name, _, fingerprints), *rest = rows.mappings
    damaged = replace(rows, mappings=((number, name, cell, fingerprints), *rest))  # type: ignore[arg-type]
    with pytest.raises((TypeError, ValueError)):
        _ = damaged.checksum
