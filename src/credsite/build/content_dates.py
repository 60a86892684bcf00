"""``content-dates.csv``: when the entries of a site were first published, and which dates of sessions were.

``credsite dates`` writes the file, and who keeps the site commits it. A build only reads it, so builds of the same files are
equal. It is a table with a line for each entry and each session, so that version control can merge it.
"""

from __future__ import annotations

import csv
import io
import re
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
from credsite.core.text import pluralize
from credsite.problems.model import Location, Problem
from credsite.schema.kinds import DATED_KINDS, KINDS, Kind

_CODE: Final = "bad-content-dates"
_HEADER: Final = ("entry", "session", "date", "changes", "dates")
_MAX_BYTES: Final = 50_000_000
_REMEDY: Final = "Delete the line, and run `credsite dates`."
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_ENTRY_KINDS: Final = {KINDS[kind].url_prefix: kind for kind in DATED_KINDS}


FirstSeen = Mapping[tuple[Kind, str], date]
"""The days on which entries were first seen, by their kinds and slugs."""


@dataclass(frozen=True, slots=True)
class ContentDates:
    """What the file says; see :class:`~credsite.catalogue.publication_history.PublicationHistory`."""

    first_seen: FirstSeen = field(default_factory=dict)
    sessions: Mapping[str, tuple[PublishedSession, ...]] = field(default_factory=dict)


class _WrongLineError(ValueError):
    """``cell`` is the number of the cell that is wrong, 0 for the first."""

    def __init__(self, message: str, cell: int = 0) -> None:
        super().__init__(message)
        self.cell = cell


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


def is_foreign(problems: Sequence[Problem]) -> bool:
    """Whether the problems of reading the file say that it is no file of ours, or cannot be read, so that it must stay as it is."""
    return any(problem.location.line <= 1 for problem in problems)


def parse_content_dates(data: bytes) -> tuple[ContentDates, list[Problem]]:
    first_seen: dict[tuple[Kind, str], date] = {}
    sessions: dict[str, dict[str, PublishedSession]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), start=1):
        cells = next(csv.reader([line]), [])
        try:
            if number == 1:
                _check_header(cells)
            elif cells:
                _take_row(cells, first_seen, sessions)
        except _WrongLineError as error:
            remedy = f" {_REMEDY}" if number > 1 else ""
            column = sum(len(cell) + 1 for cell in cells[: error.cell]) + 1
            problems.append(Problem(_CODE, f"{error}{remedy}", Location(DATES_FILE, number, column)))
            if number == 1:
                break
    by_course = {slug: tuple(found.values()) for slug, found in sessions.items()}
    return ContentDates(first_seen, by_course), problems


def _check_header(cells: Sequence[str]) -> None:
    if tuple(cells) != _HEADER:
        message = (
            f"The first line is not `{','.join(_HEADER)}`, so this is no table of `credsite dates`. "
            "Give the file another name, and run `credsite dates`."
        )
        raise _WrongLineError(message)


def _take_row(
    cells: Sequence[str],
    first_seen: dict[tuple[Kind, str], date],
    sessions: dict[str, dict[str, PublishedSession]],
) -> None:
    if len(cells) != len(_HEADER):
        raise _WrongLineError(f"The line has {pluralize(len(cells), 'cell')}, and not {len(_HEADER)}.")
    entry, name, moment, sequence, dates = cells
    folder, _, slug = entry.rpartition("/")
    kind = _ENTRY_KINDS.get(f"{folder}/")
    if kind is None or not slug:
        message = f"`{entry}` is neither a course nor a story, such as `courses/first-aid`."
        raise _WrongLineError(message)
    if not name:
        first_seen[kind, slug] = _day(moment, 2)
        return
    if kind is not Kind.COURSE or _number(name, 1) == 0:
        raise _WrongLineError(f"`{entry}` has no session `{name}`.", 1)
    _day(dates[:10], 4)
    published = PublishedSession(name, dates, _number(sequence, 3), _moment(moment, 2))
    sessions.setdefault(slug, {})[name] = published


def _number(text: str, cell: int) -> int:
    if not _NUMBER.fullmatch(text):
        raise _WrongLineError(f"`{text}` is not a number such as 1.", cell)
    return int(text)


def _moment(text: str, cell: int) -> datetime:
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _WrongLineError(f"`{text}` is not a moment such as 2026-11-30T09:00:00+00:00.", cell) from None
    _day(moment.date().isoformat(), cell)
    return moment


def _day(text: str, cell: int) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _WrongLineError(f"`{text}` is not a day such as 2026-11-30.", cell) from None
    if day.year not in YEARS:
        raise _WrongLineError(f"`{text}` is not in the years {YEARS[0]} to {YEARS[-1]}.", cell)
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
