"""Draws a site's icons from its logo: the small pictures in tabs of browsers and on home screens of telephones.

That takes longer than everything else in a small build. So an icon has a fingerprint of all that it is made from, and is only
drawn when that has changed.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from credsite.core.code_version import program_digest
from credsite.core.hashing import combined_digest, digest

if TYPE_CHECKING:
    from PIL.Image import Image

_CLEAR: Final = "#ffffff00"
_DPI: Final = 96
"""Dots in an inch, as in CSS: without them, pictures whose size is in millimetres cannot be drawn."""
_SMALL: Final = 32
_STACK: Final = 512 << 20
"""Bytes. The library draws what is inside an element by recursion, and a full stack ends the whole program."""
_STACK_LOCK: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Icon:
    """A square PNG of ``size`` pixels with a picture, an SVG or a PNG, in its middle.

    ``margin`` is the part of the size that stays free at each side. ``ground`` is the colour behind the picture, "" for none.
    """

    picture: bytes
    is_svg: bool
    size: int
    margin: float = 0.0
    ground: str = ""

    @property
    def fingerprint(self) -> str:
        """A digest of all that the icon's bytes depend on."""
        parts = (digest(self.picture), str(self.is_svg), str(self.size), str(self.margin), self.ground)
        return combined_digest([program_digest(), *parts])

    def drawn(self) -> bytes:
        """The icon as a PNG. The same picture gives the same bytes."""
        from PIL import Image

        room = max(round(self.size * (1 - 2 * self.margin)), 1)
        picture = contained(self.picture, is_svg=self.is_svg, width=room, height=room)
        icon = Image.new("RGBA", (self.size, self.size), self.ground or _CLEAR)
        place = ((self.size - picture.width) // 2, (self.size - picture.height) // 2)
        icon.alpha_composite(picture, place)
        data = BytesIO()
        (icon.convert("RGB") if self.ground else icon).save(data, "PNG", optimize=True)
        return data.getvalue()


def contained(data: bytes, *, is_svg: bool, width: int, height: int) -> Image:
    """A picture, an SVG or a PNG, as large as it can be in ``width`` by ``height`` dots.

    ValueError or OSError where it cannot be drawn.
    """
    from PIL import Image, ImageOps

    picture = _drawn_svg(data, max(width, height)) if is_svg else _opened(data)
    return ImageOps.contain(picture, (width, height), Image.Resampling.LANCZOS)


@lru_cache(maxsize=8)
def drawing_fault(picture: bytes, is_svg: bool) -> str:
    """Why no icon can be drawn from a picture, "" where one can."""
    try:
        if is_svg:
            _svg_dots(picture, _SMALL)
        else:
            _opened(picture)
    except Exception as error:  # noqa: BLE001 - damaged bytes can make decoders raise nearly anything
        return str(error)
    return ""


def _drawn_svg(data: bytes, room: int) -> Image:
    """An SVG as dots, as large as the room, in which it is not distorted."""
    return _opened(_svg_dots(data, room))


def _svg_dots(data: bytes, room: int) -> bytes:
    """An SVG as a PNG."""
    import resvg_py

    # Without the fonts of this computer, which others do not have: letters have to be outlines.
    draw = partial(resvg_py.svg_to_bytes, width=room, height=room, dpi=_DPI, skip_system_fonts=True)
    with ThreadPoolExecutor(1) as pool:
        with _STACK_LOCK:  # the size holds for all threads that start
            before = threading.stack_size(_STACK)
            try:
                drawn = pool.submit(draw, svg_string=_text(data))
            finally:
                threading.stack_size(before)
        return bytes(drawn.result())


def _text(data: bytes) -> str:
    """The text of an SVG that has been looked through, which is in UTF-8 or says in which encoding it is."""
    from xml.etree import ElementTree as Etree

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Etree.tostring(Etree.fromstring(data), encoding="unicode")  # noqa: S314 - it has no entities


def _opened(data: bytes) -> Image:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        if picture.mode.startswith("I"):  # grey in 16 bits, of which a conversion would keep the lower ones
            return picture.convert("I").point([value >> 8 for value in range(1 << 16)], "L").convert("RGBA")
        return picture.convert("RGBA")
