from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from credsite.catalogue.checks import Vocabularies, cross_entry_problems, without_duplicates
from credsite.catalogue.unpublished import Ref
from credsite.content.records import record_of
from credsite.problems.model import Problem
from credsite.schema.kinds import Kind
from tests.support.catalogues import (
    AnyEntry,
    clock,
    completed,
    course,
    industry,
    mode,
    page,
    parsed,
    pathway,
    provider,
    story,
)

VOCABULARIES = Vocabularies(
    funding=("bursary", "student-aid"),
    templates=("page", "guide"),
)
BASE = [provider("college"), industry("health")]


def problems(
    *entries: AnyEntry, left_out: Iterable[Ref] = (), now: str = "2027-01-15T12:00"
) -> list[Problem]:
    found = [record_of(one) for one in (*BASE, *entries)]
    return list(cross_entry_problems(found, list(left_out), VOCABULARIES, clock(now)))


def told(*entries: AnyEntry, **options: Any) -> list[tuple[str, str, str, str]]:
    """Code, file, key and suggestion."""
    return [
        (
            p.code,
            p.location.path.rpartition("/")[2],
            ".".join(str(part) for part in p.location.key),
            p.suggestion,
        )
        for p in problems(*entries, **options)
    ]


def test_nothing_is_wrong_where_nothing_is() -> None:
    assert (
        told(
            course(
                "a",
                partners=["college"],
                funding=["bursary"],
                support=["childcare"],
                prerequisites=["Patience"],
            ),
            course("b", prerequisites=["a"], credential={"recognised_by": ["college", "The Guild"]}),
            story("s", "a", "b", background=["newcomer"], industries=["health"]),
            pathway("p", ["a"], ["b"], provider="college", industries=["health"]),
            provider("guild", accredited_by=["college", "The Crown"]),
            mode("online"),
            page("g", template="guide"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (course("a", provider="colege"), ("a.md", "provider", "college")),
        (course("a", provider="Harbour"), ("a.md", "provider", "")),
        (course("a", partners=["college", "colleg"]), ("a.md", "partners.1", "college")),
        (course("a", industries=["helth"]), ("a.md", "industries.0", "health")),
        (course("a", funding=["bursery"]), ("a.md", "funding.0", "bursary")),
        (course("a", support=["child-care"]), ("a.md", "support.0", "childcare")),
        (course("a", prerequisites=["first-aid"]), ("a.md", "prerequisites.0", "")),
        (course("a", credential={"recognised_by": ["The Guild", "the-college"]}), ("a.md", "credential.recognised_by.1", "college")),
        (story("s", "base", "bas"), ("s.md", "courses.1", "base")),
        (story("s", pathways=["gone"]), ("s.md", "pathways.0", "")),
        (story("s", provider="colege"), ("s.md", "provider", "college")),
        (course("a", credentials=[{}, {"type": "degree", "recognised_by": ["the-college"]}]), ("a.md", "credentials.0.recognised_by.0", "college")),
        (story("s", "base", industries=["nope"]), ("s.md", "industries.0", "")),
        (story("s", "base", background=["new-comer"]), ("s.md", "background.0", "newcomer")),
        (pathway("p", ["base"], ["base", "basis"]), ("p.md", "steps.1.courses.1", "base")),
        (pathway("p", ["base"], provider="colleg"), ("p.md", "provider", "college")),
        (pathway("p", ["base"], industries=["heath"]), ("p.md", "industries.0", "health")),
        (pathway("p", ["base"], credential={"recognised_by": ["the-guild"]}), ("p.md", "credential.recognised_by.0", "")),
        (provider("v", accredited_by=["the-crown"]), ("v.md", "accredited_by.0", "")),
        (mode("onsite"), ("onsite.md", "", "in-person")),
    ],
)  # fmt: skip
def test_ids_that_lead_nowhere(entry: AnyEntry, problem: tuple[str, str, str]) -> None:
    assert told(course("base"), entry) == [("unknown-id", *problem)]


def test_a_template_that_the_theme_does_not_have() -> None:
    assert told(page("g", template="guides")) == [("unknown-value", "g.md", "template", "guide")]


def test_few_ids_are_listed() -> None:
    (found,) = problems(course("a", provider="x"))
    assert found.allowed == ("college",)
    many = [provider(f"provider-{number}") for number in range(20)]
    (found,) = problems(course("a", provider="provider-99x"), *many)
    assert found.allowed == ()


def test_a_pathway_is_no_course() -> None:
    entries = [course("a"), pathway("p", ["a"]), pathway("q", ["a"], ["p"]), pathway("r", ["r"])]
    assert told(*entries) == [
        ("pathway-in-pathway", "q.md", "steps.1.courses.0", ""),
        ("pathway-in-pathway", "r.md", "steps.0.courses.0", ""),
    ]


def test_naming_a_broken_entry_is_no_second_problem() -> None:
    entries = [
        story("s", "a"),
        pathway("p", ["a"]),
        course("b", provider="gone", industries=["lost"], prerequisites=["a-1"]),
    ]
    left_out = [(Kind.COURSE, "a"), (Kind.COURSE, "a-1"), (Kind.PROVIDER, "gone"), (Kind.INDUSTRY, "lost")]
    assert told(*entries, left_out=left_out) == []


def test_drafts_are_checked_before_their_day_comes() -> None:
    assert told(course("a", draft=True, provider="nobody")) == [("unknown-id", "a.md", "provider", "")]


def test_modes_need_no_file() -> None:
    assert told(course("a", delivery_modes=["online", "in-person", "blended", "hybrid"])) == []


def slugs_and_problems(*entries: AnyEntry) -> tuple[list[str], list[tuple[str, str, str]]]:
    found, problems = without_duplicates(map(record_of, entries))
    return [entry.path for entry in found], [(p.code, str(p.location), str(p.related)) for p in problems]


def test_each_slug_stands_once_in_a_kind() -> None:
    one, two, three = course("one", slug="same"), course("same"), course("three", slug="same")
    assert slugs_and_problems(one, two, three) == (
        ["content/courses/one.md"],
        [
            ("duplicate-slug", "content/courses/same.md:1:1", "content/courses/one.md:1:1"),
            ("duplicate-slug", "content/courses/three.md", "content/courses/one.md:1:1"),
        ],
    )


def test_kinds_do_not_share_slugs() -> None:
    assert slugs_and_problems(course("same"), page("same"), provider("same"))[1] == []


CTID = "ce-0f8fad5b-d9cb-469f-a165-70867728950e"


def test_a_ctid_belongs_to_one_course() -> None:
    other = CTID.replace("0f", "1f")
    (found,) = problems(course("a", ctid=CTID), course("b", ctid=other), course("c", ctid=CTID), course("d"))
    assert (found.code, found.location.path) == ("duplicate-ctid", "content/courses/c.md")
    assert found.related is not None
    assert found.related.path == "content/courses/a.md"


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2027-01-10", []),
        ("2027-01-11", ["apply-by-past"]),
        ("2027-01-20", ["apply-by-past"]),
        ("2027-01-21", []),
    ],
)
def test_a_deadline_that_is_past(today: str, codes: list[str]) -> None:
    entry = course("a", sessions=[{"starts": "2027-01-20", "apply_by": "2027-01-10", "ends": "2027-03-01"}])
    assert [code for code, *_ in told(entry, now=f"{today}T12:00")] == codes


@pytest.mark.parametrize(("today", "codes"), [("2027-01-10", []), ("2027-01-11", ["review-overdue"])])
def test_a_review_that_is_overdue(today: str, codes: list[str]) -> None:
    assert [code for code, *_ in told(course("a", review_by="2027-01-10"), now=f"{today}T12:00")] == codes


def circle(*slugs: str) -> list[AnyEntry]:
    """Courses of which each requires the next."""
    return [
        course(slug, prerequisites=["Patience", needed])
        for slug, needed in zip(slugs, (*slugs[1:], slugs[0]), strict=True)
    ]


@pytest.mark.parametrize(
    ("slugs", "shown"),
    [
        (["a"], "requires itself"),
        (["b", "a"], "a → b → a."),
        (["c", "a", "b"], "a → b → c → a."),
        (["c", "b", "a"], "a → c → b → a."),
    ],
)
def test_circles_of_prerequisites_are_told_once(slugs: list[str], shown: str) -> None:
    (found,) = problems(*circle(*slugs), course("z", prerequisites=[slugs[0]]))
    assert found.code == "prerequisite-cycle"
    assert shown in found.message
    assert (found.location.path, found.location.key) == ("content/courses/a.md", ("prerequisites", 1))


def test_two_circles_are_two_problems() -> None:
    assert len(problems(*circle("a", "b"), *circle("c", "d"))) == 2
    eight = [
        course("m", prerequisites=["l", "n"]),
        course("l", prerequisites=["m"]),
        course("n", prerequisites=["m"]),
    ]
    assert len({p.message for p in problems(*eight)}) == 2


def test_requiring_the_same_by_two_ways_is_no_circle() -> None:
    diamond = [
        course("a", prerequisites=["b", "c"]),
        course("b", prerequisites=["d"]),
        course("c", prerequisites=["d"]),
        course("d"),
    ]
    assert problems(*diamond) == []


def renamed(template: AnyEntry, slug: str, *needed: str) -> AnyEntry:
    fields = template.fields.model_copy(update={"prerequisites": needed})
    return replace(template, slug=slug, path=f"content/courses/{slug}.md", fields=fields)


def test_a_chain_of_five_thousand_courses() -> None:
    template = course("a")
    chain = [renamed(template, f"c-{number}", f"c-{number + 1}") for number in range(5_000)]
    assert problems(*chain, renamed(template, "c-5000")) == []
    (found,) = problems(*chain, renamed(template, "c-5000", "c-0"))
    assert found.code == "prerequisite-cycle"


def test_prerequisites_of_everything_take_no_for_ever() -> None:
    template = course("a")
    names = [f"c-{number}" for number in range(300)]
    begun = time.perf_counter()
    assert (
        problems(*(renamed(template, name, *names[number + 1 :]) for number, name in enumerate(names))) == []
    )
    assert time.perf_counter() - begun < 10


def test_sentences_are_no_ids() -> None:
    plain = ["Patience", "two hands", "A driver's licence (class 5)", "Grade 12", "介護", "english"]
    assert told(course("a", prerequisites=plain)) == []


def test_everything_wrong_is_told_at_once() -> None:
    found = told(
        course(
            "a", provider="x", industries=["y"], funding=["z"], review_by="2026-01-01", prerequisites=["a"]
        ),
        story("s", "nope", background=["nobody"]),
    )
    assert sorted(code for code, *_ in found) == [
        "prerequisite-cycle",
        "review-overdue",
        "unknown-id",
        "unknown-id",
        "unknown-id",
        "unknown-id",
        "unknown-id",
    ]


def test_the_support_builder_adds_what_is_named() -> None:
    assert {(entry.kind, entry.slug) for entry in completed([course("a")])} == {
        (Kind.COURSE, "a"),
        (Kind.PROVIDER, "college"),
        (Kind.INDUSTRY, "health"),
    }
    assert parsed(Kind.COURSE, "a").entry == course("a")


@pytest.mark.parametrize(
    ("publish_at", "expires_at", "good"),
    [
        ("2027-01-01", "2027-01-02", True),
        ("2027-01-01", "2027-01-01", False),
        ("2027-01-02", "2027-01-01", False),
        ("2027-01-01", "2027-01-01 09:00", True),
        ("2027-01-01 09:00", "2027-01-01", False),
        ("2027-01-01 09:00", "2027-01-01 17:00", True),
        ("2027-01-01 17:00", "2027-01-01 09:00", False),
        ("2027-01-01 09:00+05:00", "2027-01-01 08:00+01:00", True),
        ("2027-01-01 08:00+01:00", "2027-01-01 09:00+05:00", False),
    ],
)
def test_an_entry_expires_after_it_is_published(publish_at: str, expires_at: str, good: bool) -> None:
    found = told(course("a", publish_at=publish_at, expires_at=expires_at))
    assert found == ([] if good else [("dates-reversed", "a.md", "expires_at", "")])


def test_a_wrong_id_in_many_files_is_told_at_the_place_in_each() -> None:
    found = told(*(course(f"c{number}", provider="colege") for number in range(3)))
    assert [(file, key, meant) for _, file, key, meant in found] == [
        (f"c{number}.md", "provider", "college") for number in range(3)
    ]


@pytest.mark.parametrize(
    ("entry", "key", "suggestion"),
    [
        (course("a", prerequisites=["first-aid.md"]), "prerequisites.0", "first-aid"),
        (course("a", prerequisites=["content/courses/first-aid.md"]), "prerequisites.0", "first-aid"),
        (course("a", prerequisites=[r"courses\first-aid.MD"]), "prerequisites.0", "first-aid"),
        (course("a", prerequisites=["course:first-aid"]), "prerequisites.0", "first-aid"),
        (course("a", provider="content/providers/college.md"), "provider", "college"),
        (course("a", credential={"recognised_by": ["college.md"]}), "credential.recognised_by.0", "college"),
        (story("s", "../courses/first-aid.md"), "courses.0", "first-aid"),
    ],
)
def test_the_file_of_an_entry_is_not_its_id(entry: AnyEntry, key: str, suggestion: str) -> None:
    assert told(course("first-aid"), entry) == [
        ("unknown-id", entry.path.rpartition("/")[2], key, suggestion)
    ]


@pytest.mark.parametrize(
    "text",
    ["Read notes.md first", "A laptop", "Note: bring a pen", "Grade 12", "MS-Office", "https://a.example/b"],
)
def test_sentences_are_no_files(text: str) -> None:
    assert told(course("a", prerequisites=[text])) == []


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        ({"industries": ["Hospitality & Tourism"]}, '`credsite new industry "Hospitality tourism"`'),
        ({"provider": "northern_institute"}, '`credsite new provider "Northern institute"`'),
        ({"partners": ["content/providers/guild.md"]}, '`credsite new provider "Guild"`'),
    ],
)
def test_how_to_add_what_is_not_there(fields: dict[str, Any], command: str) -> None:
    (found,) = problems(course("a", **fields))
    assert command in found.message
