"""Finds out, before anything is written, what is in the way of new files, and whether it is credsite's own."""

from __future__ import annotations

import enum
import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from credsite.build.output.disk import Disk, casefolded, parent, with_ancestors


@dataclass(slots=True)
class ConflictReport:
    """What lies at the paths to be written.

    ``files`` are the regular files there, with what the system says of each, and ``unlisted`` those of them that the
    manifest does not list. ``replaced`` are listed paths with something else than a file. ``blocking`` are stale files of
    credsite's own that must be removed first. ``foreign`` is what somebody else has put there; folders have a slash at
    the end.
    """

    files: dict[str, os.stat_result] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    blocking: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)


class _FolderState(enum.Enum):
    FOLDER = enum.auto()
    FREE = enum.auto()
    BLOCKED = enum.auto()


def find_conflicts(
    root: Path,
    disk: Disk,
    paths: Iterable[str],
    own: Collection[str],
    stale: Collection[str],
    renamed: Collection[str] = (),
) -> ConflictReport:
    """Look at ``paths``, which are to be written.

    ``own`` are the paths that the manifest lists, ``stale`` those of them that are no longer planned and still as credsite
    wrote them, and ``renamed`` the
    stale ones that a disk which ignores case takes for planned ones.
    """
    return _ConflictFinder(root, disk, own, stale, renamed).find(paths)


def case_renames(planned: Collection[str], stale: Collection[str]) -> list[str]:
    """The stale paths that differ, or whose folders differ, only in case from planned files or folders."""
    exact: dict[str, str] = {}
    for path in planned:
        for name in with_ancestors(path):
            if casefolded(name) in exact:
                break
            exact[casefolded(name)] = name
    return [
        path
        for path in stale
        if any(exact.get(casefolded(name), name) != name for name in with_ancestors(path))
    ]


class _ConflictFinder:
    def __init__(
        self, root: Path, disk: Disk, own: Collection[str], stale: Collection[str], renamed: Collection[str]
    ) -> None:
        self._root = root
        self._disk = disk
        self._own = own
        self._stale = stale
        self._renamed = {casefolded(path) for path in renamed}
        self._own_folders: set[str] | None = None
        self._states: dict[str, _FolderState] = {"": _FolderState.FOLDER}
        self._report = ConflictReport(blocking=set(renamed))

    def find(self, paths: Iterable[str]) -> ConflictReport:
        for path in paths:
            if self._state(parent(path)) is not _FolderState.FOLDER:
                continue
            status = self._disk.lstat(path)
            if status is None or (self._renamed and casefolded(path) in self._renamed):
                continue
            if stat.S_ISDIR(status.st_mode):
                self._look_into(path)
            elif stat.S_ISREG(status.st_mode):
                self._report.files[path] = status
                if path not in self._own:
                    self._report.unlisted.append(path)
            elif path in self._own:
                self._report.replaced.append(path)
            else:
                self._report.foreign.add(path)
        return self._report

    def _state(self, folder: str) -> _FolderState:
        state = self._states.get(folder)
        if state is None:
            state = self._states[folder] = self._look_at(folder)
        return state

    def _look_at(self, folder: str) -> _FolderState:
        above = self._state(parent(folder))
        if above is not _FolderState.FOLDER:
            return above
        status = self._disk.lstat(folder)
        if status is None:
            return _FolderState.FREE
        if stat.S_ISDIR(status.st_mode):
            return _FolderState.FOLDER
        if folder in self._stale and stat.S_ISREG(status.st_mode):
            self._report.blocking.add(folder)
            return _FolderState.FREE
        self._report.foreign.add(folder)
        return _FolderState.BLOCKED

    def _look_into(self, folder: str) -> None:
        """A folder where a file must be may be removed if it holds nothing but stale files."""
        if self._own_folders is None:
            self._own_folders = {name for path in self._stale for name in with_ancestors(parent(path))}
        if folder not in self._own_folders:
            self._report.foreign.add(f"{folder}/")
            return
        # Also files that are gone already, because their folders may still be there.
        self._report.blocking.update(path for path in self._stale if path.startswith(f"{folder}/"))
        with os.scandir(self._root / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    self._look_into(path)
                elif path not in self._stale or not entry.is_file(follow_symlinks=False):
                    self._report.foreign.add(path)
