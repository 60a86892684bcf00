from __future__ import annotations

from pathlib import Path

import pytest

from credsite.site.views import (
    RedirectPage,
)
from credsite.theme.loader import ThemeError
from tests.theme.conftest import HEAD, PAGE, blank


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n{{ page.headin }}", 2, "`headin`, which a NotFoundPage does not have. Did you mean `heading`?"),
        ("\n{{ pages.heading }}", 2, "does not exist: 'pages' is undefined"),
        ("\n{{ asset('icon.svg') }}", 2, "no asset `icon.svg`. Did you mean `icons.svg`?"),
        (
            "\n{% include 'parts/cart.html' %}",
            2,
            "no template `parts/cart.html`. Did you mean `parts/card.html`?",
        ),
        ("\n\n{% if %}", 3, "cannot be understood"),
        ("{{ page.heading|shout }}", 1, "cannot be understood: No filter named 'shout'"),
        ("\n{{ none|date }}", 2, "`date` takes a date, not nothing"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_place(
    renderer, site: Path, text: str, line: int, words: str
) -> None:
    site_renderer = renderer({"404.html": text, "parts/card.html": ""})
    with pytest.raises(ThemeError) as caught:
        site_renderer.render(PAGE)
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (site / "themes/plain/templates/404.html", line)


def test_a_mistake_in_a_part_is_named_in_the_part(renderer, site: Path) -> None:
    site_renderer = renderer(
        {"404.html": "\n{% include 'parts/a.html' %}", "parts/a.html": "\n\n{{ page.x }}"}
    )
    with pytest.raises(ThemeError) as caught:
        site_renderer.render(PAGE)
    assert (caught.value.path, caught.value.line) == (site / "themes/plain/templates/parts/a.html", 3)


def test_a_page_without_a_template_is_named(renderer) -> None:
    site_renderer = renderer({"404.html": ""})
    page = blank(RedirectPage, head=HEAD, target="/")
    with pytest.raises(ThemeError, match=r"no template `redirect\.html`"):
        site_renderer.render(page)
