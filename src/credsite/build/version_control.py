"""Whether the folder ``.credsite`` of a site is in version control, from where everybody would get what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credsite.build.state_dir import FOLDER
from credsite.core.regular_files import read_regular
from credsite.problems.model import Location, Problem

_MAX_INDEX: Final = 200_000_000
_NAME_LENGTH: Final = 0xFFF
"""The bits of an entry's flags that say how long its path is; all of them if it is longer."""
_MESSAGE: Final = (
    "Git keeps this folder, with the preview's pages of drafts and of stories that nobody may see. It is for this computer "
    "alone: take it out with `git rm -r --cached {path}` and commit that. What was pushed before stays in the history."
)


def state_folder_problems(root: Path) -> Iterator[Problem]:
    """The warning that the site's folder for the cache is in Git, if it is."""
    if not os.path.lexists(root / FOLDER):
        return
    found = git_folder(root)
    if found is not None and _is_tracked(found[0], f"{found[1]}{FOLDER}"):
        yield Problem("cache-in-git", _MESSAGE.format(path=FOLDER), Location(FOLDER))


def git_folder(root: Path) -> tuple[Path, str] | None:
    """The folder in which Git keeps the repository of ``root``, and the path from the top of the repository to ``root``, which ends
    with a slash or is "". None where there is no repository."""
    real = Path(os.path.realpath(root))
    for folder in (real, *real.parents):
        git = folder / ".git"
        if os.path.lexists(git):
            path = real.relative_to(folder).as_posix()
            try:
                if not git.is_dir():  # of a worktree or a submodule: a file that says where the folder is
                    git = folder / read_regular(git, 4096).decode().removeprefix("gitdir:").strip()
            except (OSError, ValueError):
                return None
            return git, "" if path == "." else f"{path}/"
    return None


def _is_tracked(git: Path, folder: str) -> bool:
    """Whether the index of a repository has a file in ``folder``. It is not read by Git, which may not be installed."""
    try:
        index = read_regular(git / "index", _MAX_INDEX)
    except OSError:
        return False
    name = os.fsencode(folder) + b"/"
    if index[4:8] == b"\0\0\0\4":  # where each path says only how it goes on after the one before
        return any(path.startswith(name) for path in _compressed_paths(index))
    position = index.find(name)
    while position >= 0:
        length = min(index.find(b"\0", position) - position, _NAME_LENGTH)
        # The flags come right before the path, or with others between.
        flags = (index[position - 2 : position], index[position - 4 : position - 2])
        if any(int.from_bytes(each, "big") & _NAME_LENGTH == length for each in flags):
            return True
        position = index.find(name, position + 1)
    return False


def _compressed_paths(index: bytes) -> Iterator[bytes]:
    """The paths of an index of version 4."""
    position, path = 12, b""
    for _ in range(int.from_bytes(index[8:12], "big")):
        is_extended = index[position + 60 : position + 61] >= b"\x40" and bool(index[position + 60] & 0x40)
        position += 64 if is_extended else 62
        removed = index[position] & 0x7F if position < len(index) else 0
        while position < len(index) and index[position] & 0x80:
            position += 1
            removed = ((removed + 1) << 7) | (index[position : position + 1] or b"\0")[0] & 0x7F
        end = index.find(b"\0", position + 1)
        if end < 0:
            return
        path = path[: len(path) - removed] + index[position + 1 : end]
        yield path
        position = end + 1
