"""The sections on what needs an editor's attention: this week, in the next days, and until when stories may stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from credsite.audit.report.charts import Chart, TimelineBar, timeline_chart
from credsite.audit.report.document import FILE_COLUMN, ReportColumn, ReportTable, Section, report_table
from credsite.audit.report.model import SOON_DAYS, CatalogueReport, UpcomingEvent, date_after
from credsite.catalogue.unpublished import REASON_TEXTS
from credsite.core.text import join_names, long_date, pluralize, pluralize_nonzero

_STORY: Final = ReportColumn("Story", "entry")
_COURSE: Final = ReportColumn("Course", "entry")
_LEARNER: Final = ReportColumn("Learner")
_LAST_DAY: Final = ReportColumn("Last day", "date")
_DAYS_LEFT: Final = ReportColumn("Days left", "number")
_EVENTS: Final[Mapping[UpcomingEvent, tuple[str, str, str]]] = {
    "loses consent": (
        "consent ended: taken off",
        "story that leaves the website",
        "stories that leave the website",
    ),
    "expires": ("expired: taken off", "entry that expires", "entries that expire"),
    "appears": ("appears", "entry that appears", "entries that appear"),
    "is due for review": ("review due", "review", "reviews"),
    "opens applications": ("applications open", "opening of applications", "openings of applications"),
    "closes applications": ("applications closed", "deadline", "deadlines"),
    "starts a session": ("session has begun", "start", "starts"),
    "ends a session": ("session over", "end of a session", "ends of sessions"),
}
"""What is true from the date of an event on, and how such events are counted; the most important ones first."""
_MAX_BARS: Final = 15


def this_week_section(report: CatalogueReport, max_rows: int) -> Section:
    """Everything that needs the attention of an editor now."""
    tables = (*_story_tables(report, max_rows), *_course_tables(report, max_rows))
    number = sum(len(table.rows) + table.omitted for table in tables)
    things = pluralize(number, "thing needs", "things need")
    sentence = f"{things} your attention." if number else "Nothing needs your attention."
    return Section("this-week", "What to do this week", (sentence,), tables)


def _story_tables(report: CatalogueReport, max_rows: int) -> Iterator[ReportTable]:
    withdrawn = [row for row in report.withheld if row.reason == "consent-withdrawn"]
    yield report_table(
        "withdrawn",
        "Stories whose learners have withdrawn consent",
        (_STORY, FILE_COLUMN),
        ((row.title, row.path) for row in withdrawn),
        max_rows,
        note=f"Do not ask again. Delete the {'file' if len(withdrawn) == 1 else 'files'}.",
    )
    missing = [row for row in report.withheld if row.reason != "consent-withdrawn"]
    stories = pluralize(len(missing), "story is", "stories are")
    yield report_table(
        "withheld",
        "Stories that are held back because consent is missing",
        (_STORY, ReportColumn("Why"), FILE_COLUMN),
        ((row.title, REASON_TEXTS[row.reason].consent_state, row.path) for row in missing),
        max_rows,
        note=f"{stories} not on the website. Ask the learner, or delete the file.",
    )
    stories = pluralize(len(report.ending), "story leaves", "stories leave")
    itself = "itself" if len(report.ending) == 1 else "themselves"
    yield report_table(
        "ending",
        f"Consents that end within {SOON_DAYS} days",
        (_STORY, _LEARNER, _LAST_DAY, _DAYS_LEFT, FILE_COLUMN),
        ((row.title, row.learner, row.ends, row.days, row.path) for row in report.ending),
        max_rows,
        note=f"{stories} the website by {itself} soon. "
        "Ask the learner now, and write the new date in `consent: expires`.",
    )


def _course_tables(report: CatalogueReport, max_rows: int) -> Iterator[ReportTable]:
    sessions = pluralize(len(report.deadlines), "session is", "sessions are")
    yield report_table(
        "deadlines",
        "Deadlines that have passed before the session begins",
        (_COURSE, ReportColumn("Last day to apply", "date"), ReportColumn("Starts", "date"), FILE_COLUMN),
        ((row.title, row.apply_by, row.starts, row.path) for row in report.deadlines),
        max_rows,
        note=f"{sessions} shown as closed. "
        "Move `apply_by` if there are places left, or add the next session.",
    )
    courses = pluralize(len(report.over), "course has", "courses have")
    yield report_table(
        "over",
        "Courses whose sessions are all over",
        (_COURSE, ReportColumn("Last start", "date"), FILE_COLUMN),
        ((row.title, row.on, row.path) for row in report.over),
        max_rows,
        note=f"{courses} only dates in the past. Add a session, or set `expires_at`.",
    )
    reviews = pluralize(len(report.reviews), "review is", "reviews are")
    yield report_table(
        "reviews",
        "Courses whose review is overdue",
        (_COURSE, ReportColumn("By", "date"), FILE_COLUMN),
        ((row.title, row.on, row.path) for row in report.reviews),
        max_rows,
        note=f"{reviews} overdue. Check the course, and set `reviewed_at` and `review_by`.",
    )


def upcoming_section(report: CatalogueReport, max_rows: int) -> Section:
    """Each date in the next days on which the website, or an editor's work, changes."""
    title = f"The next {SOON_DAYS} days"
    if not report.coming:
        return Section("coming", title, (f"Nothing changes by itself in the next {SOON_DAYS} days.",))
    numbers = Counter(row.what for row in report.coming)
    events = pluralize_nonzero(*((numbers[event], one, many) for event, (_, one, many) in _EVENTS.items()))
    dates = pluralize(len(report.coming), "date comes", "dates come")
    first = long_date(report.coming[0].at)
    sentence = f"{dates} up, the first on {first}: {join_names(events, len(events))}."
    if any(row.what != "is due for review" for row in report.coming):
        sentence += " The website changes on such a day only if it is built again then."
    table = report_table(
        "changes",
        f"What the next {SOON_DAYS} days change",
        (
            ReportColumn("From", "date"),
            ReportColumn("Entry", "entry"),
            ReportColumn("What happens"),
            FILE_COLUMN,
        ),
        ((row.at, row.title, _EVENTS[row.what][0], row.path) for row in report.coming),
        max_rows,
    )
    return Section("coming", title, (sentence,), (table,))


def consents_section(report: CatalogueReport, max_rows: int) -> Section:
    """When the consents to stories end."""
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
    table = report_table(
        "consents-table",
        "Consents by their last day",
        (_STORY, _LEARNER, ReportColumn("Given", "date"), _LAST_DAY, _DAYS_LEFT, FILE_COLUMN),
        ((row.title, row.learner, row.given, row.ends, row.days, row.path) for row in report.consents),
        max_rows,
        chart=_consents_chart(report),
    )
    return Section("consents", "How long the stories may stay", tuple(sentences), (table,))


def _consents_chart(report: CatalogueReport) -> Chart:
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
