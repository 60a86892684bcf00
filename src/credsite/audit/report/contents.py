"""The whole report in the order in which it is read: what is urgent, what is missing, how things are distributed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from credsite.audit.report.document import ReportTable, Section
from credsite.audit.report.model import CatalogueReport
from credsite.audit.report.sections.consents import consents_section
from credsite.audit.report.sections.gaps import facts_section, skills_section, stories_section
from credsite.audit.report.sections.industry_maps import map_sections
from credsite.audit.report.sections.lengths import durations_section, workloads_section
from credsite.audit.report.sections.overview import overview_section
from credsite.audit.report.sections.prices import costs_section
from credsite.audit.report.sections.starts import starts_section
from credsite.audit.report.sections.this_week import this_week_section
from credsite.audit.report.sections.upcoming import upcoming_section
from credsite.core.text import without_control_characters


def report_sections(report: CatalogueReport, max_rows: int) -> tuple[Section, ...]:
    """The sections of ``report``. Tables of entries have at most ``max_rows`` rows."""
    return tuple(_cleaned(section) for section in _all_sections(report, max_rows) if section is not None)


def _all_sections(report: CatalogueReport, max_rows: int) -> Iterator[Section | None]:
    yield overview_section(report)
    yield this_week_section(report, max_rows)
    yield upcoming_section(report, max_rows)
    yield from map_sections(report, max_rows)
    yield stories_section(report, max_rows)
    yield facts_section(report)
    yield skills_section(report, max_rows)
    yield starts_section(report)
    yield costs_section(report, max_rows)
    yield durations_section(report)
    yield workloads_section(report)
    yield consents_section(report, max_rows)


def _cleaned(section: Section) -> Section:
    """The section without control characters, which titles of entries may contain."""
    return replace(
        section,
        sentences=tuple(map(without_control_characters, section.sentences)),
        tables=tuple(map(_cleaned_table, section.tables)),
    )


def _cleaned_table(table: ReportTable) -> ReportTable:
    chart = table.chart and replace(
        table.chart,
        texts=tuple(replace(text, text=without_control_characters(text.text)) for text in table.chart.texts),
    )
    return replace(
        table, rows=tuple(tuple(map(without_control_characters, row)) for row in table.rows), chart=chart
    )
