"""Names in an output folder: which ones credsite keeps for itself, and what a path in it looks like."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import Final

from credsite.errors import CredsiteError

MANIFEST: Final = ".credsite-manifest.json"
LOCK: Final = ".credsite.lock"
TEMPORARY: Final = ".credsite-tmp"
RESERVED: Final = frozenset({MANIFEST, LOCK, TEMPORARY})

_NOT_PLAIN: Final = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\0]|^\.credsite", re.IGNORECASE)
_WINDOWS: Final = re.compile(r'[<>:"|?*\x01-\x1f]|[ .](?:/|$)')


class OutputError(CredsiteError):
    """The output folder cannot be used, or a file in it cannot be written. Says what to do."""


def is_plain(path: str) -> bool:
    """Whether ``path`` is relative, with forward slashes, climbs nowhere, and is not reserved."""
    return not _NOT_PLAIN.search(path) and (os.name != "nt" or not _WINDOWS.search(path))


def parent(path: str) -> str:
    """The folder of a path, ``""`` for the output folder itself."""
    return path.rpartition("/")[0]


def lineage(path: str) -> list[str]:
    """A path and all folders above it within the output folder, deepest first."""
    found = []
    while path:
        found.append(path)
        path = parent(path)
    return found


def folded(path: str) -> str:
    """What a file system that ignores case makes of ``path``."""
    return unicodedata.normalize("NFC", path).casefold()
