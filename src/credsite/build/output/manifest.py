"""The manifest: the list of files that credsite wrote to an output folder, and whether they are still as it wrote them.

``.credsite-manifest.json`` holds a version, and for each file its fingerprint (a digest of all that the file depends on),
the digest of its bytes, and its size. It holds no times and no source paths: equal builds have equal manifests.

A listed file that has another digest was changed by somebody else since, or never was credsite's. It is left where it is,
unless the build makes a new one for its path. Only the files in the journal of a build that was stopped are credsite's
whatever is in them.

A second list, of those that were left, goes on to say what credsite wrote there, so that a later build may write there
again. Of these, the manifest also says which must not be published any more: every build reports them until somebody has
deleted them. Where nothing was left, both lists are absent.

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
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from credsite.build.output.disk import MANIFEST, MAX_LIST_BYTES, TEMPORARY, Disk, parent, unsafe_paths
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

    ``left`` are files that are no longer part of the website, but were left because somebody had changed them, each as
    credsite wrote it last. ``withdrawn`` are those of them that must not be published any more. ``unfinished``
    are those that a build which was stopped may have written, ``missing`` where there is no manifest, ``damaged`` where it
    cannot be read, or has paths that no build writes to, which are left out.
    """

    files: dict[str, ManifestEntry]
    digest: str = ""
    unfinished: frozenset[str] = frozenset()
    missing: bool = False
    damaged: bool = False
    left: dict[str, ManifestEntry] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    @property
    def listed(self) -> dict[str, ManifestEntry]:
        """All files that credsite wrote at some time, as it wrote them last."""
        return {**self.left, **self.files} if self.left else self.files


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
    data = disk.read(MANIFEST, MAX_LIST_BYTES)
    if data is None:
        missing = disk.lstat(MANIFEST) is None
        return Manifest({}, missing=missing, damaged=not missing)
    current = digest(data)
    if known is not None and current == known.digest:
        return known
    try:
        values = json.loads(data)
        if current == trusted:
            left = _entries_of(values.get("left", {}))
            return Manifest(
                _entries_of(values["files"]), current, left=left, withdrawn=_withdrawn(values, left)
            )
        entries, left = _entries(values, "files"), _entries(values, "left")
        unsafe = {*unsafe_paths(entries), *unsafe_paths(left)}
        for path in unsafe:
            entries.pop(path, None)
            left.pop(path, None)
        withdrawn = _withdrawn(values, left)
        return Manifest(entries, current, damaged=bool(unsafe), left=left, withdrawn=withdrawn)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Manifest({}, damaged=True)


def save_manifest(
    disk: Disk,
    files: Mapping[str, ManifestEntry],
    left: Mapping[str, ManifestEntry] | None = None,
    withdrawn: Collection[str] = (),
) -> str:
    """Write the manifest. Returns the digest of its bytes."""
    data = manifest_bytes(files, left or {}, withdrawn)
    disk.write(MANIFEST, data)
    return digest(data)


def manifest_bytes(
    files: Mapping[str, ManifestEntry], left: Mapping[str, ManifestEntry], withdrawn: Collection[str]
) -> bytes:
    """The manifest as JSON, in order of path."""
    values: dict[str, Any] = {"files": _as_json(files), "version": MANIFEST_VERSION}
    if left:
        values["left"] = _as_json(left)
    if withdrawn:
        values["withdrawn"] = sorted(withdrawn)
    return json_bytes(values) + b"\n"


def _as_json(files: Mapping[str, ManifestEntry]) -> dict[str, dict[str, str | int]]:
    return {
        path: {"digest": digest, "fingerprint": fingerprint, "size": size}
        for path, (fingerprint, digest, size) in sorted(files.items())
    }


def _entries(data: Any, name: str) -> dict[str, ManifestEntry]:
    """One of the lists of a manifest. Raises ValueError, TypeError or KeyError where this is no manifest."""
    if not isinstance(data, dict) or data.get("version") != MANIFEST_VERSION:
        raise ValueError("This is no manifest of this version.")
    files = data.get(name, {}) if name == "left" else data[name]
    if not isinstance(files, dict):
        raise TypeError("This is no list of files.")
    columns = [[item[name] for item in files.values()] for name in ManifestEntry._fields]
    kinds = [set(map(type, column)) for column in columns]
    if not all(types <= {kind} for types, kind in zip(kinds, (str, str, int), strict=True)):
        raise ValueError("The manifest lists what no build writes.")
    return _entries_of(files)


def _entries_of(files: Mapping[str, Mapping[str, Any]]) -> dict[str, ManifestEntry]:
    values = [(item["fingerprint"], item["digest"], item["size"]) for item in files.values()]
    return dict(zip(files, map(ManifestEntry._make, values), strict=True))


def _withdrawn(data: Mapping[str, Any], left: Mapping[str, ManifestEntry]) -> frozenset[str]:
    """Raises TypeError where this is no list of paths."""
    return frozenset(data.get("withdrawn", ())) & left.keys()


def withdrawn_files(folder: Path) -> list[str]:
    """The files in an output folder that must not be published any more, and that only somebody else may delete."""
    disk = Disk(folder)
    return sorted(path for path in read_manifest(disk).withdrawn if disk.lstat(path) is not None)


def verified_manifest(folder: Path, manifest: str, stat_cache: StatCache) -> Manifest | None:
    """The folder's manifest, if its digest is ``manifest`` and every file that it lists is intact.

    None also where a build is writing to the folder, or was stopped while it was, where a folder in it was replaced by a
    symbolic link, and where a file was left that must not be published any more, so that each build says so.
    """
    complete = complete_manifest(folder, manifest)
    disk = Disk(folder)
    if complete is None or complete.withdrawn or disk.has_linked_folders(complete.files):
        return None
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
    entry = manifest.files.get(path) or manifest.left[path]
    return not is_intact(disk, path, entry, stat_cache, status)


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """The numbers of files that were written, skipped because they are up to date, rendered but unchanged, and pruned.

    ``notice`` is a sentence for the editor, or ``""``; ``manifest`` is the digest of the manifest, where it is known.
    ``changed`` are the paths of the files that were written or pruned, ``removed`` those that were pruned. Of the files that
    somebody else had changed, ``left`` are no longer planned, ``withdrawn`` must not be published any more, and ``rewritten``
    were written again.
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
    withdrawn: tuple[str, ...] = field(default=(), compare=False)
    rewritten: tuple[str, ...] = field(default=(), compare=False)
