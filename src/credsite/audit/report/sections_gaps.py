"""The sections on what the catalogue lacks: places on the map, stories, facts, and skills in agreed words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from credsite.audit.report.document import ReportColumn, Section, table_or_none, without_none
from credsite.audit.report.model import CatalogueReport, IndustryMap, ReportRow, SimilarSkills
from credsite.core.humanize import join_names, pluralize
from credsite.schema.vocabularies import DELIVERY_MODES, TIMINGS, labels

_ENTRY: Final = (ReportColumn("Course", "entry"), ReportColumn("File", "file"))
_INDUSTRIES: Final = 60
"""Industries that a map shows at least, because it is for seeing all at once."""
_FACTS: Final = {
    "price": "what it costs",
    "duration": "how long it runs",
    "workload": "how much study time it takes",
    "level": "how much one should know beforehand",
    "outcomes": "what one can do afterwards",
    "skills": "which skills it teaches",
    "credential": "what one receives at the end",
    "review_by": "when it is to be read through again",
}


def map_sections(health: CatalogueReport, most: int) -> tuple[Section, ...]:
    if not health.modes.rows:
        none = 'There is no industry yet. `credsite new industry "Its name"` makes one.'
        return (Section("modes", "Industries and delivery modes", (none,)),)
    empty = [row.title for row in health.modes.rows if not row.courses]
    says = [f"There is no course in {join_names(empty)}."] if empty else []
    timings = "Industries and times of the week"
    return (
        _map("modes", "Industries and delivery modes", health.modes, labels(DELIVERY_MODES), says, most),
        _map("timings", timings, health.timings, labels(TIMINGS), [], most)
        if len(health.timings.unplaced) < health.counts.courses
        else Section(
            "timings", timings, ("No course says when in the week it is taught: give its `timing`.",)
        ),
    )


def _map(
    name: str, title: str, found: IndustryMap, words: Mapping[str, str], says: Sequence[str], most: int
) -> Section:
    with_courses = sum(row.courses > 0 for row in found.rows)
    gaps = [gap for column in found.columns if (gap := _gap(column, found.gaps(column), with_courses))]
    says = [*says, *gaps] or ["There are no gaps: each industry has a course in each column."]
    if found.unplaced and name == "timings":
        does_not_say = (
            "course does not say when in the week it is taught",
            "courses do not say when in the week they are taught",
        )
        says.append(f"{pluralize(len(found.unplaced), *does_not_say)}.")
    most = max(most, _INDUSTRIES)
    highest = max((count for row in found.rows for count in row.counts), default=0)
    shown = table_or_none(
        f"{name}-table",
        f"{title}: number of courses",
        (
            ReportColumn("Industry"),
            *(ReportColumn(words[one], "number") for one in found.columns),
            ReportColumn("All", "number"),
        ),
        ((row.title, *(f"{count:,}" for count in row.counts), f"{row.courses:,}") for row in found.rows),
        most,
        "A course counts in each of its industries, and in each column that it fits.",
    )
    if shown is not None:
        shades = tuple(
            (None, *(shade(count, highest) for count in row.counts), None) for row in found.rows[:most]
        )
        shown = replace(shown, shades=shades)
    return Section(name, title, tuple(says), without_none(shown))


def _gap(column: str, industries: Sequence[str], of: int) -> str:
    """What is missing in a column, "" where nothing is."""
    if not industries:
        return ""
    if len(industries) == of:
        return f"There is no {column} course at all."
    if len(industries) <= 2:
        return f"There is no {column} course in {join_names(industries)}."
    return f"{len(industries):,} of {of:,} industries have no {column} course: {join_names(industries)}."


def shade(count: int, highest: int) -> int:
    """From 0 for nothing to 4 for the most."""
    return -(-4 * count // highest) if count else 0


def stories_section(health: CatalogueReport, most: int) -> Section | None:
    """Courses and industries without a story; None where there is no course."""
    courses, without = health.counts.courses, health.without_stories
    if not courses:
        return None
    title = "Stories that are missing"
    if not health.counts.stories:
        return Section(
            "stories", title, ('There is no story yet. `credsite new story "Its title"` makes one.',)
        )
    says = [
        f"{len(without):,} of {pluralize(courses, 'course')} {'has' if len(without) == 1 else 'have'} no story."
        if without
        else "Each course has a story."
    ]
    industries = [row.title for row in health.industries_without_stories]
    if industries:
        says.append(f"No story comes from {join_names(industries)}.")
    return Section(
        "stories",
        title,
        tuple(says),
        without_none(
            table_or_none("without-stories", "Courses without a story", _ENTRY, _rows(without), most),
            table_or_none(
                "industries-without-stories",
                "Industries without a story",
                (ReportColumn("Industry", "entry"), _ENTRY[1]),
                _rows(health.industries_without_stories),
                most,
            ),
        ),
    )


def _rows(rows: Sequence[ReportRow]) -> Iterator[tuple[str, str]]:
    return ((row.title, row.path) for row in rows)


def facts_section(health: CatalogueReport) -> Section | None:
    """What courses do not say; None where there is no course."""
    courses = health.counts.courses
    if not courses:
        return None
    lacking = sorted(health.missing.items(), key=lambda item: -item[1])
    lacking = [(key, number) for key, number in lacking if number]
    if not lacking:
        return Section("facts", "What courses do not say", ("Each course says all that visitors ask for.",))
    nobody = [f"`{key}`" for key, number in lacking if number == courses]
    if nobody:
        says = f"No course gives {join_names(nobody, len(nobody))}."
    else:
        key, number = lacking[0]
        do_not = "does not" if number == 1 else "do not"
        says = (
            f"What is missing most is `{key}`: {number:,} of {pluralize(courses, 'course')} {do_not} give it."
        )
    found = table_or_none(
        "facts-table",
        "Courses that do not give a fact",
        (
            ReportColumn("Key"),
            ReportColumn("What it tells"),
            ReportColumn("Without it", "number"),
            ReportColumn("Share", "number"),
        ),
        (
            (key, _FACTS.get(key, ""), f"{number:,}", f"{number * 100 / courses:.0f}%")
            for key, number in lacking
        ),
        len(lacking),
    )
    return Section("facts", "What courses do not say", (says,), without_none(found))


def skills_section(health: CatalogueReport, most: int) -> Section | None:
    """Skills that stand alone; None where no course names any."""
    found = health.skills
    if not found.total:
        return None
    lone, alike = len(found.lone), len(found.alike)
    says = [
        f"{lone:,} of {pluralize(found.total, 'skill')} {'is' if lone == 1 else 'are'} named by one course only. "
        "Visitors who look for courses by skill find nothing beside it."
        if lone
        else "Each skill is named by two courses or more."
    ]
    if alike:
        says.append(
            f"{pluralize(alike, 'pair')} of spellings {'looks' if alike == 1 else 'look'} alike. "
            "If the same skill is meant, write it in the same way everywhere."
        )
    return Section(
        "skills",
        "Skills that stand alone",
        tuple(says),
        without_none(
            table_or_none(
                "alike",
                "Skills that look alike",
                (
                    ReportColumn("Written by more"),
                    ReportColumn("Courses", "number"),
                    ReportColumn("Written by fewer", "entry"),
                    ReportColumn("Courses", "number"),
                    _ENTRY[1],
                ),
                map(_alike, found.alike),
                most,
            ),
            table_or_none(
                "lone",
                "Skills that one course names",
                (ReportColumn("Skill"), *_ENTRY),
                ((row.skill, row.title, row.path) for row in found.lone),
                most,
            ),
        ),
    )


def _alike(pair: SimilarSkills) -> tuple[str, ...]:
    files = [row.path for row in pair.seconds]
    return pair.first, f"{len(pair.firsts):,}", pair.second, f"{len(pair.seconds):,}", join_names(files, 2)
