"""What several commands do with a site: read its settings and entries, and report on generated files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credsite.authoring.editors.generated_files import GeneratedFiles
from credsite.cli.decorators import processor_count
from credsite.cli.text import progress_bar
from credsite.core.atomic_write import atomic_write
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import is_link
from credsite.core.text import pluralize
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import load_config
from credsite.site.urls import GENERATED_SECTIONS

if TYPE_CHECKING:
    from credsite.content.loader import LoadedEntries

RESERVED_PAGE_SLUGS: Final = frozenset(section.strip("/") for section in GENERATED_SECTIONS)
"""The first path segments that every site uses itself, so that no page can have them."""

_DEVICES: Final = ("/dev/", "/proc/")


def load_settings(site: Path) -> Config:
    """The settings of a site. Raises CredsiteError if they are missing or wrong."""
    settings, problems = load_config(site)
    if settings is None:
        raise CredsiteError(
            f"{CONFIG_FILE} has {pluralize(len(problems), 'mistake')}. "
            "`credsite check` says where. Fix them first."
        )
    return settings


def load_site_entries(site: Path, settings: Config) -> LoadedEntries:
    """Every entry of a site, with a progress bar on a terminal."""
    from credsite.build.cache import Cache
    from credsite.content.loader import load_entries

    with progress_bar(show=True) as progress, Cache(site) as cache:
        return load_entries(
            site,
            settings,
            jobs=processor_count(),
            cache=cache,
            progress=None if progress is None else partial(progress, "Reading"),
        )


def write_result(file: Path, data: bytes) -> None:
    """Write a file that the user has named, as a whole or not at all. Raises CredsiteError.

    A symbolic link is not written through, except those of the system, such as /dev/stdout.
    """
    is_of_system = str(file.absolute()).startswith(_DEVICES)
    if is_link(file) and not is_of_system:
        raise CredsiteError(f"{file} is a symbolic link, which is not followed. Name the file itself.")
    try:
        if is_of_system or (file.exists() and not file.is_file()):
            _write_to_device(file, data)
        else:
            atomic_write(file, data)
    except OSError as error:
        raise CredsiteError(f"{file} cannot be written: {error.strerror or error}.") from error


def _write_to_device(file: Path, data: bytes) -> None:
    # Without waiting for a reader of a pipe that has none.
    descriptor = os.open(file, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)


def generated_files_lines(renewed: GeneratedFiles, folder: str) -> Iterator[str]:
    """Lines that say which generated files were written, and which were left alone."""
    if renewed.written:
        yield f"Wrote {pluralize(len(renewed.written), 'file')} into {folder}."
    else:
        yield f"Nothing to write into {folder}: what is there is up to date."
    for path in renewed.edited:
        yield f"{path} has been changed since credsite wrote it, so it was left alone."
