"""What the commands that write into a site have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credsite.authoring.editors.generated_files import GeneratedFiles
from credsite.core.errors import CredsiteError
from credsite.core.humanize import pluralize
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import load_config
from credsite.site.urls import PATH_PREFIXES

RESERVED_PAGE_SLUGS: Final = frozenset(
    {*(section.strip("/") for section in PATH_PREFIXES.values()), "guides", "skills"}
)
"""The first path segments that every site uses itself, so that no page can have them."""


def load_settings(site: Path) -> Config:
    """The settings of a site. Raises CredsiteError if they are missing or wrong."""
    settings, problems = load_config(site)
    if settings is None:
        raise CredsiteError(
            f"{CONFIG_FILE} has {pluralize(len(problems), 'mistake')}. "
            "`credsite check` says where. Fix them first."
        )
    return settings


def generated_files_lines(renewed: GeneratedFiles, folder: str) -> Iterator[str]:
    """Lines that say which generated files were written, and which were left alone."""
    if renewed.written:
        yield f"Wrote {pluralize(len(renewed.written), 'file')} into {folder}."
    else:
        yield f"Nothing to write into {folder}: what is there is up to date."
    for path in renewed.edited:
        yield f"{path} has been changed since credsite wrote it, so it was left alone."
