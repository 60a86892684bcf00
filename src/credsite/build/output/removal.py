"""Removes a website from its output folder."""

from __future__ import annotations

from credsite.build.output.disk import Disk
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import read_manifest
from credsite.build.output.names import MANIFEST, OutputError


def remove_outputs(folder: OutputFolder) -> int:
    """Remove what credsite wrote, with the lock, and nothing else. The folder itself stays, and is closed.

    Returns the number of files. Raises OutputError where the manifest is damaged, because then nobody can say which files
    are credsite's.
    """
    disk = Disk(folder.path)
    manifest = read_manifest(disk)
    if manifest.damaged:
        message = f"The list of files that credsite wrote ({MANIFEST}) in {folder.path} cannot be read."
        raise OutputError(f"{message} Empty the folder by hand.")
    removed = disk.remove_files(manifest.files)
    disk.remove_temporary()
    disk.remove_file(MANIFEST)
    folder.discard()
    return len(removed)
