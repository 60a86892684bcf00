"""The whole report in the order in which it is read: what is urgent, what is missing, how things are spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from credsite.audit.report import sections_dates as dates
from credsite.audit.report import sections_distributions as spreads
from credsite.audit.report import sections_gaps as gaps
from credsite.audit.report.document import Section, Table
from credsite.audit.report.model import Health
from credsite.core.humanize import without_control_characters


def sections(health: Health, most: int) -> tuple[Section, ...]:
    """The sections of the report on ``health``; no table has more than ``most`` rows where rows are entries."""
    return tuple(_shown(found) for found in _all(health, most) if found is not None)


def _shown(section: Section) -> Section:
    """The section as it may be shown anywhere, whatever stands in the titles of entries."""
    return replace(
        section,
        says=tuple(map(without_control_characters, section.says)),
        tables=tuple(map(_shown_table, section.tables)),
    )


def _shown_table(table: Table) -> Table:
    chart = table.chart and replace(
        table.chart,
        words=tuple(replace(word, text=without_control_characters(word.text)) for word in table.chart.words),
    )
    return replace(
        table, rows=tuple(tuple(map(without_control_characters, row)) for row in table.rows), chart=chart
    )


def _all(health: Health, most: int) -> Iterator[Section | None]:
    yield dates.overview(health)
    yield dates.this_week(health, most)
    yield dates.coming(health, most)
    yield from gaps.maps(health, most)
    yield gaps.stories(health, most)
    yield gaps.facts(health)
    yield gaps.skills(health, most)
    yield spreads.starts(health)
    yield spreads.costs(health, most)
    yield spreads.durations(health)
    yield spreads.workloads(health)
    yield dates.consents(health, most)
