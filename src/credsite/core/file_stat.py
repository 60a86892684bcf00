"""What the system says of a file, as a sign that its bytes are those that were read before.

A file is taken for the same if its inode, size, time of change and time of status change are all as they were, and if it
was not so young then that a later change could hide within the clock's resolution.
"""

from __future__ import annotations

import os
from typing import Final

Signature = tuple[int, int, int, int]

_COARSE: Final = 1_000_000_000
_MARGIN: Final = 100_000_000
_COARSE_MARGIN: Final = 2_100_000_000


def signature(status: os.stat_result) -> Signature:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(status: Signature, now: int) -> bool:
    """Whether a file was old enough at ``now`` (nanoseconds since 1970). Some disks keep whole seconds only."""
    latest = max(status[2], status[3])
    return now - latest > (_MARGIN if latest % _COARSE else _COARSE_MARGIN)
