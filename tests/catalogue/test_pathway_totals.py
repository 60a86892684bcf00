from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.pathway_totals import PathwayTotals
from credsite.core.quantities import Duration, parse_duration
from tests.support.catalogues import catalogue, course, pathway


def totals(*steps: list[str], choose: int | None = None, courses: dict[str, dict[str, Any]]) -> PathwayTotals:
    entries = [course(slug, **fields) for slug, fields in courses.items()]
    return catalogue(*entries, pathway("p", *steps, choose=choose)).totals["p"]


def span(text: str) -> Duration | None:
    return parse_duration(text)


COURSES = {
    "short": {"duration": "1 week", "workload": "10 hours", "price": "100 CAD"},
    "middle": {"duration": "2-3 weeks", "workload": "20-30 hours", "price": "250 CAD"},
    "long": {"duration": "6 weeks", "workload": "60 hours", "price": "400.50 CAD"},
}


def test_all_courses_of_all_steps_are_summed() -> None:
    found = totals(["short"], ["middle", "long"], courses=COURSES)
    assert found == PathwayTotals(
        3, span("9-10 weeks"), span("90-100 hours"), (Decimal("750.50"), Decimal("750.50"), "CAD")
    )


def test_a_choice_makes_a_range() -> None:
    found = totals(["short", "middle", "long"], choose=1, courses=COURSES)
    assert found == PathwayTotals(
        1, span("1-6 weeks"), span("10-60 hours"), (Decimal(100), Decimal("400.50"), "CAD")
    )
    found = totals(["short", "middle", "long"], choose=2, courses=COURSES)
    assert found == PathwayTotals(
        2, span("3-9 weeks"), span("30-90 hours"), (Decimal(350), Decimal("650.50"), "CAD")
    )
    found = totals(["short", "middle"], ["long"], choose=1, courses=COURSES)
    assert found == PathwayTotals(
        2, span("7-9 weeks"), span("70-90 hours"), (Decimal("500.50"), Decimal("650.50"), "CAD")
    )


def test_choosing_all_is_no_choice() -> None:
    steps = ["short", "middle", "long"]
    assert totals(steps, choose=3, courses=COURSES) == totals(steps, courses=COURSES)


@pytest.mark.parametrize("key", ["duration", "workload", "price"])
def test_one_course_that_does_not_say_leaves_the_sum_open(key: str) -> None:
    silent = {name: value for name, value in COURSES["long"].items() if name != key}
    found = totals(["short", "long"], choose=1, courses=COURSES | {"long": silent})
    assert {name for name in ("duration", "workload", "price") if getattr(found, name) is None} == {key}


def test_a_course_outside_the_pathway_does_not_count() -> None:
    assert totals(["short"], courses=COURSES | {"long": {}}).price == (Decimal(100), Decimal(100), "CAD")


def test_units_are_mixed_with_care() -> None:
    mixed = {"a": {"duration": "3 days"}, "b": {"duration": "2 weeks"}, "c": {"duration": "1 month"}}
    assert totals(["a", "b"], courses=mixed).duration == Duration(
        Decimal(2), Decimal(2), "week", approximate=True
    )
    choice = totals(["a", "b", "c"], choose=1, courses=mixed).duration
    assert choice == Duration(Decimal(3), Decimal(30), "day", approximate=True)


@pytest.mark.parametrize(
    ("prices", "price"),
    [
        (["100 CAD", "50 EUR"], None),
        (["100 CAD", "free"], ("100", "CAD")),
        (["100 CAD", "0 EUR"], ("100", "CAD")),
        (["free", "free"], ("0", "")),
        ([{"amount": 100}, "50 CAD"], ("150", "CAD")),
        ([{"amount": 100}, "50 EUR"], None),
        ([{"amount": 100}, {"amount": 50}], ("150", "CAD")),
        (["100.10 EUR", "0.20 EUR"], ("100.30", "EUR")),
    ],
)
def test_currencies(prices: list[Any], price: tuple[str, str] | None) -> None:
    found = totals(["a", "b"], courses={"a": {"price": prices[0]}, "b": {"price": prices[1]}}).price
    expected = None if price is None else (Decimal(price[0]), Decimal(price[0]), price[1])
    assert found == expected


def test_a_course_that_is_held_back_is_not_a_choice() -> None:
    courses = COURSES | {"short": {**COURSES["short"], "draft": True}}
    found = totals(["short", "middle", "long"], choose=1, courses=courses)
    assert found.price == (Decimal(250), Decimal("400.50"), "CAD")


def test_enormous_values_do_no_harm() -> None:
    huge = {"duration": "1000 years", "workload": "8760000 hours", "price": "999999999999 CAD"}
    found = totals(["a", "b", "c"], courses={"a": huge, "b": huge, "c": {**huge, "duration": "1 minute"}})
    assert found.price == (Decimal(2999999999997), Decimal(2999999999997), "CAD")
    assert found.duration is not None


@given(
    st.lists(st.lists(st.integers(1, 500), min_size=1, max_size=4), min_size=1, max_size=3),
    st.data(),
)
def test_the_range_holds_every_choice(steps: list[list[int]], data: st.DataObject) -> None:
    courses = {
        f"c-{number}-{position}": {"price": f"{price} CAD", "workload": f"{price} hours"}
        for number, step in enumerate(steps)
        for position, price in enumerate(step)
    }
    choose = data.draw(st.integers(1, min(map(len, steps))))
    names = [[f"c-{number}-{position}" for position in range(len(step))] for number, step in enumerate(steps)]
    found = totals(*names, choose=choose, courses=courses)
    chosen = [data.draw(st.permutations(step))[:choose] for step in steps]
    paid = sum(map(sum, chosen))
    assert found.price is not None
    assert found.workload is not None
    assert found.price[0] <= paid <= found.price[1]
    assert found.workload.minimum <= paid <= found.workload.maximum
    assert found.courses == sum(map(len, chosen))


def test_a_course_that_is_listed_twice_counts_once() -> None:
    found = catalogue(course("a", price="100 CAD"), pathway("p", ["a", "a"]))
    assert (found.totals["p"].courses, found.totals["p"].price) == (1, (Decimal(100), Decimal(100), "CAD"))
