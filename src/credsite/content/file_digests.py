"""Digests of the files of a site that may be large: images, and what lies in ``static/``.

Such a file is read again only when the system says something else of it than when it was read last. The texts of entries
are small, and are read at every build.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from credsite.core.hashing import file_digest
from credsite.core.stat_cache import StatCache


class FileDigests:
    """The digests of files by their paths in the site at ``root``. ``stats`` are those of an earlier build."""

    def __init__(self, root: Path, stats: StatCache | None = None) -> None:
        self._root = root
        self.stats = stats or StatCache()

    def get(self, path: str, status: os.stat_result) -> str | None:
        """The digest of the file at ``path``, which has this status; None where the file must be read for it."""
        return self.stats.get(path, status)

    def record(self, path: str, status: os.stat_result, digest: str) -> None:
        """Remember the digest of a file. ``status`` is from before the file was read."""
        self.stats.record_if_settled(path, status, digest)

    def of(self, path: str) -> str:
        """The digest of the file at ``path``, which is read where necessary. Raises OSError."""
        file = f"{self._root}/{path}"
        status = os.stat(file)  # noqa: PTH116 - called for each of thousands of files
        if not stat.S_ISREG(status.st_mode):  # to open a pipe that nobody writes to would take for ever
            raise OSError(errno.EINVAL, "it is not a file but a pipe or a device")
        digest = self.stats.get(path, status)
        if digest is None:
            digest = file_digest(file)
            self.record(path, status, digest)
        return digest
