"""Slugs for new entries: the names of their files, and the last part of the addresses of their pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from credsite.core.published_names import is_device_name
from credsite.core.text import shorten_slug, slugify
from credsite.schema.field_types import SLUG_PATTERN

MAX_NEW_SLUG_LENGTH: Final = 100

_SLUG: Final = re.compile(SLUG_PATTERN.strip("^$"))
_MAX_LENGTH_FROM_TITLE: Final = 60


def is_slug(text: str) -> bool:
    """Whether ``text`` can be the slug of a new entry."""
    return len(text) <= MAX_NEW_SLUG_LENGTH and _SLUG.fullmatch(text) is not None and not is_device_name(text)


def slug_from_title(title: str, language: str = "") -> str:
    """A slug near ``title``, of at most 60 characters; ``""`` if the title has no letters and digits."""
    return shorten_slug(slugify(title, language), _MAX_LENGTH_FROM_TITLE)


def is_transliterated(title: str) -> bool:
    """Whether a slug near ``title`` has other letters than the title, accents apart: people may spell them differently."""
    letters = filter(str.isalpha, title)
    return not all(unicodedata.normalize("NFKD", letter)[0].isascii() for letter in letters)


def free_slug(slug: str, taken: Collection[str]) -> str:
    """``slug`` or, if it is taken or means a device on Windows, the first of ``slug-2``, ``slug-3`` and so on that is not."""
    free, number = slug, 2
    while free in taken or is_device_name(free):
        free, number = f"{slug}-{number}", number + 1
    return free
