"""Files are opened where they lie: no symbolic link is followed, nothing but a regular file is opened, no pipe is waited for.

All that a site is made of is read with these functions, and so is what earlier builds left. A file that is exchanged for a
link or a pipe just before it is opened is refused as well, because the system looks at what it opens.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

NOT_A_FILE: Final = "it is not a file but a pipe or a device"
_LINK: Final = "it is a symbolic link"
_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
"""Without waiting: a pipe that nobody writes to would otherwise block for ever when it is opened."""
_FOLLOW: Final = _READ & ~getattr(os, "O_NOFOLLOW", 0)
_LINK_ERRORS: Final = (errno.ELOOP, errno.EMLINK, getattr(errno, "EFTYPE", errno.ELOOP))
"""What systems answer when a link may not be followed."""


class RefusedFileError(OSError):
    """A file was not read because of what it is: a symbolic link, no regular file, or too large."""


class FileTooLargeError(RefusedFileError):
    """A file is larger than a limit."""


def open_regular(path: str | Path, *, follow_links: bool = False) -> tuple[int, os.stat_result]:
    """The descriptor of the regular file at ``path``, to be closed, and its status.

    ``follow_links`` is for files that the user has named. Raises RefusedFileError where something else is there, and OSError.
    """
    if os.name == "nt" and not follow_links and is_link(path):  # which has no flag for that
        raise RefusedFileError(errno.ELOOP, _LINK, str(path))
    try:
        descriptor = os.open(path, _FOLLOW if follow_links else _READ)
    except OSError as error:
        if error.errno in _LINK_ERRORS and os.path.islink(path):  # noqa: PTH114
            raise RefusedFileError(errno.ELOOP, _LINK, str(path)) from None
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):  # what systems answer for a socket
            raise RefusedFileError(errno.EINVAL, NOT_A_FILE, str(path)) from None
        raise
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode):
        return descriptor, status
    os.close(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise RefusedFileError(errno.EINVAL, NOT_A_FILE, str(path))


def read_regular(path: str | Path, max_size: int, *, follow_links: bool = False) -> bytes:
    """The bytes of the regular file at ``path``.

    Raises FileTooLargeError, before anything is read, where they are more than ``max_size``, RefusedFileError where there is
    something else, and OSError.
    """
    descriptor, status = open_regular(path, follow_links=follow_links)
    try:
        if status.st_size <= max_size:
            data = read_at_most(descriptor, status.st_size, max_size)
            if len(data) <= max_size:
                return data
    finally:
        os.close(descriptor)
    raise FileTooLargeError(errno.EFBIG, f"it is larger than {size_in_words(max_size)}", str(path))


def read_at_most(descriptor: int, size: int, max_size: int) -> bytes:
    """The bytes of a file of ``size`` bytes, at most one more than ``max_size``."""
    # The buffer has the size of the file and not `max_size`: giving unused memory back takes longer than reading.
    data = os.read(descriptor, min(size, max_size) + 1)
    if len(data) == size:
        return data
    parts, length = [data], len(data)
    while data and length <= max_size:  # the file grows while it is read, or is larger than one call can read
        data = os.read(descriptor, min(max(size - length, 0), max_size - length) + 1)
        parts.append(data)
        length += len(data)
    return b"".join(parts)


def is_link(path: str | Path) -> bool:
    """Whether there is a symbolic link at ``path``, or what Windows calls a junction."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(status.st_mode) or _is_junction(status)


def is_linked_entry(item: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a symbolic link or a junction. Asks no system that says so in the folder's list."""
    return item.is_symlink() or (os.name == "nt" and _is_junction(item.stat(follow_symlinks=False)))


def _is_junction(status: os.stat_result) -> bool:
    return getattr(status, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


def link_below(root: str | Path, relative: str) -> str:
    """The first part of ``relative`` that is a symbolic link, as a path from the folder ``root``; "" where none is.

    ``root`` itself may be one: the user has named it.
    """
    path = ""
    for name in relative.split("/"):
        path = f"{path}/{name}" if path else name
        if is_link(f"{root}/{path}"):
            return path
    return ""


def size_in_words(size: int) -> str:
    """A number of bytes for people: ``2 MB``, ``1.5 MB``, ``500 kB``, ``12 bytes``."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} byte{'' if size == 1 else 's'}"
