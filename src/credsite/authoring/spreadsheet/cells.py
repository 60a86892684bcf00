"""The text of a cell: lists in one cell, and texts that a spreadsheet program would take for a formula.

The items of a list are separated by semicolons or, if the cell has several lines, by the line ends. The values of a block
are separated by ``|``. A backslash before one of these characters, or before a line end, makes it part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_TOKEN: Final = re.compile(r"\\([\\;|\n])|([;\n|])|([^\\;\n|]+|\\)")
_LONG_ITEM: Final = 30
"""An item with more characters is taken for a sentence, which gets a line of its own."""
_FORMULA_STARTS: Final = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
_SHORTENED_NUMBER: Final = re.compile(r"-?\d(?:[.,]\d+)?E[+-]?\d+")
_TEXT_FORMULA: Final = re.compile(r'="((?:[^"]|"")*)"')
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class CellError(Exception):
    """A cell that cannot be understood. ``suggestion`` is the value that was probably meant, or ``""``."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


def escape_cell(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet program would take it for a formula, an error or a number."""
    return f"'{text}" if _is_mistakable(text) else text


def unescape_cell(cell: str) -> str:
    """The text that :func:`escape_cell` was given. Raises CellError for a cell without a readable text."""
    if _CONTROL.search(cell):
        raise CellError(
            "The cell holds an invisible control character. Delete it, and write the words again."
        )
    if cell.startswith("'") and _is_mistakable(cell[1:]):
        return cell[1:]
    if _ERROR.fullmatch(cell.strip()):
        raise CellError(
            f"The cell shows the error `{cell.strip()}`. Fix the formula, or write the value itself."
        )
    if _SHORTENED_NUMBER.fullmatch(cell.strip()):
        raise CellError(
            f"The spreadsheet program has shortened a long number to `{cell.strip()}`. Format the cell as text, and write it again."
        )
    formula = _TEXT_FORMULA.fullmatch(cell)
    return formula[1].replace('""', '"') if formula else cell


def _is_mistakable(text: str) -> bool:
    stripped = text.strip()
    return (
        text.startswith((*_FORMULA_STARTS, "'"))
        or _ERROR.fullmatch(stripped) is not None
        or _SHORTENED_NUMBER.fullmatch(stripped) is not None
    )


def normalize_cell(text: str) -> str:
    """``text`` with ``\\n`` line ends, and without white space at its start and end."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()


def join_list(items: Sequence[str]) -> str:
    """The cell of a list. :func:`split_list` reverses this."""
    items = [normalize_cell(item) for item in items]
    by_lines = len(items) > 1 and any(";" in item or len(item) > _LONG_ITEM for item in items)
    special = "\\\n" if by_lines else "\\\n;"
    return ("\n" if by_lines else "; ").join(_escaped(item, special) for item in items)


def split_list(cell: str) -> list[str]:
    """The items of the list in a cell, without empty ones."""
    items = (parts[0].strip() for parts in _split(cell, is_block=False))
    return [item for item in items if item]


def join_blocks(blocks: Sequence[Sequence[str]]) -> str:
    """The cell of a list of blocks, one on each line. :func:`split_blocks` reverses this."""
    lines = []
    for block in blocks:
        parts = [_escaped(normalize_cell(part), "\\\n;|") for part in block]
        while parts and not parts[-1]:
            parts.pop()
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def split_blocks(cell: str) -> list[list[str]]:
    """The blocks in a cell, each as a list of its values. Empty lines are left out."""
    blocks = [[part.strip() for part in parts] for parts in _split(cell, is_block=True)]
    return [block for block in blocks if any(block)]


def _escaped(text: str, special: str) -> str:
    for character in special:  # the backslash first
        if character in text:
            text = text.replace(character, f"\\{character}")
    return text


def _split(cell: str, *, is_block: bool) -> list[list[str]]:
    tokens: list[tuple[str, str, str]] = _TOKEN.findall(normalize_cell(cell))
    separator = "\n" if any(mark == "\n" for _, mark, _ in tokens) else ";"
    items: list[list[str]] = [[""]]
    for escaped, mark, plain in tokens:
        if mark == separator:
            items.append([""])
        elif mark == "|" and is_block:
            items[-1].append("")
        else:
            items[-1][-1] += escaped or mark or plain
    return items
