"""Contained paths: nothing credsite reads or writes lies outside the folder that it was told to stay in."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path


def is_inside(path: Path, folder: Path) -> bool:
    """Whether ``path``, all symbolic links followed, lies in ``folder`` or is it."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    try:
        return os.path.commonpath([real, root]) == root
    except ValueError:  # two drives on Windows
        return False


def join_inside(folder: str, relative: str) -> str | None:
    """``relative`` as seen from ``folder`` (both with forward slashes, from the site's root), normalised.

    None where it climbs out of the site, is absolute, or is empty.
    """
    if not relative or relative.startswith(("/", "\\")) or "\\" in relative or "\0" in relative:
        return None
    joined = posixpath.normpath(posixpath.join(folder, relative))
    return None if joined == "." or joined == ".." or joined.startswith(("../", "/")) else joined
