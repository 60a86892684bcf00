"""Pictures as pages show them: which files a browser may choose from, and the colour of their place while they load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from credsite.content.image_slots import IN_TEXT, Slot, files_for, share_file
from credsite.content.image_variants import ImageVariant
from credsite.content.images import ImageFile
from credsite.content.markdown.body import ResolvedImage
from credsite.schema.kinds import Kind
from credsite.site.urls import Urls
from credsite.site.views import Picture, PictureSource

_TEXT_SIZES: Final = "min(94vw,43rem)"
_NARROW_TEXT_SIZES: Final = "(min-width:68em) 27rem,min(94vw,43rem)"
"""How wide the default theme shows pictures in texts; the other is for texts in a column beside a list, as pathways have it. The
widths of other pictures are in the theme's template ``parts/picture.html``."""
_STEPS: Final = 8
"""How many values of red, green and blue the theme's stylesheet knows as classes, ``r0`` to ``r7`` for example."""
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
_BRIGHT: Final = 0.179
"""From this relative luminance on, black letters are easier to read on a colour than white ones (WCAG 2.2)."""


def picture_view(image: ImageFile, alt: str, slot: Slot, urls: Urls) -> Picture:
    files = files_for(image, slot)
    if not files:
        return Picture(urls.to(image.output), alt, image.width, image.height)
    *better, usual = (tuple(group) for _, group in groupby(files, lambda one: one.format))
    has_choice = len(files) > 1
    return Picture(
        urls.to(_usual_file(usual, slot).output),
        alt,
        image.width,
        image.height,
        srcset=_srcset(usual, urls) if has_choice else "",
        sources=tuple(PictureSource(group[0].media_type, _srcset(group, urls)) for group in better),
        tone=tone(image.colour) if slot.is_filled else "",
    )


def text_image(image: ImageFile, kind: Kind, urls: Urls) -> ResolvedImage:
    """An image in the text of an entry of the ``kind``."""
    sizes = _NARROW_TEXT_SIZES if kind is Kind.PATHWAY else _TEXT_SIZES
    shown = picture_view(image, "", IN_TEXT, urls)
    sources = tuple((one.type, one.srcset) for one in shown.sources)
    return ResolvedImage(shown.url, shown.width, shown.height, shown.srcset, sources, sizes, shown.tone)


def share_picture(image: ImageFile, alt: str, urls: Urls) -> Picture | None:
    """A picture for other websites, with an absolute URL; None where they could not show it."""
    file = share_file(image)
    return Picture(urls.absolute(file.output), alt, file.width, file.height) if file is not None else None


def tone(colour: str) -> str:
    """The classes of the theme's stylesheet for a colour such as ``#a4b0c2``; "" for "".

    Styles in attributes are not allowed by a strict Content-Security-Policy, and a class for each colour would be a stylesheet that
    changes with each picture. So a colour is made of a class for each of red, green and blue. ``tone`` has dark letters on it, for the
    description of a picture that does not load, and ``tone-dark`` light ones.
    """
    if not colour:
        return ""
    steps = [round(value * (_STEPS - 1) / 255) for value in bytes.fromhex(colour.removeprefix("#"))]
    channels = ((step / (_STEPS - 1)) ** 2.2 for step in steps)
    luminance = sum(share * channel for share, channel in zip(_LUMINANCE, channels, strict=True))
    names = (f"{name}{step}" for name, step in zip("rgb", steps, strict=True))
    return " ".join(["tone" if luminance >= _BRIGHT else "tone tone-dark", *names])


def _usual_file(files: Sequence[ImageVariant], slot: Slot) -> ImageVariant:
    """What browsers show that choose nothing: the smallest file that fills the slot on a screen of simple density."""
    return next((one for one in files if one.width * 2 >= slot.most), files[-1])


def _srcset(files: Iterable[ImageVariant], urls: Urls) -> str:
    return ", ".join(f"{urls.to(one.output)} {one.width}w" for one in files)
