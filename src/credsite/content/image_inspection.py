"""What the bytes of an image say: its size in pixels, or why it cannot be published.

To inspect an image takes long, and its bytes say the same each time. So what was found out is stored by the digest of
the bytes, and an image that has been inspected once is not read again.

An SVG is a document that can carry scripts. On a page it is only a picture, but whoever opens its address runs them,
so an SVG with anything active in it is refused.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from credsite.content.svg import SvgError, read_svg
from credsite.core.serialization import json_bytes

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_ORIENTATION: Final = 0x0112
"""The Exif tag for how the camera was held. With 5 and above, the picture is turned by a quarter."""
_JPEG_END: Final = b"\xff\xd9"
_JPEG_PIXELS: Final = b"\xda"
_GIF_END: Final = b"\x3b"
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*")


class Inspection(NamedTuple):
    """The size in pixels, 0 where an SVG states none; or ``code`` of a problem, and the ``fault``.

    ``fault`` is a sentence that begins after the name of the file, such as "is not an SVG image."
    """

    width: int = 0
    height: int = 0
    code: str = ""
    fault: str = ""


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
        return Inspection(code=code, fault=error.fault.words)


def _raster(data: bytes) -> Inspection:
    from PIL import Image

    try:
        with (
            # A large picture is no attack, and Pillow refuses one of twice this size.
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(BytesIO(data), formats=_FORMATS) as image,
        ):
            is_turned = image.format in ("JPEG", "MPO") and image.getexif().get(_ORIENTATION, 1) > 4
            width, height = image.size
            _check_completeness(image, data)
    except Exception:  # noqa: BLE001 - damaged bytes can make its decoders raise nearly anything
        fault = "is damaged, or not an image at all. Save it again, or use another."
        return Inspection(code="image-unreadable", fault=fault)
    return Inspection(height, width) if is_turned else Inspection(width, height)


def _check_completeness(image: ImageFile, data: bytes) -> None:
    """Raise an error if a part of the image is missing, as after a copy that was broken off.

    A JPEG is not decoded, which would take ten times as long as to read it: pixels cannot hold its end mark, and decoders
    raise nothing of other damage in most cases. A PNG has checksums, WebP and AVIF state their length.
    """
    from PIL import ImageSequence

    if image.format in ("JPEG", "MPO"):
        if data.rfind(_JPEG_END) < len(jpeg_header(data)):
            raise ValueError("the end is missing")
    elif image.format == "GIF":
        image.load()
        if not data.endswith(_GIF_END):  # the later pictures of an animation may be cut off
            for frame in ImageSequence.Iterator(image):
                frame.load()
    else:
        image.verify()


def jpeg_header(data: bytes) -> bytes:
    """What is before the pixels of a JPEG: mostly a small part of it, perhaps with a small picture in it."""
    place = 2
    while data[place : place + 1] == b"\xff" and data[place + 1 : place + 2] != _JPEG_PIXELS:
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return data[:place]


def _stated_size(root: dict[str, str]) -> tuple[int, int]:
    """The width and height in pixels that the root element of an SVG states, 0 where it states none."""
    width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
