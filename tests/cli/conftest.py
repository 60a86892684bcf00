"""A small good site, and a way to run commands in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from credsite.cli import main
from tests.support.paths import STARTER

Run = Callable[..., Result]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the starter site."""
    return Path(shutil.copytree(STARTER, tmp_path / "site"))


@pytest.fixture
def run() -> Run:
    """Runs `credsite` with arguments. What is no exit of its own is raised."""

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def broken_site(site: Path) -> Path:
    """The site with one error: a key of content/pages/about.md, on line 4, that does not exist."""
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("\norder: 2\n", "\nordr: 2\n"))
    return site
