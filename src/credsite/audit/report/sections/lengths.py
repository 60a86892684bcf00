"""The sections on how long courses run, and how much study time they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.distributions import LONGER_LABEL
from credsite.audit.report.document import ReportColumn, ReportTable, Section
from credsite.audit.report.model import CatalogueReport, Lengths
from credsite.audit.report.sections.common import not_given_sentences
from credsite.core.text import pluralize


def durations_section(report: CatalogueReport) -> Section | None:
    """How long courses run by the calendar; None if there is no course."""
    return _section(report, report.durations, "durations", "How long courses run")


def workloads_section(report: CatalogueReport) -> Section | None:
    """How much study time courses take; None if there is no course."""
    return _section(report, report.workloads, "workloads", "How much study time courses take")


def _section(report: CatalogueReport, lengths: Lengths, name: str, title: str) -> Section | None:
    if not report.counts.courses:
        return None
    sentences = tuple(_sentences(lengths, report.counts.courses))
    # A chart of equal lengths, or of none, would say nothing.
    tables = (_table(lengths, name, title),) if lengths.least != lengths.most else ()
    return Section(name, title, sentences, tables)


def _sentences(lengths: Lengths, courses: int) -> Iterator[str]:
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
    yield from not_given_sentences(len(lengths.not_given), courses)


def _table(lengths: Lengths, name: str, title: str) -> ReportTable:
    courses = pluralize(lengths.given - lengths.other, "course")
    chart = column_chart(
        f"{name}-chart",
        title,
        f"A bar for each class. The table below has the same numbers for {courses}.",
        [Bar(_label_lines(bucket.label), bucket.count) for bucket in lengths.buckets],
    )
    rows = tuple(
        (bucket.label if bucket.label == LONGER_LABEL else f"up to {bucket.label}", f"{bucket.count:,}")
        for bucket in lengths.buckets
    )
    columns = (ReportColumn("Length"), ReportColumn("Courses", "number"))
    return ReportTable(f"{name}-table", title, columns, rows, chart=chart, bars=1)


def _label_lines(label: str) -> Sequence[str]:
    """The lines below a bar."""
    return (LONGER_LABEL,) if label == LONGER_LABEL else ("up to", *label.split())
