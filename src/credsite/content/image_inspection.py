"""What the bytes of an image say: its size in pixels and its colour, or why it cannot be published.

To inspect an image takes long, and its bytes say the same each time. So what was found out is stored by the digest of
the bytes, and an image that has been inspected once is not read again.

An SVG is a document that can carry scripts. On a page it is only a picture, but whoever opens its address runs them,
so an SVG with anything active in it is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from credsite.content.image_variants import RasterKind
from credsite.content.svg import SvgError, read_svg
from credsite.core.serialization import json_bytes

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_LOSSLESS: Final = ("PNG", "GIF")
_SCALE: Final = 8
"""A picture is looked at in an eighth of its size, in which a JPEG is decoded in half the time."""
_TOO_MANY_PIXELS: Final = (
    "has so many pixels that it takes too much memory to open. Save it smaller: 2,000 pixels wide are enough."
)
_JPEG_START: Final = b"\xff\xd8"
_JPEG_END: Final = b"\xff\xd9"
_JPEG_PIXELS: Final = b"\xda"
_JPEG_PADDING: Final = b"\xff" * 64
_MAX_JPEG_PARTS: Final = 2_000
"""Parts of a JPEG before its pixels. A colour profile of 16 MB takes 256, everything else some dozens."""
_AVIF_BOXES: Final = (b"meta", b"mdat")
_GIF_END: Final = 0x3B
_GIF_PICTURE: Final = 0x2C
_GIF_EXTENSION: Final = 0x21
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*", re.ASCII)
_MAX_SIDE: Final = 999_999


class Inspection(NamedTuple):
    """The size in pixels, 0 where an SVG states none; or ``code`` of a problem, and the ``fault``.

    ``fault`` is a sentence that begins after the name of the file, such as "is not an SVG image.", and ``line`` the line of the
    file that has it, 0 where there is none. Of a picture, ``kind`` is what stands for its original format, and ``colour`` its average
    colour as ``#rrggbb``, "" where it is transparent; both are "" for an SVG. ``is_animated`` says whether it moves.
    """

    width: int = 0
    height: int = 0
    code: str = ""
    fault: str = ""
    line: int = 0
    colour: str = ""
    kind: RasterKind | Literal[""] = ""
    is_animated: bool = False


Subject = Literal["raster", "svg", "location", "script", "secret"]
"""What is inspected: an image of dots, an SVG, whether a picture says where it was taken, or what a file in static/ holds."""


class InspectionCache:
    """Inspections by the digest of an image's bytes and by what was inspected."""

    def __init__(self, stored: bytes = b"") -> None:
        """``stored`` is what :meth:`stored` gave. What cannot be read is as good as nothing."""
        self._known = _loaded(stored)
        self._used: dict[str, Inspection] = {}

    def get(self, digest: str, subject: Subject) -> Inspection | None:
        key = f"{digest}.{subject}"
        inspection = self._known.get(key) or self._used.get(key)
        if inspection is not None:
            self._used[key] = inspection
        return inspection

    def put(self, digest: str, subject: Subject, inspection: Inspection) -> None:
        self._used[f"{digest}.{subject}"] = inspection

    def stored(self) -> bytes:
        """All inspections that were put or got, as bytes to be stored. The others are forgotten by that."""
        return json_bytes(dict(sorted(self._used.items()))) if self._used else b""


def inspected(data: bytes, is_svg: bool) -> Inspection:
    """Inspect the bytes of an image. Whatever they are, this raises nothing."""
    return _svg(data) if is_svg else _raster(data)


def _loaded(stored: bytes) -> Mapping[str, Inspection]:
    try:
        return {key: Inspection(*values) for key, values in json.loads(stored or b"{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _svg(data: bytes) -> Inspection:
    try:
        return Inspection(*_stated_size(read_svg(data)))
    except SvgError as error:
        code = "image-unsafe" if error.fault.is_unsafe else "image-unreadable"
        return Inspection(code=code, fault=error.fault.words, line=error.fault.line)


def _raster(data: bytes) -> Inspection:
    from PIL.Image import DecompressionBombError

    from credsite.content import image_pixels as pixels

    try:
        if data.startswith(_JPEG_START):
            jpeg_header(data)
        with pixels.opened(data) as image:
            if not pixels.fits_in_memory(image):
                return Inspection(code="image-unreadable", fault=_TOO_MANY_PIXELS)
            _check_completeness(image, data)
        with pixels.opened(data) as image:  # again: a PNG that was checked cannot be decoded any more
            width, height = pixels.upright_size(image)
            is_animated = pixels.is_animated(image)
            is_lossless = image.format in _LOSSLESS
            small = pixels.shrunk(image, max(1, width // _SCALE), max(1, height // _SCALE))
    except DecompressionBombError:
        return Inspection(code="image-unreadable", fault=_TOO_MANY_PIXELS)
    except Exception:  # noqa: BLE001 - damaged bytes can make its decoders raise nearly anything
        fault = "is damaged, or not an image at all. Save it again, or use another."
        return Inspection(code="image-unreadable", fault=fault)
    kind: RasterKind = "png" if is_lossless or small.mode == "RGBA" else "jpeg"
    return Inspection(width, height, "", "", 0, pixels.average_colour(small), kind, is_animated)


def _check_completeness(image: ImageFile, data: bytes) -> None:
    """Raise an error if a part of the image is missing, as after a copy that was broken off.

    Neither a JPEG nor a GIF is decoded, which would take ten times as long as to read it, and without end for a GIF of a
    thousand large pictures. Pixels cannot hold the end mark of a JPEG, and the blocks of a GIF state their lengths. A PNG has
    checksums, a WebP states its length, and an AVIF those of its boxes.
    """
    if image.format in ("JPEG", "MPO"):
        if data.rfind(_JPEG_END) < len(jpeg_header(data)):
            raise ValueError("the end is missing")
    elif image.format == "GIF":
        _check_gif(data)
    elif image.format == "AVIF":
        _check_boxes(data)
    else:
        image.verify()


def _check_boxes(data: bytes) -> None:
    """Raise a ValueError if a box of an AVIF is not there as a whole."""
    place = 0
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16])
        if kind in _AVIF_BOXES and place + size > len(data):
            raise ValueError("the end is missing")
        if size < 8:  # up to the end, or what is no box
            return
        place += size


def _check_gif(data: bytes) -> None:
    """Raise a ValueError if a block of a GIF is not there as a whole."""
    size = len(data)
    place = 13 + _colours_size(data, 10)
    pictures = 0
    while place < size and data[place] != _GIF_END:
        if data[place] == _GIF_PICTURE and place + 9 < size:
            place += 11 + _colours_size(data, place + 9)  # with the size of its codes
            pictures += 1
        elif data[place] == _GIF_EXTENSION:
            place += 2
        else:
            raise ValueError("there is no block")
        while place < size and data[place]:
            place += data[place] + 1
        place += 1
    if not pictures or place > size:
        raise ValueError("the end is missing")


def _colours_size(data: bytes, flags: int) -> int:
    """The length of the table of colours whose flags are at ``flags``."""
    return 3 << (data[flags] % 8 + 1) if data[flags] & 128 else 0


def jpeg_header(data: bytes) -> bytes:
    """What is before the pixels of a JPEG: mostly a small part of it, perhaps with a small picture in it.

    ValueError where it has so many parts that Pillow would take long to read them.
    """
    place = 2
    for _ in range(_MAX_JPEG_PARTS):
        if data[place : place + 1] != b"\xff" or data[place + 1 : place + 2] == _JPEG_PIXELS:
            return data[:place]
        if data.startswith(_JPEG_PADDING, place):
            break
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    raise ValueError("there are too many parts")


def _stated_size(root: dict[str, str]) -> tuple[int, int]:
    """The width and height in pixels that the root element of an SVG states, 0 where it states none."""
    width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        sides = (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
    return sides if all(0 < side <= _MAX_SIDE for side in sides) else (0, 0)
