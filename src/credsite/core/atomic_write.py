"""Files that are written in one step: whoever reads one sees the old file or the new one, never a part of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_CREATE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


def atomic_write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in one step. Raises OSError.

    A file that is replaced keeps its permissions. Its folder must exist.
    """
    with temporary_copy(path, data) as finished:
        finished.replace(path)


def create_file(path: Path, data: bytes) -> None:
    """Write ``data`` to the new file ``path`` in one step. Its folder must exist.

    Raises FileExistsError if there is already something at ``path``, even if it has only just been created, and OSError.
    """
    with temporary_copy(path, data) as finished:
        try:
            os.link(finished, path)
        except FileExistsError:
            raise
        except OSError:  # some disks have no hard links
            _create_without_link(path, data)


def _create_without_link(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def temporary_copy(path: Path, data: bytes) -> Iterator[Path]:
    """A file beside ``path`` with ``data`` and the permissions of ``path``, or of any new file, to be renamed.

    It is deleted afterwards if it still has its temporary name. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        try:
            shutil.copymode(path, temporary)
        except FileNotFoundError:
            temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def replace_file(temporary: str, path: str | Path, data: bytes) -> None:
    """Write ``data`` to the file ``temporary`` on the same disk, then rename that to ``path``. Raises OSError.

    For files that nobody else edits: quicker than :func:`atomic_write`, and a process that is stopped leaves at most the
    one file ``temporary``, which the next one replaces. No symbolic link is followed at either path.
    """
    try:
        descriptor = os.open(temporary, _CREATE, 0o666)
    except FileExistsError:  # left by a process that was stopped
        os.unlink(temporary)  # noqa: PTH108 - a path as text, which is quicker
        descriptor = os.open(temporary, _CREATE, 0o666)
    # Without a file object, which makes three calls to the system before it writes.
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
    os.replace(temporary, path)  # noqa: PTH105


def _umask() -> int:
    """The permissions that new files do not get. The system tells them only to whoever sets others, for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
