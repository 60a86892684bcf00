"""The section "What to do this week"."""

from __future__ import annotations

from typing import Final

from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import SOON_DAYS, CatalogueReport
from credsite.audit.report.sections.common import FILE_COLUMN
from credsite.catalogue.publication import REASON_TEXTS
from credsite.core.text import pluralize, short_date

_STORY: Final = ReportColumn("Story", "entry")
_COURSE: Final = ReportColumn("Course", "entry")


def this_week_section(report: CatalogueReport, max_rows: int) -> Section:
    """Everything that needs the attention of an editor now."""
    tables = without_none(
        _withheld_stories(report, max_rows),
        _ending_consents(report, max_rows),
        _passed_deadlines(report, max_rows),
        _ended_courses(report, max_rows),
        _overdue_reviews(report, max_rows),
    )
    number = sum(len(table.rows) + table.omitted for table in tables)
    things = pluralize(number, "thing needs", "things need")
    sentence = f"{things} your attention." if number else "Nothing needs your attention."
    return Section("this-week", "What to do this week", (sentence,), tables)


def _withheld_stories(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    stories = pluralize(len(report.withheld), "story is", "stories are")
    return table_or_none(
        "withheld",
        "Stories that are held back because consent is missing",
        (_STORY, ReportColumn("Why"), FILE_COLUMN),
        ((row.title, REASON_TEXTS[row.reason].consent_state, row.path) for row in report.withheld),
        max_rows,
        f"{stories} not on the website. Ask the learner, or delete the file.",
    )


def _ending_consents(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    stories = pluralize(len(report.ending), "story leaves", "stories leave")
    itself = "itself" if len(report.ending) == 1 else "themselves"
    return table_or_none(
        "ending",
        f"Consents that end within {SOON_DAYS} days",
        (
            _STORY,
            ReportColumn("Learner"),
            ReportColumn("Last day", "date"),
            ReportColumn("Days left", "number"),
            FILE_COLUMN,
        ),
        ((row.title, row.learner, short_date(row.ends), f"{row.days:,}", row.path) for row in report.ending),
        max_rows,
        f"{stories} the website by {itself} soon. "
        "Ask the learner now, and write the new date in `consent: expires`.",
    )


def _passed_deadlines(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    sessions = pluralize(len(report.deadlines), "session is", "sessions are")
    return table_or_none(
        "deadlines",
        "Deadlines that have passed before the session begins",
        (_COURSE, ReportColumn("Last day to apply", "date"), ReportColumn("Starts", "date"), FILE_COLUMN),
        ((row.title, short_date(row.apply_by), short_date(row.starts), row.path) for row in report.deadlines),
        max_rows,
        f"{sessions} shown as closed. Move `apply_by` if there are places left, or add the next session.",
    )


def _ended_courses(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    courses = pluralize(len(report.over), "course has", "courses have")
    return table_or_none(
        "over",
        "Courses whose sessions are all over",
        (_COURSE, ReportColumn("Last start", "date"), FILE_COLUMN),
        ((row.title, short_date(row.on), row.path) for row in report.over),
        max_rows,
        f"{courses} only dates in the past. Add a session, or set `expires_at`.",
    )


def _overdue_reviews(report: CatalogueReport, max_rows: int) -> ReportTable | None:
    reviews = pluralize(len(report.reviews), "review is", "reviews are")
    return table_or_none(
        "reviews",
        "Courses whose review is overdue",
        (_COURSE, ReportColumn("By", "date"), FILE_COLUMN),
        ((row.title, short_date(row.on), row.path) for row in report.reviews),
        max_rows,
        f"{reviews} overdue. Check the course, and set `reviewed_at` and `review_by`.",
    )
