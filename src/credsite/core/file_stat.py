"""Tells from the status of a file whether its content is still what was read before.

A file counts as unchanged if its inode, its size, and its times of modification and of status change are the same. It must
also have been old enough when it was read: a file that changes twice within the resolution of the clock keeps its times.
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
    """Whether a file is so old at ``now`` (nanoseconds since 1970) that any later change gives it other times.

    Some disks store only whole seconds.
    """
    latest = max(status[2], status[3])
    return now - latest > (_MARGIN if latest % _COARSE else _COARSE_MARGIN)
