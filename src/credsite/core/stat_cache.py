"""The digests of files that were read, with what the system said of each file then.

As long as the system says the same of a file (its inode, its size, the times of its last change and of its last change of
status), the file has the digest that it had, and need not be read again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from itertools import accumulate, chain
from pathlib import Path
from typing import Final

from credsite.core.file_stat import Signature, is_settled, signature
from credsite.core.hashing import digest
from credsite.core.packing import ENTRY, from_bytes, joined, split, to_bytes

_VERSION: Final = 2
_END: Final = 2**64
"""What no number may reach that is kept."""


class StatCache:
    """Digests of files by their paths in one folder. To be saved anywhere but in that folder.

    ``newly_verified`` are the files that were read since it was loaded.
    """

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._files: dict[str, tuple[Signature, str]] = {}
        self.newly_verified: dict[str, tuple[Signature, str]] = {}

    @classmethod
    def load(cls, path: Path) -> StatCache:
        """What :meth:`save` wrote. Empty where it cannot be read: then the files are verified again."""
        seen = cls()
        try:
            head, _, data = path.read_bytes().partition(b"\n")
            version, *sizes, seal = json.loads(head)
            if version != _VERSION or seal != digest(data):
                return seen
            paths, digests, numbers = (
                data[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)
            )
            columns = iter(from_bytes("Q", numbers))
            signatures = zip(columns, columns, columns, columns, strict=True)
            known = zip(signatures, split(digests), strict=True)
            seen._files = dict(zip(split(paths), known, strict=True))
        except (OSError, ValueError, TypeError):
            return cls()
        return seen

    def save(self, path: Path) -> None:
        """Write the memory, without files so young that a change could hide within the clock's resolution."""
        now = self._clock()
        left_out = {
            name
            for name, (found, _) in self.newly_verified.items()
            # Some disks have longer numbers, and a file may be older than 1970: such files are verified each time.
            if not is_settled(found, now) or ENTRY in name or not all(0 <= part < _END for part in found)
        }
        files = {
            name: known for name, known in (self._files | self.newly_verified).items() if name not in left_out
        }
        parts = (
            joined(files),
            joined(known for _, known in files.values()),
            to_bytes("Q", chain.from_iterable(found for found, _ in files.values())),
        )
        data = b"".join(parts)
        head = json.dumps([_VERSION, *map(len, parts), digest(data)])
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_bytes(head.encode() + b"\n" + data)
        temporary.replace(path)

    def get(self, path: str, status: os.stat_result) -> str | None:
        """The digest of the file with this status; None where that is not known."""
        known = self.newly_verified.get(path) or self._files.get(path)
        return known[1] if known is not None and known[0] == signature(status) else None

    def is_verified(self, path: str, status: os.stat_result, digest: str) -> bool:
        """Whether the file with this status was verified to have ``digest``."""
        return self.get(path, status) == digest

    def record(self, path: str, status: os.stat_result, digest: str) -> None:
        """Remember a file; ``status`` is from before its bytes were read, or from right after the writing."""
        self.newly_verified[path] = (signature(status), digest)

    def record_if_settled(self, path: str, status: os.stat_result, digest: str) -> None:
        """Remember a file, unless it is so young that a later change of it could go unnoticed."""
        if is_settled(signature(status), self._clock()):
            self.record(path, status, digest)
        else:
            self.newly_verified.pop(path, None)

    def retain(self, paths: set[str]) -> None:
        """Forget the files that are no longer there."""
        for files in (self._files, self.newly_verified):
            for path in files.keys() - paths:
                del files[path]
