"""Checks whether the files in an output folder are those that credsite wrote."""

from __future__ import annotations

import stat
from pathlib import Path

from credsite.build.output.disk import Disk
from credsite.build.output.manifest import Manifest, ManifestEntry, read_manifest
from credsite.build.output.names import TEMPORARY
from credsite.core.hashing import digest
from credsite.core.stat_cache import StatCache


def verified_manifest(folder: Path, manifest: str, stat_cache: StatCache) -> Manifest | None:
    """The folder's manifest, if its digest is ``manifest`` and every file that it lists is intact.

    None also where a build is writing to the folder, or was stopped while it was.
    """
    complete = complete_manifest(folder, manifest)
    if complete is None:
        return None
    disk = Disk(folder)
    intact = all(is_intact(disk, path, entry, stat_cache) for path, entry in complete.files.items())
    return complete if intact else None


def complete_manifest(folder: Path, manifest: str) -> Manifest | None:
    """The folder's manifest, if its digest is ``manifest`` and no build is writing or was stopped while it was."""
    disk = Disk(folder)
    current = read_manifest(disk, trusted=manifest)
    if not manifest or current.digest != manifest or disk.lstat(TEMPORARY):
        return None
    return current


def is_intact(disk: Disk, path: str, entry: ManifestEntry, stat_cache: StatCache | None) -> bool:
    """Whether the file at ``path`` is there and has the bytes that its manifest entry says."""
    status = disk.lstat(path)
    if status is None or status.st_size != entry.size or not stat.S_ISREG(status.st_mode):
        return False
    if stat_cache and stat_cache.is_verified(path, status, entry.digest):
        return True
    data = disk.read(path)
    if data is None or digest(data) != entry.digest:
        return False
    if stat_cache:
        stat_cache.record(path, status, entry.digest)
    return True
