"""The folder that the pages of a preview are written to: in the site's own folder or, where that cannot be, a temporary one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from credsite.build.state_dir import FOLDER, PREVIEW_FOLDER, SERVE_LOCK, state_folder
from credsite.core.errors import CredsiteError
from credsite.core.locks import file_lock
from credsite.core.regular_files import is_link

_MIN_FREE: Final = 10_000_000
"""Bytes that must be free on a disk for a preview on it: about what the sample site's takes, several times."""


@contextmanager
def open_preview_folder(root: Path, warn: Callable[[str], None]) -> Iterator[Path]:
    """The folder for the preview of the site at ``root``, which no other preview can use while the block runs.

    ``warn`` is called with a sentence if it is a temporary one, because nothing can be written in the site's folder.
    Raises CredsiteError if another preview of the site is running, or if there is no temporary folder either.
    """
    lock, reason = _locked(root)
    if lock is not None:
        try:
            yield root / PREVIEW_FOLDER
        finally:
            lock.release()
        return
    try:
        temporary = tempfile.TemporaryDirectory(prefix="credsite-preview-", ignore_cleanup_errors=True)
    except OSError as error:
        message = (
            f"The preview can be written neither to {root / FOLDER} ({reason}) nor to a temporary folder"
        )
        raise CredsiteError(
            f"{message} ({error.strerror or error}). Make room or give permission for one."
        ) from error
    warn(
        f"Nothing can be written to {root / FOLDER} ({reason}). So the preview is in a temporary folder, and everything "
        "is built again each time it starts."
    )
    with temporary as folder:
        yield Path(folder, "preview")


def _locked(root: Path) -> tuple[FileLock | None, str]:
    """The lock of the preview folder in the site's folder, or why nothing can be written there."""
    folder = state_folder(root)
    if folder is None:
        return None, "it cannot be made, or you may not write there"
    pages = root / PREVIEW_FOLDER
    if is_link(pages):
        return None, f"{pages.name} is a symbolic link, which is not followed"
    if os.path.lexists(pages) and not os.access(pages, os.W_OK | os.X_OK):
        return None, f"you may not write to {pages.name}"
    with suppress(OSError):
        if shutil.disk_usage(folder).free < _MIN_FREE:
            return None, "the disk is full"
    try:
        lock = file_lock(folder / SERVE_LOCK, 0)
        lock.acquire()
    except Timeout:
        raise CredsiteError(
            "Another `credsite serve` shows this site already. End it first with Ctrl-C."
        ) from None
    except (OSError, NotImplementedError) as error:  # network drives may have no locks
        return None, (error.strerror if isinstance(error, OSError) else "") or str(error)
    return lock, ""
