"""The files in a workbook: what kind of workbook it is, and the addresses behind its cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from credsite.authoring.spreadsheet.sheets import MAX_COLUMNS, SheetError, column_index
from credsite.authoring.spreadsheet.workbook_limits import check_file_count, check_limits

_MAX_UNPACKED: Final = 200_000_000
_CHUNK: Final = 1_000_000
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]{1,30})"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ROW_OR_COLUMN: Final = re.compile(r"<(?:\w+:)?(row|col)\s([^>]*)>")
_OVERLAP: Final = 500
"""How much of a part of a sheet is looked at again with the next part, so that no element is cut in two."""
_LINKS_START: Final = re.compile(rb"<(?:\w+:)?hyperlinks[\s>]")
_LINK: Final = re.compile(r"""<(?:\w+:)?hyperlink\s((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_RELATIONSHIP: Final = re.compile(r"""<(?:\w+:)?Relationship\s((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE: Final = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_RANGE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_MAX_CELLS_OF_LINK: Final = 100_000
_MAX_LINKED_CELLS: Final = 300_000
"""How many cells are looked at that have a link, in all."""
_MAX_HIDDEN: Final = 100_000
"""How many rows and columns are asked whether they are hidden."""
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACES: Final = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
_SAVE_AS: Final = "save it as an Excel workbook (.xlsx), and import that"


def open_workbook(data: bytes, name: str) -> tuple[bytes, zipfile.ZipFile]:
    """The workbook in ``data`` with its files; one in the strict form of the standard is turned into the usual form.

    Raises SheetError for a file that is no such workbook.
    """
    try:
        return _open(data, name)
    except SheetError:
        raise
    except Exception as error:  # a damaged file can make the library raise nearly anything
        raise SheetError(f"{name} is damaged. Open it in Excel, and save it again.") from error


def _open(data: bytes, name: str) -> tuple[bytes, zipfile.ZipFile]:
    check_file_count(data, name)
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(file.file_size for file in archive.infolist()) > _MAX_UNPACKED:
        raise SheetError(f"{name} unpacks to more than {_MAX_UNPACKED // 1_000_000} MB. Import it in parts.")
    if "xl/workbook.xml" not in archive.namelist():
        raise SheetError(f"{name} {_other_kind(archive)}")
    check_limits(archive, name)
    if _STRICT in archive.read("xl/workbook.xml"):
        data = _with_usual_namespaces(archive)
        archive = zipfile.ZipFile(io.BytesIO(data))
    return data, archive


def _other_kind(archive: zipfile.ZipFile) -> str:
    """What a ZIP file is that is no workbook, and what to do."""
    names = archive.namelist()
    if "xl/workbook.bin" in names:
        return f"is a binary Excel workbook (.xlsb). Open it in Excel, {_SAVE_AS}."
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        kind = "spreadsheet" if b"spreadsheet" in archive.read("mimetype") else "text or presentation"
        return f"is not an Excel workbook but an OpenDocument {kind}. Open it in LibreOffice, {_SAVE_AS}."
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
        return "is a Numbers document. Open it in Numbers, choose File > Export To > Excel, and import that."
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "is a Word or PowerPoint document. Copy its table into a spreadsheet, and import that."
    inner = [name for name in names if name.lower().endswith((".xlsx", ".csv"))]
    if inner:
        return f"is a ZIP file. Unpack it first, and import `{inner[0]}`."
    return "is not an Excel workbook. Save it as .xlsx or as CSV UTF-8."


def _with_usual_namespaces(archive: zipfile.ZipFile) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as usual:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                for strict, namespace in _STRICT_NAMESPACES:
                    content = content.replace(strict, namespace)
            usual.writestr(name, content)
    return stream.getvalue()


@dataclass(slots=True)
class SheetParts:
    """What the XML of a sheet says beside the values of its cells.

    ``merged`` is the first range of merged cells, or ``""``; ``links`` is the XML of the links of cells; rows are numbered from
    1, columns from 0.
    """

    has_formulas: bool = False
    merged: str = ""
    links: str = ""
    hidden_elements: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def sheet_parts(archive: zipfile.ZipFile, path: str) -> SheetParts:
    """The parts of the sheet at ``path``."""
    found, before, links = SheetParts(), b"", b""
    with archive.open(path) as file:
        while chunk := file.read(_CHUNK):
            part = before + chunk
            if links:
                links += chunk
            elif start := _LINKS_START.search(part):
                links = part[start.start() :]
            if not found.merged and (match := _MERGED.search(part)):
                found.merged = match[1].decode()
            found.has_formulas = found.has_formulas or _FORMULA.search(part) is not None
            if b'hidden="' in part:
                _note_hidden(part.decode("utf-8", "replace"), found)
            before = part[-_OVERLAP:]
    found.links = links.decode("utf-8", "replace")
    return found


def _note_hidden(part: str, found: SheetParts) -> None:
    for match in _ROW_OR_COLUMN.finditer(part):
        found.hidden_elements += 1
        if found.hidden_elements > _MAX_HIDDEN:
            return
        attributes = _attributes(match[2])
        if attributes.get("hidden") not in ("1", "true"):
            continue
        with suppress(ValueError):
            if match[1] == "row":
                found.hidden_rows.add(int(attributes.get("r", "")))
            else:
                first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
                found.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))


def cell_addresses(archive: zipfile.ZipFile, path: str, links: str) -> dict[tuple[int, int], str]:
    """The addresses behind the cells of the sheet at ``path``, by the numbers of row (from 1) and column (from 0).

    ``links`` is from :func:`sheet_parts`. Links to other cells are left out.
    """
    if not links:
        return {}
    targets = _targets(archive, path)
    addresses: dict[tuple[int, int], str] = {}
    left = _MAX_LINKED_CELLS
    for match in _LINK.finditer(links):
        link = _attributes(match[1])
        address = targets.get(link.get("id", ""), "")
        if not address:
            continue
        if (place := link.get("location", "")) and "#" not in address:
            address = f"{address}#{place}"
        for cell in islice(_cells(link.get("ref", "")), left):
            addresses[cell] = address
            left -= 1
    return addresses


def _targets(archive: zipfile.ZipFile, path: str) -> Mapping[str, str]:
    """The addresses that links of a sheet lead to, by the ids of these links."""
    place = PurePosixPath(path.lstrip("/"))
    try:
        data = archive.read(str(place.parent / "_rels" / f"{place.name}.rels"))
    except KeyError:
        return {}
    relationships = (
        _attributes(match[1]) for match in _RELATIONSHIP.finditer(data.decode("utf-8", "replace"))
    )
    return {
        one.get("Id", ""): one.get("Target", "").strip()
        for one in relationships
        if one.get("Type", "").endswith("/hyperlink")
    }


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1]: html.unescape(match[2] if match[2] is not None else match[3])
        for match in _ATTRIBUTE.finditer(text)
    }


def _cells(reference: str) -> Iterator[tuple[int, int]]:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return
    left, top = column_index(match[1]), int(match[2])
    right, bottom = (column_index(match[3]), int(match[4])) if match[3] else (left, top)
    if (right - left + 1) * (bottom - top + 1) <= _MAX_CELLS_OF_LINK:
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
