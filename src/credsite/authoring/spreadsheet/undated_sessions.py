"""Sessions of a sheet that have words in place of a date: courses that start at any time, and dates that come later.

A course that starts at any time has no session, and is `self-paced`. Nothing of such a row is left out without a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from credsite.authoring.spreadsheet.cells import normalize_heading
from credsite.authoring.spreadsheet.columns import Column

_AT_ANY_TIME: Final = "any time"
"""What a cell says of a start that is not tied to a date."""
_ANY_TIME: Final = frozenset(
    {
        _AT_ANY_TIME, "anytime", "at any time", "start any time", "start anytime", "ongoing", "on going", "on demand", "ondemand",
        "rolling", "rolling start", "rolling starts", "rolling intake", "rolling admission", "rolling admissions",
        "rolling enrolment", "rolling enrollment", "continuous", "continuous intake", "continuous entry",
        "continuous enrolment", "continuous enrollment", "flexible", "flexible start", "flexible start date",
        "open entry", "open enrolment", "open enrollment", "roll on roll off", "self paced", "selfpaced", "year round",
        "all year", "all year round", "always", "always open", "whenever you like",
        "en continu", "à tout moment", "jederzeit", "laufend", "fortlaufend", "kontinuerlig", "løpende", "doorlopend",
        "en cualquier momento", "a qualquer momento", "in qualsiasi momento",
    }
)  # fmt: skip
_LATER: Final = frozenset(
    {
        "tbc", "tba", "tbd", "to be confirmed", "to be announced", "to be decided", "to be determined", "to be advised",
        "date to follow", "dates to follow", "date tbc", "date tba", "dates tbc", "dates tba", "date to be confirmed",
        "dates to be confirmed", "not yet known", "unknown", "n a", "na", "not applicable", "none", "no date", "no dates",
        "coming soon", "nog te bepalen", "à confirmer", "wird bekannt gegeben", "noch offen", "por confirmar",
    }
)  # fmt: skip
_DASHES: Final = frozenset("-–—")
_TRUE: Final = frozenset({"yes", "y", "true", "1", "x"})


@dataclass(frozen=True, slots=True)
class DatedCells:
    """The cells of a row without its sessions that have no date, and what to say of those.

    ``is_any_time`` says whether one of them can start at any time.
    """

    cells: Mapping[Column, str]
    notes: tuple[str, ...] = ()
    is_any_time: bool = False


def is_yes(cell: str) -> bool:
    """Whether a cell says yes, in answer to a heading such as ``Flexible start``."""
    return cell.strip().casefold() in _TRUE or normalize_heading(cell) in _ANY_TIME


def without_undated_sessions(cells: Mapping[Column, str], *, is_flexible: bool = False) -> DatedCells:
    """The cells of one row. ``is_flexible`` says that a session without a date can start at any time."""
    starts = [column for column in cells if _is_start(column)]
    result, notes, is_any_time = dict(cells), list[str](), False
    for start in starts:
        word = " ".join(cells[start].split())
        kind = _AT_ANY_TIME if not word and is_flexible else _kind(word)
        if not kind:
            continue
        is_any_time = is_any_time or kind == _AT_ANY_TIME
        block = [column for column in cells if (column.key[0], column.number) == (start.key[0], start.number)]
        notes.append(_note(kind, word, _lost(block, cells)))
        for column in block:
            result[column] = ""
    for column, cell in result.items():
        if column.shape.type is date and column.layout == "one" and column not in starts and _kind(cell):
            notes.append(f"`{cell.strip()}` in column `{column.heading}` is no date, and was left out.")
            result[column] = ""
    return DatedCells(result, tuple(notes), is_any_time)


def has_dated_session(cells: Mapping[Column, str]) -> bool:
    return any(_is_start(column) and cell.strip() for column, cell in cells.items())


def _is_start(column: Column) -> bool:
    """Whether a column holds the date that each block of a list needs, such as `session 1 starts`."""
    return column.is_block_of_list and column.shape.type is date and column.key[1] == "starts"


def _kind(text: str) -> str:
    """``any time``, ``later``, or ``""`` for a text that is neither."""
    name = normalize_heading(text)
    if name in _ANY_TIME:
        return _AT_ANY_TIME
    return "later" if name in _LATER or (text.strip() and set(text.strip()) <= _DASHES) else ""


def _lost(block: list[Column], cells: Mapping[Column, str]) -> Iterator[str]:
    """What a session that is left out says besides its date and its delivery mode, which the course has too."""
    for column in block:
        if cells[column].strip() and not _is_start(column) and column.key[1] != "delivery_mode":
            yield f"{column.key[1]} `{' '.join(cells[column].split())}`"


def _note(kind: str, word: str, lost: Iterator[str]) -> str:
    said = f" (`{word}`)" if word else ""
    text = (
        f"Starts at any time{said}: imported without a session."
        if kind == _AT_ANY_TIME
        else f"The start has no date yet{said}: imported without a session."
    )
    rest = ", ".join(lost)
    return f"{text} What belongs to the session was left out: {rest}." if rest else text
