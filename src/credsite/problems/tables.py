"""Tables as CSV that is safe to open in a spreadsheet, as JSON, and in columns of plain text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from credsite.core.text import STEERING_CHARACTERS
from credsite.problems.excerpts import display_width, terminal_safe

BYTE_ORDER_MARK: Final = "\ufeff"
"""Tells spreadsheet programs that a CSV file is UTF-8."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The characters that begin a formula in a spreadsheet, some of them in their wide forms."""
_STEERING: Final = re.compile(f"[{STEERING_CHARACTERS}]")
_LOG_COMMAND: Final = re.compile(r"##(?=\w*\[)")
"""What begins a command in the log of some build servers, also in the middle of a line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below ``headings``, which are also the keys of the JSON. A cell is a text, several texts, or yes or no."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | bool | tuple[str, ...], ...], ...]

    def as_json(self, **extra: object) -> str:
        """An object with ``version``, the keys of ``extra``, and ``rows``."""
        rows = [dict(zip(self.headings, row, strict=True)) for row in self.rows]
        return json_document({"version": 1, **extra, "rows": rows})

    def as_csv(self) -> str:
        """As CSV, with several texts of a cell separated by semicolons."""
        return csv_text(
            self.headings, ([without_steering(_cell(value)) for value in row] for row in self.rows)
        )

    def as_text(self) -> str:
        """In columns below their headings, for a terminal of any width; ``""`` where there are no rows."""
        lines = [[heading.replace("_", " ") for heading in self.headings]]
        lines += [[terminal_safe(" ".join(_cell(value).split())) for value in row] for row in self.rows]
        widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
        return "".join(
            "  ".join(
                cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
            + "\n"
            for line in (lines if self.rows else ())
        )


def json_document(value: object, default: Callable[[Any], Any] | None = None) -> str:
    """JSON for people and programs. What UTF-8 cannot encode, as in the name of a file, is replaced.

    What steers terminals and the logs of build servers is escaped. ``default`` is that of :func:`json.dumps`.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=default)
    text = _STEERING.sub(lambda match: json.dumps(match[0])[1:-1], text)
    text = _LOG_COMMAND.sub(r"#\\u0023", text)
    return text.encode("utf-8", "replace").decode() + "\n"


def _cell(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else "; ".join(value)


def csv_text(
    headings: Sequence[str], rows: Iterable[Iterable[str]], escape: Callable[[str], str] | None = None
) -> str:
    """A CSV (RFC 4180) with a byte order mark, in which no cell is a formula.

    ``escape`` changes each cell instead of the usual escape for formulas.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(map(escape or _escape_formula, row) for row in rows)
    return BYTE_ORDER_MARK + output.getvalue().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _escape_formula(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def without_steering(cell: str) -> str:
    """``cell`` with each character replaced that would steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", cell)
