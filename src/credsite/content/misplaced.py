"""Finds entries that lie beside ``content/`` and not in it: nobody would look for them, and nobody would see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credsite.content.source_folders import CONTENT, is_ignored, is_markdown
from credsite.problems.model import Location, Problem
from credsite.schema.config import CONFIG_FILE
from credsite.schema.kinds import FOLDERS

_START: Final = b"---"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def misplaced_problems(root: Path) -> Iterator[Problem]:
    """A warning for each file with front matter, and each folder of entries, that lies in ``root`` itself."""
    try:
        items = sorted(os.scandir(root), key=lambda item: item.name)
    except OSError:
        return  # others say so
    if not any(item.name == CONTENT for item in items):
        message = (
            f"There is no folder `{CONTENT}` here, so the website has no courses and no other entries. Create it, or give "
            "it its name back."
        )
        yield Problem("no-content", message, Location(CONFIG_FILE, 1, 1))
    for item in items:
        if is_ignored(item.name, CONTENT):
            continue
        if item.name in FOLDERS and item.is_dir(follow_symlinks=False) and _holds_entries(item.path):
            message = f"Entries are read only from folders in `{CONTENT}`, so nothing of this folder is published. Move it there."
            yield Problem("file-not-read", message, Location(item.name))
        elif is_markdown(item.name) and item.is_file(follow_symlinks=False) and has_front_matter(item.path):
            message = (
                f"Entries are read only from folders in `{CONTENT}`, so nothing of this file is published. Move it, a course "
                f"for instance into `{CONTENT}/courses`."
            )
            yield Problem("file-not-read", message, Location(item.name))


def _holds_entries(folder: str) -> bool:
    try:
        return any(is_markdown(name) for name in os.listdir(folder))  # noqa: PTH208 - only the names
    except OSError:
        return False


def has_front_matter(file: str) -> bool:
    """Whether a file begins as entries do."""
    try:
        with open(file, "rb") as stream:  # noqa: PTH123 - the path is a text
            start = stream.read(8)
    except OSError:
        return False
    return start.removeprefix(_BYTE_ORDER_MARK).startswith(_START)
