"""Watches the files of a site, and tells what happened to them, burst by burst."""

from __future__ import annotations

import asyncio
import os
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
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from credsite.content.source_folders import SOURCE_FOLDERS, walk
from credsite.core.errors import CredsiteError
from credsite.core.file_stat import Signature, signature
from credsite.schema.config import FILE
from credsite.serve.fs_events import Event, EventType, changed_paths

QUIET_PERIOD: Final = 0.03
"""Seconds without a change after which a burst of them is taken to be over."""
_LOOK: Final = 2.0
"""Seconds between two looks at the files themselves."""
MAX_WAIT: Final = 2.0
"""Seconds after which a burst is acted upon even if it goes on."""
MAX_WAIT_FOR_WRITERS: Final = 5.0
"""The same where a file is half written: whoever writes it may wait for something."""

FileSignatures = dict[str, Signature]
# Of reading a file, which a build does with them all, the system need not even tell when it ends.
_TOLD: Final[dict[str, EventType]] = {
    EVENT_TYPE_OPENED: "opened",
    EVENT_TYPE_CREATED: "created",
    EVENT_TYPE_MODIFIED: "modified",
    EVENT_TYPE_CLOSED: "closed",
    EVENT_TYPE_DELETED: "deleted",
    EVENT_TYPE_MOVED: "moved",
}
MISSED_EVENT: Final = Event("missed")


def source_signatures(root: Path) -> FileSignatures:
    """What the file system says of every source file: a cheap way to see that something has changed."""
    signatures: FileSignatures = {}
    with suppress(OSError):
        signatures[FILE] = signature(os.stat(root / FILE))  # noqa: PTH116
    for folder in SOURCE_FOLDERS:
        for path, item in walk(f"{root}/{folder}", folder, on_error=_build_reports_it):
            with suppress(OSError):  # gone again, or behind a broken link: the build says so
                signatures[path] = signature(item.stat())
    return signatures


def _build_reports_it(path: str, error: OSError) -> None:
    """A folder that cannot be read is a problem of the build."""


class Watcher:
    """Watches a site while it is entered. ``tell`` is told of each event, on the loop's own thread."""

    def __init__(self, root: Path, tell: Callable[[Event], None]) -> None:
        self._root = root.resolve()
        self._tell = tell
        self._observer: BaseObserver = Observer()
        self._watches: dict[str, ObservedWatch] = {}
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> Watcher:
        try:
            # Not the root with all below it: that may hold a virtual environment, or the history of a project.
            self._observer.schedule(_Handler(self._root, "", self._told), str(self._root), recursive=False)
            for folder in SOURCE_FOLDERS:
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

    def _told(self, event: Event) -> None:
        """On the observer's thread."""
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._noted, event)

    def _noted(self, event: Event) -> None:
        """On the loop's thread. A folder that has come or gone as a whole is watched anew."""
        if event.type != "modified":
            for path in {event.path, event.destination}.intersection(SOURCE_FOLDERS):
                self._watch(path)
        self._tell(event)

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
    """Tells of what happens below ``place``, which is ``name`` in the site."""

    def __init__(self, place: Path, name: str, told: Callable[[Event], None]) -> None:
        self._place = place
        self._name = name
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        what = _TOLD.get(event.event_type)
        if what is not None:
            path, to = self._within(event.src_path), self._within(event.dest_path)
            if path or to:
                self._told(Event(what, path, to, event.is_directory))

    def _within(self, path: bytes | str) -> str:
        """The path in the site; "" for none, and for one elsewhere, where a move may begin or end."""
        found = Path(os.fsdecode(path))
        if not path or not found.is_relative_to(self._place):
            return ""
        return Path(self._name, found.relative_to(self._place)).as_posix()


async def poll_for_changes(
    root: Path, built_from: Callable[[], FileSignatures], events: asyncio.Queue[Event]
) -> None:
    """Now and then look at the files themselves, and tell of a change that no event has told of.

    The system tells nothing of a folder that was filled while it came to be watched, nor of many network drives.
    ``built_from`` gives the stamp that the last build began with.
    """
    while True:
        await asyncio.sleep(_LOOK)
        if events.empty() and await asyncio.to_thread(source_signatures, root) != built_from():
            events.put_nowait(MISSED_EVENT)


async def next_batch(events: asyncio.Queue[Event]) -> frozenset[str]:
    """Wait for a change, then until it is quiet and no file is half written. The paths that may have changed."""
    loop = asyncio.get_running_loop()
    seen: list[Event] = []
    started = quiet_from = 0.0
    while True:
        if not seen:
            seen.append(await events.get())
            started = quiet_from = loop.time()
        is_quiet = False
        try:
            async with asyncio.timeout_at(quiet_from + QUIET_PERIOD):
                new = [await events.get()]
            while not events.empty():
                new.append(events.get_nowait())
            seen += new
            if any(event.type != "opened" for event in new):  # who only reads makes no noise
                quiet_from = loop.time()
        except TimeoutError:
            is_quiet = True
            quiet_from = loop.time()
        waited = loop.time() - started
        if is_quiet or waited > MAX_WAIT:
            found = changed_paths(seen)
            if not found.paths:  # somebody has read files, or made some that mean nothing
                seen = []
            elif not found.unfinished or waited > MAX_WAIT_FOR_WRITERS:
                return found.paths
