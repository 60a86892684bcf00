"""The sections on what the catalogue lacks: courses in an industry, stories, facts about courses, and shared skills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from credsite.audit.report.document import FILE_COLUMN, ReportColumn, ReportTable, Section, report_table
from credsite.audit.report.model import FACTS, CatalogueReport, IndustryMap, ReportRow
from credsite.core.text import join_names, pluralize

_MIN_ROWS: Final = 60
"""A map shows at least this many industries, whatever the limit for tables, because it is read as a whole."""
_NO_GAPS: Final = "There are no gaps: each industry has a course in each column."
_COURSE: Final = (ReportColumn("Course", "entry"), FILE_COLUMN)
_COURSES: Final = ReportColumn("Courses", "number")


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
    table = _map("modes", modes, report.modes, max_rows)
    mode_section = Section("modes", modes, tuple(sentences or [_NO_GAPS]), (table,))
    if len(report.timings.unplaced) == report.counts.courses:
        unknown = "No course says at what time of the week it takes place: set its `timing`."
        return (mode_section, Section("timings", timings, (unknown,)))
    sentences = list(_gap_sentences(report.timings)) or [_NO_GAPS]
    if report.timings.unplaced:
        courses = pluralize(len(report.timings.unplaced), "course does", "courses do")
        takes_place = "it takes" if len(report.timings.unplaced) == 1 else "they take"
        sentences.append(f"{courses} not say at what time of the week {takes_place} place.")
    table = _map("timings", timings, report.timings, max_rows)
    return (mode_section, Section("timings", timings, tuple(sentences), (table,)))


def _gap_sentences(industry_map: IndustryMap) -> Iterator[str]:
    """A sentence for each column in which industries lack courses."""
    total = sum(row.courses > 0 for row in industry_map.rows)
    for id_, title in zip(industry_map.columns, industry_map.titles, strict=True):
        lacking = industry_map.gaps(id_)
        column = id_ if id_ == title.casefold() else f"“{title}”"
        if lacking and len(lacking) == total:
            yield f"There is no {column} course at all."
        elif lacking and len(lacking) <= 2:
            yield f"There is no {column} course in {join_names(lacking)}."
        elif lacking:
            yield f"{len(lacking):,} of {total:,} industries have no {column} course: {join_names(lacking)}."


def _map(name: str, title: str, industry_map: IndustryMap, max_rows: int) -> ReportTable:
    highest = max((count for row in industry_map.rows for count in row.counts), default=0)
    columns = (ReportColumn(name, "number") for name in industry_map.titles)
    table = report_table(
        f"{name}-table",
        f"{title}: number of courses",
        (ReportColumn("Industry"), *columns, ReportColumn("All", "number")),
        ((row.title, *row.counts, row.courses) for row in industry_map.rows),
        max_rows,
        note="A course counts in each of its industries, and in each column that it fits.",
    )
    shades = tuple(
        (None, *(shade(count, highest) for count in row.counts), None) for row in industry_map.rows[:max_rows]
    )
    return replace(table, shades=shades)


def shade(count: int, highest: int) -> int:
    """The shade of a cell, from 0 for no courses to 4 for the ``highest`` number."""
    return -(-4 * count // highest) if count else 0


def stories_section(report: CatalogueReport, max_rows: int) -> Section:
    """Courses and industries without a story."""
    title = "Stories that are missing"
    if not report.counts.stories:
        none = 'There is no story yet. `credsite new story "Its title"` creates one.'
        return Section("stories", title, (none,))
    without = len(report.without_stories)
    courses = pluralize(report.counts.courses, "course")
    has = "has" if without == 1 else "have"
    sentences = [f"{without:,} of {courses} {has} no story." if without else "Each course has a story."]
    industries = [row.title for row in report.industries_without_stories]
    if industries:
        sentences.append(f"No story comes from {join_names(industries)}.")
    tables = (
        report_table(
            "without-stories", "Courses without a story", _COURSE, _cells(report.without_stories), max_rows
        ),
        report_table(
            "industries-without-stories",
            "Industries without a story",
            (ReportColumn("Industry", "entry"), FILE_COLUMN),
            _cells(report.industries_without_stories),
            max_rows,
        ),
    )
    return Section("stories", title, tuple(sentences), tables)


def _cells(rows: Sequence[ReportRow]) -> Iterator[tuple[str, str]]:
    return ((row.title, row.path) for row in rows)


def facts_section(report: CatalogueReport) -> Section:
    """Facts that courses do not give."""
    courses = report.counts.courses
    title = "What courses do not say"
    missing = sorted(report.missing.items(), key=lambda item: -item[1])
    missing = [(key, number) for key, number in missing if number]
    if not missing:
        return Section("facts", title, ("Each course gives all facts that visitors ask for.",))
    descriptions = {**FACTS, "places": "where it takes place, if not online", **report.own_fields}
    table = report_table(
        "facts-table",
        "Courses that do not give a fact",
        (
            ReportColumn("Key"),
            ReportColumn("What it tells"),
            ReportColumn("Without it", "number"),
            ReportColumn("Share", "number"),
        ),
        (
            (key, descriptions.get(key, ""), number, f"{number * 100 / courses:.0f}%")
            for key, number in missing
        ),
    )
    return Section("facts", title, (_most_missing(missing, courses),), (table,))


def _most_missing(missing: Sequence[tuple[str, int]], courses: int) -> str:
    """``missing`` are keys with the number of courses that lack them, the highest number first."""
    given_by_none = [f"`{key}`" for key, number in missing if number == courses]
    if given_by_none:
        return f"No course gives {join_names(given_by_none, len(given_by_none))}."
    key, number = missing[0]
    do_not = "does not" if number == 1 else "do not"
    return f"What is missing most is `{key}`: {number:,} of {pluralize(courses, 'course')} {do_not} give it."


def skills_section(report: CatalogueReport, max_rows: int) -> Section:
    """Skills that only one course names, or that are spelt in two ways."""
    skills = report.skills
    lone = len(skills.lone)
    is_named = "is" if lone == 1 else "are"
    sentences = [
        f"{lone:,} of {pluralize(skills.total, 'skill')} {is_named} named by one course only. "
        "Visitors who look for courses by skill find nothing beside it."
        if lone
        else "Each skill is named by two courses or more."
    ]
    if skills.alike:
        looks = "looks" if len(skills.alike) == 1 else "look"
        sentences.append(
            f"{pluralize(len(skills.alike), 'pair')} of spellings {looks} alike. "
            "If the same skill is meant, spell it in the same way everywhere."
        )
    more, fewer = ReportColumn("Written by more"), ReportColumn("Written by fewer", "entry")
    tables = (
        report_table(
            "alike",
            "Skills that look alike",
            (more, _COURSES, fewer, _COURSES, FILE_COLUMN),
            (
                (
                    pair.first,
                    len(pair.firsts),
                    pair.second,
                    len(pair.seconds),
                    join_names([row.path for row in pair.seconds], 2),
                )
                for pair in skills.alike
            ),
            max_rows,
        ),
        report_table(
            "lone",
            "Skills that one course names",
            (ReportColumn("Skill"), *_COURSE),
            ((row.skill, row.title, row.path) for row in skills.lone),
            max_rows,
        ),
    )
    return Section("skills", "Skills that stand alone", tuple(sentences), tables)
