"""What the report says, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.audit.report.builder import build_report
from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.contents import report_sections
from credsite.audit.report.document import Section
from credsite.audit.report.sections.industry_maps import shade
from tests.support.catalogues import AnyEntry, catalogue, course, industry, story


def report(*entries: AnyEntry, most: int = 10, **options: Any) -> dict[str, Section]:
    made = build_report(catalogue(*entries, **options), title="Short courses", currency="CAD")
    return {section.id: section for section in report_sections(made, most)}


def said(*entries: AnyEntry, **options: Any) -> str:
    return "\n".join(
        sentence for section in report(*entries, **options).values() for sentence in section.sentences
    )


def test_an_empty_catalogue_is_told_how_to_begin() -> None:
    text = said()
    assert 'There is no course yet. `credsite new course "Its title"` creates one.' in text
    assert 'There is no industry yet. `credsite new industry "Its name"` creates one.' in text
    assert "Nothing needs your attention." in text
    assert "Nothing changes by itself in the next 60 days." in text


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
def test_gaps_are_said_in_a_sentence(industries: list[str], sentence: str) -> None:
    there = [course(f"in-{one}", industries=[one], delivery_modes=["in-person"]) for one in industries]
    assert sentence in said(*there, course("online", industries=["z"]))


def test_a_mode_that_nobody_offers_and_an_industry_without_courses() -> None:
    text = said(course("one"), industry("empty", title="Empty land"))
    assert "There is no hybrid course at all." in text
    assert "There is no course in Empty land." in text


def test_numbers_agree_with_their_words() -> None:
    assert "1 of 2 courses has no story." in said(course("one"), course("two"), story("told", "one"))
    assert "2 of 3 courses have no story." in said(
        course("one"), course("two"), course("three"), story("told", "one")
    )
    assert "1 course costs 5 CAD." in said(course("one", price="5 CAD"))
    assert "1 entry is held back: 1 draft." in said(course("one"), course("two", draft=True))
    assert "2 entries are held back: 2 drafts." in said(
        course("one"), course("two", draft=True), course("three", draft=True)
    )


def test_what_comes_is_summed_up_by_kind() -> None:
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


def test_shades_grow_with_counts_and_nothing_has_its_own() -> None:
    assert [shade(count, 100) for count in (0, 1, 25, 26, 100)] == [0, 1, 1, 2, 4]


def test_bars_are_as_high_as_their_numbers() -> None:
    chart = column_chart(
        "c", "Title", "Text", [Bar(("a",), 10), Bar(("b",), 5, 5), Bar(("c",), 0)], ("yes", "no")
    )
    assert [(block.height, block.is_second) for block in chart.rectangles] == [
        ("150", False),
        ("75", False),
        ("75", True),
    ]
    assert [word.text for word in chart.texts if word.text.isdigit()] == ["10", "10", "0"]
    assert chart.legend == ("yes", "no")
    assert column_chart("c", "Title", "Text", [Bar(("a",), 1)], ("yes", "no")).legend is None
