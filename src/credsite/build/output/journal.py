"""The journal of a build: the files that it may have written, until the manifest has their digests.

A listed file is credsite's own only while it has the digest that the manifest says. A build that is stopped leaves files of
which no manifest knows the digest yet. So before it writes the first one, it writes the paths of all that it may write to a
journal in the folder for temporary files. The next build takes these for credsite's own, whatever is in them.

A journal that came with a copy of the folder, say out of version control, must not make files of somebody else credsite's.
So it names the inode of another file beside it, the mark, and the time at which the system changed that file's status,
which no program can set.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Final

from credsite.build.output.disk import MAX_LIST_BYTES, TEMPORARY, Disk, unsafe_paths
from credsite.core.serialization import json_bytes

JOURNAL: Final = f"{TEMPORARY}/journal"
MARK: Final = f"{TEMPORARY}/mark"


def read_journal(disk: Disk) -> frozenset[str]:
    """The paths that a build which was stopped may have written. Empty where there is no journal that was written here."""
    data = disk.read(JOURNAL, MAX_LIST_BYTES)
    if data is None:
        return frozenset()
    try:
        values = json.loads(data)
        paths = frozenset(values["paths"])
        if values["mark"] != _mark(disk) or not all(isinstance(path, str) for path in paths):
            return frozenset()
    except (ValueError, TypeError, KeyError, RecursionError):
        return frozenset()
    return paths.difference(unsafe_paths(paths))


def add_to_journal(disk: Disk, paths: Iterable[str], known: Collection[str]) -> None:
    """Note, before they are written, ``paths`` that a build may write; ``known`` are those in the journal already."""
    everything = {*known, *paths}
    if len(everything) == len(known):
        return
    if not known:
        disk.write(MARK, b"")
    disk.write(JOURNAL, json_bytes({"mark": _mark(disk), "paths": sorted(everything)}))


def _mark(disk: Disk) -> list[int]:
    status = disk.lstat(MARK)
    return [status.st_ino, status.st_ctime_ns] if status else []
