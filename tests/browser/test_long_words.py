"""Words without a break fit on every page, at every width: nothing scrolls sideways, is cut, or lies over its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from credsite.problems.model import Location, Problem
from credsite.serve.problem_overlay import problem_list, problem_page
from tests.support.cli import run_credsite
from tests.support.every_field import write_entries, write_mode, write_settings
from tests.support.layout import OVERFLOWS
from tests.support.paths import PACKAGE
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import opened

WIDTHS = (320, 768, 1024, 1440)
"""A phone, a tablet in both directions, and a desk."""
WORDS = {
    "letters": "Krankenversicherungsbeitragsbemessungsgrenze" * 7,
    "arabic": "واستراتيجياتهم" * 22,
    "address": "https://elsewhere.example/" + "a-long-path-without-an-end/" * 11,
    "digits": "1234567890" * 30,
    "wide": "W" * 300,
}
SLUGS = ("first", "second", "third")
TWO = "?c=first&c=second&c=third"


def body(word: str) -> str:
    """A Markdown text with the word in each kind of block."""
    return f"""\
{word} **{word}** `{word}`

## {word}

- {word}
- [{word}](https://elsewhere.example/)

1. {word}

| {word} | {word} |
| --- | --- |
| {word} | {word} |

> {word}

```
{word}
```

![{word}](../images/picture.svg)

A note.[^1]

[^1]: {word}
"""


def written(site: Path, word: str) -> Path:
    """A site in which the word stands wherever a text may stand."""
    write_settings(site, lambda _: word)
    write_mode(site, lambda _: word, body(word))
    for slug in SLUGS:
        write_entries(site, slug, lambda _: word, body(word))
    return site


@pytest.fixture(scope="module", params=WORDS)
def long_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedSite]:
    site = written(tmp_path_factory.mktemp("long") / "site", WORDS[request.param][:300])
    done = run_credsite("build", site, "--now", "2026-12-01")
    assert done.exit_code == 0, done.output
    with serve(site / "public") as served:
        yield served


def addresses(root: Path) -> list[str]:
    """One page of each kind, and pages that scripts fill from the address."""
    pages = {path.relative_to(root).as_posix().removesuffix("index.html") for path in root.rglob("*.html")}
    others = {page for page in pages if any(f"/{slug}/" in f"/{page}" for slug in SLUGS[1:])}
    return [*sorted(pages - others), f"compare/{TWO}", f"shortlist/{TWO}", "courses/?q=nothing&mode=blended"]


def overflows(page: Page) -> list[str]:
    """What does not fit at one of the widths."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {problem}" for problem in page.evaluate(OVERFLOWS)]
    return found


def test_every_page_fits(browser: Browser, long_site: ServedSite) -> None:
    with opened(browser) as page:
        found = []
        for address in addresses(long_site.root):
            page.goto(long_site.address(address), wait_until="networkidle" if "?" in address else "load")
            found += [f"{address}: {problem}" for problem in overflows(page)]
        page.goto(long_site.address("courses/first/"))
        page.emulate_media(media="print")
        found += [f"printed: {problem}" for problem in overflows(page)]
        assert not found, listed(found)


@pytest.mark.parametrize("long_site", ["letters"], indirect=True)
def test_what_does_not_fit_is_found(browser: Browser, long_site: ServedSite) -> None:
    with opened(browser, long_site.address("courses/")) as page:
        page.add_style_tag(content="body { overflow-wrap: normal }")
        assert overflows(page)


def test_the_report_fits(browser: Browser, tmp_path: Path) -> None:
    site = written(tmp_path / "site", WORDS["letters"][:300])
    assert run_credsite("report", site, "--output", site / "report.html").exit_code == 0
    with opened(browser, (site / "report.html").as_uri()) as page:
        assert overflows(page) == []


def test_the_problems_of_the_preview_fit(browser: Browser) -> None:
    word = WORDS["letters"][:300]
    place = Location(f"content/{word}.md", 2, 1)
    problem = Problem(
        "unknown-key",
        f"`{word}` is not a key, {word}.",
        place,
        allowed=(word,),
        suggestion=word,
        related=place,
    )
    found = problem_list([problem], word, lambda _: f"---\n{word}: {word}\n", is_outdated=True)
    style = (PACKAGE / "serve/browser/preview.css").read_text(encoding="utf-8")
    panel = f'<div class="problems"><div class="panel"><div class="list">{found.html}</div></div></div>'
    with opened(browser) as page:
        page.set_content(problem_page(found).decode().replace("</body>", f"{panel}</body>"))
        page.add_style_tag(content=style)
        assert overflows(page) == []
