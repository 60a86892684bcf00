"""Where the host sends no headers, pages say their own Content-Security-Policy, and work under it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from credsite.build.options import Options
from credsite.build.pipeline import build
from tests.support.paths import SITES
from tests.support.server import ServedSite, serve
from tests.support.visiting import opened

INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "window.smuggled = true";
    document.body.append(script);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    root = tmp_path_factory.mktemp("policy") / "site"
    shutil.copytree(SITES / "good-minimal", root)
    settings = root / "credsite.yaml"
    settings.write_text(f"{settings.read_text()}host: github-pages\n")
    assert build(Options(root)).report
    with serve(root / "public") as served:
        yield served


@pytest.mark.parametrize("path", ["", "courses/", "404.html"])
def test_pages_work_and_run_nothing_that_is_smuggled_in(
    site: ServedSite, browser: Browser, path: str
) -> None:
    with opened(browser, site.address(path)) as page:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.policyViolations") == []
        page.evaluate(INLINE)
        page.wait_for_function("() => window.policyViolations.length > 0 || window.smuggled")
        assert page.evaluate("() => [window.smuggled ?? false, window.policyViolations.length]") == [False, 1]
        page.evaluate("() => { window.policyViolations.length = 0 }")


def test_the_policy_stands_before_anything_that_is_loaded(site: ServedSite) -> None:
    for file in Path(site.root).rglob("index.html"):
        text = file.read_text(encoding="utf-8")
        assert 0 < text.index("Content-Security-Policy") < text.index("<script")
