"""How prices and lengths are spread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.audit.report.distributions import (
    amount_text,
    cost_distribution,
    duration_distribution,
    quantile,
    round_step,
    workload_distribution,
)
from credsite.content.record_builder import record_of
from credsite.content.records import CourseRecord
from tests.support.catalogues import course


def courses(key: str, *values: object) -> list[CourseRecord]:
    made = [record_of(course(f"course-{number}", **{key: value})) for number, value in enumerate(values)]
    return [one for one in made if isinstance(one, CourseRecord)]


def test_currencies_are_separate_and_free_is_not_a_price() -> None:
    found = cost_distribution(courses("price", "100 CAD", "200", "90 EUR", "free", "0 CAD", None), "CAD")
    assert [(prices.currency, prices.given) for prices in found.prices] == [("CAD", 2), ("EUR", 1)]
    assert (found.free, [row.title for row in found.not_given]) == (2, ["Course 5"])


def test_quartiles() -> None:
    (prices,) = cost_distribution(
        courses("price", *(f"{number} CAD" for number in (50, 10, 40, 20, 30))), ""
    ).prices
    assert (prices.least, prices.lower, prices.middle, prices.upper, prices.most) == (10, 20, 30, 40, 50)
    assert prices.dearest.title == "Course 0"


def test_a_few_outliers_leave_classes_for_all_other_prices() -> None:
    ordinary = [f"{number} CAD" for number in range(100, 500, 20)]
    (prices,) = cost_distribution(courses("price", *ordinary, "41984198 CAD"), "").prices
    assert prices.buckets[-1].high is None
    assert prices.buckets[-1].count == 1
    assert sum(bucket.count > 0 for bucket in prices.buckets) > 4


@given(
    st.lists(st.decimals("0.01", 10**11, places=2), min_size=1, max_size=20),
)
def test_each_price_is_in_one_class(amounts: list[Decimal]) -> None:
    (prices,) = cost_distribution(
        courses("price", *({"amount": str(one), "currency": "CAD"} for one in amounts)), ""
    ).prices
    assert sum(bucket.count for bucket in prices.buckets) == len(amounts)
    assert len(prices.buckets) <= 12
    for bucket in prices.buckets:
        assert bucket.count == sum(
            bucket.low <= one and (bucket.high is None or one < bucket.high) for one in amounts
        )


def test_lengths_count_by_their_upper_ends() -> None:
    found = duration_distribution(
        courses("duration", "1 day", "3-7 days", "8 days", "4 weeks", "12 weeks", "2 years", None)
    )
    assert {bucket.label: bucket.count for bucket in found.buckets if bucket.count} == {
        "1 day": 1,
        "1 week": 1,
        "1 month": 2,
        "3 months": 1,
        "longer": 1,
    }
    assert (found.given, found.ranges, len(found.not_given)) == (6, 1, 1)
    assert (found.least, found.middle, found.most) == ("1 day", "8 days", "2 years")


def test_study_time_in_days_is_not_turned_into_hours() -> None:
    found = workload_distribution(courses("workload", "5 hours", "90 minutes", "3 days"))
    assert (found.given, found.other, found.least, found.most) == (3, 1, "90 minutes", "5 hours")
    assert sum(bucket.count for bucket in found.buckets) == 2


def test_nothing_given_has_no_classes() -> None:
    found = duration_distribution(courses("duration", None, None))
    assert (found.given, found.least, found.buckets) == (0, "", ())


@pytest.mark.parametrize(
    ("least", "step"),
    [("1", "1"), ("1.01", "2"), ("2.5", "5"), ("5.1", "10"), ("1410", "2000"), ("0.03", "0.05")],
)
def test_steps_are_round(least: str, step: str) -> None:
    assert round_step(Decimal(least)) == Decimal(step)


def test_a_quantile_is_one_of_the_values() -> None:
    values = [Decimal(1), Decimal(2)]
    assert [quantile(values, Decimal(part)) for part in ("0", "0.5", "0.51", "1")] == [1, 1, 2, 2]


@pytest.mark.parametrize(("number", "text"), [("1250.50", "1,250.5"), ("100", "100"), ("1E+3", "1,000")])
def test_amounts_have_no_useless_zeros(number: str, text: str) -> None:
    assert amount_text(Decimal(number)) == text
