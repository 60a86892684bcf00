"""Files that a site brings ready-made: everything in ``static/`` goes to the output as it is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.hashing import digest
from credsite.core.paths import is_inside
from credsite.problems.model import Location, Problem

FOLDER: Final = "static"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file to copy: its path from the site's root, where it goes, and the digest of its bytes."""

    path: str
    output: str
    digest: str


def find_static(root: Path) -> tuple[list[StaticFile], list[Problem]]:
    """All files in ``static/``, in order, and what is wrong with them. Links out of the site are refused."""
    found: list[StaticFile] = []
    problems: list[Problem] = []
    folder = root / FOLDER
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(here, name)
            path = file.relative_to(root).as_posix()
            if name.endswith("~") or name == ".DS_Store":
                continue
            if not is_inside(file, root):
                message = "This is a symbolic link to a file outside the site's folder. Copy the file into the site."
                problems.append(Problem("link-outside-site", message, Location(path)))
                continue
            try:
                data = file.read_bytes()
            except OSError as error:
                problems.append(
                    Problem(
                        "file-unreadable",
                        f"The file cannot be read: {error.strerror or error}.",
                        Location(path),
                    )
                )
                continue
            found.append(StaticFile(path, path.removeprefix(f"{FOLDER}/"), digest(data)))
    return found, problems
