"""Stops processes that the bench started and removes its scratch folders, also after Ctrl-C and SIGTERM."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PROC: Final = Path("/proc")
_PATIENCE: Final = 5.0
"""Seconds that a process has to end by itself before it is killed."""
_LOOK_AGAIN: Final = 0.01
"""Seconds between two looks at processes that are ending."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Within the block, the first signal that ends a program raises KeyboardInterrupt; its argument is the signal.

    Later signals are ignored, so that cleaning up is not interrupted.
    """

    def stop(number: int, _: FrameType | None) -> None:
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    before = {one: signal.signal(one, stop) for one in _SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def scratch(given: Path | None) -> Iterator[Path]:
    """A new folder. If ``given`` is a folder, the new one is inside it and stays; else it is temporary and is removed at the end."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix="bench-", dir=given.resolve()))
    else:
        folder = Path(tempfile.mkdtemp(prefix="credsite-bench-"))
        try:
            yield folder
        finally:
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, and try again if something was written to it meanwhile."""
    deadline = time.monotonic() + _PATIENCE
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(_LOOK_AGAIN if folder.exists() else 0)


@contextmanager
def started(
    command: list[str], *, folder: Path | None = None, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a session of its own, with pipes for its output. After the block, none of its processes is left."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            end(process)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def end(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, and then kill what is left of it and of its descendants.

    When this returns, none of them runs any more, so the files that they wrote can be removed.
    """
    everybody = set(tree(process.pid))
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    # Some processes, such as browsers, have sessions of their own. Others start after the list was made, or while those on
    # the list are killed. A process that is killed while it writes a file finishes that call first.
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        everybody |= set(_session(process.pid))
        running = list(filter(_is_running, everybody))
        if not running:
            break
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_LOOK_AGAIN)
    process.wait()


def tree(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they still run."""
    yield pid
    with suppress(OSError):
        for children in _PROC.glob(f"{pid}/task/*/children"):
            for child in children.read_text().split():
                yield from tree(int(child))


def _session(leader: int) -> Iterator[int]:
    """The processes of a session, whatever their parents are now."""
    for folder in _PROC.glob("[0-9]*"):
        if (state := _state(folder)) and int(state[3]) == leader:
            yield int(folder.name)


def _is_running(pid: int) -> bool:
    state = _state(_PROC / str(pid))
    return state is not None and state[0] not in "ZX"


def _state(folder: Path) -> list[str] | None:
    """The fields after the name in /proc/PID/stat: state, parent, group, session (proc_pid_stat(5)); empty if it has ended."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
