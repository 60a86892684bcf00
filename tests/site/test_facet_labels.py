"""Displayed fields of courses in words, and in the order in which filters list their values."""

from __future__ import annotations

import pytest

from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.vocabularies import LEVELS, Display
from credsite.site.facet_labels import detail_text, facet_title, sorted_detail_values
from credsite.site.pages.courses import course_page
from credsite.site.pages.visitor import compare_page
from credsite.site.view_builder import ViewBuilder
from tests.support.catalogues import course, planned

CHOICE = DisplayedField("level", Display("Level", vocabulary=LEVELS), str)
NUMBER = DisplayedField("size", Display("Size"), int)
YES_OR_NO = DisplayedField("care", Display("Care"), bool)
TEXT = DisplayedField("room", Display("Room"), str)


@pytest.fixture
def builder() -> ViewBuilder:
    plan, _ = planned(course("a", assessment_methods=["project", "portfolio"]), course("b"))
    return plan.view_builder


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (CHOICE, "advanced", "Advanced"),
        (NUMBER, "1200", "1,200"),
        (YES_OR_NO, "yes", "Yes"),
        (YES_OR_NO, "no", "No"),
        (TEXT, "The hall", "The hall"),
    ],
)
def test_values_are_worded_by_their_type(
    builder: ViewBuilder, field: DisplayedField, value: str, text: str
) -> None:
    assert detail_text(builder, field, value) == text


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (CHOICE, ("introductory", "advanced")),
        (NUMBER, ("9", "12", "100")),
        (YES_OR_NO, ("yes", "no")),
        (TEXT, ("attic", "Éclair room", "Hall")),
    ],
)
def test_values_are_in_the_order_that_readers_expect(field: DisplayedField, values: tuple[str, ...]) -> None:
    assert sorted_detail_values(field, frozenset(values)) == values


def test_a_page_shows_the_fields_that_a_course_has(builder: ViewBuilder) -> None:
    (detail,) = course_page(builder, "a").details
    assert (detail.id, detail.title, detail.icon) == ("assessment", "Assessed by", "check")
    assert [value.title for value in detail.values] == ["Project", "Portfolio"]
    assert course_page(builder, "b").details == ()
    assert compare_page(builder).details == (("assessment", "Assessed by"),)
    assert facet_title(builder, "level") == "Level"
