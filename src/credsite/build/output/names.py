"""Names in an output folder: which ones credsite keeps for itself, and what a path in it looks like."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection
from typing import Final

from credsite.core.errors import CredsiteError

MANIFEST: Final = ".credsite-manifest.json"
LOCK: Final = ".credsite.lock"
TEMPORARY: Final = ".credsite-tmp"
RESERVED: Final = frozenset({MANIFEST, LOCK, TEMPORARY})

_NOT_PLAIN: Final = r"(?:^|/)\.{0,2}(?:/|$)|[\\\0]|^\.credsite"
_WINDOWS: Final = r'[<>:"|?*\x01-\x1f]|[ .](?:/|$)'
_WRONG: Final = re.compile(f"{_NOT_PLAIN}|{_WINDOWS}" if os.name == "nt" else _NOT_PLAIN, re.IGNORECASE)
_SUSPICIOUS: Final = ("\\", "\0", "//", "/.", "\n.", "\n/", "/\n", "\n\n")
"""In lines of paths: there is one of these wherever a path is not plain."""


class OutputError(CredsiteError):
    """The output folder cannot be used, or a file in it cannot be written. Says what to do."""


def unsafe_paths(paths: Collection[str]) -> list[str]:
    """Those of ``paths`` that are not relative, with forward slashes, or climb somewhere, or are reserved."""
    # In all of them at once, because nearly always there is nothing to be found.
    lines = "\n".join(["", *paths, ""])
    if os.name != "nt" and not any(mark in lines for mark in _SUSPICIOUS):
        return []
    return [path for path in paths if _WRONG.search(path)]


def parent(path: str) -> str:
    """The folder of a path, ``""`` for the output folder itself."""
    return path.rpartition("/")[0]


def with_ancestors(path: str) -> list[str]:
    """A path and all folders above it within the output folder, deepest first."""
    found = []
    while path:
        found.append(path)
        path = parent(path)
    return found


def casefolded(path: str) -> str:
    """What a file system that ignores case makes of ``path``."""
    return unicodedata.normalize("NFC", path).casefold()
