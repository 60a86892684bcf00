"""Which pages of a site have share pictures of their own, and where all of these are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credsite.schema.kinds import Kind
from credsite.site.urls import entry_path

SHARE_FOLDER: Final = "images/share/"
_ENTRY_KINDS: Final = (Kind.COURSE, Kind.STORY, Kind.PATHWAY)
"""The kinds of entries with pictures of their own, where the site is not too large. Industries always have them."""


@dataclass(frozen=True, slots=True)
class ShareSettings:
    """``design`` is a digest of what all pictures have in common. ``are_of_entries`` is false in a site that is too large."""

    design: str
    are_of_entries: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of entries with pictures of their own."""
        return (Kind.INDUSTRY, *(_ENTRY_KINDS if self.are_of_entries else ()))


def share_picture_start(kind: Kind, slug: str) -> str:
    """How the output path of every share picture of an entry begins."""
    return f"{SHARE_FOLDER}{entry_path(kind, slug).rstrip('/')}."
