"""The manifest: the list of files that credsite wrote to an output folder, and whether they are still as it wrote them.

``.credsite-manifest.json`` holds a version, and for each file its fingerprint (a digest of all that the file depends on),
the digest of its bytes, and its size. It holds no times and no source paths: equal builds have equal manifests.

A manifest that cannot be read (damaged, or of an unknown version) still shows that the folder is credsite's, but lists
nothing. Then nothing is pruned. A file at a planned path is taken for credsite's own only if its bytes are exactly
those that would be written, and any other file at a planned path stops the build. The next successful build writes a
new manifest. Files that only the old one listed stay until somebody removes them, because nobody can say whose they
are.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from credsite.build.output.disk import MANIFEST, TEMPORARY, Disk, unsafe_paths
from credsite.core.hashing import digest
from credsite.core.serialization import json_bytes
from credsite.core.stat_cache import StatCache, signature

MANIFEST_VERSION: Final = 1
MANIFEST_DAMAGED: Final = (
    f"The list of files that credsite wrote ({MANIFEST}) cannot be read. A new one is made, but pages of "
    "earlier builds that are no longer planned stay. To be rid of them, empty the output folder by hand."
)


class ManifestEntry(NamedTuple):
    """A file that credsite wrote. An empty fingerprint matches no other: the file was about to be written."""

    fingerprint: str
    digest: str
    size: int


PENDING: Final = ManifestEntry("", "", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that credsite wrote, by path, and the digest of the manifest itself.

    ``missing`` where there is no manifest, ``damaged`` where it cannot be read.
    """

    files: dict[str, ManifestEntry]
    digest: str = ""
    missing: bool = False
    damaged: bool = False


def read_manifest(disk: Disk, known: Manifest | None = None, trusted: str = "") -> Manifest:
    """The manifest of a folder; ``known`` itself, if that is still the one.

    ``trusted`` is the digest of a manifest that a build wrote, which need not be validated.
    """
    data = disk.read(MANIFEST)
    if data is None:
        missing = disk.lstat(MANIFEST) is None
        return Manifest({}, missing=missing, damaged=not missing)
    current = digest(data)
    if known is not None and current == known.digest:
        return known
    try:
        files = json.loads(data)
        return Manifest(_entries_of(files["files"]) if current == trusted else _entries(files), current)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Manifest({}, damaged=True)


def save_manifest(disk: Disk, files: Mapping[str, ManifestEntry]) -> str:
    """Write the manifest. Returns the digest of its bytes."""
    data = manifest_bytes(files)
    disk.write(MANIFEST, data)
    return digest(data)


def manifest_bytes(files: Mapping[str, ManifestEntry]) -> bytes:
    """The manifest as JSON, in order of path."""
    listed = {
        path: {"digest": digest, "fingerprint": fingerprint, "size": size}
        for path, (fingerprint, digest, size) in sorted(files.items())
    }
    return json_bytes({"files": listed, "version": MANIFEST_VERSION}) + b"\n"


def _entries(data: Any) -> dict[str, ManifestEntry]:
    """Raises ValueError, TypeError or KeyError where this is no manifest, or lists a path outside the folder."""
    if not (
        isinstance(data, dict)
        and data.get("version") == MANIFEST_VERSION
        and isinstance(data.get("files"), dict)
    ):
        raise ValueError("This is no manifest of this version.")
    files = data["files"]
    columns = [[item[name] for item in files.values()] for name in ManifestEntry._fields]
    kinds = [set(map(type, column)) for column in columns]
    if unsafe_paths(files) or not all(
        types <= {kind} for types, kind in zip(kinds, (str, str, int), strict=True)
    ):
        raise ValueError("The manifest lists what no build writes.")
    return _entries_of(files)


def _entries_of(files: Mapping[str, Mapping[str, Any]]) -> dict[str, ManifestEntry]:
    values = [(item["fingerprint"], item["digest"], item["size"]) for item in files.values()]
    return dict(zip(files, map(ManifestEntry._make, values), strict=True))


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
    if stat_cache and stat_cache.get(path, signature(status)) == entry.digest:
        return True
    data = disk.read(path)
    if data is None or digest(data) != entry.digest:
        return False
    if stat_cache:
        stat_cache.record(path, signature(status), entry.digest)
    return True


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """The numbers of files that were written, skipped because they are up to date, rendered but unchanged, and pruned.

    ``notice`` is a sentence for the editor, or ``""``; ``manifest`` is the digest of the manifest, where it is known.
    ``changed`` are the paths of the files that were written or pruned, ``removed`` those that were pruned. ``planned`` are
    the paths of all files of the website; None where they are the same as before.
    """

    written: int
    skipped: int
    unchanged: int
    pruned: int
    notice: str = ""
    manifest: str = field(default="", compare=False)
    changed: tuple[str, ...] = field(default=(), compare=False)
    removed: tuple[str, ...] = field(default=(), compare=False)
    planned: Collection[str] | None = field(default=None, compare=False)
