"""The folders that a site is made from: one walk through them, and one rule for the files in them that do not count.

Reading, copying, watching and the check whether anything has changed all go by :func:`walk` and :func:`is_ignored`, so
that a file which one of them does not see is not seen by the others either. Little is imported here, because a build
in which nothing has changed needs it too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from credsite.core.names import comparable, name_difference
from credsite.core.published_names import PUBLISHED_HIDDEN_FILES, WELL_KNOWN
from credsite.core.regular_files import is_link, is_linked_entry
from credsite.problems.model import Location, Problem

CONTENT: Final = "content"
STATIC: Final = "static"
THEMES: Final = "themes"
BRAND: Final = "brand"
HOOKS: Final = "hooks"
"""The folder for files that only hooks read."""
SOURCE_FOLDERS: Final = (CONTENT, STATIC, THEMES, BRAND, HOOKS)
HOOKS_FILE: Final = "hooks.py"
"""The file with the hooks of a site, beside its settings."""
DATES_FILE: Final = "content-dates.csv"
"""The file in which a site keeps what it published and when, beside its settings."""

IMAGE_SUFFIXES: Final = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
"""How the names of images that browsers show end, in small letters."""
PUBLISHED_HIDDEN_NAMES: Final = PUBLISHED_HIDDEN_FILES | {WELL_KNOWN}
"""Names that begin with a dot and that web servers and hosts look for. In ``static/`` they count."""
_LEFTOVER_NAMES: Final = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information"),
        *("lost+found", "node_modules", "__pycache__", "__macosx", "@eadir", "#recycle"),
    }
)
_LEFTOVER_ENDS: Final = (
    *("~", ".bak", ".tmp", ".swp", ".swo", ".swx", ".part", ".crdownload", ".orig", ".rej"),
    *("___jb_tmp___", "___jb_old___", ".kate-swp", ".autosave"),
    ":zone.identifier",  # says from where Windows downloaded a file
)

_CONFLICTED_COPY: Final = re.compile(
    r"\([^()]*(?:conflicted copy|case conflict|konflikt|conflit|conflicto)[^()]*\)|\.sync-conflict-\d{8}-\d{6}",
    re.IGNORECASE,
)
"""How Dropbox, Nextcloud, Syncthing and others name a copy of a file that was changed on two computers."""
_MARKDOWN: Final = (".md", ".markdown")

_CONFLICT_ADVICE: Final = (
    "The name says that a program made this copy, because the file was changed on two computers. It is left out. "
    "Compare it with the original, keep what is right there, and delete the copy."
)

LINK_MESSAGE: Final = "This is a symbolic link, which is not followed. Put in its place what it leads to."
NOT_A_FILE_MESSAGE: Final = (
    "This is not a file but a pipe or a device. Put a file in its place, or delete it."
)

OnError = Callable[[str, OSError], None]
"""What to do about a folder that cannot be read: its path in the site, and the error."""


def is_ignored(name: str, folder: str) -> bool:
    """Whether a file or folder called ``name`` does not count in ``folder``, one of the ``SOURCE_FOLDERS``.

    That is what editors, office programs, browsers and systems leave behind, and whatever is hidden: it may name a
    person or a computer, or hold a password.
    """
    lower = name.lower()
    if lower.endswith(_LEFTOVER_ENDS) or lower in _LEFTOVER_NAMES:
        return True
    match lower[:1]:
        case ".":
            return folder != STATIC or lower not in PUBLISHED_HIDDEN_NAMES
        case "~":
            return lower.startswith("~$")
        case "#":
            return lower.endswith("#")
    return False


def is_markdown(path: str) -> bool:
    return path.lower().endswith(_MARKDOWN)


def is_ignored_path(path: str) -> bool:
    """Whether ``path``, from the site's root and in one of the ``SOURCE_FOLDERS``, has a part that is ignored."""
    folder, *names = path.split("/")
    return any(is_ignored(name, folder) for name in names)


def walk(place: str, folder: str, on_error: OnError) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below the folder at ``place`` that counts, in no order, with its path as if that were ``folder``.

    Symbolic links are given as they are, those to folders too, and never followed. A folder that is not there, or is a
    link itself, is empty; ``on_error`` is called for one that cannot be read.
    """
    top = folder.partition("/")[0]
    pending = [] if is_link(place) else [(place, folder)]
    while pending:
        here, path = pending.pop()
        try:
            items = list(os.scandir(here))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            on_error(path, error)
            continue
        for item in items:
            if is_ignored(item.name, top):
                continue
            if item.is_dir(follow_symlinks=False) and not is_linked_entry(item):
                pending.append((item.path, f"{path}/{item.name}"))
            else:
                yield f"{path}/{item.name}", item


def is_in_the_way(place: str | Path) -> bool:
    """Whether something is at ``place``, where a folder should be, that is none, or leads elsewhere."""
    return os.path.lexists(place) and (is_link(place) or not os.path.isdir(place))  # noqa: PTH112


def checked_files(
    root: Path, folder: str, is_wanted: Callable[[str], bool] = lambda _path: True
) -> tuple[list[str], list[Problem]]:
    """The paths of the files below ``folder`` of the site at ``root`` that are wanted by their path, in order.

    Symbolic links are problems, and so are pipes, devices and folders that cannot be read. Only a Markdown file may be any
    of these: reading it says so, and until then it is known what entry it would be.
    """
    if is_link(root / folder):
        message = (
            f"The folder `{folder}` is a symbolic link, which is not followed. Put the folder itself there."
        )
        return [], [Problem("symbolic-link", message, Location(folder))]
    if is_in_the_way(root / folder):
        message = f"`{folder}` is not a folder. Put the folder of this name in its place, or delete it."
        return [], [Problem("file-unreadable", message, Location(folder))]
    paths: list[str] = []
    problems: list[Problem] = []

    def on_error(path: str, error: OSError) -> None:
        message = f"The folder cannot be read: {error.strerror or error}. Check its permissions."
        problems.append(Problem("file-unreadable", message, Location(path)))

    files = sorted(walk(f"{root}/{folder}", folder, on_error), key=lambda found: found[0])
    if folder == CONTENT:
        problems += _similar_names([path for path, _ in files if not path.endswith(_MARKDOWN)])
    for path, item in files:
        if "onfli" in path and _CONFLICTED_COPY.search(item.name):
            problems.append(Problem("conflicted-copy", _CONFLICT_ADVICE, _beginning(path)))
        elif item.is_file(follow_symlinks=False) or (folder == CONTENT and is_markdown(path)):
            if is_wanted(path):
                paths.append(path)
        elif is_linked_entry(item):
            # Whether a picture in `content/` is a link matters only where an entry shows it.
            if is_wanted(path) or os.path.isdir(item.path):  # noqa: PTH112
                problems.append(Problem("symbolic-link", LINK_MESSAGE, Location(path)))
        else:
            problems.append(Problem("file-unreadable", NOT_A_FILE_MESSAGE, Location(path)))
    return paths, problems


def _similar_names(paths: list[str]) -> list[Problem]:
    """The problems of files of which some systems keep only one, because they take their names for the same."""
    first: dict[str, str] = {}
    pairs = [
        (path, other) for path in paths if (other := first.setdefault(comparable(path), path)) is not path
    ]
    return [
        Problem(
            "similar-names",
            f"`{other}` and this file have names that {name_difference(other, path)}. Some computers keep only one of the "
            "two. Rename one.",
            Location(path),
        )
        for path, other in pairs
    ]


def _beginning(path: str) -> Location:
    """The first character of a text, and no line of other files."""
    line = 1 if is_markdown(path) else 0
    return Location(path, line, line)
