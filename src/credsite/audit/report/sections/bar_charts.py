"""The sections on how sessions, prices and lengths are distributed, each with a bar chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.distributions import LONGER_LABEL, amount_text
from credsite.audit.report.document import ReportColumn, ReportTable, Section, report_table
from credsite.audit.report.model import (
    START_MONTHS,
    CatalogueReport,
    Lengths,
    PriceBucket,
    Prices,
    StartMonth,
    Starts,
)
from credsite.core.text import join_names, pluralize

_LEGEND: Final = ("take applications", "full or closed")
_COURSES: Final = ReportColumn("Courses", "number")
_MAX_CHARTS: Final = 3
"""Currencies that have a chart of their own; the others have a row in a table."""
_MIN_FOR_QUARTILES: Final = 8
"""Courses of which a sentence says what half of them cost: of fewer, nobody can."""
_SUFFIXES: Final = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


def starts_section(report: CatalogueReport) -> Section:
    """Sessions by month."""
    starts = report.starts
    total = sum(_total(month) for month in starts.months)
    nothing = f"No session starts in the next {START_MONTHS} months."
    sentences = _month_sentences(starts, total) if total else [nothing]
    if starts.later:
        sentences.append(f"{pluralize(starts.later, 'session starts', 'sessions start')} after that.")
    if starts.any_time:
        sentences.append(f"{pluralize(starts.any_time, 'course')} can begin at any time.")
    if starts.undated:
        undated = pluralize(
            len(starts.undated), "course has no dates, and does", "courses have no dates, and do"
        )
        how = f" (`pace: {starts.pace}`)" if starts.pace else ""
        sentences.append(f"{undated} not say that learners can begin at any time{how}.")
    tables = (_starts_table(starts),) if total else ()
    return Section("starts", "Starts by month", tuple(sentences), tables)


def _month_sentences(starts: Starts, total: int) -> list[str]:
    busiest = max(starts.months, key=_total)
    sessions = pluralize(total, "session starts", "sessions start")
    when = f"in {_name(busiest)}" if total == 1 else f"most of them in {_name(busiest)} ({_total(busiest):,})"
    sentences = [f"{sessions} in the next {START_MONTHS} months, {when}."]
    empty = [_name(month) for month in starts.months if not _total(month)]
    if empty:
        sentences.append(f"Nothing starts in {join_names(empty, START_MONTHS)}.")
    return sentences


def _starts_table(starts: Starts) -> ReportTable:
    bars = [
        Bar((f"{month.first:%b}", _year(month, number)), month.open, month.shut)
        for number, month in enumerate(starts.months)
    ]
    chart = column_chart(
        "starts-chart",
        "Sessions by the month in which they start",
        f"A bar for each of the next {START_MONTHS} months. The table below has the same numbers.",
        bars,
        _LEGEND,
    )
    numbers = (ReportColumn(words.capitalize(), "number") for words in (*_LEGEND, "all"))
    rows = ((_name(month), month.open, month.shut, _total(month)) for month in starts.months)
    columns = (ReportColumn("Month"), *numbers)
    return report_table("starts-table", "Sessions by month", columns, rows, chart=chart, bars=3)


def _total(month: StartMonth) -> int:
    return month.open + month.shut


def _name(month: StartMonth) -> str:
    return f"{month.first:%B} {month.first.year}"


def _year(month: StartMonth, number: int) -> str:
    """The year below a bar: for the first month and each January."""
    return str(month.first.year) if number == 0 or month.first.month == 1 else ""


def costs_section(report: CatalogueReport, max_rows: int) -> Section:
    """Prices by currency."""
    costs = report.costs
    main = costs.prices[:_MAX_CHARTS]
    sentences = [_price_sentence(prices) for prices in main]
    if len(costs.prices) > 1:
        currencies = pluralize(len(costs.prices), "currency", "currencies")
        sentences.insert(0, f"Prices are in {currencies}, and are not added up.")
    if costs.free:
        sentences.append(f"{pluralize(costs.free, 'course is', 'courses are')} free.")
    sentences += _not_given_sentences(len(costs.not_given), report.counts.courses)
    # A chart of equal prices would say nothing.
    tables = [_price_table(prices) for prices in main if prices.least < prices.most]
    amounts = (ReportColumn(title, "number") for title in ("Least", "Middle", "Most"))
    others = report_table(
        "prices-others",
        "Prices in other currencies",
        (ReportColumn("Currency"), _COURSES, *amounts),
        (
            (prices.currency, prices.given, *map(amount_text, (prices.least, prices.middle, prices.most)))
            for prices in costs.prices[_MAX_CHARTS:]
        ),
        max_rows,
    )
    return Section("costs", "What courses cost", tuple(sentences), (*tables, others))


def _not_given_sentences(missing: int, courses: int) -> list[str]:
    """That ``missing`` of all ``courses`` do not give what a section is about; nothing if all give it."""
    if missing == courses:
        return ["No course gives it."]
    return [f"Not given by {missing:,} of {pluralize(courses, 'course')}."] if missing else []


def _price_sentence(prices: Prices) -> str:
    least, lower, middle, upper, most = map(
        amount_text, (prices.least, prices.lower, prices.middle, prices.upper, prices.most)
    )
    if least == most:
        return f"{pluralize(prices.given, 'course costs', 'courses cost')} {least} {prices.currency}."
    half = f", and half of them between {lower} and {upper}" if prices.given >= _MIN_FOR_QUARTILES else ""
    return (
        f"{pluralize(prices.given, 'course')} cost from {least} to {most} {prices.currency}; "
        f"the middle one costs {middle}{half}. The most expensive is {prices.dearest.title}."
    )


def _price_table(prices: Prices) -> ReportTable:
    name, title = f"prices-{prices.currency.lower()}", f"Courses by price in {prices.currency}"
    chart = column_chart(
        f"{name}-chart",
        title,
        "A bar for each class of prices, with where it begins. "
        f"The table below has the same numbers for {pluralize(prices.given, 'course')}.",
        [Bar(_label(bucket), bucket.count) for bucket in prices.buckets],
    )
    rows = ((_range(bucket), bucket.count) for bucket in prices.buckets)
    columns = (ReportColumn(f"Price in {prices.currency}"), _COURSES)
    return report_table(name, title, columns, rows, chart=chart, bars=1)


def _range(bucket: PriceBucket) -> str:
    low = amount_text(bucket.low)
    if bucket.high is None:
        return f"{low} or more"
    high = amount_text(bucket.high)
    return f"{low} to less than {high}" if bucket.low else f"less than {high}"


def _label(bucket: PriceBucket) -> tuple[str, str]:
    """The two lines below a bar."""
    if bucket.high is None:
        return _short_amount(bucket.low), "or more"
    return ("from", _short_amount(bucket.low)) if bucket.low else ("under", _short_amount(bucket.high))


def _short_amount(number: Decimal) -> str:
    """``1.5k`` for 1,500, so that it fits below a bar."""
    for size, suffix in _SUFFIXES:
        if number >= size:
            return f"{amount_text(number / size)}{suffix}"
    return amount_text(number)


def durations_section(report: CatalogueReport) -> Section:
    """How long courses run by the calendar."""
    return _length_section(report, report.durations, "durations", "How long courses run")


def workloads_section(report: CatalogueReport) -> Section:
    """How much study time courses take."""
    return _length_section(report, report.workloads, "workloads", "How much study time courses take")


def _length_section(report: CatalogueReport, lengths: Lengths, name: str, title: str) -> Section:
    sentences = tuple(_length_sentences(lengths, report.counts.courses))
    # A chart of equal lengths, or of none, would say nothing.
    tables = (_length_table(lengths, name, title),) if lengths.least != lengths.most else ()
    return Section(name, title, sentences, tables)


def _length_sentences(lengths: Lengths, courses: int) -> Iterator[str]:
    compared = lengths.given - lengths.other
    if compared > 1 and lengths.least != lengths.most:
        yield f"From {lengths.least} to {lengths.most}; the middle one takes {lengths.middle}."
    elif compared:
        takes = "All take" if compared > 1 else "The one that says so takes"
        yield f"{takes} {lengths.least}."
    if lengths.ranges:
        gives = pluralize(lengths.ranges, "course gives", "courses give")
        yield f"{gives} a range, which counts by its upper end."
    if lengths.other:
        gives = pluralize(lengths.other, "course gives", "courses give")
        yield f"{gives} it in days or longer, which does not say how many hours."
    yield from _not_given_sentences(len(lengths.not_given), courses)


def _length_table(lengths: Lengths, name: str, title: str) -> ReportTable:
    courses = pluralize(lengths.given - lengths.other, "course")
    chart = column_chart(
        f"{name}-chart",
        title,
        f"A bar for each class. The table below has the same numbers for {courses}.",
        [Bar(_label_lines(bucket.label), bucket.count) for bucket in lengths.buckets],
    )
    rows = ((" ".join(_label_lines(bucket.label)), bucket.count) for bucket in lengths.buckets)
    return report_table(f"{name}-table", title, (ReportColumn("Length"), _COURSES), rows, chart=chart, bars=1)


def _label_lines(label: str) -> Sequence[str]:
    """The lines below a bar."""
    return (LONGER_LABEL,) if label == LONGER_LABEL else ("up to", *label.split())
