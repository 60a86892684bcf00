"""The manifest: the list of files that credsite wrote to an output folder.

``.credsite-manifest.json`` holds a version, and for each file its fingerprint (of all that it can show), the
digest of its bytes, and its size. It holds no times and no source paths: equal builds have equal manifests.

A manifest that cannot be read (damaged, or of a version that is unknown) still shows that the folder is
credsite's, but it lists nothing. So nothing is pruned, a file at a planned path is taken for credsite's own
only if its bytes are exactly those that would be written, and any other file at a planned path stops the
build. The next good build writes a new manifest. What the old one listed and no build plans any more stays
until somebody removes it, because nobody can say any more whose it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from credsite.build.output.disk import Disk
from credsite.build.output.names import MANIFEST, unsafe_paths
from credsite.core.hashing import digest

VERSION: Final = 1
_quoted: Final = json.encoder.encode_basestring_ascii  # type: ignore[attr-defined, unused-ignore]
MANIFEST_DAMAGED: Final = (
    f"The list of files that credsite wrote ({MANIFEST}) cannot be read. A new one is made, but pages of "
    "earlier builds that are no longer planned stay. To be rid of them, empty the output folder by hand."
)


class ManifestEntry(NamedTuple):
    """What is known of a file. An empty fingerprint matches none: the file was about to be written."""

    fingerprint: str
    digest: str
    size: int


PENDING: Final = ManifestEntry("", "", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Own files by their path. ``missing`` where there is no manifest, ``damaged`` where it cannot be read.

    ``digest`` is that of its bytes.
    """

    files: dict[str, ManifestEntry]
    digest: str = ""
    missing: bool = False
    damaged: bool = False


def read_manifest(disk: Disk, known: Manifest | None = None, own: str = "") -> Manifest:
    """The manifest of a folder; ``known`` where that is still the one. ``own`` is the digest of one that a build wrote."""
    data = disk.read(MANIFEST)
    if data is None:
        missing = disk.lstat(MANIFEST) is None
        return Manifest({}, missing=missing, damaged=not missing)
    found = digest(data)
    if known is not None and found == known.digest:
        return known
    try:
        files = json.loads(data)
        return Manifest(_own_entries(files["files"]) if found == own else _entries(files), found)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Manifest({}, damaged=True)


def save_manifest(disk: Disk, files: Mapping[str, ManifestEntry]) -> str:
    """Write the manifest. The digest of its bytes."""
    data = manifest_bytes(files)
    disk.write(MANIFEST, data)
    return digest(data)


def manifest_bytes(files: Mapping[str, ManifestEntry]) -> bytes:
    """The manifest's text, in order of path."""
    # By hand, since it is written after each edit, and json.dumps takes five times as long for so many small objects.
    entries = ",".join(
        f'{_quoted(path)}:{{"digest":{_quoted(digest)},"fingerprint":{_quoted(fingerprint)},"size":{size}}}'
        for path, (fingerprint, digest, size) in sorted(files.items())
    )
    return f'{{"files":{{{entries}}},"version":{VERSION}}}\n'.encode()


def _entries(data: Any) -> dict[str, ManifestEntry]:
    """ValueError, TypeError or KeyError where this is no manifest, or lists a path out of the folder."""
    if not (
        isinstance(data, dict) and data.get("version") == VERSION and isinstance(data.get("files"), dict)
    ):
        raise ValueError("This is no manifest of this version.")
    files = data["files"]
    columns = [[item[name] for item in files.values()] for name in ManifestEntry._fields]
    kinds = [set(map(type, column)) for column in columns]
    if unsafe_paths(files) or not all(
        found <= {kind} for found, kind in zip(kinds, (str, str, int), strict=True)
    ):
        raise ValueError("The manifest lists what no build writes.")
    return _own_entries(files)


def _own_entries(files: Mapping[str, Mapping[str, Any]]) -> dict[str, ManifestEntry]:
    values = [(item["fingerprint"], item["digest"], item["size"]) for item in files.values()]
    return dict(zip(files, map(ManifestEntry._make, values), strict=True))
