"""Writes several files of a site, all or none: if one fails, those written before it are restored.

Each file is replaced in one step. A file that somebody else has changed in the meantime is not overwritten.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from credsite.core.atomic_write import create_file, temporary_copy
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import link_below, read_regular
from credsite.schema.config import MAX_SIZE


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write: its ``path`` from the root, its present bytes (None if it does not exist), and its new ones."""

    path: str
    old: bytes | None
    new: bytes


def write_files(root: Path, writes: Sequence[FileWrite]) -> None:
    """Write all files, or none. Raises CredsiteError if that fails; then every file is as before, or is named."""
    for write in writes:
        _check(root, write)
    done: list[FileWrite] = []
    new_folders = [
        folder for write in writes for folder in (root / write.path).parents if not folder.exists()
    ]
    try:
        for write in writes:
            (root / write.path).parent.mkdir(parents=True, exist_ok=True)
            done.append(write)
            try:
                _write_file(root, write)
            except CredsiteError:
                done.pop()  # the file is somebody else's
                raise
    except BaseException as error:
        failed = _restore(root, done)
        for folder in new_folders:
            with contextlib.suppress(OSError):
                folder.rmdir()
        outcome = (
            f" These could not be restored: {', '.join(failed)}." if failed else " Nothing was imported."
        )
        if isinstance(error, OSError):
            name = done[-1].path if done else root
            raise CredsiteError(f"{name} cannot be written: {error.strerror or error}.{outcome}") from error
        if isinstance(error, CredsiteError):
            raise CredsiteError(f"{error}{outcome}") from error
        raise


def _check(root: Path, write: FileWrite) -> None:
    link = link_below(root, write.path)
    if link:
        raise CredsiteError(f"{link} is a symbolic link, which is not followed. Nothing was imported.")
    if _current_bytes(root / write.path) != write.old:
        raise CredsiteError(f"{_conflict_message(write)} Nothing was imported. Import again.")


def _conflict_message(write: FileWrite) -> str:
    return f"{write.path} has {'been created' if write.old is None else 'been changed'} in the meantime."


def _current_bytes(path: Path) -> bytes | None:
    try:
        return read_regular(path, MAX_SIZE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CredsiteError(
            f"{path} cannot be read: {error.strerror or error}. Nothing was imported."
        ) from error


def _write_file(root: Path, write: FileWrite) -> None:
    path = root / write.path
    if write.old is None:
        try:
            create_file(path, write.new)
        except FileExistsError:
            raise CredsiteError(_conflict_message(write)) from None
        return
    with temporary_copy(path, write.new) as finished:
        if _current_bytes(path) != write.old:
            raise CredsiteError(_conflict_message(write))
        finished.replace(path)


def _restore(root: Path, done: Sequence[FileWrite]) -> list[str]:
    """Undo writes, except for files that somebody else has changed since. Returns the paths of files that it failed for."""
    failed = []
    for write in reversed(done):
        path = root / write.path
        try:
            if _current_bytes(path) != write.new:
                continue
            if write.old is None:
                path.unlink()
            else:
                _write_file(root, FileWrite(write.path, write.new, write.old))
        except (OSError, CredsiteError):
            failed.append(write.path)
    return failed
