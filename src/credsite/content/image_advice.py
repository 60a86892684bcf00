"""Advice on pictures that are too small for the place where they are shown, larger than anybody sees, or that should move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from credsite.content.image_slots import LARGE_PORTRAIT, slots_of
from credsite.content.images import ImageFile, Images
from credsite.content.records import ImageUse, Record
from credsite.problems.model import Problem
from credsite.schema.images import ImageSettings

_MANY_PIXELS: Final = 25_000_000
"""More than most cameras make. From here on, it takes seconds to make the smaller copies of a picture."""
_SHARP: Final = 2
"""Pixels that a sharp screen has for each pixel of a style sheet."""


def image_advice(entries: Iterable[Record], images: Images, settings: ImageSettings) -> Iterator[Problem]:
    """Advice on the pictures that ``entries`` use. Of one that is too large, it is given once."""
    if not any(image.variants for image in images.values()):
        return
    large: set[str] = set()
    for entry in entries:
        for use in entry.images:
            image = images.get((entry.folder, use.src))
            if image is None or not image.variants:
                continue
            problem = _animated(use, entry) if image.is_animated else _small(image, use, entry)
            if problem is None and image.path not in large and image.width * image.height > _MANY_PIXELS:
                large.add(image.path)
                problem = _large(image, use, entry, settings)
            if problem is not None and not problem.is_affected(entry.wrong_keys):
                yield problem


def _animated(use: ImageUse, entry: Record) -> Problem:
    message = (
        f"`{use.src}` moves, but only its first picture is shown, because visitors could not stop it. Use a `video` for what moves, "
        "or a picture that says it by itself."
    )
    return Problem("image-animated", message, use.location(entry.path))


def _small(image: ImageFile, use: ImageUse, entry: Record) -> Problem | None:
    slot = slots_of(entry.kind, use.key)[-1]
    # A portrait is cut to a square.
    is_low = slot is LARGE_PORTRAIT and image.height < image.width
    pixels, side = (image.height, "high") if is_low else (image.width, "wide")
    if pixels >= slot.shown:
        return None
    message = (
        f"`{use.src}` is only {pixels} pixels {side}, and is shown up to {slot.shown} pixels {side}, so it is blurred. Use one that is "
        f"{slot.shown * _SHARP} pixels {side} or more, to be sharp on all screens."
    )
    return Problem("image-small", message, use.location(entry.path))


def _large(image: ImageFile, use: ImageUse, entry: Record, settings: ImageSettings) -> Problem:
    megapixels = round(image.width * image.height / 1_000_000)
    message = (
        f"`{use.src}` has {megapixels} megapixels, so it takes long to make the copies that visitors see, the largest of which is "
        f"{settings.widths[-1]} pixels wide. Save a copy that is 3000 pixels wide, and use that."
    )
    return Problem("image-large", message, use.location(entry.path))
