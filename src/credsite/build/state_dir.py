"""The folder ``SITE/.credsite``, which holds what makes the next build fast."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

from credsite.core.hashing import digest
from credsite.core.regular_files import is_link
from credsite.core.stat_cache import NamelessStatCache, StatCache
from credsite.core.user_cache import can_seal, user_cache_folder

FOLDER: Final = ".credsite"
CACHE_NOT_WRITTEN: Final = (
    "The cache could not be written, so the next build may take as long as a first one."
)

_IGNORE: Final = ".gitignore"
_TEMPLATES: Final = "templates"
PREVIEW_FOLDER: Final = f"{FOLDER}/preview"
SERVE_LOCK: Final = "serve.lock"
LINK_ANSWERS: Final = "links.json"

_SOURCES: Final = "sources.bin"
_KEY_LENGTH: Final = 12
_OUTPUT_KEY: Final = re.compile(rf"[0-9a-f]{{{_KEY_LENGTH}}}")
_MAX_STAT_CACHES: Final = 8
"""Output folders of which the stat cache is kept."""


def state_folder(root: Path) -> Path | None:
    """The folder of the site at ``root``, made where it is missing, and kept out of version control.

    None where it cannot be made or written to, or where a symbolic link or something else is in its place.
    """
    folder = root / FOLDER
    with suppress(OSError):
        folder.mkdir()
    if is_link(folder) or not os.access(folder, os.W_OK | os.X_OK):
        return None
    with suppress(OSError), (folder / _IGNORE).open("xb") as file:
        file.write(b"# What credsite keeps here is for this computer alone.\n*\n")
    return folder


def template_cache_folder() -> Path | None:
    """The folder for compiled templates, which is outside of all sites; None where nothing can be stored."""
    folder = user_cache_folder()
    return folder and folder / _TEMPLATES


def remove_old_templates(root: Path) -> None:
    """Remove the compiled templates that earlier versions kept in the site's folder, from where they could be anybody's."""
    folder = root / FOLDER / _TEMPLATES
    if os.path.lexists(folder) and state_folder(root) is not None:
        with suppress(OSError):
            if folder.is_dir() and not is_link(folder):
                rmtree(folder)
            else:
                folder.unlink()


def load_source_digests(root: Path) -> NamelessStatCache:
    """The digests of images and static files of the site at ``root``, as far as earlier builds stored them."""
    return NamelessStatCache.load(root / FOLDER / _SOURCES)


def save_source_digests(digests: NamelessStatCache, root: Path) -> None:
    """Store the digests, if they are others than those that were loaded. Where that fails, the next build reads them again."""
    folder = state_folder(root) if digests.newly_verified or digests.has_forgotten else None
    if folder is not None:
        with suppress(OSError):
            digests.save(folder / _SOURCES)


def load_stat_cache(root: Path, output: Path) -> StatCache:
    """The stat cache of the output folder ``output`` of the site at ``root``."""
    return StatCache.load(root / FOLDER / _stat_cache_name(output))


def save_stat_cache(stat_cache: StatCache, root: Path, output: Path) -> str:
    """Store the stat cache of ``output``. Returns ``CACHE_NOT_WRITTEN`` where that is not possible, else ``""``."""
    folder = state_folder(root) if can_seal() else None
    if folder is None:
        return CACHE_NOT_WRITTEN
    try:
        stat_cache.save(folder / _stat_cache_name(output))
        files = sorted(folder.glob(_stat_cache_name(None)), key=lambda file: file.stat().st_mtime)
        for file in files[:-_MAX_STAT_CACHES]:
            file.unlink()
    except OSError:
        return CACHE_NOT_WRITTEN
    return ""


def remove_stat_cache(root: Path, key: object) -> None:
    """Remove the stat cache of the output folder with this :func:`output_key`.

    Nothing is removed for any other ``key``: it comes from the cache, where somebody may have written a path.
    """
    if isinstance(key, str) and _OUTPUT_KEY.fullmatch(key):
        with suppress(OSError):
            (root / FOLDER / f"output-{key}.bin").unlink()


def remove_preview(root: Path) -> None:
    """Remove the pages of a preview that has ended, which may show what is not published, or what has been deleted since."""
    pages = root / PREVIEW_FOLDER
    if not os.path.lexists(pages) or is_link(root / FOLDER) or is_link(pages):
        return
    # Imported here: mostly, there is no preview.
    from filelock import Timeout

    from credsite.core.locks import file_lock

    with suppress(OSError, Timeout, NotImplementedError), file_lock(root / FOLDER / SERVE_LOCK, 0):
        rmtree(pages)


def remove_link_answers(root: Path) -> None:
    """Forget what other websites answered, whose addresses may be in files that are gone. The next check asks them again."""
    if not is_link(root / FOLDER):
        with suppress(OSError):
            (root / FOLDER / LINK_ANSWERS).unlink()


def _stat_cache_name(output: Path | None) -> str:
    return f"output-{'*' if output is None else output_key(output)}.bin"


def output_key(output: Path) -> str:
    """The name under which things are stored that belong to the folder ``output``."""
    return digest(os.fsencode(os.path.realpath(output)))[:_KEY_LENGTH]
