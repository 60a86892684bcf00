"""Spares a build the reading of the files that it keeps: what the system said of files that were verified.

A file is taken for the one that was verified if its inode, size, time of change and time of status change are
all as they were. Without this memory, every build reads and digests every file that it keeps.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from credsite.signatures import Signature, is_settled, signature

_VERSION: Final = 1


class Seen:
    """Verified files by their path in the output folder. To be kept anywhere but in the output folder."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._files: dict[str, tuple[Signature, str]] = {}

    @classmethod
    def load(cls, path: Path) -> Seen:
        """What :meth:`save` wrote. Empty where it cannot be read: then the files are verified again."""
        seen = cls()
        try:
            data = json.loads(path.read_bytes())
            if data["version"] == _VERSION:
                seen._files = {
                    name: ((a, b, c, d), digest) for name, (a, b, c, d, digest) in data["files"].items()
                }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()
        return seen

    def save(self, path: Path) -> None:
        """Write the memory, without files so young that a change could hide within the clock's resolution."""
        now = self._clock()
        files = {
            name: [*found, digest] for name, (found, digest) in self._files.items() if is_settled(found, now)
        }
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_text(json.dumps({"version": _VERSION, "files": files}, separators=(",", ":")))
        temporary.replace(path)

    def has(self, path: str, status: os.stat_result, digest: str) -> bool:
        """Whether the file with this status was verified to have ``digest``."""
        return self._files.get(path) == (signature(status), digest)

    def note(self, path: str, status: os.stat_result, digest: str) -> None:
        """Remember a file; ``status`` is from before its bytes were read, or from right after the writing."""
        self._files[path] = (signature(status), digest)

    def keep_only(self, paths: set[str]) -> None:
        """Forget the files that are no longer there."""
        self._files = {path: known for path, known in self._files.items() if path in paths}
