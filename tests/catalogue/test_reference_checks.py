from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.kinds import Kind
from tests.support.catalogues import (
    AnyEntry,
    course,
    mode,
    page,
    pathway,
    place,
    provider,
    story,
)
from tests.support.entry_problems import entry_problems, told_of


def test_nothing_is_wrong_where_nothing_is() -> None:
    assert (
        told_of(
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
    assert told_of(course("base"), entry) == [("unknown-id", *problem)]


def test_a_template_that_the_theme_does_not_have() -> None:
    assert told_of(page("g", template="guides")) == [("unknown-value", "g.md", "template", "guide")]


def test_few_ids_are_listed() -> None:
    (found,) = entry_problems(course("a", provider="x"))
    assert found.allowed == ("college",)
    many = [provider(f"provider-{number}") for number in range(20)]
    (found,) = entry_problems(course("a", provider="provider-99x"), *many)
    assert found.allowed == ()


def test_a_pathway_is_no_course() -> None:
    entries = [course("a"), pathway("p", ["a"]), pathway("q", ["a"], ["p"]), pathway("r", ["r"])]
    assert told_of(*entries) == [
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
    assert told_of(*entries, left_out=left_out) == []


def test_drafts_are_checked_before_their_day_comes() -> None:
    assert told_of(course("a", draft=True, provider="nobody")) == [("unknown-id", "a.md", "provider", "")]


def test_modes_need_no_file() -> None:
    assert told_of(course("a", delivery_modes=["online", "in-person", "blended", "hybrid"])) == []


def test_sentences_are_no_ids() -> None:
    plain = ["Patience", "two hands", "A driver's licence (class 5)", "Grade 12", "介護", "english"]
    assert told_of(course("a", prerequisites=plain)) == []


@pytest.mark.parametrize(
    ("entry", "key", "slug"),
    [
        (course("a", prerequisites=["base Course"]), "prerequisites.0", "base-1"),
        (course("a", places=["The Quay"]), "places.0", "quay"),
        (course("a", delivery_modes=["in-person"], sessions=[{"starts": "2027-03-01", "location": "the quay"}]), "sessions.0.location", "quay"),
        (course("a", credential={"recognised_by": ["The Guild"]}), "credential.recognised_by.0", "guild"),
        (pathway("p", ["base-1"], credential={"recognised_by": ["The Guild"]}), "credential.recognised_by.0", "guild"),
        (provider("v", accredited_by=["The Guild"]), "accredited_by.0", "guild"),
    ],
)  # fmt: skip
def test_a_title_is_no_id(entry: AnyEntry, key: str, slug: str) -> None:
    others = (
        course("base-1", title="Base course"),
        provider("guild", title="The Guild"),
        place("quay", title="The Quay"),
    )
    assert [(code, at, likely) for code, _, at, likely in told_of(*others, entry)] == [
        ("title-for-id", key, slug)
    ]


def test_a_title_of_another_kind_or_of_the_entry_itself_is_a_text() -> None:
    own = provider("guild", title="The Guild", accredited_by=["The Guild"])
    assert told_of(own, course("a", title="The Quay", places=["The Guild"], prerequisites=["The Quay"])) == []


def test_a_wrong_id_in_many_files_is_told_at_the_place_in_each() -> None:
    found = told_of(*(course(f"c{number}", provider="colege") for number in range(3)))
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
    assert told_of(course("first-aid"), entry) == [
        ("unknown-id", entry.path.rpartition("/")[2], key, suggestion)
    ]


@pytest.mark.parametrize(
    "text",
    ["Read notes.md first", "A laptop", "Note: bring a pen", "Grade 12", "MS-Office", "https://a.example/b"],
)
def test_sentences_are_no_files(text: str) -> None:
    assert told_of(course("a", prerequisites=[text])) == []


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        ({"industries": ["Hospitality & Tourism"]}, '`credsite new industry "Hospitality Tourism"`'),
        ({"provider": "northern_institute"}, '`credsite new provider "Northern institute"`'),
        ({"partners": ["content/providers/guild.md"]}, '`credsite new provider "Guild"`'),
    ],
)
def test_how_to_add_what_is_not_there(fields: dict[str, Any], command: str) -> None:
    (found,) = entry_problems(course("a", **fields))
    assert command in found.message
