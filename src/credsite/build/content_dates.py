"""``content-dates.csv``: when the entries of a site were first published, and which dates of sessions were.

``credsite dates`` writes the file, and who keeps the site commits it. A build only reads it, so builds of the same files are
equal. It is a table with a line for each entry and each session, so that version control can merge it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from credsite.catalogue.publication_history import PublishedSession
from credsite.content.source_folders import DATES_FILE
from credsite.core.dates import YEARS
from credsite.core.errors import system_error_message
from credsite.core.regular_files import read_regular
from credsite.problems.model import Location, Problem
from credsite.schema.kinds import KINDS, Kind

_CODE: Final = "bad-content-dates"
_HEADER: Final = ("entry", "session", "date", "changes", "dates")
_MAX_BYTES: Final = 50_000_000
_REMEDY: Final = "Delete the line, and run `credsite dates`."
_NUMBER: Final = range(1, 1_000_000)
_ENTRY_KINDS: Final = {KINDS[kind].url_prefix: kind for kind in (Kind.COURSE, Kind.STORY)}


FirstSeen = Mapping[tuple[Kind, str], date]
"""The days on which entries were first seen, by their kinds and slugs."""


@dataclass(frozen=True, slots=True)
class ContentDates:
    """What the file says; see :class:`~credsite.catalogue.publication_history.PublicationHistory`."""

    first_seen: FirstSeen = field(default_factory=dict)
    sessions: Mapping[str, tuple[PublishedSession, ...]] = field(default_factory=dict)


class _WrongLineError(ValueError):
    pass


def read_content_dates(root: Path) -> tuple[ContentDates, list[Problem]]:
    """The dates of the site at ``root``; none where it has no such file. Lines that are wrong are left out."""
    try:
        data = read_regular(root / DATES_FILE, _MAX_BYTES)
    except FileNotFoundError:
        return ContentDates(), []
    except OSError as error:
        message = f"The file cannot be read: {system_error_message(error)}."
        return ContentDates(), [Problem(_CODE, message, Location(DATES_FILE))]
    return parse_content_dates(data)


def parse_content_dates(data: bytes) -> tuple[ContentDates, list[Problem]]:
    first_seen: dict[tuple[Kind, str], date] = {}
    sessions: dict[str, dict[str, PublishedSession]] = {}
    problems: list[Problem] = []
    lines = data.decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            row = next(csv.reader([line]), [])
            if number == 1:
                _check_header(row)
            elif row:
                _take_row(row, first_seen, sessions)
        except (ValueError, csv.Error) as error:
            reason = str(error) if isinstance(error, _WrongLineError) else "The line is no row of this table."
            remedy = "" if number == 1 else f" {_REMEDY}"
            problems.append(Problem(_CODE, f"{reason}{remedy}", Location(DATES_FILE, number, 1)))
            if number == 1:
                return ContentDates(), problems
    by_course = {slug: tuple(found.values()) for slug, found in sessions.items()}
    return ContentDates(first_seen, by_course), problems


def _check_header(row: Sequence[str]) -> None:
    if tuple(row) != _HEADER:
        message = (
            f"The first line is not `{','.join(_HEADER)}`, so this is no table of `credsite dates`. "
            "Give the file another name, and run `credsite dates`."
        )
        raise _WrongLineError(message)


def _take_row(
    row: Sequence[str],
    first_seen: dict[tuple[Kind, str], date],
    sessions: dict[str, dict[str, PublishedSession]],
) -> None:
    if len(row) != len(_HEADER):
        raise _WrongLineError(f"The line has not {len(_HEADER)} cells.")
    entry, name, moment, sequence, dates = row
    folder, _, slug = entry.rpartition("/")
    kind = _ENTRY_KINDS.get(f"{folder}/")
    if kind is None or not slug:
        raise _WrongLineError(f"`{entry}` is neither a course nor a story, such as `courses/first-aid`.")
    if not name:
        first_seen[kind, slug] = _day(moment)
        return
    changed = datetime.fromisoformat(moment)
    if kind is not Kind.COURSE or int(name) not in _NUMBER or int(sequence) < 0 or changed.tzinfo is None:
        raise ValueError
    published = PublishedSession(str(int(name)), dates, int(sequence), changed.astimezone(UTC))
    _day(published.start[:10])
    sessions.setdefault(slug, {})[published.name] = published


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _WrongLineError(f"`{text}` is not a day such as 2026-11-30.") from None
    if day.year not in YEARS:
        raise _WrongLineError(f"`{text}` is not a day of these centuries.")
    return day


def content_dates_csv(dates: ContentDates) -> bytes:
    """The file, sorted, so that equal dates give equal bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(sorted(_rows(dates)))
    return text.getvalue().encode()


def _rows(dates: ContentDates) -> Iterator[tuple[str, str, str, str, str]]:
    for (kind, slug), day in dates.first_seen.items():
        yield f"{KINDS[kind].url_prefix}{slug}", "", day.isoformat(), "", ""
    for slug, sessions in dates.sessions.items():
        for one in sessions:
            entry = f"{KINDS[Kind.COURSE].url_prefix}{slug}"
            yield entry, one.name, one.changed.isoformat(), str(one.sequence), one.dates
