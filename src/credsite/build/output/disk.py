"""The paths and files of one output folder: which paths are safe to write, atomic writes, no step through a symbolic link.

All paths are relative to the folder, with forward slashes.
"""

# The functions of os take strings: a Path for each of ten thousand files would cost more than the calls.
# ruff: noqa: PTH102, PTH106, PTH108, PTH208

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from credsite.core.atomic_write import replace_file
from credsite.core.errors import CredsiteError
from credsite.core.paths import folders_above
from credsite.core.regular_files import is_linked_entry, read_regular

MANIFEST: Final = ".credsite-manifest.json"
LOCK: Final = ".credsite.lock"
TEMPORARY: Final = ".credsite-tmp"
RESERVED: Final = frozenset({MANIFEST, LOCK, TEMPORARY})

_UNSAFE: Final = r"(?:^|/)\.{0,2}(?:/|$)|(?:^|/)\.git(?:/|$)|[\\\0\ud800-\udfff]|^\.credsite"
_WINDOWS: Final = r'[<>:"|?*\x01-\x1f]|[ .](?:/|$)'
_UNSAFE_PATTERN: Final = re.compile(f"{_UNSAFE}|{_WINDOWS}" if os.name == "nt" else _UNSAFE, re.IGNORECASE)
_SUSPICIOUS: Final = ("\\", "\0", "//", "/.", "\n.", "\n/", "/\n", "\n\n")
"""In a text with one path a line: any unsafe path has one of these."""
_MAX_LENGTH: Final = 1100
"""Characters of the longest path. No build plans one that long, and so the depth of folders is limited too."""
_MAX_BYTES: Final = 1_000_000_000
"""No file of a website is larger: that is the highest limit that the settings may set."""
MAX_LIST_BYTES: Final = 200_000_000
"""Bytes of the largest list of files that is read: of a million files."""
_TEMPORARY_NAME: Final = re.compile(r"file(?:-\d+)?|journal|mark")
_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP)
"""Nothing is at a path where nothing can be either."""
_NOT_EMPTY: Final = (errno.ENOTEMPTY, errno.EEXIST, *_NOT_THERE)


class OutputError(CredsiteError):
    """The output folder cannot be used, or a file in it cannot be written. The message says what to do."""


class BlockedError(OutputError):
    """Files or folders of somebody else, at ``paths``, are where the website must have other ones."""

    def __init__(self, message: str, paths: frozenset[str]) -> None:
        super().__init__(message)
        self.paths = paths

    def blocks(self, path: str) -> bool:
        """Whether one of them is where ``path`` must be, in it, or in the place of a folder that it must be in."""
        others = (other.rstrip("/") for other in self.paths)
        return any(f"{path}/".startswith(f"{other}/") or other.startswith(f"{path}/") for other in others)


def unsafe_paths(paths: Collection[str]) -> list[str]:
    """Those of ``paths`` that nothing is written to or removed from, whoever asks for it.

    They are not relative with forward slashes, climb somewhere, lead into a Git repository, are reserved, are no UTF-8, or too long.
    """
    # All at once, because nearly always all of them are safe.
    lines = "\n".join(["", *paths, ""])
    is_short = max(map(len, paths), default=0) <= _MAX_LENGTH
    if os.name != "nt" and is_short and _is_utf8(lines) and not any(mark in lines for mark in _SUSPICIOUS):
        return []
    return [path for path in paths if len(path) > _MAX_LENGTH or _UNSAFE_PATTERN.search(path)]


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def parent(path: str) -> str:
    """The folder of a path, ``""`` for the output folder itself."""
    return path.rpartition("/")[0]


def with_ancestors(path: str) -> list[str]:
    """A path and all folders above it within the output folder, deepest first."""
    paths = []
    while path:
        paths.append(path)
        path = parent(path)
    return paths


def casefolded(path: str) -> str:
    """A form that is equal for paths that a file system which ignores case takes for the same."""
    return unicodedata.normalize("NFC", path).casefold()


class Disk:
    """The files below ``root``. Remembers which folders exist, to ask the system only once for each.

    A copy in a forked process may write too: its temporary files have a name of their own.
    """

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"
        self._process = os.getpid()
        self._folders = {""}
        self._created_folders: list[str] = []

    def lstat(self, path: str) -> os.stat_result | None:
        """The path's own status, symbolic links not followed; None where there is nothing."""
        try:
            return os.lstat(self._root + path)
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            raise OutputError(f"{self._root}{path} cannot be read: {error.strerror}.") from error

    def read(self, path: str, max_size: int = _MAX_BYTES) -> bytes | None:
        """The bytes of a regular file; None where it is something else, cannot be read, or has more than ``max_size`` bytes."""
        status = self.lstat(path)
        if status is None or not stat.S_ISREG(status.st_mode):
            return None
        try:
            return read_regular(self._root + path, max_size)
        except OSError:  # like a file that was changed, it is written again
            return None

    def is_folder(self, path: str) -> bool:
        """Whether ``path`` is a folder, with no symbolic link on the way to it."""
        if path in self._folders:
            return True
        if not self.is_folder(parent(path)):
            return False
        status = self.lstat(path)
        if status is None or not stat.S_ISDIR(status.st_mode):
            return False
        self._folders.add(path)
        return True

    def has_linked_folders(self, paths: Iterable[str]) -> bool:
        """Whether a folder of ``paths`` is a symbolic link, or cannot be listed. Quicker than :meth:`is_folder` for each."""
        folders = folders_above(paths)
        try:
            for folder in {parent(name) for name in folders}:
                with os.scandir(self._root + folder) as entries:
                    if any(
                        is_linked_entry(entry) and f"{folder}/{entry.name}".lstrip("/") in folders
                        for entry in entries
                    ):
                        return True
        except OSError:
            return True
        return False

    def write(self, path: str, data: bytes) -> list[str]:
        """Write a file in one step: a reader sees the old file or the new one, never a part.

        Returns the folders that were made for it, outer ones first.
        """
        count = len(self._created_folders)
        try:
            self._make_folder(TEMPORARY)
            self._make_folder(parent(path))
            process = os.getpid()
            name = "file" if process == self._process else f"file-{process}"
            replace_file(f"{self._root}{TEMPORARY}/{name}", self._root + path, data)
        except OSError as error:
            raise OutputError(f"{self._root}{path} cannot be written: {error.strerror}.") from error
        return self._created_folders[count:]

    def remove_file(self, path: str) -> bool:
        """Remove a regular file; False where there is none, or where a symbolic link leads to it."""
        if not self.is_folder(parent(path)):
            return False
        status = self.lstat(path)
        if status is None or not stat.S_ISREG(status.st_mode):
            return False
        try:
            os.unlink(self._root + path)
        except OSError as error:
            raise OutputError(f"{self._root}{path} cannot be removed: {error.strerror}.") from error
        return True

    def remove_files(self, paths: Iterable[str]) -> list[str]:
        """Remove files, then the folders above them that are empty now. Returns the paths of the files."""
        removed: list[str] = []
        folders: set[str] = set()
        for path in paths:
            if self.remove_file(path):
                removed.append(path)
            folders.update(with_ancestors(parent(path)))
        for folder in sorted(folders, key=lambda name: name.count("/"), reverse=True):
            self.remove_folder(folder)
        return removed

    def remove_folder(self, path: str) -> bool:
        """Remove a folder; False where it is not empty, or where a symbolic link leads to it."""
        if not self.is_folder(path):
            return False
        try:
            os.rmdir(self._root + path)
        except OSError as error:
            if error.errno in _NOT_EMPTY:
                return False
            raise OutputError(f"{self._root}{path} cannot be removed: {error.strerror}.") from error
        self._folders.discard(path)
        return True

    def make_temporary(self) -> None:
        """Make the folder for temporary files, where it is missing."""
        try:
            self._make_folder(TEMPORARY)
        except OSError as error:
            raise OutputError(f"{self._root}{TEMPORARY} cannot be made: {error.strerror}.") from error

    def remove_temporary(self) -> None:
        """Remove the folder for temporary files, with what a build that was stopped has left in it."""
        if not self.is_folder(TEMPORARY):
            return
        for name in sorted(
            os.listdir(self._root + TEMPORARY)
        ):  # what was begun, then the journal, then its mark
            if _TEMPORARY_NAME.fullmatch(name):
                self.remove_file(f"{TEMPORARY}/{name}")
        self.remove_folder(TEMPORARY)

    def add_created_folders(self, folders: Iterable[str]) -> None:
        """Take folders that a forked process made for folders that were made here."""
        for folder in folders:
            if folder not in self._folders:
                self._folders.add(folder)
                self._created_folders.append(folder)

    def remove_created_folders(self) -> None:
        """Remove the folders that were made and are empty."""
        for path in reversed(self._created_folders):
            self.remove_folder(path)

    def _make_folder(self, path: str) -> None:
        if path in self._folders:
            return
        self._make_folder(parent(path))
        try:
            os.mkdir(self._root + path)
            self._created_folders.append(path)
        except FileExistsError:
            if not self.is_folder(path):
                message = f"{self._root}{path} is a file or a symbolic link, but a folder is needed there."
                raise OutputError(f"{message} Move it away.") from None
        self._folders.add(path)
