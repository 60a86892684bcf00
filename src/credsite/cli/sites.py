"""What commands that work with single entries need of a site: its settings, and the ids that they may name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from credsite import config
from credsite.config import Config
from credsite.errors import CredsiteError
from credsite.site.urls import SECTIONS
from credsite.theme.loader import ThemeError, load_theme

OWN_PAGES: Final = frozenset({*(section.strip("/") for section in SECTIONS.values()), "guides", "skills"})
"""Addresses at the top of every site, which a page cannot have."""


def settings_of(site: Path) -> Config:
    """The settings of a site. CredsiteError where they have mistakes."""
    settings, problems = config.load(site)
    if settings is None:
        raise CredsiteError(
            f"{config.FILE} has {len(problems)} {'mistake' if len(problems) == 1 else 'mistakes'}. "
            "`credsite check` says where. Mend them first."
        )
    return settings


def templates_of(settings: Config, site: Path) -> tuple[str, ...]:
    """The theme's templates for pages."""
    try:
        return tuple(load_theme(settings.theme, site).templates)
    except ThemeError:  # `check` and `build` say so; here it only means that the usual templates are offered
        return ("page", "guide", "employers")
