"""Files outside the website that appear whole: whoever opens one sees what it was or what it is, never half of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def temporary_copy(path: Path, data: bytes) -> Iterator[Path]:
    """A finished file beside ``path`` that holds ``data``, to be given its name; gone afterwards where it was not.

    It may be read and written by those who may do so with ``path``, or with any new file. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        try:
            shutil.copymode(path, temporary)
        except FileNotFoundError:
            temporary.chmod(0o666 & ~_mask())
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def atomic_write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in one step. Raises OSError."""
    with temporary_copy(path, data) as finished:
        finished.replace(path)


def _mask() -> int:
    """What new files may not be; the system tells it only to whoever sets another, which it is for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
