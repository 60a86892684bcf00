"""The rows of tables, as GitHub reads them."""

from __future__ import annotations

import re
from typing import Final

_RULER: Final = re.compile(r"\|?+ *+:?+-++:?+ *+(?:\| *+:?+-++:?+ *+)*+\|?+ *+\Z")
_CELL: Final = re.compile(r"((?:[^|\\]|\\.|\\\Z)*+)(?:\||\Z)", re.DOTALL)
_ALIGNMENTS: Final = {
    (True, True): "center",
    (True, False): "left",
    (False, True): "right",
    (False, False): "",
}
"""How a column is aligned: whether the line below its head begins and ends with a colon there."""


def alignments_of(line: str) -> list[str] | None:
    """The alignments of the columns (``left``, ``center``, ``right`` or ``""``) that the line below the head of a table gives.

    None for a line that is not such a line.
    """
    if ("|" not in line and ":" not in line) or _RULER.match(line) is None:
        return None
    return [_ALIGNMENTS[cell.startswith(":"), cell.endswith(":")] for cell in split_row(line)]


def split_row(row: str) -> list[str]:
    """The Markdown of the cells of a row. A ``|`` with a backslash before it is part of a cell."""
    row = row.strip(" ")
    start = 1 if row.startswith("|") else 0
    if "\\" not in row:
        end = len(row) - 1 if row.endswith("|") and len(row) > start else len(row)
        return [cell.strip(" ") for cell in row[start:end].split("|")]
    cells = []
    while start < len(row):
        found = _CELL.match(row, start)
        assert found is not None
        cells.append(found[1].strip(" ").replace("\\|", "|"))
        start = found.end()
    return cells or [""]
