"""The sections on industries by delivery mode and by time of the week, and where there are no courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import CatalogueReport, IndustryMap
from credsite.core.text import join_names, pluralize
from credsite.schema.vocabularies import DELIVERY_MODES, TIMINGS, Vocabulary, labels

_MIN_ROWS: Final = 60
"""A map shows at least this many industries, whatever the limit for tables, because it is read as a whole."""


def map_sections(report: CatalogueReport, max_rows: int) -> tuple[Section, ...]:
    """Industries by delivery modes, and by times of the week."""
    max_rows = max(max_rows, _MIN_ROWS)
    modes, timings = "Industries and delivery modes", "Industries and times of the week"
    if not report.modes.rows:
        none = 'There is no industry yet. `credsite new industry "Its name"` creates one.'
        return (Section("modes", modes, (none,)),)
    empty = [row.title for row in report.modes.rows if not row.courses]
    sentences = [f"There is no course in {join_names(empty)}."] if empty else []
    sentences += _gap_sentences(report.modes)
    mode_section = Section(
        "modes",
        modes,
        tuple(sentences or [_NO_GAPS]),
        _table("modes", modes, report.modes, DELIVERY_MODES, max_rows),
    )
    if len(report.timings.unplaced) == report.counts.courses:
        unknown = "No course says at what time of the week it takes place: set its `timing`."
        return (mode_section, Section("timings", timings, (unknown,)))
    sentences = _gap_sentences(report.timings) or [_NO_GAPS]
    if report.timings.unplaced:
        courses = pluralize(len(report.timings.unplaced), "course does", "courses do")
        takes_place = "it takes" if len(report.timings.unplaced) == 1 else "they take"
        sentences.append(f"{courses} not say at what time of the week {takes_place} place.")
    table = _table("timings", timings, report.timings, TIMINGS, max_rows)
    return (mode_section, Section("timings", timings, tuple(sentences), table))


_NO_GAPS: Final = "There are no gaps: each industry has a course in each column."


def _gap_sentences(industry_map: IndustryMap) -> list[str]:
    """A sentence for each column in which industries lack courses."""
    with_courses = sum(row.courses > 0 for row in industry_map.rows)
    sentences = (
        _gap_sentence(column, industry_map.gaps(column), with_courses) for column in industry_map.columns
    )
    return [sentence for sentence in sentences if sentence]


def _gap_sentence(column: str, lacking: Sequence[str], total: int) -> str:
    """``lacking`` are the industries without a course in the column, of ``total`` industries; "" if there are none."""
    if not lacking:
        return ""
    if len(lacking) == total:
        return f"There is no {column} course at all."
    if len(lacking) <= 2:
        return f"There is no {column} course in {join_names(lacking)}."
    return f"{len(lacking):,} of {total:,} industries have no {column} course: {join_names(lacking)}."


def _table(
    name: str, title: str, industry_map: IndustryMap, vocabulary: Vocabulary, max_rows: int
) -> tuple[ReportTable, ...]:
    names = labels(vocabulary)
    highest = max((count for row in industry_map.rows for count in row.counts), default=0)
    table = table_or_none(
        f"{name}-table",
        f"{title}: number of courses",
        (
            ReportColumn("Industry"),
            *(ReportColumn(names[column], "number") for column in industry_map.columns),
            ReportColumn("All", "number"),
        ),
        (
            (row.title, *(f"{count:,}" for count in row.counts), f"{row.courses:,}")
            for row in industry_map.rows
        ),
        max_rows,
        "A course counts in each of its industries, and in each column that it fits.",
    )
    shades = tuple(
        (None, *(shade(count, highest) for count in row.counts), None) for row in industry_map.rows[:max_rows]
    )
    return without_none(table and replace(table, shades=shades))


def shade(count: int, highest: int) -> int:
    """The shade of a cell, from 0 for no courses to 4 for the ``highest`` number."""
    return -(-4 * count // highest) if count else 0
