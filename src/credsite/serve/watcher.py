"""Watches the source files of a site, and collects their changes into batches."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, NamedTuple

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
from watchdog.utils import BaseThread

from credsite.content.source_folders import DATES_FILE, HOOKS_FILE, SOURCE_FOLDERS, is_ignored_path, walk
from credsite.core.stat_cache import Signature, signature
from credsite.schema.config import CONFIG_FILE

WRITE_TEST_NAME: Final = "4913"
"""Vim creates a file of this name and removes it at once, to test whether it may write to a folder."""

_FILES: Final = (CONFIG_FILE, HOOKS_FILE, DATES_FILE)
"""The files of a site that are in none of its folders."""

EventType = Literal["opened", "created", "modified", "closed", "deleted", "moved", "missed"]
QUIET_PERIOD: Final = 0.03
"""Seconds without a change after which a batch is complete."""
_POLL_INTERVAL: Final = 2.0
"""Seconds between two comparisons of all file signatures."""
MAX_WAIT: Final = 2.0
"""Seconds after which a batch is complete even if changes go on."""
MAX_WAIT_FOR_WRITERS: Final = 5.0
"""The same if a program is still writing a file, in which it may pause."""

FileSignatures = dict[str, Signature]
# Without "closed_no_write": every build reads all files, so there would be very many of these.
_EVENT_TYPES: Final[dict[str, EventType]] = {
    EVENT_TYPE_OPENED: "opened",
    EVENT_TYPE_CREATED: "created",
    EVENT_TYPE_MODIFIED: "modified",
    EVENT_TYPE_CLOSED: "closed",
    EVENT_TYPE_DELETED: "deleted",
    EVENT_TYPE_MOVED: "moved",
}


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


MISSED_EVENT: Final = Event("missed")


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
    if path in _FILES or path in SOURCE_FOLDERS:
        return True
    first, _, rest = path.partition("/")
    is_source = first in SOURCE_FOLDERS and not is_ignored_path(path)
    return is_source and rest.rpartition("/")[2] != WRITE_TEST_NAME


def source_signatures(root: Path) -> FileSignatures:
    """The signature of every source file by its path in the site: a cheap way to see that something has changed."""
    signatures: FileSignatures = {}
    for name in _FILES:
        with suppress(OSError):
            signatures[name] = signature(os.stat(root / name))  # noqa: PTH116
    for folder in SOURCE_FOLDERS:
        for path, item in walk(f"{root}/{folder}", folder, on_error=_build_reports_it):
            if item.name == WRITE_TEST_NAME:
                continue
            with suppress(OSError):  # removed in between, or a broken link: the build reports it
                signatures[path] = signature(item.stat())
    return signatures


def _build_reports_it(path: str, error: OSError) -> None:
    """A folder that cannot be read is a problem of the build."""


class Watcher:
    """Watches a site as long as its ``with`` block runs, and calls ``on_event`` on the thread of the event loop.

    Where the system cannot watch files, or some of them, ``on_failure`` is called with a sentence, once. Changes that are
    not reported are found by :func:`poll_for_changes`.
    """

    def __init__(
        self, root: Path, on_event: Callable[[Event], None], on_failure: Callable[[str], None]
    ) -> None:
        self._root = root.resolve()
        self._on_event = on_event
        self._on_failure = on_failure
        self._has_failed = False
        self._observer: BaseObserver | None = None
        self._watches: dict[str, ObservedWatch] = {}
        self._loop = asyncio.get_running_loop()
        self._thread_hook = threading.excepthook

    def __enter__(self) -> Watcher:
        threading.excepthook = self._on_thread_exception
        try:
            self._observer = Observer()
            # The root alone, not what is below it: that may be a virtual environment, or the history of a project.
            self._observer.schedule(_Handler(self._root, "", self._receive), str(self._root), recursive=False)
            for folder in SOURCE_FOLDERS:
                self._watch(folder)
            self._observer.start()
        except OSError as error:
            self._fail(error)
        self._check_limit()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()
        threading.excepthook = self._thread_hook

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        self._watches.clear()
        if observer is None:
            return
        if observer.is_alive():
            observer.stop()
            observer.join()
        else:  # it has failed to start
            observer.unschedule_all()

    def _fail(self, error: BaseException | None) -> None:
        """Do without events from now on. Runs on the thread of the event loop."""
        self._stop()
        self._report(error)

    def _report(self, error: BaseException | None) -> None:
        if not self._has_failed:
            self._has_failed = True
            self._on_failure(_not_watched(error))

    def _check_limit(self) -> None:
        """Report it if no more folders can be watched: the observer leaves out those that are too many, in silence.

        That shows when one more is watched, for a moment.
        """
        if sys.platform == "linux" and self._observer is not None and not self._has_failed:
            try:
                self._observer.unschedule(
                    self._observer.schedule(FileSystemEventHandler(), self._root.anchor, recursive=False)
                )
            except OSError as error:
                self._report(error)

    def _on_thread_exception(self, failed: threading.ExceptHookArgs) -> None:
        """Runs on a thread that ends with an exception. One of the observer's may need more watches than there are."""
        if isinstance(failed.thread, BaseThread):
            with suppress(RuntimeError):  # the event loop has ended already
                self._loop.call_soon_threadsafe(self._fail, failed.exc_value)
        else:
            self._thread_hook(failed)

    def _receive(self, event: Event) -> None:
        """Runs on the thread of the observer."""
        with suppress(RuntimeError):  # the event loop has ended already
            self._loop.call_soon_threadsafe(self._handle, event)

    def _handle(self, event: Event) -> None:
        """Runs on the thread of the event loop. A source folder that was created or removed gets a new watch."""
        if event.type != "modified":
            try:
                for path in {event.path, event.destination}.intersection(SOURCE_FOLDERS):
                    self._watch(path)
            except OSError as error:
                self._fail(error)
            if event.is_folder:
                self._check_limit()
        self._on_event(event)

    def _watch(self, folder: str) -> None:
        if self._observer is None:
            return
        old = self._watches.pop(folder, None)
        if old is not None:
            self._observer.unschedule(old)
        real = (self._root / folder).resolve()
        if real.is_dir():
            handler = _Handler(real, folder, self._receive)
            try:
                self._watches[folder] = self._observer.schedule(handler, str(real), recursive=True)
            except FileNotFoundError:  # removed in between: the watch of the root sees it when it comes back
                return


def _not_watched(error: BaseException | None) -> str:
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return (
        f"The system does not report all changes of files ({reason}). "
        f"So credsite looks at all files every {_POLL_INTERVAL:.0f} seconds, and a change is shown a little later."
    )


class _Handler(FileSystemEventHandler):
    """Turns events in the folder ``folder``, which is ``name`` in the site, into our own, and passes them to ``receive``."""

    def __init__(self, folder: Path, name: str, receive: Callable[[Event], None]) -> None:
        self._folder = folder
        self._name = name
        self._receive = receive

    def on_any_event(self, event: FileSystemEvent) -> None:
        event_type = _EVENT_TYPES.get(event.event_type)
        if event_type is not None:
            path, destination = self._site_path(event.src_path), self._site_path(event.dest_path)
            if path or destination:
                self._receive(Event(event_type, path, destination, event.is_directory))

    def _site_path(self, path: bytes | str) -> str:
        """The path in the site; "" if there is none, or if it is outside of the watched folder."""
        absolute = Path(os.fsdecode(path))
        if not path or not absolute.is_relative_to(self._folder):
            return ""
        return Path(self._name, absolute.relative_to(self._folder)).as_posix()


async def poll_for_changes(
    root: Path,
    built_signatures: Callable[[], FileSignatures],
    events: asyncio.Queue[Event],
    is_due: Callable[[], bool] = lambda: False,
) -> None:
    """Compare the signatures of all files every two seconds, and add a "missed" event if no event reported a change.

    Systems report nothing about files in a folder that was just created, nor about many network drives, nor anything
    where more files are watched than they allow.
    ``built_signatures`` returns the signatures at the beginning of the last build. ``is_due`` says whether the website has
    to be built again although no file has changed, because of a date.
    """
    while True:
        await asyncio.sleep(_POLL_INTERVAL)
        if not events.empty():
            continue
        if is_due() or await asyncio.to_thread(source_signatures, root) != built_signatures():
            events.put_nowait(MISSED_EVENT)


async def next_batch(events: asyncio.Queue[Event]) -> frozenset[str]:
    """Wait for a change, and then until changes pause and no file is half written.

    Returns the paths that may have changed; ``""`` among them means that any file may have.
    """
    loop = asyncio.get_running_loop()
    batch: list[Event] = []
    started = quiet_since = 0.0
    while True:
        if not batch:
            batch.append(await events.get())
            started = quiet_since = loop.time()
        is_quiet = False
        try:
            async with asyncio.timeout_at(quiet_since + QUIET_PERIOD):
                new = [await events.get()]
            while not events.empty():
                new.append(events.get_nowait())
            batch += new
            if any(event.type != "opened" for event in new):  # reading a file is no change
                quiet_since = loop.time()
        except TimeoutError:
            is_quiet = True
            quiet_since = loop.time()
        waited = loop.time() - started
        if is_quiet or waited > MAX_WAIT:
            changes = changed_paths(batch)
            if not changes.paths:  # files were only read, or are of no importance
                batch = []
            elif not changes.unfinished or waited > MAX_WAIT_FOR_WRITERS:
                return changes.paths
