"""Turns the raw events of a file system into the source files that have changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from credsite.content.source_folders import SOURCE_FOLDERS, is_ignored_path
from credsite.schema.config import CONFIG_FILE

WRITE_TEST_NAME: Final = "4913"
"""Vim creates a file of this name and removes it at once, to test whether it may write to a folder."""

EventType = Literal["opened", "created", "modified", "closed", "deleted", "moved", "missed"]


class Event(NamedTuple):
    """One event. Paths are relative to the site's folder, with forward slashes; ``destination`` is the new path of a move.

    ``closed`` means that a file was open for writing; ``opened``, that it may be open for reading only. ``missed`` means
    that events were lost, so anything may have changed. ``path`` or ``destination`` is ``""`` if a move began or ended
    outside of the watched folders, and both are for ``missed``.
    """

    type: EventType
    path: str = ""
    destination: str = ""
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class ChangedPaths:
    """``paths`` have perhaps changed; ``""`` among them means that any file may have. ``unfinished`` are those of them that a
    program is still writing."""

    paths: frozenset[str]
    unfinished: frozenset[str] = frozenset()


def changed_paths(events: Iterable[Event]) -> ChangedPaths:
    """The source files that ``events``, in their order, may have changed.

    Temporary files of editors are left out: if a file is written under another name and then moved to its own, only the
    final name counts. A file is unfinished from the first write until it is closed. On systems that do not report when
    files are opened, no file is unfinished.
    """
    changed: set[str] = set()
    opened: set[str] = set()
    unfinished: set[str] = set()
    for event in events:
        match event.type:
            case "opened":
                opened.add(event.path)
                continue
            case "missed":
                changed.add("")
                continue
            case "modified" if event.is_folder:  # what has changed in it has events of its own
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
        changed.update(path for path in (event.path, event.destination) if is_relevant(path))
    return ChangedPaths(frozenset(changed), frozenset(unfinished & changed))


def is_relevant(path: str) -> bool:
    """Whether a change of ``path`` (relative to the site's folder, with forward slashes) can change the website."""
    if path == CONFIG_FILE or path in SOURCE_FOLDERS:
        return True
    first, _, rest = path.partition("/")
    is_source = first in SOURCE_FOLDERS and not is_ignored_path(path)
    return is_source and rest.rpartition("/")[2] != WRITE_TEST_NAME
