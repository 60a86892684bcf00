"""The section on how long stories may stay on the website."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from credsite.audit.report.charts import Chart, TimelineBar, timeline_chart
from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import SOON_DAYS, CatalogueReport, date_after
from credsite.audit.report.sections.common import FILE_COLUMN
from credsite.core.text import long_date, pluralize, short_date

_MAX_BARS: Final = 15


def consents_section(report: CatalogueReport, max_rows: int) -> Section | None:
    """When the consents end; None if there is no story."""
    if not report.counts.stories:
        return None
    sentences = []
    if report.consents:
        first = report.consents[0]
        consents = pluralize(len(report.consents), "consent")
        ends = f"the first ends on {long_date(first.ends)}: {first.title}"
        sentences.append(f"Of {consents} with an end, {ends}.")
    open_ended = report.counts.stories - len(report.consents)
    if open_ended:
        stories = pluralize(open_ended, "story has", "stories have")
        sentences.append(f"{stories} a consent without an end.")
    table = _table(report, max_rows)
    tables = without_none(table and replace(table, chart=_chart(report)))
    return Section("consents", "How long the stories may stay", tuple(sentences), tables)


def _chart(report: CatalogueReport) -> Chart:
    today = report.now.date()
    soon = date_after(today, SOON_DAYS)
    bars = [TimelineBar(row.title, row.ends, row.days <= SOON_DAYS) for row in report.consents[:_MAX_BARS]]
    stories = pluralize(len(bars), "story", "stories")
    return timeline_chart(
        "consents-chart",
        "When the consents to stories end",
        f"A line for each of the {stories} whose consent ends first, from today to its last day; "
        f"a mark stands at {long_date(soon)}. The table below has the same dates.",
        today,
        soon,
        bars,
        ("ends later", f"ends within {SOON_DAYS} days"),
    )


def _table(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    return table_or_none(
        "consents-table",
        "Consents by their last day",
        (
            ReportColumn("Story", "entry"),
            ReportColumn("Learner"),
            ReportColumn("Given", "date"),
            ReportColumn("Last day", "date"),
            ReportColumn("Days left", "number"),
            FILE_COLUMN,
        ),
        (
            (
                row.title,
                row.learner,
                short_date(row.given) if row.given else "",
                short_date(row.ends),
                f"{row.days:,}",
                row.path,
            )
            for row in report.consents
        ),
        max_rows,
    )
