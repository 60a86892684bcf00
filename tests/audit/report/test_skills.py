"""Skills that stand alone, and spellings that look alike."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.audit.report.model import SkillReport
from credsite.audit.report.skills import skill_report
from tests.support.catalogues import catalogue, course


def found(*names: list[str]) -> SkillReport:
    return skill_report(
        catalogue(*(course(f"course-{number}", skills=of) for number, of in enumerate(names)))
    )


def alike(*names: str) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in found(*([name] for name in names)).alike]


def test_a_skill_of_one_course_is_alone_with_its_course() -> None:
    made = found(["first aid", "listening"], ["first aid"])
    assert made.total == 2
    assert [(row.skill, row.path) for row in made.lone] == [("listening", "content/courses/course-0.md")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Excel", "excel"),
        ("time management", "time-management"),
        ("spreadsheet", "spreadsheets"),
        ("planning projects", "projects planning"),
        ("communication", "comunication"),
        ("communication", "communicatoin"),
        ("data analysis", "data analyses"),
        ("organisation", "organization"),
    ],
)
def test_typing_errors_and_other_spellings_look_alike(one: str, other: str) -> None:
    assert [set(pair) for pair in alike(one, other)] == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C#"),
        ("Java", "Lava"),
        ("English level 1", "English level 2"),
        ("first aid", "listening"),
        ("writing", "wiring up"),
    ],
)
def test_different_skills_do_not(one: str, other: str) -> None:
    assert alike(one, other) == []


def test_the_spelling_of_more_courses_comes_first() -> None:
    (pair,) = found(["excel"], ["Excel"], ["Excel"]).alike
    assert (pair.first, pair.second) == ("Excel", "excel")
    assert (len(pair.firsts), [row.title for row in pair.seconds]) == (2, ["Course 0"])


def test_each_pair_is_listed_once() -> None:
    assert alike("Spreadsheet", "spreadsheets", "Spreadsheets") == [
        ("Spreadsheet", "Spreadsheets"),
        ("Spreadsheet", "spreadsheets"),
    ]


@given(st.text(string.ascii_lowercase, min_size=7, max_size=12), st.data())
def test_one_typing_error_is_always_recognised(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    assert [set(pair) for pair in alike(word, slipped)] == ([{word, slipped}] if slipped != word else [])


def test_many_names_that_differ_in_one_letter_are_no_typing_errors() -> None:
    few, many = ([f"baking {chr(0x4E00 + number)}" for number in range(count)] for count in (3, 20_000))
    assert len(found(few).alike) == 3
    assert not found(many).alike
