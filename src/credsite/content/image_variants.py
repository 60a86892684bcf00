"""The files that a picture is published as: their formats, sizes and names, which are known without making them.

A picture is never published as it is. Its name carries a digest of its bytes and of all that decides what is made of them,
so a file of the same name has the same bytes, and browsers may keep it for ever.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from credsite.content.source_folders import CONTENT
from credsite.core.code_version import library_release
from credsite.core.hashing import combined_digest, digest
from credsite.core.published_names import is_device_name
from credsite.core.text import shorten_slug, slugify
from credsite.schema.images import ImageFormat, ImageSettings

RasterKind = Literal["jpeg", "png"]
"""What stands for a picture where its original format is wanted: PNG where it may be transparent, or was one."""
EncodedFormat = Literal["avif", "webp", "jpeg", "png"]

IMAGES: Final = "images/"
"""What the paths of all images in the output begin with."""
ENCODING_VERSION: Final = 1
"""To be raised when the same picture and the same settings are to give other bytes."""
MAX_HEIGHT: Final = 16_000
"""Pixels. WebP cannot be higher than 16,383."""
_MARK_LENGTH: Final = 10
_MARK_PARTS: Final = 3
_NEARLY: Final = 1.1
"""A width that is nearly that of the largest file is left out."""
_MAX_NAME_LENGTH: Final = 100
_MAX_PATH_LENGTH: Final = 500
_REMEMBERED_NAMES: Final = 16_384
"""Paths of images in the output that are kept for the next build of the preview."""
_SUFFIXES: Final[dict[EncodedFormat, str]] = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}


class ImageVariant(NamedTuple):
    """One file of a picture: its format, its size in pixels, and its path in the output."""

    format: EncodedFormat
    width: int
    height: int
    output: str

    @property
    def media_type(self) -> str:
        return f"image/{self.format}"

    @property
    def name(self) -> str:
        """What tells it from the other files of the same picture."""
        return f"{self.width}.{self.format}"


@dataclass(frozen=True, slots=True)
class ImageRecipe:
    """What is made of every picture. ``encoding`` is a digest of all that decides how pixels become bytes."""

    widths: tuple[int, ...]
    formats: tuple[ImageFormat, ...]
    quality: int
    encoding: str

    @classmethod
    def of(cls, settings: ImageSettings) -> ImageRecipe:
        encoding = combined_digest([str(ENCODING_VERSION), library_release("pillow"), str(settings.quality)])
        return cls(settings.widths, settings.formats, settings.quality, encoding)

    def variants(
        self, path: str, code: str, size: tuple[int, int], kind: RasterKind
    ) -> tuple[ImageVariant, ...]:
        """The files of the picture at ``path`` with the digest ``code``: by format, the best first, then by width."""
        name, mark = _output_name(path), combined_digest([code, self.encoding])[:_MARK_LENGTH]
        sizes = tuple(_sizes(self.widths, *size))
        return tuple(
            ImageVariant(encoded, width, height, f"{name}-{width}.{mark}.{_SUFFIXES[encoded]}")
            for one in self.formats
            for encoded in (kind if one == "original" else one,)
            for width, height in sizes
        )


def _sizes(widths: tuple[int, ...], width: int, height: int) -> Iterator[tuple[int, int]]:
    """The sizes in which a picture is published, the smallest first. It is never made larger."""
    largest = max(1, min(width, widths[-1], width * MAX_HEIGHT // height))
    for one in (*(one for one in widths if one * _NEARLY < largest), largest):
        yield one, min(MAX_HEIGHT, max(1, round(height * one / width)))


def mark_of(output: str) -> str:
    """The digest in the path of a file in the output. All files of a picture have the same; ``""`` where there is none."""
    parts = output.rpartition("/")[2].split(".")
    return parts[-2] if len(parts) >= _MARK_PARTS and len(parts[-2]) == _MARK_LENGTH else ""


def unchanged_output(path: str, code: str) -> str:
    """The path in the output of an image that is published as it is; ``code`` is its digest."""
    return f"{_output_name(path)}.{code[:10]}.{path.rpartition('.')[2].lower()}"


@lru_cache(maxsize=_REMEMBERED_NAMES)
def _output_name(path: str) -> str:
    """What the paths in the output of the image at ``path`` begin with."""
    name = path.removeprefix(f"{CONTENT}/").removeprefix("images/").rpartition(".")[0]
    safe = "/".join(map(_safe_name, name.split("/")))
    if len(safe) > _MAX_PATH_LENGTH:  # the folders are for people, and the digest of the path does as well
        safe = f"{digest(os.fsencode(name))[:10]}/{safe.rpartition('/')[2]}"
    return f"{IMAGES}{safe}"


def _safe_name(name: str) -> str:
    """A slug near ``name`` that every system can have as the name of a file or folder.

    It is never empty: a name that begins with a dot is hidden, and many hosts do not serve it.
    """
    slug = shorten_slug(slugify(name), _MAX_NAME_LENGTH, name) or "image"
    return f"{slug}-image" if is_device_name(slug) else slug
