"""Slugs for new entries: the names of their files, and the last part of the addresses of their pages."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from credsite.core.text import slugify
from credsite.schema.field_types import SLUG_PATTERN

MAX_SLUG_LENGTH: Final = 100

_SLUG: Final = re.compile(SLUG_PATTERN.strip("^$"))
_MAX_LENGTH_FROM_TITLE: Final = 60
# Letters of Latin alphabets that Unicode does not decompose into a plain letter and an accent.
_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h"}
)


def is_slug(text: str) -> bool:
    """Whether ``text`` can be the slug of a new entry."""
    return len(text) <= MAX_SLUG_LENGTH and _SLUG.fullmatch(text) is not None


def slug_from_title(title: str) -> str:
    """A slug near ``title``, of at most 60 characters; ``""`` if most letters of the title are not Latin."""
    slug = slugify(re.sub("['\u2019]", "", title.casefold()).translate(_LETTERS))
    title_letters, slug_letters = (sum(map(str.isalpha, text)) for text in (title, slug))
    if slug_letters * 2 < title_letters:
        return ""
    if len(slug) > _MAX_LENGTH_FROM_TITLE:
        slug = slug[: _MAX_LENGTH_FROM_TITLE + 1].rpartition("-")[0] or slug[:_MAX_LENGTH_FROM_TITLE]
    return slug


def free_slug(slug: str, taken: Collection[str]) -> str:
    """``slug`` or, if it is taken, the first of ``slug-2``, ``slug-3`` and so on that is not."""
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free
