"""What tests of the theme's scripts need: their modules by themselves, without a website around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.server import serve
from tests.support.tools import REPOSITORY

Run = Callable[..., Any]


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
