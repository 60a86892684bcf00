"""What the bytes of an image say: its size in pixels, or why it cannot be published.

To inspect an image takes long, and its bytes say the same each time. So what was found out is stored by the digest of
the bytes, and an image that has been inspected once is not read again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Final, NamedTuple

from credsite.content.svg import InvalidSvgError, UnsafeSvgError, svg_size
from credsite.core.serialization import json_bytes

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_ORIENTATION: Final = 0x0112
"""The Exif tag for how the camera was held. With 5 and above, the picture is turned by a quarter."""


class Inspection(NamedTuple):
    """The size in pixels, 0 where an SVG states none; or ``code`` of a problem, and the ``fault``.

    ``fault`` is a sentence that begins after the name of the file, such as "is not an SVG image."
    """

    width: int = 0
    height: int = 0
    code: str = ""
    fault: str = ""


class InspectionCache:
    """Inspections by the kind of image and the digest of its bytes."""

    def __init__(self, stored: bytes = b"") -> None:
        """``stored`` is what :meth:`stored` gave. What cannot be read is as good as nothing."""
        self._known = _loaded(stored)
        self._used: dict[str, Inspection] = {}

    def get(self, digest: str, is_svg: bool) -> Inspection | None:
        key = _key(digest, is_svg)
        inspection = self._known.get(key) or self._used.get(key)
        if inspection is not None:
            self._used[key] = inspection
        return inspection

    def put(self, digest: str, is_svg: bool, inspection: Inspection) -> None:
        self._used[_key(digest, is_svg)] = inspection

    def stored(self) -> bytes:
        """All inspections that were put or got, as bytes to be stored. The others are forgotten by that."""
        return json_bytes(dict(sorted(self._used.items()))) if self._used else b""


def inspected(data: bytes, is_svg: bool) -> Inspection:
    """Inspect the bytes of an image. Whatever they are, this raises nothing."""
    return _svg(data) if is_svg else _raster(data)


def _key(digest: str, is_svg: bool) -> str:
    return f"{digest}.svg" if is_svg else digest


def _loaded(stored: bytes) -> Mapping[str, Inspection]:
    try:
        return {key: Inspection(*values) for key, values in json.loads(stored or b"{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _svg(data: bytes) -> Inspection:
    try:
        return Inspection(*svg_size(data))
    except UnsafeSvgError as error:
        fault = f"holds `{error}`, which a picture does not need and which could harm visitors. Save it as a plain SVG."
        return Inspection(code="image-unsafe", fault=fault)
    except InvalidSvgError as error:
        return Inspection(code="image-unreadable", fault=f"{error}.")


def _raster(data: bytes) -> Inspection:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            is_turned = image.format in ("JPEG", "MPO") and image.getexif().get(_ORIENTATION, 1) > 4
            width, height = image.size
            image.verify()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        RuntimeError,
    ):
        fault = "is damaged, or not an image at all. Save it again, or use another."
        return Inspection(code="image-unreadable", fault=fault)
    return Inspection(height, width) if is_turned else Inspection(width, height)
