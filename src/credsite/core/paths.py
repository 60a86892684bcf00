"""Checks that paths stay inside a folder, because credsite reads and writes nothing outside the folders it was given."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from pathlib import Path


def is_inside(path: Path, folder: Path) -> bool:
    """Whether ``path`` is ``folder`` or inside it, after all symbolic links are followed."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    try:
        return os.path.commonpath([real, root]) == root
    except ValueError:  # two drives on Windows
        return False


def join_inside(folder: str, relative: str) -> str | None:
    """The path from the site's root to ``relative``, which is relative to ``folder``. All have forward slashes.

    None where ``relative`` leads out of the site, is absolute, or is empty.
    """
    if not relative or relative.startswith(("/", "\\")) or "\\" in relative or "\0" in relative:
        return None
    joined = posixpath.normpath(posixpath.join(folder, relative))
    return None if joined == "." or joined == ".." or joined.startswith(("../", "/")) else joined


def folders_above(paths: Iterable[str]) -> set[str]:
    """All folders that relative ``paths`` with forward slashes are in, inner and outer ones, without ``""``."""
    folders: set[str] = set()
    new = set(paths)
    while new := {path.rpartition("/")[0] for path in new} - folders:
        folders |= new
    folders.discard("")
    return folders
