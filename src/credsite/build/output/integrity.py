"""Whether files in an output folder are those that were written there."""

from __future__ import annotations

import stat
from pathlib import Path

from credsite.build.output.disk import Disk
from credsite.build.output.manifest import Manifest, ManifestEntry, read_manifest
from credsite.build.output.names import TEMPORARY
from credsite.core.hashing import digest
from credsite.core.stat_cache import StatCache


def verified_manifest(folder: Path, manifest: str, seen: StatCache) -> Manifest | None:
    """The manifest of this digest, where the folder holds just what it lists.

    None where anything is missing or different, or where a build is writing, or was stopped while it was.
    """
    found = complete_manifest(folder, manifest)
    if found is None:
        return None
    disk = Disk(folder)
    intact = all(is_intact(disk, path, entry, seen) for path, entry in found.files.items())
    return found if intact else None


def complete_manifest(folder: Path, manifest: str) -> Manifest | None:
    """The manifest of this digest, if it is the folder's, and no build is writing or was stopped while it was."""
    disk = Disk(folder)
    found = read_manifest(disk, own=manifest)
    return None if found.digest != manifest or not manifest or disk.lstat(TEMPORARY) else found


def is_intact(disk: Disk, path: str, entry: ManifestEntry, seen: StatCache | None) -> bool:
    """Whether the file at ``path`` is there, and has the bytes that the manifest says."""
    status = disk.lstat(path)
    if status is None or status.st_size != entry.size or not stat.S_ISREG(status.st_mode):
        return False
    if seen and seen.is_verified(path, status, entry.digest):
        return True
    data = disk.read(path)
    if data is None or digest(data) != entry.digest:
        return False
    if seen:
        seen.record(path, status, entry.digest)
    return True
