"""Files that a process locks, so that two do not write to the same folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from filelock import FileLock

from credsite.core.regular_files import NOT_A_FILE


def file_lock(path: Path, timeout: float) -> FileLock:
    """The lock of the file ``path``, which is made when it is acquired. ``timeout`` is in seconds.

    Raises OSError where something else is there: a link, a pipe, a folder, or a file with a second name, which may be one of
    somebody's. The lock itself, when it is acquired, follows no symbolic link either.
    """
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        status = None
    if status is not None:
        is_file = stat.S_ISREG(status.st_mode)
        if stat.S_ISLNK(status.st_mode) or (is_file and status.st_nlink > 1):
            reason = f"{path.name} is a link. Delete it"
            raise OSError(errno.ELOOP, reason, str(path))
        if not is_file:
            raise OSError(errno.EINVAL, f"{path.name} is in the way: {NOT_A_FILE}, or a folder", str(path))
    return FileLock(path, timeout=timeout, thread_local=False)
