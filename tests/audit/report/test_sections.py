"""What the report says, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.audit.report.builder import build_report
from credsite.audit.report.document import Section
from credsite.audit.report.formats import report_sections
from tests.support.catalogues import AnyEntry, catalogue, course, industry, story


def report(*entries: AnyEntry, most: int = 10, **options: Any) -> dict[str, Section]:
    built = build_report(catalogue(*entries, **options), title="Short courses", currency="CAD")
    return {section.id: section for section in report_sections(built, most)}


def sentences_of(*entries: AnyEntry, **options: Any) -> str:
    return "\n".join(
        sentence for section in report(*entries, **options).values() for sentence in section.sentences
    )


def test_the_report_on_an_empty_catalogue_says_how_to_begin() -> None:
    text = sentences_of()
    assert 'There is no course yet. `credsite new course "Its title"` creates one.' in text
    assert 'There is no industry yet. `credsite new industry "Its name"` creates one.' in text
    assert "Nothing needs your attention." in text
    assert "Nothing changes by itself in the next 60 days." in text


def test_a_learner_who_has_withdrawn_is_not_asked_again() -> None:
    withdrawn = {"given": "2026-01-01", "withdrawn": "2026-06-01"}
    section = report(
        course("one"), story("gone", "one", consent=withdrawn), story("other", "one", consent=None)
    )["this-week"]
    notes = {table.id: (table.note, [row[0] for row in table.rows]) for table in section.tables}
    assert notes["withdrawn"] == ("Do not ask again. Delete the file.", ["Gone"])
    assert "Ask the learner" in notes["withheld"][0]
    assert notes["withheld"][1] == ["Other"]


@pytest.mark.parametrize(("number", "is_said"), [(3, False), (8, True)])
def test_half_of_a_few_courses_is_not_told(number: int, is_said: bool) -> None:
    courses = [course(f"c{one}", price={"amount": 100 + one, "currency": "CAD"}) for one in range(number)]
    text = sentences_of(*courses)
    assert f"{number} courses cost from 100 to" in text
    assert ("half of them" in text) is is_said


def test_what_is_urgent_comes_first_then_gaps_then_spreads() -> None:
    order = list(report(course("one", skills=["x"]), story("told", "one")))
    assert order[:3] == ["overview", "this-week", "coming"]
    assert order.index("modes") < order.index("stories") < order.index("skills") < order.index("costs")


@pytest.mark.parametrize(
    ("industries", "sentence"),
    [
        (["health"], "There is no online course in Health."),
        (["health", "design"], "There is no online course in Design and Health."),
        (["a", "b", "c"], "3 of 4 industries have no online course: A, B and C."),
    ],
)
def test_gaps_are_described_in_a_sentence(industries: list[str], sentence: str) -> None:
    there = [course(f"in-{one}", industries=[one], delivery_modes=["in-person"]) for one in industries]
    assert sentence in sentences_of(*there, course("online", industries=["z"]))


def test_a_mode_that_nobody_offers_and_an_industry_without_courses() -> None:
    text = sentences_of(course("one"), industry("empty", title="Empty land"))
    assert "There is no hybrid course at all." in text
    assert "There is no course in Empty land." in text


def test_numbers_agree_with_their_words() -> None:
    assert "1 of 2 courses has no story." in sentences_of(course("one"), course("two"), story("told", "one"))
    assert "2 of 3 courses have no story." in sentences_of(
        course("one"), course("two"), course("three"), story("told", "one")
    )
    assert "1 course costs 5 CAD." in sentences_of(course("one", price="5 CAD"))
    assert "1 entry is held back: 1 draft." in sentences_of(course("one"), course("two", draft=True))
    assert "2 entries are held back: 2 drafts." in sentences_of(
        course("one"), course("two", draft=True), course("three", draft=True)
    )


def test_upcoming_events_are_counted_by_kind() -> None:
    sessions = [{"starts": "2027-02-01", "apply_by": "2027-01-20"}, {"starts": "2027-02-09"}]
    (sentence,) = report(course("one", sessions=sessions, review_by="2027-01-30"))["coming"].sentences
    assert sentence.startswith(
        "4 dates come up, the first on 21 January 2027: 1 review, 1 deadline and 2 starts."
    )


def test_mixed_currencies_are_not_added_up() -> None:
    prices = ["10 CAD", "20 CAD", "9 EUR", "10 EUR", "8 USD", "9 USD", "7 GBP", "6 NOK"]
    found = report(*(course(f"course-{number}", price=price) for number, price in enumerate(prices)))["costs"]
    assert found.sentences[0] == "Prices are in 5 currencies, and are not added up."
    assert [table.id for table in found.tables] == ["prices-cad", "prices-eur", "prices-usd", "prices-others"]


def test_long_tables_say_how_much_they_leave_out() -> None:
    found = report(*(course(f"course-{number}", review_by="2026-01-01") for number in range(15)), most=4)
    (table,) = found["this-week"].tables
    assert (len(table.rows), table.omitted) == (4, 11)
    assert found["this-week"].sentences == ("15 things need your attention.",)
