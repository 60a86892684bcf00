"""What commands that write into a site have in common: its settings, its choices, and what became of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credsite.authoring.editors.generated_files import Renewed
from credsite.core.errors import CredsiteError
from credsite.core.humanize import pluralize
from credsite.schema import config
from credsite.schema.config import Config
from credsite.site.urls import PATH_PREFIXES

RESERVED_PAGE_SLUGS: Final = frozenset(
    {*(section.strip("/") for section in PATH_PREFIXES.values()), "guides", "skills"}
)
"""Addresses at the top of every site, which a page cannot have."""


def load_settings(site: Path) -> Config:
    """The settings of a site. CredsiteError where they are missing or wrong."""
    settings, problems = config.load(site)
    if settings is None:
        raise CredsiteError(
            f"{config.FILE} has {pluralize(len(problems), 'mistake')}. "
            "`credsite check` says where. Mend them first."
        )
    return settings


def generated_files_text(renewed: Renewed, folder: str) -> Iterator[str]:
    """What became of files that credsite keeps up to date, in a few lines."""
    if renewed.written:
        yield f"Wrote {pluralize(len(renewed.written), 'file')} into {folder}."
    else:
        yield f"Nothing to write into {folder}: what is there is up to date."
    for path in renewed.kept:
        yield f"{path} is not as credsite wrote it, so it is left as it is."
