"""The cache folder of this user, outside of all sites, and a secret in it that shows what credsite wrote for this user.

A site's folder may come from anywhere, and with it a folder ``.credsite``. So code is kept only in the user's own folder,
and what is kept in a site is sealed: where the seal is wrong, somebody else has written it, or it is damaged.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from credsite.core.atomic_write import atomic_write, create_file
from credsite.core.hashing import DIGEST_SIZE
from credsite.core.regular_files import FileTooLargeError, read_regular

_KEY_FILE: Final = "key"
_SECRET_LENGTH: Final = 32
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def user_cache_folder() -> Path | None:
    """The folder, made where it is missing. None where there is none to which this user alone may write."""
    base = _base()
    if base is None:
        return None
    folder = base / "credsite"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        # With `sudo`, the home folder may be another user's, who could no longer write to a folder made in it.
        if _is_own(base.stat()):
            folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        is_own_folder = stat.S_ISDIR(status.st_mode) and _is_own(status)
        if os.name != "nt" and is_own_folder:
            if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            if status.st_mode & _OTHERS:  # who could read the secret
                folder.chmod(0o700)
    except OSError:
        return None
    return folder if is_own_folder and os.access(folder, os.W_OK | os.X_OK) else None


def seal(data: bytes) -> str:
    """32 hexadecimal digits that only this user's credsite can give for ``data``."""
    return blake2b(data, digest_size=DIGEST_SIZE, key=_key()[0]).hexdigest()


def sealed(data: bytes) -> bytes:
    """``data`` after a line with its seal, for a file in a site."""
    return seal(data).encode() + b"\n" + data


def unsealed(data: bytes) -> bytes:
    """What :func:`sealed` was given. Raises ValueError where somebody else has written it, or it is damaged."""
    found, _, rest = data.partition(b"\n")
    if found != seal(rest).encode():
        raise ValueError("the seal is wrong")
    return rest


def can_seal() -> bool:
    """Whether the next run will know the seals of this one. If not, nothing need be stored."""
    return _key()[1]


@cache
def _key() -> tuple[bytes, bool]:
    """The secret, and whether it is stored."""
    folder = user_cache_folder()
    if folder is not None:
        with suppress(OSError):
            return _stored_secret(folder / _KEY_FILE), True
    return os.urandom(_SECRET_LENGTH), False


def _stored_secret(file: Path) -> bytes:
    with suppress(FileNotFoundError):
        with suppress(FileTooLargeError):
            found = read_regular(file, _SECRET_LENGTH)
            if len(found) == _SECRET_LENGTH:
                return found
        atomic_write(file, os.urandom(_SECRET_LENGTH))
    with suppress(FileExistsError):  # another run was faster
        create_file(file, os.urandom(_SECRET_LENGTH))
    return read_regular(file, _SECRET_LENGTH)


def _base() -> Path | None:
    """Where programs keep their caches on this system."""
    if os.name == "nt":
        folder = os.environ.get("LOCALAPPDATA", "")
    else:
        folder = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(folder):  # noqa: PTH117 - as the specification says
            name = "Library/Caches" if sys.platform == "darwin" else ".cache"
            folder = os.path.expanduser(f"~/{name}")  # noqa: PTH111 - that of Path may raise
    return Path(folder) if os.path.isabs(folder) else None  # noqa: PTH117


def _is_own(status: os.stat_result) -> bool:
    return os.name == "nt" or status.st_uid == os.geteuid()
