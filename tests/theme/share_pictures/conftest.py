from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from credsite.site.views import SharePicture
from credsite.theme.loader import load_theme
from credsite.theme.share_pictures.design import Design, load_design
from tests.theme.conftest import LoadTheme

FIRST_AID = SharePicture(
    "course", "First Aid", "Tern Institute", ("Care", "Online"), "Short Courses", "first-aid", "en", "ltr"
)


@pytest.fixture
def design(tmp_path: Path) -> Design:
    """The design of the default theme."""
    return load_design(load_theme("default", tmp_path))


@pytest.fixture
def load(site: Path) -> LoadTheme:
    """Loads a theme of the site, which can extend the default theme."""
    return partial(load_theme, site_root=site)
