"""Refuses workbooks that are small and would take long to read, or much memory.

The library that reads them fills gaps: a cell in row 1,000,000,000 is preceded by as many empty rows. So all XML is looked
through first, which takes a fraction of the time of reading it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from credsite.authoring.spreadsheet.sheets import SheetError, column_index, column_letters

_CHUNK: Final = 1_000_000
_MAX_FILES: Final = 10_000
_FILE_ENTRY: Final = b"PK\x01\x02"
_MAX_ELEMENTS: Final = 3_000_000
"""A cell has two or three."""
_MAX_FILLED: Final = 3_000_000
"""How many cells there are where each row is filled up to its last one."""
_MAX_ROW: Final = 1_048_576
"""The last row of a sheet in Excel."""
_MAX_COLUMN: Final = 16_384
_MAX_FORMULAS: Final = 5_000_000
"""How many characters the formulas have that are written once for many cells, counted for each of these."""


def check_file_count(data: bytes, name: str) -> None:
    """Raises SheetError for an archive with more files than any workbook has, before they are listed."""
    if data.count(_FILE_ENTRY) > _MAX_FILES:
        raise SheetError(f"{name} is an archive of more than {_MAX_FILES:,} files, which no workbook has.")


def check_limits(archive: zipfile.ZipFile, name: str) -> None:
    """Raises SheetError for a workbook that would take long to read: with many or far cells, or a DOCTYPE."""
    limits = _Limits(name)
    for file in archive.infolist():
        parser = expat.ParserCreate()
        limits.begin_file(parser)
        parser.StartElementHandler = limits.element
        parser.StartDoctypeDeclHandler = limits.doctype
        with archive.open(file) as stream:
            try:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk)
            except expat.ExpatError:
                continue  # a picture, or damaged, which the library finds out


class _Limits:
    """Counts what is in a workbook."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = self._filled = 0

    def begin_file(self, parser: expat.XMLParserType) -> None:
        """Count what is in a file of the workbook, which ``parser`` reads."""
        self._parser = parser
        self._row = self._column = self._shared = self._formula = self._longest_formula = 0

    def doctype(self, *_: object) -> None:
        raise SheetError(
            f"{self._name} has a DOCTYPE, which no spreadsheet program writes. Save it again in Excel."
        )

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Called for each element of the XML."""
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise SheetError(f"{self._name} has more than a million cells. Import it in parts.")
        match name.rpartition(":")[2]:
            case "c":
                self._cell(attributes.get("r", ""))
            case "row":
                self._begin_row(attributes.get("r", ""))
            case "f" if attributes.get("t") == "shared":
                self._shared += 1
                self._formula = 0
                if self._longest_formula * self._shared > _MAX_FORMULAS:
                    message = f"{self._name} has too many long formulas. Copy the cells, and paste only their values."
                    raise SheetError(message)
                self._parser.CharacterDataHandler = self._formula_text
            case _:
                self._parser.CharacterDataHandler = None

    def _formula_text(self, text: str) -> None:
        self._formula += len(text)
        self._longest_formula = max(self._longest_formula, self._formula)

    def _begin_row(self, written: str) -> None:
        row = self._row + 1
        if written:
            row = (
                int(written) if written.isascii() and written.isdigit() and len(written) < 8 else _MAX_ROW + 1
            )
        if row > _MAX_ROW:
            raise SheetError(
                f"{self._name} has a row with the number {written[:20]}, and Excel has only {_MAX_ROW:,}. Save it again in Excel."
            )
        if row <= self._row:
            raise SheetError(f"{self._name}: row {row} comes after row {self._row}. Save it again in Excel.")
        self._row, self._column = row, 0

    def _cell(self, written: str) -> None:
        letters = written.rstrip("0123456789").upper()
        column = self._column + 1
        if letters:
            is_column = len(letters) <= 3 and letters.isascii() and letters.isalpha()
            column = column_index(letters) + 1 if is_column else _MAX_COLUMN + 1
        if column > _MAX_COLUMN:
            raise SheetError(
                f"{self._name} has a cell {written[:20]}, and Excel has only columns to XFD. Save it again in Excel."
            )
        self._filled += max(0, column - self._column)
        self._column = column
        if self._filled > _MAX_FILLED:
            raise SheetError(
                f"{self._name}, row {self._row}: there are cells as far to the right as column {column_letters(column - 1)}, also "
                "in many other rows. Delete the empty columns behind those of the table, and import it again."
            )
