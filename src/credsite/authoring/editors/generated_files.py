"""Files that credsite generates into a site, and may write again as long as nobody has edited them.

Each file contains a checksum of the rest of its text. If the checksum is wrong, somebody has edited the file, and it is
left alone from then on. Line ends do not count, because version control may change them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.atomic_write import atomic_write
from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest
from credsite.core.regular_files import RefusedFileError, link_below, read_regular

_MAX_BYTES: Final = 50_000_000
_PREFIX: Final = "credsite-checksum-"
CHECKSUM_MARKER: Final = _PREFIX + "0" * 32
"""The place in a text where :func:`with_checksum` puts the checksum."""
# Earlier versions called it a seal.
_CHECKSUM: Final = re.compile(rb"credsite-(?:checksum|seal)-([0-9a-f]{32})(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class GeneratedFiles:
    """The paths of files in the site that were written, and of those that were left because of edits."""

    written: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def with_checksum(text: str) -> bytes:
    """The bytes of ``text``, which contains CHECKSUM_MARKER once, with the checksum in its place."""
    data = text.encode()
    return data.replace(CHECKSUM_MARKER.encode(), _PREFIX.encode() + _checksum(data))


def has_valid_checksum(data: bytes) -> bool:
    """Whether the bytes are those that :func:`with_checksum` returned."""
    match = _CHECKSUM.search(data)
    return match is not None and match[1] == _checksum(data)


def write_generated_files(root: Path, files: Mapping[str, bytes]) -> GeneratedFiles:
    """Write each of ``files`` below ``root`` that is missing or out of date, unless somebody has edited it.

    Raises CredsiteError if a file cannot be written.
    """
    written, edited = [], []
    for path, data in files.items():
        file = root / path
        old = _read(file, root)
        if _is_stale(old, data):
            _write(file, data)
            written.append(path)
        elif old is not None and _normalized(old) != _normalized(data):
            edited.append(path)
    return GeneratedFiles(tuple(written), tuple(edited))


def stale_files(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """The paths of those ``files`` that :func:`write_generated_files` would write below ``root``. Nothing is written."""
    return [path for path, data in files.items() if _is_stale(_read(root / path, root), data)]


def _is_stale(old: bytes | None, data: bytes) -> bool:
    return old is None or (_normalized(old) != _normalized(data) and has_valid_checksum(old))


def _read(file: Path, root: Path) -> bytes | None:
    """The bytes of a file; ``b""`` for what is none of ours: a folder, a symbolic link, a pipe; None if nothing is there."""
    link = link_below(root, file.parent.relative_to(root).as_posix())
    if link:
        raise CredsiteError(
            f"{root / link} is a symbolic link, which is not followed. Put the folder itself there."
        )
    try:
        return read_regular(file, _MAX_BYTES)
    except FileNotFoundError:
        return None
    except (RefusedFileError, IsADirectoryError):
        return b""
    except OSError as error:
        raise CredsiteError(f"{file} cannot be read: {error.strerror or error}.") from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(file, data)
    except OSError as error:
        raise CredsiteError(f"{file} cannot be written: {error.strerror or error}.") from error


def _normalized(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _checksum(data: bytes) -> bytes:
    """The digest of ``data`` without any checksum in it."""
    return digest(_CHECKSUM.sub(b"", _normalized(data)))[:32].encode()
