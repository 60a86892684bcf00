"""The sections on what the catalogue lacks: stories, facts about courses, and skills that courses share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import CatalogueReport, ReportRow, SimilarSkills
from credsite.audit.report.sections.common import FILE_COLUMN
from credsite.core.text import join_names, pluralize

_COURSE: Final = (ReportColumn("Course", "entry"), FILE_COLUMN)
_FACTS: Final[Mapping[str, str]] = {
    "price": "what it costs",
    "duration": "how long it runs",
    "workload": "how much study time it takes",
    "level": "how much learners should know beforehand",
    "outcomes": "what learners can do afterwards",
    "skills": "which skills it teaches",
    "credential": "what learners receive at the end",
    "review_by": "when it should be reviewed",
}
"""What each key tells visitors or, in the case of ``review_by``, editors."""


def stories_section(report: CatalogueReport, max_rows: int) -> Section | None:
    """Courses and industries without a story; None if there is no course."""
    if not report.counts.courses:
        return None
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
    tables = without_none(
        table_or_none(
            "without-stories", "Courses without a story", _COURSE, _cells(report.without_stories), max_rows
        ),
        table_or_none(
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


def facts_section(report: CatalogueReport) -> Section | None:
    """Facts that courses do not give; None if there is no course."""
    courses = report.counts.courses
    if not courses:
        return None
    title = "What courses do not say"
    missing = sorted(report.missing.items(), key=lambda item: -item[1])
    missing = [(key, number) for key, number in missing if number]
    if not missing:
        return Section("facts", title, ("Each course gives all facts that visitors ask for.",))
    table = table_or_none(
        "facts-table",
        "Courses that do not give a fact",
        (
            ReportColumn("Key"),
            ReportColumn("What it tells"),
            ReportColumn("Without it", "number"),
            ReportColumn("Share", "number"),
        ),
        ((key, _FACTS[key], f"{number:,}", f"{number * 100 / courses:.0f}%") for key, number in missing),
        len(missing),
    )
    return Section("facts", title, (_most_missing(missing, courses),), without_none(table))


def _most_missing(missing: Sequence[tuple[str, int]], courses: int) -> str:
    """``missing`` are keys with the number of courses that lack them, the highest number first."""
    given_by_none = [f"`{key}`" for key, number in missing if number == courses]
    if given_by_none:
        return f"No course gives {join_names(given_by_none, len(given_by_none))}."
    key, number = missing[0]
    do_not = "does not" if number == 1 else "do not"
    return f"What is missing most is `{key}`: {number:,} of {pluralize(courses, 'course')} {do_not} give it."


def skills_section(report: CatalogueReport, max_rows: int) -> Section | None:
    """Skills that only one course names, or that are spelt in two ways; None if no course names any."""
    skills = report.skills
    if not skills.total:
        return None
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
    lone_table = table_or_none(
        "lone",
        "Skills that one course names",
        (ReportColumn("Skill"), *_COURSE),
        ((row.skill, row.title, row.path) for row in skills.lone),
        max_rows,
    )
    tables = without_none(_similar_skills(skills.alike, max_rows), lone_table)
    return Section("skills", "Skills that stand alone", tuple(sentences), tables)


def _similar_skills(pairs: Sequence[SimilarSkills], max_rows: int) -> ReportTable | None:
    return table_or_none(
        "alike",
        "Skills that look alike",
        (
            ReportColumn("Written by more"),
            ReportColumn("Courses", "number"),
            ReportColumn("Written by fewer", "entry"),
            ReportColumn("Courses", "number"),
            FILE_COLUMN,
        ),
        (
            (
                pair.first,
                f"{len(pair.firsts):,}",
                pair.second,
                f"{len(pair.seconds):,}",
                join_names([row.path for row in pair.seconds], 2),
            )
            for pair in pairs
        ),
        max_rows,
    )
