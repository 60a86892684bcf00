"""Files of the site's content, all written or none: what was written before a failure is put back.

Each file is replaced in one step. No file is overwritten that is another than the one that was looked at.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from credsite.core.atomic_write import temporary_copy
from credsite.core.errors import CredsiteError
from credsite.core.paths import is_inside


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file of the site to write: its ``path`` from the root, what it holds now (None: there is none), and is to hold."""

    path: str
    old: bytes | None
    new: bytes


def write_files(root: Path, writes: Sequence[FileWrite]) -> None:
    """Write all files, or none. Raises CredsiteError, with every file as it was before."""
    for write in writes:
        _check(root, write)
    done: list[FileWrite] = []
    made: list[Path] = []
    try:
        for write in writes:
            _make_folder((root / write.path).parent, made)
            done.append(write)
            _put(root, write)
    except BaseException as error:
        lost = _put_back(root, done)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        left = f" These could not be put back: {', '.join(lost)}." if lost else " Nothing was imported."
        if isinstance(error, OSError):
            name = done[-1].path if done else root
            raise CredsiteError(f"{name} cannot be written: {error.strerror or error}.{left}") from error
        if isinstance(error, CredsiteError):
            raise CredsiteError(f"{error}{left}") from error
        raise


def _check(root: Path, write: FileWrite) -> None:
    if not is_inside((root / write.path).parent, root) or not is_inside(root / write.path, root):
        raise CredsiteError(
            f"{write.path} lies behind a symbolic link that leads out of the site's folder. Nothing was imported."
        )
    if _held(root / write.path) != write.old:
        raise CredsiteError(f"{_meanwhile(write)} Nothing was imported. Import again.")


def _meanwhile(write: FileWrite) -> str:
    return f"{write.path} has {'come' if write.old is None else 'changed'} in the meantime."


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CredsiteError(
            f"{path} cannot be read: {error.strerror or error}. Nothing was imported."
        ) from error


def _make_folder(folder: Path, made: list[Path]) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _put(root: Path, write: FileWrite) -> None:
    path = Path(os.path.realpath(root / write.path))  # a link within the site stays one
    with temporary_copy(path, write.new) as finished:
        if write.old is None:
            _link(finished, path, write)
        elif _held(path) != write.old:
            raise CredsiteError(_meanwhile(write))
        else:
            finished.replace(path)


def _link(finished: Path, path: Path, write: FileWrite) -> None:
    """Give a finished file its name, if no other file has it."""
    try:
        path.hardlink_to(finished)
    except FileExistsError:
        raise CredsiteError(_meanwhile(write)) from None
    except OSError:  # a file system without links
        if path.exists():
            raise CredsiteError(_meanwhile(write)) from None
        finished.replace(path)


def _put_back(root: Path, done: Sequence[FileWrite]) -> list[str]:
    """Undo writes, but not what somebody else has written since; the paths that it failed for."""
    lost = []
    for write in reversed(done):
        path = root / write.path
        try:
            if not path.exists() or path.read_bytes() != write.new:
                continue
            if write.old is None:
                path.unlink()
            else:
                _put(root, FileWrite(write.path, write.new, write.old))
        except (OSError, CredsiteError):
            lost.append(write.path)
    return lost
