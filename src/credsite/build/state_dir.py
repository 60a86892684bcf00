"""The folder in which a site keeps between builds what makes the next one fast: ``SITE/.credsite``."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from credsite.content.file_digests import FileDigests
from credsite.core.hashing import digest
from credsite.core.stat_cache import StatCache

FOLDER: Final = ".credsite"
CACHE_NOT_WRITTEN: Final = (
    "The cache could not be written, so the next build may take as long as a first one."
)

_SOURCES: Final = "sources.bin"
_OUTPUTS: Final = 8
"""Output folders of which is remembered what they hold."""


def state_folder(root: Path) -> Path | None:
    """The folder in the site at ``root`` that credsite keeps for itself, made where it is missing.

    None where it cannot be made, or where something else stands in its place.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return None if folder.is_symlink() or not os.access(folder, os.W_OK | os.X_OK) else folder


def template_cache_folder(root: Path) -> Path | None:
    """Where compiled templates are kept; None where nothing can be."""
    folder = state_folder(root)
    return folder and folder / "templates"


def load_source_digests(root: Path) -> FileDigests:
    """The digests of images and other large files of the site at ``root``, as far as they are known."""
    return FileDigests(root, StatCache.load(root / FOLDER / _SOURCES))


def save_source_digests(digests: FileDigests, root: Path) -> None:
    """Save them for the next build, if files were read since they were loaded. Where that fails, it reads them again."""
    folder = state_folder(root) if digests.stats.newly_verified else None
    if folder is not None:
        with suppress(OSError):
            digests.stats.save(folder / _SOURCES)


def load_stat_cache(root: Path, output: Path) -> StatCache:
    """What is known of the files in the folder ``output`` of the site at ``root``."""
    return StatCache.load(root / FOLDER / _stat_cache_name(output))


def save_stat_cache(seen: StatCache, root: Path, output: Path) -> str:
    """Keep what is known of the files in ``output``. ``LOST`` where that cannot be, else ``""``."""
    folder = state_folder(root)
    if folder is None:
        return CACHE_NOT_WRITTEN
    try:
        seen.save(folder / _stat_cache_name(output))
        known = sorted(folder.glob(_stat_cache_name(None)), key=lambda file: file.stat().st_mtime)
        for file in known[:-_OUTPUTS]:
            file.unlink()
    except OSError:
        return CACHE_NOT_WRITTEN
    return ""


def _stat_cache_name(output: Path | None) -> str:
    return f"seen-{'*' if output is None else output_key(output)}.bin"


def output_key(output: Path) -> str:
    """What stands for the folder ``output`` in the names of what is known of it."""
    return digest(os.fsencode(os.path.realpath(output)))[:12]
