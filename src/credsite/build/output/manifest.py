"""The manifest: the list of files that credsite wrote to an output folder, and whether they are still as it wrote them.

``.credsite-manifest.json`` holds a version, and for each file its fingerprint (a digest of all that the file depends on),
the digest of its bytes, and its size. It holds no times and no source paths: equal builds have equal manifests.

A listed file that has another digest was changed by somebody else since, or never was credsite's. It is left where it is,
unless the build makes a new one for its path. Only the files in the journal of a build that was stopped are credsite's
whatever is in them.

A manifest that cannot be read (damaged, or of an unknown version) still shows that the folder is credsite's, but lists
nothing. Then nothing is pruned. A file at a planned path is taken for credsite's own only if its bytes are exactly
those that would be written, and any other file at a planned path stops the build. The next successful build writes a
new manifest. Files that only the old one listed stay until somebody removes them, because nobody can say whose they
are.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from credsite.build.output.disk import MANIFEST, TEMPORARY, Disk, parent, unsafe_paths
from credsite.build.output.journal import read_journal
from credsite.core.hashing import digest
from credsite.core.serialization import json_bytes
from credsite.core.stat_cache import StatCache, signature

MANIFEST_VERSION: Final = 1


class ManifestEntry(NamedTuple):
    """A file that credsite wrote. An empty fingerprint matches no other, and no file has an empty digest."""

    fingerprint: str
    digest: str
    size: int


PENDING: Final = ManifestEntry("", "", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that credsite wrote, by path, and the digest of the manifest itself.

    ``unfinished`` are those that a build which was stopped may have written, ``missing`` where there is no manifest,
    ``damaged`` where it cannot be read, or has paths that no build writes to, which are left out.
    """

    files: dict[str, ManifestEntry]
    digest: str = ""
    unfinished: frozenset[str] = frozenset()
    missing: bool = False
    damaged: bool = False


def read_manifest(disk: Disk, known: Manifest | None = None, trusted: str = "") -> Manifest:
    """The manifest of a folder; ``known`` itself, if that is still the one.

    ``trusted`` is the digest of a manifest that a build wrote, which need not be validated.
    """
    listed = _read_list(disk, known, trusted)
    unfinished = read_journal(disk)
    if not unfinished:
        return listed
    files = {**dict.fromkeys(unfinished, PENDING), **listed.files}
    return replace(listed, files=files, unfinished=unfinished)


def _read_list(disk: Disk, known: Manifest | None, trusted: str) -> Manifest:
    data = disk.read(MANIFEST)
    if data is None:
        missing = disk.lstat(MANIFEST) is None
        return Manifest({}, missing=missing, damaged=not missing)
    current = digest(data)
    if known is not None and current == known.digest:
        return known
    try:
        files = json.loads(data)
        if current == trusted:
            return Manifest(_entries_of(files["files"]), current)
        entries = _entries(files)
        unsafe = unsafe_paths(entries)
        for path in unsafe:
            del entries[path]
        return Manifest(entries, current, damaged=bool(unsafe))
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
    """Raises ValueError, TypeError or KeyError where this is no manifest."""
    if not (
        isinstance(data, dict)
        and data.get("version") == MANIFEST_VERSION
        and isinstance(data.get("files"), dict)
    ):
        raise ValueError("This is no manifest of this version.")
    files = data["files"]
    columns = [[item[name] for item in files.values()] for name in ManifestEntry._fields]
    kinds = [set(map(type, column)) for column in columns]
    if not all(types <= {kind} for types, kind in zip(kinds, (str, str, int), strict=True)):
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


def is_intact(
    disk: Disk,
    path: str,
    entry: ManifestEntry,
    stat_cache: StatCache | None,
    status: os.stat_result | None = None,
) -> bool:
    """Whether the file at ``path`` is there and has the bytes that its manifest entry says.

    ``status`` is its status, if that was taken just now.
    """
    status = status or disk.lstat(path)
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


def changed_since(
    disk: Disk, manifest: Manifest, paths: Iterable[str], stat_cache: StatCache | None = None
) -> list[str]:
    """Those of the listed ``paths`` at which there is something else now than credsite wrote: not credsite's to remove."""
    return [path for path in paths if _is_changed(disk, manifest, path, stat_cache)]


def _is_changed(disk: Disk, manifest: Manifest, path: str, stat_cache: StatCache | None) -> bool:
    status = disk.lstat(path)
    if status is None:
        return False
    if not stat.S_ISREG(status.st_mode) or not disk.is_folder(parent(path)):
        return True
    if path in manifest.unfinished:
        return False
    return not is_intact(disk, path, manifest.files[path], stat_cache, status)


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """The numbers of files that were written, skipped because they are up to date, rendered but unchanged, and pruned.

    ``notice`` is a sentence for the editor, or ``""``; ``manifest`` is the digest of the manifest, where it is known.
    ``changed`` are the paths of the files that were written or pruned, ``removed`` those that were pruned. Of the files that
    somebody else had changed, ``left`` are no longer planned, and ``rewritten`` were written again.
    """

    written: int
    skipped: int
    unchanged: int
    pruned: int
    notice: str = ""
    manifest: str = field(default="", compare=False)
    changed: tuple[str, ...] = field(default=(), compare=False)
    removed: tuple[str, ...] = field(default=(), compare=False)
    left: tuple[str, ...] = field(default=(), compare=False)
    rewritten: tuple[str, ...] = field(default=(), compare=False)
