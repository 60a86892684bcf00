"""Files that are published as they are: everything in ``static/``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from credsite.content.file_digests import FileDigests
from credsite.content.source_folders import STATIC, checked_files
from credsite.problems.model import Location, Problem


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file to copy: its path from the site's root, where it goes, and the digest of its bytes."""

    path: str
    output: str
    digest: str


def find_static(root: Path, digests: FileDigests | None = None) -> tuple[list[StaticFile], list[Problem]]:
    """All files in ``static/``, in order of their paths, and what is wrong with them.

    Only files are read of which ``digests`` does not know the digest.
    """
    digests = digests or FileDigests(root)
    files: list[StaticFile] = []
    paths, problems = checked_files(root, STATIC)
    for path in paths:
        try:
            files.append(StaticFile(path, path.removeprefix(f"{STATIC}/"), digests.of(path)))
        except OSError as error:
            message = f"The file cannot be read: {error.strerror or error}."
            problems.append(Problem("file-unreadable", message, Location(path)))
    return files, problems
