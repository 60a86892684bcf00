"""A small good site, and a way to run commands in it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def broken_site(site: Path) -> Path:
    """The site with one error: a key of content/pages/about.md, on line 4, that does not exist."""
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("\norder: 2\n", "\nordr: 2\n"))
    return site
