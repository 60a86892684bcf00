"""Files that a site brings ready-made: everything in ``static/`` goes to the output as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from credsite.content.source_folders import STATIC, checked_files
from credsite.core.hashing import digest
from credsite.problems.model import Location, Problem


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file to copy: its path from the site's root, where it goes, and the digest of its bytes."""

    path: str
    output: str
    digest: str


def find_static(root: Path) -> tuple[list[StaticFile], list[Problem]]:
    """All files in ``static/``, in order of their paths, and what is wrong with them."""
    files: list[StaticFile] = []
    paths, problems = checked_files(root, STATIC)
    for path in paths:
        try:
            data = (root / path).read_bytes()
        except OSError as error:
            message = f"The file cannot be read: {error.strerror or error}."
            problems.append(Problem("file-unreadable", message, Location(path)))
        else:
            files.append(StaticFile(path, path.removeprefix(f"{STATIC}/"), digest(data)))
    return files, problems
