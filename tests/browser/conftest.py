"""Fixtures for the theme's scripts: the sample site under a strict policy, and modules without a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.columns import Written
from tests.support.paths import REPOSITORY
from tests.support.server import ServedSite, serve

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def site(served: ServedSite) -> ServedSite:
    return served


@pytest.fixture(scope="session")
def written(sample_site: Path) -> Written:
    return Written(sample_site)


@pytest.fixture(scope="session")
def slugs(sample_site: Path) -> list[str]:
    """The slugs of a few courses with future sessions."""
    return sorted(page.parent.name for page in (sample_site / "courses").glob("*/sessions.ics"))[:6]


@pytest.fixture(scope="session")
def module(browser: Browser) -> Iterator[Run]:
    """``module(name, body, argument)`` runs the body of a function of ``m``, a module of the theme, and ``argument``."""
    with serve(REPOSITORY / "themes/default/assets/js") as served:
        context = browser.new_context(locale="en-CA", timezone_id="America/Halifax")
        page = context.new_page()
        page.goto(served.address("none"))

        def run(name: str, body: str, argument: Any = None) -> Any:
            code = f"async ([url, argument]) => {{ const m = await import(url); {body} }}"
            return page.evaluate(code, [served.address(name), argument])

        yield run
        context.close()
