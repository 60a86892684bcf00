"""The sections on what wants a hand now, and on what the next days bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from credsite.audit.report.charts import TimelineBar, timeline_chart
from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import SOON_DAYS, CatalogueReport, Counts, UpcomingEvent
from credsite.core.humanize import join_names, long_date, pluralize, short_date

_FILE: Final = ReportColumn("File", "file")
_HELD_BACK: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("draft", "drafts"),
    "not-yet": ("entry before its date", "entries before their dates"),
    "expired": ("entry that has expired", "entries that have expired"),
    "no-consent": (
        "story without a consent that counts today",
        "stories without a consent that counts today",
    ),
    "consent-expired": ("story whose consent has ended", "stories whose consent has ended"),
    "consent-withdrawn": ("story whose consent was withdrawn", "stories whose consent was withdrawn"),
    "needs": ("entry that waits for another", "entries that wait for another"),
}
_CONSENT: Final = {
    "no-consent": "no consent that counts today",
    "consent-expired": "the consent has ended",
    "consent-withdrawn": "the consent was withdrawn",
}
_HAPPENS: Final = {
    "appears": "appears",
    "expires": "expired: taken off",
    "loses consent": "no consent any more: taken off",
    "closes applications": "applications closed",
    "starts a session": "session has begun",
    "ends a session": "session over",
    "is due for review": "to be read through",
}
"""What is so from a moment on."""
_HAPPENINGS: Final[Mapping[UpcomingEvent, tuple[str, str]]] = {
    "loses consent": ("story that leaves the website", "stories that leave the website"),
    "expires": ("entry that expires", "entries that expire"),
    "appears": ("entry that appears", "entries that appear"),
    "is due for review": ("review", "reviews"),
    "closes applications": ("deadline", "deadlines"),
    "starts a session": ("start", "starts"),
    "ends a session": ("end of a session", "ends of sessions"),
}
_LINES: Final = 15
"""Stories that the timeline shows."""


def overview_section(health: CatalogueReport) -> Section:
    counts = health.counts
    contents = join_names(
        [
            pluralize(number, *words)
            for number, words in (
                (counts.courses, ("course",)),
                (counts.providers, ("provider",)),
                (counts.industries, ("industry", "industries")),
                (counts.stories, ("story", "stories")),
                (counts.pathways, ("pathway",)),
            )
            if number
        ]
    )
    says = [f"{health.site} shows {contents or 'no entries'} on {long_date(health.now.date())}."]
    if not counts.courses:
        says.append('There is no course yet. `credsite new course "Its title"` makes one.')
    held = sum(counts.held_back.values())
    if held:
        reasons = [pluralize(number, *_HELD_BACK[reason]) for reason, number in counts.held_back.items()]
        verb = "is" if held == 1 else "are"
        says.append(
            f"{pluralize(held, 'entry', 'entries')} {verb} held back: {join_names(reasons, len(reasons))}."
        )
    return Section("overview", "At a glance", (*says, *_problems(counts)))


def _problems(counts: Counts) -> list[str]:
    says = []
    if counts.left_out:
        verb = "has errors and is" if counts.left_out == 1 else "have errors and are"
        says.append(f"{pluralize(counts.left_out, 'file')} {verb} not in these numbers.")
    found = [
        pluralize(number, *words)
        for number, words in (
            (counts.errors, ("error",)),
            (counts.warnings, ("warning",)),
            (counts.advice, ("piece of advice", "pieces of advice")),
        )
        if number
    ]
    if found:
        says.append(f"`credsite check` gives {join_names(found)}.")
    return says


def this_week_section(health: CatalogueReport, most: int) -> Section:
    tables = without_none(*_urgent(health, most))
    if not tables:
        return Section("this-week", "What to do this week", ("Nothing waits for you.",))
    number = sum(len(found.rows) + found.omitted for found in tables)
    things = "1 thing wants a hand." if number == 1 else f"{number:,} things want a hand."
    return Section("this-week", "What to do this week", (things,), tables)


def _urgent(health: CatalogueReport, most: int) -> tuple[ReportTable | None, ...]:
    ending = health.ending
    return (
        table_or_none(
            "withheld",
            "Stories that are held back for want of consent",
            (ReportColumn("Story", "entry"), ReportColumn("Why"), _FILE),
            ((row.title, _CONSENT[row.reason], row.path) for row in health.withheld),
            most,
            f"{pluralize(len(health.withheld), 'story is', 'stories are')} not on the website. Ask the learner, or delete the file.",
        ),
        table_or_none(
            "ending",
            f"Consents that end within {SOON_DAYS} days",
            (
                ReportColumn("Story", "entry"),
                ReportColumn("Learner"),
                ReportColumn("Last day", "date"),
                ReportColumn("Days left", "number"),
                _FILE,
            ),
            ((row.title, row.learner, short_date(row.ends), f"{row.days:,}", row.path) for row in ending),
            most,
            f"{pluralize(len(ending), 'story leaves', 'stories leave')} the website by {'itself' if len(ending) == 1 else 'themselves'} soon. "
            "Ask the learner now, and write the new date in `consent: expires`.",
        ),
        table_or_none(
            "deadlines",
            "Deadlines that have passed before the session begins",
            (
                ReportColumn("Course", "entry"),
                ReportColumn("Last day to apply", "date"),
                ReportColumn("Starts", "date"),
                _FILE,
            ),
            (
                (row.title, short_date(row.apply_by), short_date(row.starts), row.path)
                for row in health.deadlines
            ),
            most,
            f"{pluralize(len(health.deadlines), 'session is', 'sessions are')} shown as closed. "
            "Move `apply_by` if there are places left, or add the next session.",
        ),
        table_or_none(
            "over",
            "Courses whose sessions are all over",
            (ReportColumn("Course", "entry"), ReportColumn("Last start", "date"), _FILE),
            ((row.title, short_date(row.on), row.path) for row in health.over),
            most,
            f"{pluralize(len(health.over), 'course has', 'courses have')} dates of the past only. Add a session, or set `expires_at`.",
        ),
        table_or_none(
            "reviews",
            "Courses that were to be read through",
            (ReportColumn("Course", "entry"), ReportColumn("By", "date"), _FILE),
            ((row.title, short_date(row.on), row.path) for row in health.reviews),
            most,
            f"{pluralize(len(health.reviews), 'review is', 'reviews are')} overdue. Check the course, and set `reviewed_at` and `review_by`.",
        ),
    )


def upcoming_section(health: CatalogueReport, most: int) -> Section:
    title = f"The next {SOON_DAYS} days"
    if not health.coming:
        return Section("coming", title, (f"Nothing changes by itself in the next {SOON_DAYS} days.",))
    first = health.coming[0]
    numbers = Counter(row.what for row in health.coming)
    kinds = [pluralize(numbers[what], *words) for what, words in _HAPPENINGS.items() if numbers[what]]
    website = [row for row in health.coming if row.what != "is due for review"]
    says = f"{pluralize(len(health.coming), 'date comes', 'dates come')} up, the first on {long_date(first.at)}: "
    says += f"{join_names(kinds, len(kinds))}."
    if website:
        says += " The website changes on such a day only if it is built again then."
    found = table_or_none(
        "changes",
        f"What the next {SOON_DAYS} days change",
        (ReportColumn("From", "date"), ReportColumn("Entry", "entry"), ReportColumn("What happens"), _FILE),
        ((short_date(row.at), row.title, _HAPPENS[row.what], row.path) for row in health.coming),
        most,
    )
    return Section("coming", title, (says,), without_none(found))


def consents_section(health: CatalogueReport, most: int) -> Section | None:
    """When the consents end; None where there is no story."""
    if not health.counts.stories:
        return None
    number, open_ended = len(health.consents), health.counts.stories - len(health.consents)
    title = "How long the stories may stay"
    says = []
    if open_ended:
        says.append(f"{pluralize(open_ended, 'story has', 'stories have')} a consent without an end.")
    if not number:
        return Section("consents", title, tuple(says))
    first = health.consents[0]
    says.insert(
        0,
        f"Of {pluralize(number, 'consent')} with an end, the first ends on {long_date(first.ends)}: {first.title}.",
    )
    today = health.now.date()
    soon = date_after(today, SOON_DAYS)
    chart = timeline_chart(
        "consents-chart",
        "When the consents to stories end",
        f"A line for each of the {pluralize(min(number, _LINES), 'story', 'stories')} whose consent ends first, from today to its last day; "
        f"a mark stands at {long_date(soon)}. The table below has the same dates.",
        today,
        soon,
        (TimelineBar(row.title, row.ends, row.days <= SOON_DAYS) for row in health.consents[:_LINES]),
        ("ends later", f"ends within {SOON_DAYS} days"),
    )
    found = table_or_none(
        "consents-table",
        "Consents by their last day",
        (
            ReportColumn("Story", "entry"),
            ReportColumn("Learner"),
            ReportColumn("Given", "date"),
            ReportColumn("Last day", "date"),
            ReportColumn("Days left", "number"),
            _FILE,
        ),
        (
            (
                row.title,
                row.learner,
                short_date(row.given) if row.given else "",
                short_date(row.ends),
                f"{row.days:,}",
                row.path,
            )
            for row in health.consents
        ),
        most,
    )
    return Section("consents", title, tuple(says), (replace(found, chart=chart),) if found else ())


def date_after(day: date, days: int) -> date:
    return min(day, date.max - timedelta(days)) + timedelta(days)
