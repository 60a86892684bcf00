"""Paths in an output folder: which names are reserved for credsite, and which paths are safe to write."""

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

_UNSAFE: Final = r"(?:^|/)\.{0,2}(?:/|$)|[\\\0]|^\.credsite"
_WINDOWS: Final = r'[<>:"|?*\x01-\x1f]|[ .](?:/|$)'
_UNSAFE_PATTERN: Final = re.compile(f"{_UNSAFE}|{_WINDOWS}" if os.name == "nt" else _UNSAFE, re.IGNORECASE)
_SUSPICIOUS: Final = ("\\", "\0", "//", "/.", "\n.", "\n/", "/\n", "\n\n")
"""In a text with one path a line: any unsafe path has one of these."""


class OutputError(CredsiteError):
    """The output folder cannot be used, or a file in it cannot be written. The message says what to do."""


def unsafe_paths(paths: Collection[str]) -> list[str]:
    """Those of ``paths`` that are not relative, with forward slashes, or climb somewhere, or are reserved."""
    # All at once, because nearly always all of them are safe.
    lines = "\n".join(["", *paths, ""])
    if os.name != "nt" and not any(mark in lines for mark in _SUSPICIOUS):
        return []
    return [path for path in paths if _UNSAFE_PATTERN.search(path)]


def parent(path: str) -> str:
    """The folder of a path, ``""`` for the output folder itself."""
    return path.rpartition("/")[0]


def with_ancestors(path: str) -> list[str]:
    """A path and all folders above it within the output folder, deepest first."""
    paths = []
    while path:
        paths.append(path)
        path = parent(path)
    return paths


def casefolded(path: str) -> str:
    """A form that is equal for paths that a file system which ignores case takes for the same."""
    return unicodedata.normalize("NFC", path).casefold()
