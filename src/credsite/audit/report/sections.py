"""The whole report in the order in which it is read: what is urgent, what is missing, how things are spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from credsite.audit.report import sections_dates as dates
from credsite.audit.report import sections_distributions as spreads
from credsite.audit.report import sections_gaps as gaps
from credsite.audit.report.document import ReportTable, Section
from credsite.audit.report.model import CatalogueReport
from credsite.core.humanize import without_control_characters


def report_sections(health: CatalogueReport, most: int) -> tuple[Section, ...]:
    """The sections of the report on ``health``; no table has more than ``most`` rows where rows are entries."""
    return tuple(_shown(found) for found in _all(health, most) if found is not None)


def _shown(section: Section) -> Section:
    """The section as it may be shown anywhere, whatever stands in the titles of entries."""
    return replace(
        section,
        sentences=tuple(map(without_control_characters, section.sentences)),
        tables=tuple(map(_shown_table, section.tables)),
    )


def _shown_table(table: ReportTable) -> ReportTable:
    chart = table.chart and replace(
        table.chart,
        texts=tuple(replace(word, text=without_control_characters(word.text)) for word in table.chart.texts),
    )
    return replace(
        table, rows=tuple(tuple(map(without_control_characters, row)) for row in table.rows), chart=chart
    )


def _all(health: CatalogueReport, most: int) -> Iterator[Section | None]:
    yield dates.overview_section(health)
    yield dates.this_week_section(health, most)
    yield dates.upcoming_section(health, most)
    yield from gaps.map_sections(health, most)
    yield gaps.stories_section(health, most)
    yield gaps.facts_section(health)
    yield gaps.skills_section(health, most)
    yield spreads.starts_section(health)
    yield spreads.costs_section(health, most)
    yield spreads.durations_section(health)
    yield spreads.workloads_section(health)
    yield dates.consents_section(health, most)
