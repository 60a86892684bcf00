"""The digests of files that were read, with what the system said of each file then.

As long as the system says the same of a file (its inode, its size, the times of its last change and of its last change of
status), the file has the digest that it had, and need not be read again. But it must have been old enough when it was
read: a file that changes twice within the resolution of the clock keeps its times.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self

from credsite.core.atomic_write import replace_file
from credsite.core.hashing import descriptor_digest, digest
from credsite.core.regular_files import (
    FileTooLargeError,
    open_regular,
    read_regular,
    size_in_words,
)
from credsite.core.serialization import json_bytes
from credsite.core.user_cache import can_seal, sealed, unsealed

Signature = tuple[int, int, int, int]

_COARSE: Final = 1_000_000_000
_MARGIN: Final = 100_000_000
_COARSE_MARGIN: Final = 2_100_000_000
_MAX_BYTES: Final = 500_000_000
"""Bytes of the largest file with digests that is read: of more than a million files."""


def signature(status: os.stat_result) -> Signature:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(status: Signature, now: int) -> bool:
    """Whether a file is so old at ``now`` (nanoseconds since 1970) that any later change gives it other times.

    Some disks store only whole seconds.
    """
    latest = max(status[2], status[3])
    return now - latest > (_MARGIN if latest % _COARSE else _COARSE_MARGIN)


class StatCache:
    """Digests of files by their paths in one folder. To be saved anywhere but in that folder.

    ``newly_verified`` are the files that were read since it was loaded, and ``has_forgotten`` says whether others have been
    forgotten since.
    """

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._files: dict[str, tuple[Signature, str]] = {}
        self.newly_verified: dict[str, tuple[Signature, str]] = {}
        self.has_forgotten = False

    @classmethod
    def load(cls, path: Path) -> Self:
        """What :meth:`save` wrote. Empty where it cannot be read: then the files are verified again."""
        cache = cls()
        try:
            paths, digests, *columns = json.loads(unsealed(read_regular(path, _MAX_BYTES)))
            cache._files = dict(
                zip(paths, zip(zip(*columns, strict=True), digests, strict=True), strict=True)
            )
        except (OSError, ValueError, TypeError):
            return cls()
        return cache

    def save(self, path: Path) -> None:
        """Write the memory, without files so young that a change could hide within the clock's resolution.

        It is sealed: what somebody else has put in its place is not believed.
        """
        if not can_seal():
            return
        now = self._clock()
        left_out = {name for name, (found, _) in self.newly_verified.items() if not is_settled(found, now)}
        files = {
            name: known for name, known in (self._files | self.newly_verified).items() if name not in left_out
        }
        self._write(path, files)

    def _write(self, path: Path, files: Mapping[str, tuple[Signature, str]]) -> None:
        columns = zip(*(signature for signature, _ in files.values()), strict=True)
        table = [list(files), [known for _, known in files.values()], *columns]
        replace_file(f"{path}.tmp", path, sealed(json_bytes(table)))

    def get(self, path: str, current: Signature | None) -> str | None:
        """The digest of the file at ``path``, if its signature is still ``current``; None where that is not known."""
        known = self.newly_verified.get(path) or self._files.get(path)
        return known[1] if known is not None and known[0] == current else None

    def record(self, path: str, before: Signature, digest: str) -> None:
        """Remember a file; ``before`` is its signature before its bytes were read, or right after the writing."""
        self.newly_verified[path] = (before, digest)

    def record_if_settled(self, path: str, before: Signature, digest: str) -> None:
        """Remember a file, unless it is so young that a later change of it could go unnoticed."""
        if is_settled(before, self._clock()):
            self.record(path, before, digest)
        else:
            self.newly_verified.pop(path, None)

    def file_digest(self, root: Path, path: str, max_size: int) -> str:
        """The digest of the file at ``path`` in the folder ``root``, which is read where necessary.

        Raises RefusedFileError for what is no regular file or has more than ``max_size`` bytes, and OSError.
        """
        file = f"{root}/{path}"
        status = os.lstat(file)
        if status.st_size > max_size:
            raise FileTooLargeError(errno.EFBIG, f"it is larger than {size_in_words(max_size)}", file)
        current = signature(status)
        known = self.get(path, current)
        if known is None:
            descriptor, opened = open_regular(file)
            try:
                known = descriptor_digest(descriptor)
            finally:
                os.close(descriptor)
            if signature(opened) == current:
                self.record_if_settled(path, current, known)
        return known

    def retain(self, paths: set[str]) -> None:
        """Forget the files that are no longer there."""
        for files in (self._files, self.newly_verified):
            for path in files.keys() - paths:
                del files[path]
                self.has_forgotten = True


class NamelessStatCache(StatCache):
    """The same without the names of files when it is saved: only digests of these. A name may be that of a person."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        super().__init__(clock)
        self._names: dict[str, str] = {}

    def get(self, path: str, current: Signature | None) -> str | None:
        known = self.newly_verified.get(path) or self._files.get(self._name(path))
        return known[1] if known is not None and known[0] == current else None

    def retain(self, paths: set[str]) -> None:
        names = set(map(self._name, paths))
        gone = (self._files.keys() - names, self.newly_verified.keys() - paths)
        self._files = {name: known for name, known in self._files.items() if name in names}
        self.newly_verified = {path: known for path, known in self.newly_verified.items() if path in paths}
        self.has_forgotten |= any(gone)

    def _write(self, path: Path, files: Mapping[str, tuple[Signature, str]]) -> None:
        named = {self._name(file): files[file] for file in self.newly_verified if file in files}
        young = {self._name(file) for file in self.newly_verified if file not in files}
        loaded = {name: known for name, known in files.items() if name in self._files and name not in young}
        super()._write(path, loaded | named)

    def _name(self, path: str) -> str:
        name = self._names.get(path)
        if name is None:
            name = self._names[path] = digest(path.encode("utf-8", "surrogatepass"))
        return name
