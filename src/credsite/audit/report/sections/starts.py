"""The section on the months in which sessions start."""

from __future__ import annotations

from typing import Final

from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.document import ReportColumn, ReportTable, Section
from credsite.audit.report.model import START_MONTHS, CatalogueReport, StartMonth, Starts
from credsite.core.text import join_names, pluralize

_LEGEND: Final = ("take applications", "full or closed")


def starts_section(report: CatalogueReport) -> Section | None:
    """Sessions by month; None if there is no course."""
    if not report.counts.courses:
        return None
    starts = report.starts
    total = sum(_total(month) for month in starts.months)
    sentences = _month_sentences(starts, total) if total else [_NOTHING_STARTS]
    if starts.later:
        sentences.append(f"{pluralize(starts.later, 'session starts', 'sessions start')} after that.")
    if starts.any_time:
        sentences.append(f"{pluralize(starts.any_time, 'course')} can begin at any time.")
    if starts.undated:
        undated = pluralize(
            len(starts.undated), "course has no dates, and does", "courses have no dates, and do"
        )
        sentences.append(f"{undated} not say that learners can begin at any time (`pace: self-paced`).")
    tables = (_table(starts),) if total else ()
    return Section("starts", "Starts by month", tuple(sentences), tables)


_NOTHING_STARTS: Final = f"No session starts in the next {START_MONTHS} months."


def _month_sentences(starts: Starts, total: int) -> list[str]:
    busiest = max(starts.months, key=_total)
    sessions = pluralize(total, "session starts", "sessions start")
    when = f"in {_name(busiest)}" if total == 1 else f"most of them in {_name(busiest)} ({_total(busiest):,})"
    sentences = [f"{sessions} in the next {START_MONTHS} months, {when}."]
    empty = [_name(month) for month in starts.months if not _total(month)]
    if empty:
        sentences.append(f"Nothing starts in {join_names(empty, START_MONTHS)}.")
    return sentences


def _table(starts: Starts) -> ReportTable:
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
    columns = (
        ReportColumn("Month"),
        *(ReportColumn(words.capitalize(), "number") for words in _LEGEND),
        ReportColumn("All", "number"),
    )
    rows = tuple(
        (_name(month), f"{month.open:,}", f"{month.shut:,}", f"{_total(month):,}") for month in starts.months
    )
    return ReportTable("starts-table", "Sessions by month", columns, rows, chart=chart, bars=3)


def _total(month: StartMonth) -> int:
    return month.open + month.shut


def _name(month: StartMonth) -> str:
    return f"{month.first:%B} {month.first.year}"


def _year(month: StartMonth, number: int) -> str:
    """The year below a bar: for the first month and each January."""
    return str(month.first.year) if number == 0 or month.first.month == 1 else ""
