"""Finds pictures that say where they were taken: a phone writes that into each photograph, for everyone to read.

The location is in Exif data, a TIFF structure that all kinds of pictures hold as it is, or in XMP, which is text. So one
search through the bytes is enough for JPEG, PNG, WebP, AVIF, HEIC, TIFF and SVG. What a digest stands for is looked at once.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from credsite.content.image_inspection import Inspection, InspectionCache, jpeg_header
from credsite.content.source_folders import STATIC
from credsite.core.regular_files import read_regular
from credsite.problems.faults import fault_problem
from credsite.problems.model import Location, Problem

_SUFFIXES: Final = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff", ".dng"),
    *(".gif", ".svg"),
)
_TIFF: Final = (b"II*\0", b"MM\0*")
_MAX_STARTS: Final = 100
"""How many places of a file that look like the beginning of Exif data are examined."""
_MAX_FIELDS: Final = 500
"""How many fields of a directory are read. Cameras write some dozens."""
_GPS_TAG: Final = 0x8825
_COORDINATE_TAGS: Final = (2, 4)
"""Latitude and longitude. Each is degrees, minutes and seconds, which are fractions."""
_RATIONAL: Final = 5
_XMP: Final = re.compile(rb"GPSLatitude(?:\s*=\s*[\"'][^\"'\s]|\s*>\s*[^<\s])")
_JPEG: Final = b"\xff\xd8\xff"
_RAW_PROFILE: Final = b"Raw profile type "
_COMPRESSED_XMP: Final = b"XML:com.adobe.xmp\0\x01\0"
_PNG_TEXT: Final = re.compile(
    rb"(tEXt|zTXt)%b(?:exif|APP1|xmp)\0|(iTXt)%b[^\0]*\0[^\0]*\0" % (_RAW_PROFILE, re.escape(_COMPRESSED_XMP))
)
_MAX_BYTES: Final = 1_000_000_000
"""More than any limit that the settings may name: larger files are not published."""
_MAX_TEXT: Final = 1_000_000
_MAX_TEXTS: Final = 20
"""How many compressed texts of a file are read, and how much of each: a kilobyte may stand for a megabyte."""
_FAULT: Final = (
    "says where it was taken, perhaps at somebody's home, to everyone who downloads it. Save a copy without the location: "
    "in Windows under Properties > Details > Remove Properties, on a Mac in Preview under Tools > Show Inspector > GPS, "
    "elsewhere by exporting it without metadata."
)
_BETTER_PLACE: Final = (
    " Or put it beside the entry that shows it: photographs in `content/` are published without it."
)


def location_problems(
    root: Path, pictures: Iterable[tuple[str, str]], inspections: InspectionCache
) -> list[Problem]:
    """A problem for each picture of the site at ``root`` that says where it was taken.

    ``pictures`` are the paths in the site and the digests of files that are published as they are. Files of other kinds are left out.
    """
    problems: list[Problem] = []
    for path, digest in sorted(pictures):
        if not path.lower().endswith(_SUFFIXES):
            continue
        inspection = inspections.get(digest, "location")
        if inspection is None:
            try:
                inspection = _inspected(read_regular(f"{root}/{path}", _MAX_BYTES), path)
            except OSError:  # removed or exchanged since it was found
                continue
            except Exception as error:  # noqa: BLE001 - all other pictures can still be looked at
                problems.append(fault_problem(error, path))
                continue
            inspections.put(digest, "location", inspection)
        if inspection.code:
            better = _BETTER_PLACE if path.startswith(f"{STATIC}/") else ""
            message = f"`{path.rpartition('/')[2]}` {inspection.fault}{better}"
            location = Location(path, inspection.line, 1) if inspection.line else Location(path)
            problems.append(Problem(inspection.code, message, location))
    return problems


def _inspected(data: bytes, path: str) -> Inspection:
    if not has_location(data):
        return Inspection()
    line = _line(data) if path.lower().endswith(".svg") else 0
    return Inspection(code="image-location", fault=_FAULT, line=line)


def _line(svg: bytes) -> int:
    """The line of an SVG, from 1, that has the coordinates; 0 if they are in a picture inside of it."""
    match = _XMP.search(svg)
    return len(svg[: match.start() + 1].splitlines()) if match else 0


def has_location(data: bytes) -> bool:
    """Whether the bytes of a picture hold the coordinates of a place. Whatever they are, this raises nothing."""
    searched = data
    if data.startswith(_JPEG):
        with suppress(ValueError):
            searched = jpeg_header(data)
    return _holds_location(searched) or any(map(_holds_location, _png_texts(searched)))


def _holds_location(data: bytes) -> bool:
    if any(_exif_has_location(data, start) for mark in _TIFF for start in _places(data, mark)):
        return True
    return b"GPSLatitude" in data and _XMP.search(data) is not None


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    """The first places of ``mark`` in ``data``. Several times as fast as a regular expression."""
    place = -1
    for _ in range(_MAX_STARTS):
        place = data.find(mark, place + 1)
        if place < 0:
            return
        yield place


def _exif_has_location(data: bytes, start: int) -> bool:
    """Whether the Exif data that begin at ``start`` have coordinates. Zeros are written where a camera had none."""
    order = "<" if data[start : start + 1] == b"I" else ">"
    try:
        first_directory = struct.unpack_from(f"{order}I", data, start + 4)[0]
        gps = _fields(data, start, first_directory, order).get(_GPS_TAG)
        fields = _fields(data, start, gps[2], order) if gps else {}
        coordinates = [
            struct.unpack_from(f"{order}6I", data, start + place)
            for tag in _COORDINATE_TAGS
            for kind, count, place in [fields.get(tag, (0, 0, 0))]
            if (kind, count) == (_RATIONAL, 3)
        ]
    except struct.error:  # no Exif data, or cut off
        return False
    return len(coordinates) == len(_COORDINATE_TAGS) and any(map(_is_not_zero, coordinates))


def _fields(data: bytes, start: int, place: int, order: str) -> dict[int, tuple[int, int, int]]:
    """The fields of a directory by their tags: type, number of values, and where these are."""
    count = min(struct.unpack_from(f"{order}H", data, start + place)[0], _MAX_FIELDS)
    entries = struct.iter_unpack(f"{order}HHII", data[start + place + 2 : start + place + 2 + 12 * count])
    return {tag: (kind, number, where) for tag, kind, number, where in entries}


def _is_not_zero(coordinate: tuple[int, ...]) -> bool:
    return any(
        numerator and divisor for numerator, divisor in zip(coordinate[::2], coordinate[1::2], strict=True)
    )


def _png_texts(data: bytes) -> Iterator[bytes]:
    """The Exif data and XMP of a PNG that are compressed, or written as hexadecimal digits."""
    if _RAW_PROFILE not in data and _COMPRESSED_XMP not in data:
        return
    for match in islice(_PNG_TEXT.finditer(data), _MAX_TEXTS):
        text = data[match.end() : match.end() + _MAX_TEXT]
        with suppress(ValueError, zlib.error):
            if match[2]:
                yield zlib.decompressobj().decompress(text, _MAX_TEXT)
            else:  # a line with the kind, one with the length, and the digits
                if match[1] == b"zTXt":
                    text = zlib.decompressobj().decompress(text[1:], _MAX_TEXT)
                digits = b"".join(re.findall(rb"(?m)^[0-9a-f]{2,}$", text.partition(b"\0")[0]))
                yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
