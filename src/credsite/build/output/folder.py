"""The output folder: checked before anything is written to it, and locked while something is."""

from __future__ import annotations

import os
import stat
from collections.abc import Set
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout

from credsite.build.output.disk import LOCK, MANIFEST, RESERVED, TEMPORARY, Disk, OutputError
from credsite.build.state_dir import FOLDER as STATE_FOLDER
from credsite.build.state_dir import PREVIEW_FOLDER
from credsite.content.source_folders import SOURCE_FOLDERS
from credsite.core.locks import file_lock
from credsite.core.regular_files import is_link
from credsite.core.text import without_control_characters

WAIT: Final = 30.0

_ADVICE: Final = "Choose a folder of its own for the website, such as public/."
_LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_HOMES: Final = ("/home", "/Users", "/var/home")


class OutputFolder:
    """A folder that credsite may write to, locked by one process at a time. Returned by :meth:`open`."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def open(cls, path: Path, site_root: Path, *, wait: float = WAIT, is_named: bool = True) -> OutputFolder:
        """Check the folder, make it where it is missing, and lock it until :meth:`close`.

        ``wait`` is how many seconds to wait for another build that has it. Only a folder that the user has named, as
        ``is_named`` says, may be a symbolic link. Raises OutputError where the folder might hold anything but a website
        that credsite wrote.
        """
        if not is_named and is_link(path):
            raise OutputError(
                f"{path} is a symbolic link, which is not followed. Delete it, or name the folder for the website with --output."
            )
        real = Path(os.path.realpath(path))
        check_output_folder(real, Path(os.path.realpath(site_root)))
        _check_content(real)
        try:
            real.mkdir(parents=True, exist_ok=True)
            lock = file_lock(real / LOCK, wait)
            lock.acquire()
        except Timeout as error:
            message = f"Another build is writing to {path}. Wait until it has ended, then try again."
            raise OutputError(message) from error
        except OSError as error:
            raise OutputError(
                f"The output folder {path} cannot be used: {error.strerror or error}."
            ) from error
        except NotImplementedError as error:
            message = f"The output folder {path} is on a disk where files cannot be locked. Choose one on another disk."
            raise OutputError(message) from error
        folder = cls(real, lock)
        try:
            _check_content(real)
        except BaseException:
            folder.close()
            raise
        return folder

    @property
    def ignores_case(self) -> bool:
        """Whether the disk takes names that differ only in case for the same name."""
        return os.path.lexists(self.path / LOCK.upper())

    def has_others(self) -> bool:
        """Whether it holds anything that is neither credsite's nor left there by systems. Raises OutputError."""
        return bool(_others_in(self.path, RESERVED))

    def close(self) -> None:
        self._lock.release()

    def discard(self) -> None:
        """Close, and remove the lock's file."""
        if os.name == "nt":  # where a file that is open cannot be removed
            self._lock.release()
        # Elsewhere the file goes first. A process that waits for it then makes a new one; otherwise it would hold a
        # lock that no other process can see.
        (self.path / LOCK).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> OutputFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def check_output_folder(real: Path, site_root: Path) -> None:
    """Raise OutputError where the folder ``real`` is no place for a website, because it is or holds something else.

    Both paths have no symbolic links.
    """
    if real.parent == real:
        raise OutputError(f"The website cannot be written to the root of the disk, {real}. {_ADVICE}")
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 (expanduser of Path may raise)
    if _holds(real, home) or str(real.parent) in _HOMES or _is_windows_home(real):
        raise OutputError(f"The website cannot be written to a home folder, {real}. {_ADVICE}")
    if _holds(real, site_root):
        raise OutputError(
            f"The website cannot be written to the folder of the site itself, {real}. {_ADVICE}"
        )
    for name in (*SOURCE_FOLDERS, STATE_FOLDER):
        own = Path(os.path.realpath(site_root / name))
        is_preview = name == STATE_FOLDER and real == Path(os.path.realpath(site_root / PREVIEW_FOLDER))
        if (_holds(own, real) or _holds(real, own)) and not is_preview:
            raise OutputError(f"The website cannot be written to the site's {name} folder, {real}. {_ADVICE}")
    if ".git" in real.parts or _is_repository(real):
        raise OutputError(f"The website cannot be written to a Git repository, {real}. {_ADVICE}")
    if os.path.lexists(real) and not real.is_dir():
        raise OutputError(f"The website cannot be written to {real}, because that is a file. {_ADVICE}")


def _check_content(real: Path) -> None:
    """Raises OutputError where the folder holds files, and neither a manifest nor a folder for temporary files of credsite's.

    A first build that was stopped leaves such a folder, and so does `clean`.
    """
    disk = Disk(real)
    for name, is_kind in ((MANIFEST, stat.S_ISREG), (TEMPORARY, stat.S_ISDIR)):
        status = disk.lstat(name)
        if status is not None and is_kind(status.st_mode):
            return
    if foreign := _others_in(real, RESERVED - {MANIFEST, TEMPORARY}):
        message = f"The folder {real} holds files that credsite did not write, such as {without_control_characters(foreign[0])}."
        raise OutputError(
            f"{message} Choose an empty folder, or one that is still to be made. If an earlier build wrote them, empty the folder first."
        )


def _others_in(real: Path, own: Set[str]) -> list[str]:
    """The names of all that is in the folder and is not credsite's ``own``, nor left there by systems."""
    try:
        return sorted(name for name in os.listdir(real) if name not in own | _LEFT_BY_SYSTEMS)  # noqa: PTH208 - only the names
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise OutputError(f"The output folder {real} cannot be read: {error.strerror}.") from error


def _is_repository(folder: Path) -> bool:
    """Whether the folder is one of Git's: it has a file or link `.git`, or a folder of this name that is no other one.

    A folder `.git` that has files, but not the one that each repository has, was once published out of `static/`.
    """
    git = folder / ".git"
    try:
        return "HEAD" in (names := os.listdir(git)) or not names or is_link(git)  # noqa: PTH208 - only the names
    except OSError:
        return os.path.lexists(git)


def _holds(folder: Path, path: Path) -> bool:
    """Whether ``folder`` is ``path`` or lies above it, also where one of them has another spelling or is a link."""
    return any(_same(folder, each) for each in (path, *path.parents))


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist, so they are not the same folder
        return False


def _is_windows_home(path: Path) -> bool:
    return (
        os.name == "nt" and path.parent.name.casefold() == "users" and path.parent.parent == Path(path.anchor)
    )
