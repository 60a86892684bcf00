"""What files gave, as text and back: everything comes back as it was, and nothing comes back that was not there."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.content.discovery import SourceFile, find_sources
from credsite.content.parser import ParsedFile, parse
from credsite.content.record_builder import record_of
from credsite.content.records import RECORDS, Record
from credsite.content.storage import (
    DecodingError,
    entry_from_text,
    entry_to_text,
    records_from_pack,
    records_to_pack,
    summary_from_text,
    summary_to_text,
)
from credsite.problems.model import Location, Problem, Severity
from credsite.schema.config_file import load_config
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.models.base import Model
from tests.support.catalogues import LARGEST, AnyEntry, course, page, pathway, provider, story
from tests.support.paths import REPOSITORY

SOURCE = SourceFile("content/courses/a.md", Kind.COURSE, "a", "en-CA")
SITES = sorted(path.parent for path in (REPOSITORY / "tests" / "sites").rglob("credsite.yaml"))


def parsed_files(root: Path) -> Iterator[ParsedFile]:
    settings, _ = load_config(root)
    for source in find_sources(root, settings.language)[0] if settings is not None else ():
        path = root / source.path
        if path.is_file():
            yield parse(path.read_bytes(), source, LARGEST)


def check_summary(parsed: ParsedFile) -> None:
    record = record_of(parsed.entry) if parsed.entry is not None else None
    text = summary_to_text(record, parsed.problems)
    again = summary_from_text(text)
    assert again == (record, parsed.problems)
    # the classes too, down to those of enumerations
    assert repr(again) == repr((record, parsed.problems))
    assert summary_to_text(*again) == text


def check_entry(entry: AnyEntry) -> None:
    text = entry_to_text(entry)
    again = entry_from_text(text, MODELS)
    assert again == entry
    assert repr(again) == repr(entry)
    assert entry_to_text(again) == text
    assert again.fields.model_fields_set == entry.fields.model_fields_set
    assert hash(again.fields) == hash(entry.fields)
    assert record_of(again) == record_of(entry)


@pytest.mark.parametrize("root", [REPOSITORY, *SITES], ids=lambda root: root.name)
def test_all_that_files_give_comes_back(root: Path) -> None:
    for parsed in parsed_files(root):
        check_summary(parsed)
        if parsed.entry is not None:
            check_entry(parsed.entry)


def test_the_sample_has_every_kind() -> None:
    assert {parsed.source.kind for parsed in parsed_files(REPOSITORY)} == set(Kind)


def test_dates_times_and_amounts_come_back_exactly() -> None:
    text = (
        "---\ntitle: A\nsummary: B\nprovider: p\nindustries: [i]\ndelivery_modes: [online]\n"
        "publish_at: 2027-01-31 09:00+02:00\nexpires_at: 2027-01-31T09:00:00.5Z\nprice: 495.50 CAD\n"
        "duration: 3-7 days\ncredits: {value: 1.500, unit: ECTS}\n---\n\nText.\n"
    )
    parsed = parse(text.encode(), SOURCE, 10_000)
    assert parsed.entry is not None
    check_summary(parsed)
    check_entry(parsed.entry)


# Words as YAML can hold them, among them such as look like numbers, dates and nothing.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
).map(lambda text: f"x{text}x")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str)
MOMENTS = DAYS | st.tuples(DAYS, st.times()).map(lambda pair: f"{pair[0]} {pair[1].strftime('%H:%M')}")
AMOUNTS = st.decimals(0, 10_000, places=2).map(lambda amount: f"{amount} CAD")
SPANS = st.tuples(st.integers(1, 9), st.integers(0, 9), st.sampled_from(["hours", "days", "weeks"])).map(
    lambda span: f"{span[0]}-{span[0] + span[1]} {span[2]}" if span[1] else f"{span[0]} {span[2]}"
)
BODIES = st.lists(
    st.sampled_from(
        ["Text.", "## Heading", "![](a.png)", "[x](course:a#b)", "| a |\n|---|\n| b |", "介護 <blink>"]
    )
).map("\n\n".join)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


COMMON: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "draft": st.booleans(),
    "publish_at": MOMENTS,
    "featured": st.booleans(),
    "aliases": st.lists(st.sampled_from(["/old/", "/older"]), max_size=2),
    "image": st.fixed_dictionaries({"src": st.just("a.png"), "alt": WORDS}),
}
COURSES = st.builds(
    lambda body, fields: course("a", body, **fields),
    BODIES,
    some(
        **COMMON,
        price=AMOUNTS | st.just("free"),
        duration=SPANS,
        skills=st.lists(WORDS, max_size=3),
        credential=st.fixed_dictionaries({"name": WORDS, "recognised_by": st.lists(WORDS, max_size=2)}),
        prerequisites=st.lists(WORDS, max_size=3),
        sessions=st.lists(
            st.fixed_dictionaries(
                {"starts": DAYS}, optional={"seats": st.integers(0, 99), "location": WORDS}
            ),
            max_size=3,
        ),
        reviewed_at=DAYS,
    ),
)
STORIES = st.builds(
    lambda body, fields: story("a", "c", body=body, **fields),
    BODIES,
    some(**COMMON, quote=WORDS, before=WORDS, told_at=DAYS),
)
PATHWAYS = st.builds(
    lambda steps, fields: pathway("a", *steps, **fields),
    st.lists(st.lists(st.sampled_from("abc"), min_size=1), min_size=1, max_size=3),
    some(**COMMON),
)
PAGES = st.builds(lambda body, fields: page("a", body, **fields), BODIES, some(**COMMON))


@given(COURSES | STORIES | PATHWAYS | PAGES)
def test_any_entry_comes_back(entry: AnyEntry) -> None:
    check_entry(entry)
    check_summary(ParsedFile(SourceFile(entry.path, entry.kind, entry.slug, entry.language), entry, ()))


@given(st.data())
def test_equal_values_give_equal_texts_and_others_give_others(data: st.DataObject) -> None:
    kinds = data.draw(st.sampled_from([COURSES, STORIES, PATHWAYS, PAGES]))
    one, other = data.draw(kinds), data.draw(kinds)
    assert (entry_to_text(one) == entry_to_text(other)) == (repr(one) == repr(other))
    texts = [summary_to_text(record_of(entry), ()) for entry in (one, other)]
    assert (texts[0] == texts[1]) == (record_of(one) == record_of(other))


@given(
    st.text(st.characters(exclude_categories=[])),
    st.lists(st.text() | st.integers()),
    st.lists(st.text()),
    st.sampled_from(Severity),
)
def test_problems_come_back(text: str, key: list[str | int], allowed: list[str], severity: Severity) -> None:
    place = Location(text, 1, 2, tuple(key), "key", text)
    problem = Problem("bad-slug", text, place, tuple(allowed), text, place, severity)
    check_summary(ParsedFile(SOURCE, None, (problem, problem)))


@pytest.mark.parametrize("kind", Kind)
def test_records_and_models_of_every_kind_can_be_stored(kind: Kind) -> None:
    entry = {
        Kind.COURSE: course("a"),
        Kind.STORY: story("a", "c"),
        Kind.PATHWAY: pathway("a", ["c"]),
    }.get(kind) or parse(b"---\ntitle: A\nsummary: B\n---\n", SourceFile("a.md", kind, "a", "en"), 1000).entry
    assert entry is not None
    assert type(entry.fields) is MODELS[kind]
    check_entry(entry)
    again = summary_from_text(summary_to_text(record_of(entry), ()))
    assert type(again[0]) is RECORDS[kind]


@given(st.sampled_from([COURSES, STORIES, PATHWAYS, PAGES]).flatmap(lambda kind: st.lists(kind, max_size=8)))
def test_records_come_back_from_a_pack(entries: list[AnyEntry]) -> None:
    records = {f"{number}": record_of(entry) for number, entry in enumerate(entries)}
    kind = entries[0].kind if entries else Kind.COURSE
    again = records_from_pack(kind, records_to_pack(kind, records))
    assert again == records
    assert repr(again) == repr(records)


def test_the_records_of_the_sample_come_back_from_packs() -> None:
    kinds: dict[Kind, dict[str, Record]] = {}
    for parsed in parsed_files(REPOSITORY):
        if parsed.entry is not None:
            kinds.setdefault(parsed.source.kind, {})[parsed.source.path] = record_of(parsed.entry)
    assert kinds.keys() == set(Kind)
    for kind, records in kinds.items():
        again = records_from_pack(kind, records_to_pack(kind, records))
        assert again == records
        assert repr(again) == repr(records)


def test_no_model_has_what_makes_it_change_or_hide_values() -> None:
    models = [Model]
    for model in models:
        assert model.model_config.get("frozen")
        assert not model.__private_attributes__
        models += model.__subclasses__()
    assert len(models) > len(Kind)


# --- other texts -------------------------------------------------------------------------------------------


WHOLE = page("p", "Some [text](course:a).\n\n## End\n")
ENTRY = entry_to_text(WHOLE)
SUMMARY = summary_to_text(record_of(WHOLE), (Problem("bad-slug", "No.", Location("p")),))

PACK = records_to_pack(Kind.PAGE, {"p": record_of(WHOLE), "q": record_of(WHOLE)})


def page_records_from_pack(data: bytes) -> dict[str, Record]:
    return records_from_pack(Kind.PAGE, data)


READERS: list[Callable[[bytes], object]] = [
    partial(entry_from_text, models=MODELS),
    summary_from_text,
    page_records_from_pack,
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"null",
        b"1",
        b"[]",
        b"{}",
        b'"courses"',
        b"[null,null,null]",
        b"[1,[]]",
        b'[["courses",[]],[]]',
        b"0",
        b'["course","a","a","en","d",["title"],[]]',
        b"[]\n[0]\n",
        b"[0]\n[]\n",
        b'["a"]\n[0,1]\n\n[]',
        b"[" * 100_000,
        b"9" * (sys.get_int_max_str_digits() + 1),
        pickle.dumps(1),
    ],
)
def test_other_texts_are_refused(read: Callable[[bytes], object], text: bytes) -> None:
    with pytest.raises(DecodingError):
        read(text)


def test_a_text_of_the_other_kind_is_refused() -> None:
    with pytest.raises(DecodingError):
        entry_from_text(SUMMARY, MODELS)
    with pytest.raises(DecodingError):
        summary_from_text(ENTRY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"title summary"', b'"title summary nonsense"'),
        (b'"title summary"', b'"title"'),
        (b'"title summary"', b'"title summary title"'),
        (b'"title summary","P"', b'"title summary"'),
        (b'"page"', b'"pages"'),
        (b'"page"', b"[]"),
    ],
)
def test_an_entry_that_was_changed_is_refused(old: bytes, new: bytes) -> None:
    assert old in ENTRY
    with pytest.raises(DecodingError):
        entry_from_text(ENTRY.replace(old, new), MODELS)


@given(st.sampled_from(list(zip((ENTRY, SUMMARY, PACK), READERS, strict=True))), st.data())
def test_damage_gives_an_error_of_ours_or_a_value_and_nothing_else(
    stored: tuple[bytes, Callable[[bytes], object]], data: st.DataObject
) -> None:
    """That a value is the one that was written is for the digest beside it to prove."""
    text, read = stored
    damaged = bytearray(text)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=2))
    with suppress(DecodingError):
        read(bytes(damaged))


def test_it_is_json() -> None:
    assert json.loads(ENTRY)[:4] == ["page", "p", "content/pages/p.md", "en"]
    assert json.loads(SUMMARY)[0][:1] == ["page"]


def test_a_provider_without_a_summary_comes_back() -> None:
    check_entry(provider("p", "About it."))
