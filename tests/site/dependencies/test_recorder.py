"""What pages look up is noted, all of it, so that a page is made again when and only when something in it may be new."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.enrolment import Enrolment
from credsite.content.entry import Entry
from credsite.content.images import Images
from credsite.content.loader import EntryLoader
from credsite.content.records import Record, SessionRecord
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.site.dependencies import fingerprints as noting
from credsite.site.dependencies.fingerprints import Remembered, Tokens
from credsite.site.dependencies.recorder import Reads, Watched
from credsite.site.dependencies.store import ReadTexts
from credsite.site.planned import PlannedPage
from credsite.site.planner import Plan
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import BasePage, Calendar
from tests.support.catalogues import (
    AnyEntry,
    catalogue,
    course,
    images_of,
    industry,
    page,
    pages_of,
    parsed,
    pathway,
    plan,
    planned,
    provider,
    settings,
    story,
)
from tests.support.paths import REPOSITORY

PART, READ = "\x1f", "\x1e"

# --- noting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        (lambda found: found["a"], {("x", "a")}),
        (lambda found: found.get("a"), {("x", "a")}),
        (lambda found: found.get("gone"), {("x", "gone")}),
        (lambda found: "a" in found, {("x", "a")}),
        (lambda found: "gone" in found, {("x", "gone")}),
        (list, {("x*", "")}),
        (len, {("x*", "")}),
        (bool, {("x*", "")}),
        (lambda found: list(found.keys()), {("x*", "")}),
        (lambda found: list(found.values()), {("x*", ""), ("x", "a"), ("x", "b")}),
        (lambda found: list(found.items()), {("x*", ""), ("x", "a"), ("x", "b")}),
        (dict, {("x*", ""), ("x", "a"), ("x", "b")}),
        (lambda found: found == {"a": 1, "b": 2}, {("x*", ""), ("x", "a"), ("x", "b")}),
        (lambda _found: None, set()),
    ],
)
def test_every_look_up_is_noted_and_gives_what_is_there(
    look: Callable[[Mapping[str, int]], object], noted: set[tuple[str, str]]
) -> None:
    values, reads = {"a": 1, "b": 2}, Reads()
    assert look(Watched("x", values, reads)) == look(values)
    assert reads.noted == noted


def test_a_look_up_that_fails_is_noted_too() -> None:
    reads = Reads()
    with pytest.raises(KeyError):
        Watched("x", {}, reads)["gone"]
    assert reads.noted == {("x", "gone")}


def test_a_page_has_the_reads_of_its_own() -> None:
    reads = Reads()
    values = Watched("x", {"a": 1, "b": 2}, reads)
    assert reads.page(lambda: values["a"]) == (1, f"x{PART}a")
    assert reads.page(lambda: values["b"] + values["a"]) == (3, f"x{PART}a{READ}x{PART}b")
    assert reads.page(lambda: 7) == (7, "")


def test_a_page_that_fails_leaves_no_reads_to_the_next() -> None:
    reads = Reads()
    values = Watched("x", {"a": 1}, reads)
    with pytest.raises(KeyError):
        reads.page(lambda: values["gone"])
    assert reads.page(lambda: values["a"])[1] == f"x{PART}a"


def test_what_is_shared_has_reads_apart_and_pages_read_it_as_a_whole() -> None:
    reads = Reads()
    values = Watched("x", {"a": 1, "b": 2}, reads)

    def make() -> int:
        shared = reads.share("card", lambda: values["a"])
        reads.note_shared("card")
        return shared + values["b"]

    assert reads.page(make) == (3, f"shared{PART}card{READ}x{PART}b")
    assert reads.take_shared() == {"card": f"x{PART}a"}
    assert reads.take_shared() == {}


def test_reads_do_not_depend_on_the_process() -> None:
    program = (
        "from credsite.site.dependencies.recorder import Reads, Watched; reads = Reads();"
        "values = Watched('x', dict.fromkeys('abcdefgh'), reads);"
        "print(repr(reads.page(lambda: [values[key] for key in 'hgfedcba'])))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY / "src")},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


# --- what a page may not see -------------------------------------------------------------------------------


def test_every_mapping_of_the_catalogue_is_watched_and_nothing_else_is_to_be_had() -> None:
    parts = plan(course("a"), story("s", "a")).view_builder
    for field in fields(Catalogue):
        watched = getattr(parts.catalogue, field.name)
        if not isinstance(watched, Watched):
            with pytest.raises(AttributeError, match="a page may not depend on `today` by itself"):
                watched.today  # noqa: B018 - looking is what fails
            with pytest.raises(TypeError):
                iter(watched)
    names = {field.name for field in fields(Catalogue)}
    hidden = {name for name in names if not isinstance(getattr(parts.catalogue, name), Watched)}
    assert hidden == {"clock", "unpublished", "changes"}
    assert isinstance(parts.images.found, Watched)
    for name in ("all_entries", "by_path", "invalid_entries"):
        assert isinstance(getattr(parts.link_resolver, name), Watched)


# --- every page of the sample ------------------------------------------------------------------------------


class Reduced(Mapping[Any, Any]):
    """What is left of a mapping where there is nothing but what was noted."""

    def __init__(self, name: str, values: Mapping[Any, Any], noted: set[str]) -> None:
        self._name, self._values, self._noted = name, values, noted

    def _check(self, name: str, key: object) -> None:
        read = f"{name}{PART}{key if isinstance(key, str) else PART.join(key)}"  # type: ignore[arg-type]
        assert read in self._noted, f"{read!r} is read and was not noted"

    def __getitem__(self, key: Any) -> Any:
        self._check(self._name, key)
        return self._values[key]

    def __iter__(self) -> Iterator[Any]:
        self._check(f"{self._name}*", "")
        return iter(self._values)

    def __len__(self) -> int:
        self._check(f"{self._name}*", "")
        return len(self._values)


class ReducedLibrary(EntryLoader):
    def __init__(self, library: EntryLoader, noted: set[str]) -> None:
        self._library, self._noted = library, noted

    def entry(self, record: Record) -> Entry[EntryFields]:
        assert f"text{PART}{record.path}" in self._noted
        return self._library.entry(record)


def reduced(parts: ViewBuilder, noted: set[str]) -> ViewBuilder:
    """Parts that hold nothing but what was noted, and nothing that is made already."""

    def rest(name: str, values: Any) -> Any:
        return Reduced(name, values, noted) if isinstance(values, Mapping) else values

    shown = replace(
        parts.catalogue,
        **{field.name: rest(field.name, getattr(parts.catalogue, field.name)) for field in fields(Catalogue)},
    )
    images = Images(rest("images", parts.images.found))
    references = replace(
        parts.link_resolver,
        catalogue=shown,
        images=images,
        all_entries=rest("all", parts.link_resolver.all_entries),
        by_path=rest("paths", parts.link_resolver.by_path),
        invalid_entries=rest("invalid_entries", parts.link_resolver.invalid_entries),
    )
    library = ReducedLibrary(parts.loader, noted)
    return replace(
        parts,
        catalogue=shown,
        images=images,
        link_resolver=references,
        loader=library,
        reads=Reads(),
        _shared={},
    )


def made_of_plan(found: Plan) -> dict[str, PlannedPage]:
    """The pages and calendars of a plan by their paths."""
    return {one.path: one for one in found.rendered}


class Made:
    """The pages and calendars of a plan, each with its reads; ``memo`` is what is remembered of them."""

    def __init__(self, made: Plan) -> None:
        self.plan = made
        self.views: dict[str, BasePage | Calendar] = {}
        self.memo: dict[str, str] = {}
        for path, one in made_of_plan(made).items():
            self.views[path], self.memo[path] = made.view_builder.reads.page(
                lambda one=one: one.view(made.view_builder)
            )
            self.memo |= made.view_builder.reads.take_shared()
        made.fingerprinter.note(self.memo)

    def noted(self, name: str) -> set[str]:
        """All reads of a page or card, with those of all that it shares."""
        found = set(filter(None, self.memo[name].split(READ)))
        shared = {read.partition(PART)[2] for read in found if read.startswith(f"shared{PART}")}
        return found.union(*map(self.noted, shared))

    def fingerprints(self, tokens: Tokens | None = None) -> dict[str, str]:
        """Of all pages, by their paths: with what they read, if they read what they read here."""
        tokens = tokens or self.plan.fingerprinter
        return {path: tokens.fingerprint("", self.memo[path]) for path in self.views}


@pytest.fixture(scope="module")
def sample() -> Made:
    site = analyse(Options(REPOSITORY, now=datetime(2026, 11, 23, 9), no_cache=True))
    assert site.plan is not None
    return Made(site.plan)


def test_every_page_of_the_sample_can_be_made_from_what_it_noted(sample: Made) -> None:
    kinds = {type(view) for view in sample.views.values()}
    assert len(kinds) >= 15
    for path, one in made_of_plan(sample.plan).items():
        assert one.view(reduced(sample.plan.view_builder, sample.noted(path))) == sample.views[path], path


def test_what_was_not_noted_would_be_missed(sample: Made) -> None:
    """The test above can fail: without any one of its reads, a page cannot be made."""
    one = pages_of(sample.plan)["industries/"]
    noted = sample.noted("industries/")
    assert len(noted) > 3
    for read in noted:
        if not read.startswith("shared"):
            with pytest.raises(AssertionError, match="was not noted"):
                one.view(reduced(sample.plan.view_builder, noted - {read}))


def test_every_page_has_a_fingerprint_and_the_same_in_another_plan(sample: Made) -> None:
    found = sample.fingerprints()
    assert all(found.values())
    site = analyse(Options(REPOSITORY, now=datetime(2026, 11, 23, 9), no_cache=True))
    assert site.plan is not None
    again = Made(site.plan)
    assert again.memo == sample.memo
    assert again.fingerprints() == found


def test_pages_are_made_by_functions_and_keys_alone(sample: Made) -> None:
    """What is shown is looked up: a value in a closure, or in a key, would be read without being noted."""
    for one in sample.plan.rendered:
        assert one.make.__closure__ is None  # type: ignore[attr-defined]
        assert "." not in one.make.__qualname__, one.make
        assert getattr(sys.modules[one.make.__module__], one.make.__name__) is one.make
        assert {type(key) for key in one.keys} <= {str, int}, one.path


def test_no_two_pages_are_made_in_the_same_way_by_different_functions(sample: Made) -> None:
    names = {one.make.__qualname__: one.make for one in sample.plan.rendered}
    assert all(names[one.make.__qualname__] is one.make for one in sample.plan.rendered)
    assert len({one.identity for one in sample.plan.rendered}) == len(sample.plan.rendered)


# --- tokens ------------------------------------------------------------------------------------------------

TOKENS: list[Any] = [
    (),
    ("",),
    ("", ""),
    ("a", "b"),
    ("ab",),
    ("1", "a"),
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


def token(value: Any) -> str:
    """The fingerprint of a page that reads this value alone."""
    found = replace(catalogue(), featured={"x": value})
    tokens = Tokens(found, plan().view_builder.link_resolver, {})
    return tokens.fingerprint("", f"featured{PART}x")


def test_different_values_have_different_tokens() -> None:
    found = [token(value) for value in TOKENS]
    assert len(set(found)) == len(TOKENS)


WORDS = st.lists(st.text(st.characters(exclude_characters=PART), max_size=3), max_size=4).map(tuple)


@given(WORDS, WORDS)
def test_tokens_are_equal_exactly_where_values_are(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (noting._token(one) == noting._token(other)) == (one == other)
    assert (noting._token((one, other)) == noting._token((other, one))) == (one == other)


# --- fingerprints ------------------------------------------------------------------------------------------


def entries() -> dict[str, AnyEntry]:
    found = [
        course("a", "Text.", skills=["Care"], prerequisites=["Patience"], image={"src": "a.jpg", "alt": ""}),
        course("b", "See [a](course:a).", skills=["Care"], industries=["crafts"], delivery_modes=["hybrid"]),
        course("c", industries=["crafts"], aliases=["/old/"]),
        story("s", "a", background=["newcomer"]),
        pathway("p", ["a"], ["b"]),
        provider("college"),
        industry("health"),
        industry("crafts"),
        page("about", "About it."),
        page("guide", template="guide"),
    ]
    return {one.path: one for one in found}


IMAGES = images_of(("courses", "a.jpg"))
CONFIG = settings(page_size=2)


def made_of(found: Mapping[str, AnyEntry], now: str = "2027-01-15T12:00") -> Made:
    return Made(plan(*found.values(), images=IMAGES, config=CONFIG, now=now))


EDITS: list[tuple[str, AnyEntry | None, set[str] | None]] = [
    # The file, its new entry, and the pages that are made again where these are few.
    (
        "content/courses/a.md",
        course(
            "a", "Another.", skills=["Care"], prerequisites=["Patience"], image={"src": "a.jpg", "alt": ""}
        ),
        {"courses/a/"},
    ),
    ("content/courses/a.md", course("a", "Text.", title="Another", skills=["Care"]), None),
    ("content/courses/b.md", course("b", "See.", skills=["Other"]), None),
    ("content/courses/c.md", course("c", industries=["health"]), None),
    ("content/courses/c.md", None, None),
    ("content/courses/d.md", course("d", skills=["Care"]), None),
    ("content/courses/c.md", course("c", industries=["crafts"], aliases=["/old/"], price="5 CAD"), None),
    ("content/stories/s.md", story("s", "a", background=["newcomer"], quote="Yes."), None),
    ("content/stories/s.md", story("s", "b"), None),
    ("content/pathways/p.md", pathway("p", ["b"]), None),
    (
        "content/providers/college.md",
        provider("college", "About."),
        {"providers/college/", "providers/college/page/2/"},
    ),
    ("content/providers/college.md", provider("college", title="University"), None),
    ("content/industries/health.md", industry("health", title="Care"), None),
    ("content/industries/health.md", industry("health", order=99), None),
    ("content/pages/about.md", page("about", "Another."), {"about/"}),
    ("content/pages/guide.md", page("guide", template="guide", title="Other"), None),
]


@pytest.mark.parametrize(("path", "entry", "expected"), EDITS)
def test_after_an_edit_just_the_pages_that_read_something_new_are_made_again(
    path: str, entry: AnyEntry | None, expected: set[str] | None
) -> None:
    before = made_of(entries())
    edited = entries() | ({path: entry} if entry is not None else {})
    if entry is None:
        del edited[path]
    after = made_of(edited)
    old, new = before.fingerprints(), before_in(before, after)
    for page_path in old.keys() & after.views.keys():
        is_known = old[page_path] == new[page_path] != ""
        if is_known:
            assert after.views[page_path] == before.views[page_path], page_path
            assert after.memo[page_path] == before.memo[page_path], page_path
        else:
            assert any(
                value_of(before, read) != value_of(after, read)
                for read in before.noted(page_path)
                if not read.startswith("shared")
            ), page_path
        assert is_known == (after.fingerprints()[page_path] == old[page_path]), page_path
    again = {page_path for page_path in old.keys() & after.views.keys() if old[page_path] != new[page_path]}
    assert again
    if expected is not None:
        assert again == expected


def before_in(before: Made, after: Made) -> dict[str, str]:
    """The fingerprints of the pages in the new catalogue, by what they read in the old one."""
    plan = after.plan
    return before.fingerprints(Tokens(plan.catalogue, plan.link_resolver, Remembered(ReadTexts(before.memo))))


class Kept:
    """What is kept of pages, and which fingerprints are known with it in another catalogue."""

    def __init__(self, before: Made) -> None:
        for path, found in before.fingerprints().items():
            before.plan.fingerprinter.note_made("", path, found)
        self.before = before
        self.parts = before.plan.fingerprinter.remembered(before.views).packed()

    def known_in(self, after: Made, common: str = "") -> dict[str, str]:
        plan = after.plan
        tokens = Tokens(plan.catalogue, plan.link_resolver, Remembered.unpacked(self.parts))
        return {path: tokens.known(common, path) for path in self.before.views}


@pytest.mark.parametrize(("path", "entry", "expected"), EDITS)
def test_of_pages_that_read_nothing_new_the_fingerprint_is_known(
    path: str, entry: AnyEntry | None, expected: set[str] | None
) -> None:
    before, edited = made_of(entries()), entries()
    edited.pop(path, None)
    after = made_of(edited | ({path: entry} if entry is not None else {}))
    old, new = before.fingerprints(), before_in(before, after)
    assert Kept(before).known_in(before) == old
    assert Kept(before).known_in(after) == {
        page_path: found if found == old[page_path] else "" for page_path, found in new.items()
    }


def test_another_day_is_looked_at_course_by_course() -> None:
    found = entries()
    session = course("d", sessions=[{"starts": "2027-01-20", "ends": "2027-01-22"}])
    found[session.path] = session
    monday, begun = (made_of(found, f"2027-01-{day}T12:00") for day in (15, 21))
    known = Kept(monday).known_in(begun)
    assert known["courses/d/"] == ""
    assert known["courses/c/"] == monday.fingerprints()["courses/c/"]


def test_what_else_a_fingerprint_is_made_from_counts_too() -> None:
    before = made_of(entries())
    assert set(Kept(before).known_in(before, "another theme").values()) == {""}


@pytest.mark.parametrize(
    "name", ["reads", "names", "counts", "numbers", "tokens", "paths", "prints", "day", "seal"]
)
def test_what_is_damaged_is_not_believed(name: str) -> None:
    before = made_of(entries())
    kept = Kept(before)
    data = kept.parts[name]
    for damaged in (data[1:], data[:-1], b"", data[: len(data) // 2], data + b"x", None):
        kept.parts[name] = damaged  # type: ignore[assignment]
        if damaged is None:
            del kept.parts[name]
        assert set(kept.known_in(before).values()) == {""}
    kept.parts[name] = data
    assert kept.known_in(before) == before.fingerprints()


def test_what_was_made_since_is_remembered_with_the_rest() -> None:
    before = made_of(entries())
    after = made_of(entries() | {one.path: one for one in [course("a", title="Another")]})
    first = Kept(before)
    tokens = Tokens(after.plan.catalogue, after.plan.link_resolver, Remembered.unpacked(first.parts))
    known = {path: tokens.known("", path) for path in before.views}
    new = {path for path in after.views if known.get(path, "") != before.fingerprints().get(path)}
    tokens.note({name: text for name, text in after.memo.items() if name in new or PART in name})
    for path in new:
        tokens.note_made("", path, tokens.fingerprint("", after.memo[path]))
    second = Kept(after)
    second.parts = tokens.remembered(after.views).packed()
    assert second.known_in(after) == after.fingerprints()


def value_of(made: Made, read: str) -> object:
    """The very value that a read gives."""
    name, *key = read.split(PART)
    parts = made.plan.view_builder
    if name == "text":
        return next(
            (one.digest for one in parts.link_resolver.all_entries.values() if one.path == key[0]), None
        )
    sources: dict[str, Mapping[Any, Any]] = {
        "images": parts.images.found,
        "all": parts.link_resolver.all_entries,
        "paths": parts.link_resolver.by_path,
        "invalid_entries": parts.link_resolver.invalid_entries,  # type: ignore[dict-item]
    }
    plain = name.rstrip("*")
    source = sources[plain] if plain in sources else getattr(parts.catalogue, plain)
    if name.endswith("*"):
        return tuple(source)
    known: dict[str, Any] = {one if isinstance(one, str) else PART.join(one): one for one in source}
    whole = PART.join(key)
    found = source[known[whole]] if whole in known else "not there"
    return found.record_digest if isinstance(found, Record) else found


def test_another_day_makes_only_those_pages_again_that_show_it() -> None:
    found = entries()
    session = course("d", sessions=[{"starts": "2027-01-20", "ends": "2027-01-22"}])
    found[session.path] = session
    monday, next_day, begun, week = (made_of(found, f"2027-01-{day}T12:00") for day in (15, 16, 21, 25))
    assert monday.fingerprints() == next_day.fingerprints()
    changed = {path for path, old in monday.fingerprints().items() if begun.fingerprints().get(path) != old}
    assert {"courses/d/", "calendar.ics"} <= changed
    assert "courses/c/" not in changed
    assert "courses/d/sessions.ics" in begun.plan.outputs
    assert "calendar.ics" not in begun.views
    assert "courses/d/sessions.ics" not in week.plan.outputs


def test_what_all_pages_depend_on_is_in_each_fingerprint() -> None:
    tokens = plan(course("a")).fingerprinter
    assert tokens.fingerprint("one", "") != tokens.fingerprint("other", "")


@pytest.mark.parametrize("read", [f"shared{PART}gone", f"courses{PART}a{READ}shared{PART}gone"])
def test_where_reads_are_not_known_there_is_no_fingerprint(read: str) -> None:
    tokens = plan(course("a")).fingerprinter
    assert tokens.fingerprint("", read) == ""
    assert tokens.known("", "never-made/") == ""
    tokens.note({"gone": f"courses{PART}a"})
    assert tokens.fingerprint("", read) != ""


def test_new_reads_of_something_shared_count_at_once() -> None:
    tokens = plan(course("a"), course("b")).fingerprinter
    tokens.note({"card": f"courses{PART}a", "page/": f"shared{PART}card"})
    before = tokens.fingerprint("", f"shared{PART}card")
    tokens.note({"card": f"courses{PART}b"})
    assert tokens.fingerprint("", f"shared{PART}card") != before
    tokens.note({"card": f"courses{PART}a"})
    assert tokens.fingerprint("", f"shared{PART}card") == before


def test_only_what_pages_still_share_is_remembered() -> None:
    tokens = plan(course("a")).fingerprinter
    memo = {"card": f"courses{PART}a", "old": "", "page/": f"shared{PART}card", "other/": f"shared{PART}old"}
    tokens.note(memo)
    kept = tokens.remembered(["page/", "never-made/"])
    assert {name: kept.texts.get(name) for name in kept.texts.names()} == {
        name: memo[name] for name in ("card", "page/")
    }


@pytest.mark.parametrize(("name", "text"), [("b\x1d/", "x"), ("b/", "x\x1dy"), ("\x1d", "\x1d")])
def test_reads_with_the_separator_in_them_are_left_out(name: str, text: str) -> None:
    tokens = plan(course("a")).fingerprinter
    tokens.note({"a/": "", name: text, "c/": f"courses{PART}a"})
    kept = tokens.remembered(["a/", name, "c/"])
    assert set(kept.texts.names()) == {"a/", "c/"}
    assert Remembered.unpacked(kept.packed()) != Remembered()


NASTY = ["a\x1eb.png", "a\x1fb.png", "\x1e", "\x1f\x1f"]


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
def test_words_of_editors_are_not_taken_for_marks_between_reads(
    word: str, kind: Kind, body: str, fields: dict[str, Any]
) -> None:
    values = json.loads(json.dumps(fields).replace("WORD", json.dumps(word)[1:-1]))
    found = parsed(kind, "x", body.replace("WORD", word), **values).entry
    made = Made(planned(*([found] if found is not None else []))[0])
    assert all(made.fingerprints().values())
