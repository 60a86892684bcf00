"""Files that credsite may write anew: those that it wrote itself, and that nobody has changed since.

Such a file carries a seal somewhere: a word with the digest of the rest. Whoever changes the file breaks the seal, and the
file is theirs from then on. Line ends do not count, because version control may change them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.atomic_write import atomic_write
from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest
from credsite.core.paths import is_inside

CHECKSUM_MARKER: Final = "credsite-seal-" + "0" * 32
"""What stands in a text for the seal that it will get."""
_SEAL: Final = re.compile(rb"credsite-seal-([0-9a-f]{32})(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class GeneratedFiles:
    """What became of some files, by their paths from the folder: written, right already, or left to their owner."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def with_checksum(text: str) -> bytes:
    """The bytes of a text that holds SEAL once, with its seal."""
    data = text.encode()
    return data.replace(CHECKSUM_MARKER.encode(), b"credsite-seal-" + _digest(data))


def has_valid_checksum(data: bytes) -> bool:
    """Whether the bytes are as ``sealed`` gave them."""
    found = _SEAL.search(data)
    return found is not None and found[1] == _digest(data)


def write_generated_files(root: Path, files: Mapping[str, bytes]) -> GeneratedFiles:
    """Write files below ``root``, each in one step, where there is none or one with an intact seal.

    A file that would be the same is left as it is. CredsiteError where one cannot be written.
    """
    written, unchanged, kept = [], [], []
    for path, data in files.items():
        file = root / path
        old = _read(file, root)
        if old is None or (old and has_valid_checksum(old) and _plain(old) != _plain(data)):
            _write(file, data)
            written.append(path)
        elif old and _plain(old) == _plain(data):
            unchanged.append(path)
        else:
            kept.append(path)
    return GeneratedFiles(tuple(written), tuple(unchanged), tuple(kept))


def _read(file: Path, root: Path) -> bytes | None:
    """The bytes of a file; none (``b""``) of what is no file of this site; None where there is nothing."""
    if not is_inside(file.parent, root):
        raise CredsiteError(f"{file.parent} is a symbolic link that leads out of the site's folder.")
    if not os.path.lexists(file):
        return None
    if file.is_symlink() or not file.is_file():
        return b""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CredsiteError(f"{file} cannot be read: {error.strerror or error}.") from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(file, data)
    except OSError as error:
        raise CredsiteError(
            f"{error.filename or file} cannot be written: {error.strerror or error}."
        ) from error


def _plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _digest(data: bytes) -> bytes:
    return digest(_SEAL.sub(b"", _plain(data)))[:32].encode()
