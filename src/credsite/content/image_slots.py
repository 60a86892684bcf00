"""Where pictures stand on pages, how wide they are there, and which of their files are needed for that.

The widths are those of the default theme, whose `sizes` are in its template ``parts/picture.html``. Screens have one, two or more
pixels for each pixel of a style sheet, so a picture is needed in several widths. But each is a file that takes time to make, and an
address on every page: so there are as few as possible.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from credsite.content.image_variants import ImageVariant
from credsite.content.images import ImageFile
from credsite.problems.model import KeyPath
from credsite.schema.kinds import Kind

_STEP: Final = 2.25
"""How many times as wide as the one before a file may be. A screen then loads at most about twice the width that it shows."""
_SMALL: Final = 480
"""Pixels. A picture that is needed in one width, and in no larger one than this, is published in one format only."""
_SHARE_WIDTH: Final = 1200
"""Pixels. What other websites show of a picture, at most."""


class Slot(NamedTuple):
    """A place for a picture. ``least`` and ``most`` are the pixels of screens that it fills there.

    ``shown`` is how many pixels of a style sheet it is wide, at most, whatever its own width: a narrower picture is blurred. It is 0
    where a narrower picture stays as it is. ``is_filled`` says that a picture leaves nothing of the place free, whatever its form.
    """

    least: int
    most: int
    shown: int = 0
    is_filled: bool = True


CARD: Final = Slot(400, 940, 470)
TOPIC: Final = Slot(112, 940, 470)
"""The card of an industry or of a delivery mode. On the home page it is small."""
PAGE: Final = Slot(400, 1376, 688)
"""The picture at the top of a page, or of a video."""
IN_TEXT: Final = Slot(400, 1376)
GALLERY: Final = Slot(400, 960, 368)
PORTRAIT: Final = Slot(48, 192, 64)
LARGE_PORTRAIT: Final = Slot(120, 432, 144)
LOGO: Final = Slot(64, 192, 96, is_filled=False)
BADGE: Final = Slot(112, 224, 112)


def slots_of(kind: Kind, key: KeyPath) -> tuple[Slot, ...]:
    """Where a picture is shown that an entry of the ``kind`` names at ``key``; () is in its text. The largest comes last."""
    match key:
        case ():
            return (IN_TEXT,)
        case ("image", _):
            return (TOPIC if kind in (Kind.INDUSTRY, Kind.DELIVERY_MODE) else CARD, PAGE)
        case ("video", _):
            return (PAGE,)
        case ("images", *_):
            return (GALLERY,)
        case ("logo",):
            return (LOGO,)
        case ("learner", _):
            return (PORTRAIT, LARGE_PORTRAIT)
        case _:
            return (BADGE,)


def files_for(image: ImageFile, slot: Slot) -> tuple[ImageVariant, ...]:
    """The files of a picture that are needed in ``slot``: by format, the one that every browser knows last, then by width."""
    if not image.variants:
        return ()
    last = image.variants[-1].format
    widths = _needed(tuple(one.width for one in image.variants if one.format == last), slot)
    is_small = len(widths) == 1 and widths[0] <= _SMALL
    return tuple(
        one for one in image.variants if one.width in widths and (one.format == last or not is_small)
    )


def needed_files(image: ImageFile, kind: Kind, key: KeyPath) -> tuple[ImageVariant, ...]:
    """All files of a picture that an entry of the ``kind`` names at ``key``, each once."""
    return tuple(dict.fromkeys(one for slot in slots_of(kind, key) for one in files_for(image, slot)))


def whole_picture(image: ImageFile) -> str:
    """The output path of a picture as a link leads to it: in its largest size, and a format that every browser knows."""
    files = files_for(image, IN_TEXT)
    return files[-1].output if files else image.output


def share_file(image: ImageFile) -> ImageVariant | None:
    """The file that other websites may show with a link to a page. They show neither AVIF nor SVG."""
    files = [one for one in files_for(image, PAGE) if one.format == image.variants[-1].format]
    if not files or files[-1].format == "avif":
        return None
    return max(
        (one for one in files if one.width <= _SHARE_WIDTH), key=lambda one: one.width, default=files[0]
    )


@lru_cache(maxsize=1024)
def _needed(widths: tuple[int, ...], slot: Slot) -> tuple[int, ...]:
    """The fewest of the rising ``widths`` that are enough for ``slot``."""
    needed = [next((width for width in widths if width >= slot.least), widths[-1])]
    while needed[-1] < slot.most and needed[-1] < widths[-1]:
        larger = [width for width in widths if width > needed[-1]]
        near = [width for width in larger if width <= needed[-1] * _STEP] or larger[:1]
        needed.append(next((width for width in near if width >= slot.most), near[-1]))
    return tuple(needed)
