"""The section on the changes that the next days bring by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from credsite.audit.report.document import ReportColumn, Section, table_or_none, without_none
from credsite.audit.report.model import SOON_DAYS, CatalogueReport, UpcomingEvent
from credsite.audit.report.sections.common import FILE_COLUMN
from credsite.core.text import join_names, long_date, pluralize, pluralize_nonzero, short_date

_DESCRIPTIONS: Final[Mapping[UpcomingEvent, str]] = {
    "appears": "appears",
    "expires": "expired: taken off",
    "loses consent": "consent ended: taken off",
    "closes applications": "applications closed",
    "starts a session": "session has begun",
    "ends a session": "session over",
    "is due for review": "review due",
}
"""What is true from the date of the event on."""
_NAMES: Final[Mapping[UpcomingEvent, tuple[str, str]]] = {
    "loses consent": ("story that leaves the website", "stories that leave the website"),
    "expires": ("entry that expires", "entries that expire"),
    "appears": ("entry that appears", "entries that appear"),
    "is due for review": ("review", "reviews"),
    "closes applications": ("deadline", "deadlines"),
    "starts a session": ("start", "starts"),
    "ends a session": ("end of a session", "ends of sessions"),
}
"""The events as they are counted, the most important ones first."""


def upcoming_section(report: CatalogueReport, max_rows: int) -> Section:
    """Each date in the next days on which the website, or an editor's work, changes."""
    title = f"The next {SOON_DAYS} days"
    if not report.coming:
        return Section("coming", title, (f"Nothing changes by itself in the next {SOON_DAYS} days.",))
    numbers = Counter(row.what for row in report.coming)
    events = pluralize_nonzero(*((numbers[event], *words) for event, words in _NAMES.items()))
    dates = pluralize(len(report.coming), "date comes", "dates come")
    first = long_date(report.coming[0].at)
    sentence = f"{dates} up, the first on {first}: {join_names(events, len(events))}."
    if any(row.what != "is due for review" for row in report.coming):
        sentence += " The website changes on such a day only if it is built again then."
    table = table_or_none(
        "changes",
        f"What the next {SOON_DAYS} days change",
        (
            ReportColumn("From", "date"),
            ReportColumn("Entry", "entry"),
            ReportColumn("What happens"),
            FILE_COLUMN,
        ),
        ((short_date(row.at), row.title, _DESCRIPTIONS[row.what], row.path) for row in report.coming),
        max_rows,
    )
    return Section("coming", title, (sentence,), without_none(table))
