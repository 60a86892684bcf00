"""A catalogue with other words of its entries is the one that would be built of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from credsite.catalogue import builder
from credsite.catalogue.builder import build_catalogue
from credsite.catalogue.catalogue import FIELD_OF_KIND, Catalogue
from credsite.catalogue.patch import WORDS, links_changed, patched_catalogue
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.record_builder import record_of
from credsite.content.records import ImageRecord, Record
from credsite.schema.kinds import Kind
from tests.support.catalogues import (
    catalogue,
    clock,
    completed,
    course,
    industry,
    mode,
    page,
    pathway,
    provider,
    story,
)


def entries() -> list[Record]:
    made = [
        course(
            "first-aid",
            price="95 CAD",
            duration="2 days",
            skills=["First aid", "Calm"],
            sessions=[{"starts": "2027-02-01", "apply_by": "2027-01-20"}],
            expires_at="2027-06-01",
        ),
        course("more-aid", price="120 CAD", prerequisites=["first-aid"], skills=["First aid"]),
        course("aid-for-all", industries=["care"], delivery_modes=["in-person"], featured=True),
        story("ada", "first-aid", background=["newcomer"]),
        story("bea", "more-aid", industries=["health"]),
        pathway("aider", ["first-aid", "more-aid"], provider="college"),
        provider("guild"),
        industry("health", order=2),
        industry("care", order=2),
        mode("online", order=3),
        page("about", menu={"label": "About", "order": 1}),
    ]
    return [record_of(one) for one in completed(made)]


def built(records: list[Record]) -> Catalogue:
    return build_catalogue(records, clock(), include_drafts=False, currency="CAD")


BEFORE = entries()
OTHER: dict[str, Any] = {
    "title": "Zebras",
    "summary": "Said in another way.",
    "image": ImageRecord("other.svg", "Another"),
    "references": (InternalLink("course", "first-aid", "", "course:first-aid"),),
    "heading_ids": ("a-heading",),
    "draft": True,
    "publish_at": date(2027, 1, 1),
    "expires_at": date(2027, 3, 1),
    "featured": True,
    "price": None,
    "duration": None,
    "skills": (),
    "industries": ("care", "health"),
    "delivery_modes": ("blended",),
    "provider": "guild",
    "sessions": (),
    "prerequisites": (),
    "courses": ("aid-for-all",),
    "background": (),
    "consent_withdrawn": date(2027, 1, 1),
    "order": 1,
    "menu": None,
    "level": "advanced",
    "pace": "self-paced",
}


def edits() -> Iterator[tuple[str, Record]]:
    for record in BEFORE:
        names = {field.name for field in fields(record)}
        for name, value in OTHER.items():
            if name in names and getattr(record, name) != value:
                yield f"{record.slug}-{name}", replace(record, record_digest="another", **{name: value})
        yield (
            f"{record.slug}-longer",
            replace(record, record_digest="another", title=f"{record.title}, and more"),
        )


EDITS = dict(edits())


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_it_is_what_would_be_built(edited: Record) -> None:
    before = built(BEFORE)
    found = patched_catalogue(before, [edited])
    after = built([edited if record.path == edited.path else record for record in BEFORE])
    assert found is None or found == after
    if found is not None:  # the order is a part of it, which == of mappings does not see
        assert [list(found.of_kind(kind)) for kind in Kind] == [list(after.of_kind(kind)) for kind in Kind]


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_retold(name: str) -> None:
    old = next(record for record in BEFORE if record.slug == "first-aid")
    value = "First aid, and more" if name == "title" else OTHER.get(name, "another")
    assert patched_catalogue(built(BEFORE), [replace(old, **{name: value})]) is not None


def test_several_at_once_are_looked_at_together() -> None:
    first, more = (next(f for f in BEFORE if f.slug == slug) for slug in ("first-aid", "more-aid"))
    before = built(BEFORE)
    both = [replace(first, title="First Aid"), replace(more, title="More, and better aid")]
    found = patched_catalogue(before, both)
    assert found is not None
    assert [found.courses[one.slug].title for one in both] == [one.title for one in both]
    assert patched_catalogue(before, [both[0], replace(more, skills=())]) is None


def test_a_title_that_another_course_has_or_had_needs_the_plan_of_the_site() -> None:
    first, more = (next(f for f in BEFORE if f.slug == slug) for slug in ("first-aid", "more-aid"))
    alike = replace(first, title=more.title)
    assert patched_catalogue(built(BEFORE), [alike]) is None
    assert patched_catalogue(built([alike, *BEFORE[1:]]), [replace(alike, title="More aid!")]) is None
    # Stories are not told apart by their titles.
    bea = next(record for record in BEFORE if record.slug == "bea")
    ada = next(record for record in BEFORE if record.slug == "ada")
    assert patched_catalogue(built(BEFORE), [replace(ada, title=bea.title)]) is not None


def test_what_is_not_shown_is_not_retold() -> None:
    held = replace(BEFORE[0], draft=True)
    before = built([held, *BEFORE[1:]])
    assert patched_catalogue(before, [replace(held, title="Something else")]) is None


def test_coming_changes_have_the_new_title() -> None:
    old = next(record for record in BEFORE if record.slug == "first-aid")
    found = patched_catalogue(built(BEFORE), [replace(old, title="First Aid!")])
    assert found is not None
    assert {change.title for change in found.changes if change.path == old.path} == {"First Aid!"}


def test_links_and_headings_are_told_apart_from_other_words() -> None:
    before = built(BEFORE)
    old = BEFORE[0]
    assert not links_changed(before, [replace(old, title="Another", summary="Another")])
    assert links_changed(before, [replace(old, heading_ids=("a",))])
    assert links_changed(before, [replace(old, references=OTHER["references"])])


def test_new_words_of_a_kind_without_a_field_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FIELD_OF_KIND, Kind.PAGE)  # type: ignore[arg-type]
    monkeypatch.setattr(builder, "Catalogue", partial(Catalogue, pages={}))
    old = catalogue(page("a", title="Alpha"), page("b", title="Beta"))
    entry = old.entry(Kind.PAGE, "a")
    assert entry is not None
    patched = patched_catalogue(old, [replace(entry, title="Arrow")])
    assert patched is not None
    assert [one.title for one in patched.other_entries.values()] == ["Arrow", "Beta"]
    assert patched_catalogue(old, [replace(entry, title="Zebra")]) is None
