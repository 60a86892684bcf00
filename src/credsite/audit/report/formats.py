"""The whole report in the order in which it is read: what is urgent, what is missing, how things are distributed.

Its formats are an HTML page and JSON. The page loads nothing from anywhere, and has no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from credsite.audit.report.document import Section
from credsite.audit.report.model import CatalogueReport, Counts
from credsite.audit.report.sections.agenda import consents_section, this_week_section, upcoming_section
from credsite.audit.report.sections.bar_charts import (
    costs_section,
    durations_section,
    starts_section,
    workloads_section,
)
from credsite.audit.report.sections.gaps import facts_section, map_sections, skills_section, stories_section
from credsite.catalogue.unpublished import REASON_TEXTS
from credsite.core.hashing import digest
from credsite.core.text import (
    join_names,
    long_date,
    pluralize,
    pluralize_nonzero,
    without_control_characters,
)
from credsite.problems.tables import json_document
from credsite.theme.document import inline_stylesheet, render_document

_MAX_ROWS: Final = 200
_CHECKSUM_COMMENT: Final = "<!-- Written by credsite report: {} -->\n"
_JSON_VERSION: Final = 1
"""Increased when a key of the JSON is removed or gets another meaning."""


def report_sections(report: CatalogueReport, max_rows: int) -> tuple[Section, ...]:
    """The sections of ``report``. Tables of entries have at most ``max_rows`` rows."""
    return tuple(
        replace(
            section,
            # Titles of entries may contain control characters.
            sentences=tuple(map(without_control_characters, section.sentences)),
            tables=tuple(table for table in section.tables if table.rows),
        )
        for section in _all_sections(report, max_rows)
    )


def _all_sections(report: CatalogueReport, max_rows: int) -> Iterator[Section]:
    yield _overview_section(report)
    yield this_week_section(report, max_rows)
    yield upcoming_section(report, max_rows)
    yield from map_sections(report, max_rows)
    if report.counts.courses:
        yield stories_section(report, max_rows)
        yield facts_section(report)
        if report.skills.total:
            yield skills_section(report, max_rows)
        yield starts_section(report)
        yield costs_section(report, max_rows)
        yield durations_section(report)
        yield workloads_section(report)
    if report.counts.stories:
        yield consents_section(report, max_rows)


def _overview_section(report: CatalogueReport) -> Section:
    """What the website shows, what is not published and why, and how many problems there are."""
    counts = report.counts
    contents = join_names(
        pluralize_nonzero(
            (counts.courses, "course"),
            (counts.providers, "provider"),
            (counts.industries, "industry", "industries"),
            (counts.stories, "story", "stories"),
            (counts.pathways, "pathway"),
        )
    )
    sentences = [f"{report.site} shows {contents or 'no entries'} on {long_date(report.now.date())}."]
    if not counts.courses:
        sentences.append('There is no course yet. `credsite new course "Its title"` creates one.')
    held_back = sum(counts.held_back.values())
    if held_back:
        reasons = [
            pluralize(number, *REASON_TEXTS[reason].count_nouns)
            for reason, number in counts.held_back.items()
        ]
        entries = pluralize(held_back, "entry is", "entries are")
        sentences.append(f"{entries} held back: {join_names(reasons, len(reasons))}.")
    return Section("overview", "At a glance", (*sentences, *_problem_sentences(counts)))


def _problem_sentences(counts: Counts) -> Iterator[str]:
    if counts.left_out:
        files = pluralize(counts.left_out, "file has errors and is", "files have errors and are")
        yield f"{files} not in these numbers."
    problems = pluralize_nonzero(
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.advice, "piece of advice", "pieces of advice"),
    )
    if problems:
        yield f"`credsite check` gives {join_names(problems)}."


def report_to_html(report: CatalogueReport) -> str:
    """The page. Its last line is a checksum, by which :func:`is_unedited_report` recognises it."""
    text = render_document(
        "report.html",
        site=without_control_characters(report.site),
        at=report.now.isoformat(),
        sections=report_sections(report, _MAX_ROWS),
        now=long_date(report.now),
        style=inline_stylesheet("report.css"),
    )
    return text + _CHECKSUM_COMMENT.format(digest(text.encode()))


def is_unedited_report(text: str) -> bool:
    """Whether ``text`` is a report that credsite wrote and nobody has edited."""
    page, start, _ = text.rpartition(_CHECKSUM_COMMENT.partition("{")[0])
    return bool(start) and text == page + _CHECKSUM_COMMENT.format(digest(page.encode()))


def report_to_json(report: CatalogueReport) -> str:
    """The complete report. Dates are in ISO 8601; amounts of money are strings, so that no digit is lost."""
    contents = {"form": _JSON_VERSION, **asdict(report)}
    return json_document(contents, _json_value)


def _json_value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")
