"""The sections on how starts, prices and lengths are spread."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.distributions import LONGER_LABEL, amount_text
from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none
from credsite.audit.report.model import (
    START_MONTHS,
    CatalogueReport,
    Costs,
    Lengths,
    PriceBucket,
    Prices,
    StartMonth,
)
from credsite.core.humanize import join_names, pluralize

_CURRENCIES: Final = 3
"""Currencies that have a chart of their own; of the others there is a line in a table."""
_SUFFIXES: Final = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))
_KEY: Final = ("take applications", "full or closed")


def starts_section(health: CatalogueReport) -> Section | None:
    """Sessions by month; None where there is no course."""
    found = health.starts
    if not health.counts.courses:
        return None
    title = "Starts by month"
    says = []
    total = sum(month.open + month.shut for month in found.months)
    if total:
        busiest = max(found.months, key=lambda month: month.open + month.shut)
        number = busiest.open + busiest.shut
        sessions = pluralize(total, "session starts", "sessions start")
        in_month = (
            f"in {_month(busiest)}" if total == 1 else f"most of them in {_month(busiest)} ({number:,})"
        )
        says.append(f"{sessions} in the next {START_MONTHS} months, {in_month}.")
        empty = [_month(month) for month in found.months if not (month.open or month.shut)]
        if empty:
            says.append(f"Nothing starts in {join_names(empty, START_MONTHS)}.")
    else:
        says.append(f"No session starts in the next {START_MONTHS} months.")
    if found.later:
        says.append(f"{pluralize(found.later, 'session starts', 'sessions start')} after that.")
    if found.any_time:
        says.append(f"{pluralize(found.any_time, 'course')} can begin at any time.")
    if found.undated:
        undated = pluralize(
            len(found.undated), "course has no dates, and does", "courses have no dates, and do"
        )
        says.append(f"{undated} not say that one can begin at any time (`pace: self-paced`).")
    if not total:
        return Section("starts", title, tuple(says))
    drawn = column_chart(
        "starts-chart",
        "Sessions by the month in which they start",
        f"A bar for each of the next {START_MONTHS} months. The table below has the same numbers.",
        [
            Bar((f"{month.first:%b}", _year(month, number)), month.open, month.shut)
            for number, month in enumerate(found.months)
        ],
        _KEY,
    )
    rows = tuple(
        (_month(month), f"{month.open:,}", f"{month.shut:,}", f"{month.open + month.shut:,}")
        for month in found.months
    )
    heads = (
        ReportColumn("Month"),
        *(ReportColumn(word.capitalize(), "number") for word in _KEY),
        ReportColumn("All", "number"),
    )
    shown = ReportTable("starts-table", "Sessions by month", heads, rows, chart=drawn, bars=3)
    return Section("starts", title, tuple(says), (shown,))


def _month(month: StartMonth) -> str:
    return f"{month.first:%B} {month.first.year}"


def _year(month: StartMonth, number: int) -> str:
    return str(month.first.year) if number == 0 or month.first.month == 1 else ""


def costs_section(health: CatalogueReport, most: int) -> Section | None:
    """Prices, by currency; None where there is no course."""
    courses, found = health.counts.courses, health.costs
    if not courses:
        return None
    says = [_price_sentence(prices) for prices in found.prices[:_CURRENCIES]]
    if len(found.prices) > 1:
        says.insert(
            0,
            f"Prices are in {pluralize(len(found.prices), 'currency', 'currencies')}, and are not added up.",
        )
    if found.free:
        says.append(f"{pluralize(found.free, 'course is', 'courses are')} free.")
    says += _not_given(found, courses)
    # Prices that are all the same are no spread.
    tables = [_price_table(prices) for prices in found.prices[:_CURRENCIES] if prices.least < prices.most]
    others = table_or_none(
        "prices-others",
        "Prices in other currencies",
        (
            ReportColumn("Currency"),
            ReportColumn("Courses", "number"),
            ReportColumn("Least", "number"),
            ReportColumn("Middle", "number"),
            ReportColumn("Most", "number"),
        ),
        (
            (
                one.currency,
                f"{one.given:,}",
                amount_text(one.least),
                amount_text(one.middle),
                amount_text(one.most),
            )
            for one in found.prices[_CURRENCIES:]
        ),
        most,
    )
    return Section("costs", "What courses cost", tuple(says), (*tables, *([others] if others else [])))


def _not_given(found: Costs | Lengths, courses: int) -> list[str]:
    missing = len(found.not_given)
    if missing == courses:
        return ["No course gives it."]
    return [f"Not given by {missing:,} of {pluralize(courses, 'course')}."] if missing else []


def _price_sentence(prices: Prices) -> str:
    money = prices.currency
    if prices.least == prices.most:
        one = prices.given == 1
        return f"{pluralize(prices.given, 'course')} {'costs' if one else 'cost'} {amount_text(prices.least)} {money}."
    middle = f"{amount_text(prices.middle)}, and half of them between {amount_text(prices.lower)} and {amount_text(prices.upper)}"
    return (
        f"{pluralize(prices.given, 'course')} cost from {amount_text(prices.least)} to {amount_text(prices.most)} {money}; "
        f"the middle one costs {middle}. The dearest is {prices.dearest.title}."
    )


def _price_table(prices: Prices) -> ReportTable:
    name, money = f"prices-{prices.currency.lower()}", prices.currency
    drawn = column_chart(
        f"{name}-chart",
        f"Courses by price in {money}",
        f"A bar for each class of prices, with where it begins. The table below has the same numbers for {pluralize(prices.given, 'course')}.",
        [Bar(_ends(bucket), bucket.count) for bucket in prices.buckets],
    )
    rows = tuple((_class(bucket), f"{bucket.count:,}") for bucket in prices.buckets)
    heads = (ReportColumn(f"Price in {money}"), ReportColumn("Courses", "number"))
    return ReportTable(name, f"Courses by price in {money}", heads, rows, chart=drawn, bars=1)


def _class(bucket: PriceBucket) -> str:
    low = amount_text(bucket.low)
    if bucket.high is None:
        return f"{low} or more"
    return (
        f"{low} to less than {amount_text(bucket.high)}"
        if bucket.low
        else f"less than {amount_text(bucket.high)}"
    )


def _ends(bucket: PriceBucket) -> tuple[str, str]:
    if bucket.high is None:
        return _short(bucket.low), "or more"
    return ("from", _short(bucket.low)) if bucket.low else ("under", _short(bucket.high))


def _short(number: Decimal) -> str:
    """``1.5k`` for 1,500, so that it fits below a bar."""
    for size, suffix in _SUFFIXES:
        if number >= size:
            return f"{amount_text(number / size)}{suffix}"
    return amount_text(number)


def durations_section(health: CatalogueReport) -> Section | None:
    """How long courses run by the calendar; None where there is no course."""
    return _lengths(health, health.durations, "durations", "How long courses run")


def workloads_section(health: CatalogueReport) -> Section | None:
    """How much study time courses take; None where there is no course."""
    return _lengths(health, health.workloads, "workloads", "How much study time courses take")


def _lengths(health: CatalogueReport, found: Lengths, name: str, title: str) -> Section | None:
    courses = health.counts.courses
    if not courses:
        return None
    says = []
    compared = found.given - found.other
    if compared > 1 and found.least != found.most:
        says.append(f"From {found.least} to {found.most}; the middle one takes {found.middle}.")
    elif compared:
        says.append(f"{'All take' if compared > 1 else 'The one that says so takes'} {found.least}.")
    if found.ranges:
        says.append(
            f"{pluralize(found.ranges, 'course gives', 'courses give')} a range, which counts by its upper end."
        )
    if found.other:
        says.append(
            f"{pluralize(found.other, 'course gives', 'courses give')} it in days or longer, which does not say how many hours."
        )
    says += _not_given(found, courses)
    if found.least == found.most:  # all the same, or none at all, is no spread
        return Section(name, title, tuple(says))
    drawn = column_chart(
        f"{name}-chart",
        title,
        f"A bar for each class. The table below has the same numbers for {pluralize(compared, 'course')}.",
        [Bar(_lines(bucket.label), bucket.count) for bucket in found.buckets],
    )
    rows = tuple((_up_to(bucket.label), f"{bucket.count:,}") for bucket in found.buckets)
    heads = (ReportColumn("Length"), ReportColumn("Courses", "number"))
    return Section(
        name, title, tuple(says), (ReportTable(f"{name}-table", title, heads, rows, chart=drawn, bars=1),)
    )


def _lines(label: str) -> Sequence[str]:
    return (LONGER_LABEL,) if label == LONGER_LABEL else ("up to", *label.split())


def _up_to(label: str) -> str:
    return label if label == LONGER_LABEL else f"up to {label}"
