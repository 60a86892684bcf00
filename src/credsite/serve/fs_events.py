"""From the raw events of a file system to what has changed on the site. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from credsite.content.source_folders import SOURCE_FOLDERS, is_ignored_path
from credsite.schema.config import FILE

_WRITE_TEST: Final = "4913"
"""Vim makes a file of this name, and removes it at once, to see whether it may write to a folder."""

EventType = Literal["opened", "created", "modified", "closed", "deleted", "moved", "missed"]


class Event(NamedTuple):
    """One thing that happened. Paths are from the site's root, with forward slashes; ``to`` is where something moved.

    A file that is ``closed`` was open for writing. Whoever ``opened`` one may only want to read. ``path`` or ``to`` is
    ``""`` where a move began or ended outside of what is watched, and where something was ``missed``: then anything may
    have changed.
    """

    type: EventType
    path: str = ""
    destination: str = ""
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class ChangedPaths:
    """``paths`` may have changed; ``""`` among them stands for any. Of these, somebody still writes ``unfinished``."""

    paths: frozenset[str]
    unfinished: frozenset[str] = frozenset()


def changed_paths(events: Iterable[Event]) -> ChangedPaths:
    """What came of ``events``, which are in order.

    Files that editors make on the way, and whatever else can change nothing on the website, are left out: of a file that
    is written beside its place and then moved over it, only the place counts. A file is unfinished from the first byte
    that is written until it is closed. Where the system does not tell that files are opened, none is unfinished.
    """
    found: set[str] = set()
    opened: set[str] = set()
    unfinished: set[str] = set()
    for event in events:
        match event.type:
            case "opened":
                opened.add(event.path)
                continue
            case "missed":
                found.add("")
                continue
            case "modified" if event.is_folder:  # what happened in it is told of itself
                continue
            case "modified" if event.path in opened:
                unfinished.add(event.path)
            case "moved":
                for state in (opened, unfinished):
                    if event.path in state:
                        state.add(event.destination)
                    else:
                        state.discard(event.destination)
                    state.discard(event.path)
            case "closed" | "deleted":
                opened.discard(event.path)
                unfinished.discard(event.path)
        found.update(path for path in (event.path, event.destination) if is_relevant(path))
    return ChangedPaths(frozenset(found), frozenset(unfinished & found))


def is_relevant(path: str) -> bool:
    """Whether a change of ``path`` (from the site's root, with forward slashes) may change the website.

    What is built lies in none of the folders that are watched.
    """
    if path == FILE or path in SOURCE_FOLDERS:
        return True
    first, _, rest = path.partition("/")
    is_source = first in SOURCE_FOLDERS and not is_ignored_path(path)
    return is_source and rest.rpartition("/")[2] != _WRITE_TEST
