"""From a file system's events to the paths of a site that have changed."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from credsite.config import FILE
from credsite.content.files import CONTENT
from credsite.content.static import FOLDER as STATIC
from credsite.errors import CredsiteError
from credsite.signatures import Signature, signature

FOLDERS: Final = (CONTENT, STATIC, "themes")
QUIET: Final = 0.03
"""Seconds without a change after which a burst of them is taken to be over."""
_LOOK: Final = 2.0
"""Seconds between two looks at the files themselves."""
PATIENCE: Final = 2.0
"""Seconds after which a burst is acted upon even if it goes on."""

Stamp = dict[str, Signature]
# Reading a file is an event too, and a build reads them all.
_CHANGES: Final = frozenset(
    {EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED, EVENT_TYPE_CLOSED}
)
_LEFT_BY_EDITORS: Final = re.compile(
    r"~$|^#.*#$|^\.#|^\..*\.sw[a-z]$|\.(?:swp|swx|tmp|bak|part|crdownload)$|___jb_(?:tmp|old)___$"
    r"|^4913$|^\.DS_Store$|^Thumbs\.db$|^\.fuse_hidden|^\.goutputstream-|^~\$"
)


def is_relevant(path: str) -> bool:
    """Whether a change of ``path`` (from the site's root, with forward slashes) may change the website.

    What is built lies in none of the folders that are watched. Names with a dot in front count in ``static/``
    only, where a website may need them.
    """
    if path == FILE or path in FOLDERS:
        return True
    first, *names = path.split("/")
    return first in FOLDERS and all(_counts(name, first) for name in names)


def _counts(name: str, folder: str) -> bool:
    """Whether something of this name counts in one of the ``FOLDERS``."""
    if _LEFT_BY_EDITORS.search(name):
        return False
    return folder == STATIC or not (name.startswith(".") or name == "__pycache__")


def stamp(root: Path) -> Stamp:
    """What the file system says of every relevant file: a cheap way to see that something has changed."""
    found: Stamp = {}
    with suppress(OSError):
        found[FILE] = signature(os.stat(root / FILE))  # noqa: PTH116
    pending = list(FOLDERS)
    while pending:
        folder = pending.pop()
        try:
            items = list(os.scandir(f"{root}/{folder}"))
        except OSError:  # it is not there, or may not be read: the build says so
            continue
        top = folder.partition("/")[0]
        for item in items:
            if _counts(item.name, top):
                path = f"{folder}/{item.name}"
                if item.is_dir(follow_symlinks=False):
                    pending.append(path)
                    continue
                with suppress(OSError):  # gone again, or behind a broken link: the build says so
                    found[path] = signature(item.stat())
    return found


class Watcher:
    """Watches a site while it is entered. ``changed`` is told of each changed path, on the loop's own thread."""

    def __init__(self, root: Path, changed: Callable[[str], None]) -> None:
        self._root = root.resolve()
        self._changed = changed
        self._observer: BaseObserver = Observer()
        self._watches: dict[str, ObservedWatch] = {}
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> Watcher:
        try:
            # Not the root with all below it: that may hold a virtual environment, or the history of a project.
            self._observer.schedule(_Handler(self._root, "", self._told), str(self._root), recursive=False)
            for folder in FOLDERS:
                self._watch(folder)
            self._observer.start()
        except OSError as error:
            raise CredsiteError(f"The site's files cannot be watched: {error.strerror or error}.") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def _told(self, path: str) -> None:
        """On the observer's thread."""
        if is_relevant(path):
            self._loop.call_soon_threadsafe(self._noted, path)

    def _noted(self, path: str) -> None:
        """On the loop's thread. A folder that has come or gone as a whole is watched anew."""
        if path in FOLDERS:
            self._watch(path)
        self._changed(path)

    def _watch(self, folder: str) -> None:
        old = self._watches.pop(folder, None)
        if old is not None:
            self._observer.unschedule(old)
        place = (self._root / folder).resolve()
        if place.is_dir():
            handler = _Handler(place, folder, self._told)
            try:
                self._watches[folder] = self._observer.schedule(handler, str(place), recursive=True)
            except FileNotFoundError:  # gone again: the root's watch tells when it comes back
                return


class _Handler(FileSystemEventHandler):
    """Tells of changes below ``place``, which is ``name`` in the site."""

    def __init__(self, place: Path, name: str, told: Callable[[str], None]) -> None:
        self._place = place
        self._name = name
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or (
            event.is_directory and event.event_type == EVENT_TYPE_MODIFIED
        ):
            return
        for path in (event.src_path, event.dest_path):
            found = Path(os.fsdecode(path))
            if path and found.is_relative_to(self._place):  # a move may begin or end elsewhere
                self._told(Path(self._name, found.relative_to(self._place)).as_posix())


async def look_again(root: Path, built_from: Callable[[], Stamp], changes: asyncio.Queue[str]) -> None:
    """Now and then look at the files themselves, and tell of a change that no event has told of.

    The system tells nothing of a folder that was filled while it came to be watched, nor of many network drives.
    ``built_from`` gives the stamp that the last build began with.
    """
    while True:
        await asyncio.sleep(_LOOK)
        if changes.empty() and await asyncio.to_thread(stamp, root) != built_from():
            changes.put_nowait("")


async def burst(changes: asyncio.Queue[str]) -> set[str]:
    """Wait for a change, then until it is quiet. The paths that have changed."""
    found = {await changes.get()}
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        try:
            found.add(await asyncio.wait_for(changes.get(), QUIET))
        except TimeoutError:
            break
    return found
