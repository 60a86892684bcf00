"""The colours of real pages in a browser: which stand on which, and whether everything can be read with any accent."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from credsite.build.options import Options
from credsite.schema.brand import Colours
from credsite.schema.config import Config
from credsite.schema.yaml.loader import load_yaml
from credsite.site.security_policy import content_security_policy
from credsite.theme.contrast_pairs import GRAPHIC_CONTRAST, PAIRS, TEXT_CONTRAST
from credsite.theme.palette import Tokens, make_palette
from tests.content.test_images import picture, put
from tests.support.fonts import woff2
from tests.support.layout import OVERFLOWS
from tests.support.report import listed
from tests.support.sample import PAGE_KINDS
from tests.support.sequences import NOW, build
from tests.support.server import ServedSite, serve
from tests.support.small_site import small_site
from tests.support.visiting import PHONE, SCHEMES, assert_fine, opened

BRAND = """\
brand:
  logo: brand/logo.png
  logo_has_name: true
  corners: round
  colours: {accent: "#ffd500"}
  fonts: {text: {regular: brand/text.woff2, stack: classical-humanist}}
"""
NAMES = sorted(make_palette(Colours(accent="#7a1f3d")).light)
TYPICAL = ("home", "courses", "course", "story", "pathway")
"""The kinds of pages on which most pairs occur."""
MEASURED = ("home", "story")
SET = "tokens => Object.entries(tokens).forEach(([name, colour]) => document.documentElement.style.setProperty(`--${name}`, colour))"
FOUND = """() => {
    const clear = "rgba(0, 0, 0, 0)", found = new Map();
    const grounds = new Map();
    const behind = element => {
        if (!element) return "rgb(255, 255, 255)";
        if (!grounds.has(element)) {
            const own = getComputedStyle(element).backgroundColor;
            grounds.set(element, own === clear ? behind(element.parentElement) : own);
        }
        return grounds.get(element);
    };
    const add = (kind, colour, element, style, ground = behind(element)) =>
        found.set(`${kind} ${colour} on ${ground} in ${style.fontSize} ${style.fontWeight}`, [kind, colour, ground,
            parseFloat(style.fontSize), Number(style.fontWeight), element.outerHTML.slice(0, 90)]);
    for (const element of document.querySelectorAll("body *")) {
        const box = element.getBoundingClientRect(), style = getComputedStyle(element);
        if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || element.closest("[popover], .drawing")) continue;
        if (element.localName === "svg") add("icon", style.color, element, style);
        else if (element.matches("[class^=icon-]")) {
            const disc = getComputedStyle(element.parentElement, "::before").backgroundColor;
            add("icon", style.backgroundColor, element, style, disc === clear ? behind(element.parentElement) : disc);
        }
        else if ([...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) add("text", style.color, element, style);
        if (element.matches("input:not([type='checkbox']), select, :is(.pills a, button.pill), .menu-button"))
            add("icon", style.borderTopColor, element, style);
        for (const part of ["::before", "::after", "::placeholder", "::marker"]) {
            const inner = getComputedStyle(element, part);
            const isText = part === "::placeholder" ? element.placeholder
                : part === "::marker" ? style.display === "list-item" && style.listStyleType !== "none"
                : !["none", "normal", '""'].includes(inner.content);
            if (isText) add("text", inner.color, element, inner, inner.backgroundColor === clear ? undefined : inner.backgroundColor);
            else if (part === "::before" && inner.maskImage !== "none") add("icon", inner.backgroundColor, element, style);
        }
    }
    return [...found.values()];
}"""


def numbered() -> dict[str, str]:
    """Another colour for each custom property, by which it is recognised."""
    return {name: f"rgb(1, 2, {number})" for number, name in enumerate(NAMES)}


def shown(page: Page, site: ServedSite, kind: str, tokens: Tokens) -> list[list[Any]]:
    """What is read and seen on a page with these colours: the kind, its colour, the colour behind it, and its font."""
    page.goto(site.address(PAGE_KINDS[kind](site.root)))
    page.evaluate(SET, dict(tokens))
    found: list[list[Any]] = page.evaluate(FOUND)
    assert found
    return found


def test_every_colour_on_another_is_in_the_table(
    browser: Browser, site: ServedSite, pytestconfig: pytest.Config
) -> None:
    names = {colour: name for name, colour in numbered().items()}
    of_text = {(pair.front, pair.background) for pair in PAIRS if pair.minimum == TEXT_CONTRAST}
    tables = {"text": of_text, "icon": {(pair.front, pair.background) for pair in PAIRS}}
    missing: dict[tuple[str, ...], str] = {}
    with opened(browser) as page:
        for kind in PAGE_KINDS if pytestconfig.getoption("whole") else TYPICAL:
            for what, colour, behind, _size, _weight, html in shown(page, site, kind, numbered()):
                pair = names.get(colour, colour), names.get(behind, behind)
                if pair not in tables[what]:
                    missing.setdefault((what, *pair), f"{kind}: {html}")
    assert not missing, listed([f"{' '.join(pair)}: {where}" for pair, where in sorted(missing.items())])


def accents(count: int) -> Iterator[str]:
    yield "#ffd500"
    draw = random.Random(7)
    for _ in range(count - 1):
        yield f"#{draw.randrange(1 << 24):06x}"


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_of(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_everything_can_be_read_with_any_accent(
    browser: Browser, site: ServedSite, pytestconfig: pytest.Config
) -> None:
    faults = []
    with opened(browser, viewport=PHONE) as page:
        for accent in accents(20 if pytestconfig.getoption("whole") else 1):
            palette = make_palette(Colours(accent=accent))
            for scheme, tokens in zip(SCHEMES, (palette.light, palette.dark), strict=True):
                page.emulate_media(color_scheme=scheme)
                for kind in TYPICAL if pytestconfig.getoption("whole") else MEASURED:
                    for what, colour, behind, size, weight, html in shown(page, site, kind, tokens):
                        is_large = size >= 24 or (size >= 18.66 and weight >= 700)
                        least = GRAPHIC_CONTRAST if what == "icon" or is_large else TEXT_CONTRAST
                        if contrast_of(colour, behind) < least:
                            faults.append(f"{accent} {scheme} {kind}: {what} {colour} on {behind}: {html}")
    assert not faults, listed(faults)


def test_a_site_with_a_wide_logo_and_a_font_of_its_own_fits_and_is_accessible(
    browser: Browser, tmp_path: Path
) -> None:
    site = small_site(tmp_path)
    put(site, "brand/logo.png", picture(size=(900, 100)))
    put(site, "brand/text.woff2", woff2(0))
    settings = (site / "credsite.yaml").read_text(encoding="utf-8") + BRAND
    (site / "credsite.yaml").write_text(settings, encoding="utf-8")
    policy = content_security_policy(Config.model_validate(load_yaml(settings, "")[0]))
    built = build(Options(site, tmp_path / "public", now=NOW))
    assert built.failure == ""
    with (
        serve(tmp_path / "public", headers={"Content-Security-Policy": policy}) as served,
        opened(browser) as page,
    ):
        page.set_viewport_size(PHONE)
        page.goto(served.address(""))
        assert_fine(page)
        logo = page.get_by_role("link", name="Small Courses").locator("img")
        assert logo.evaluate("img => img.complete && img.naturalWidth") == 900
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("brand-text, Optima")


def test_a_name_beside_a_wide_logo_and_long_words_in_the_footer_fit(browser: Browser, tmp_path: Path) -> None:
    site = small_site(tmp_path)
    put(site, "brand/logo.png", picture(size=(900, 100)))
    word = "Krankenversicherungsbeitragsbemessungsgrenze" * 3
    with (site / "credsite.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            f"brand: {{logo: brand/logo.png}}\nfooter:\n  text: |\n    {word}\n\n    | a |\n    | - |\n    | {word} |\n"
            f"  links: [{{label: {word}, items: [courses]}}, {{label: {word}, url: courses}}]\n"
            f"  social: [{{label: {word}, url: 'https://elsewhere.example/'}}]\n"
        )
    assert build(Options(site, tmp_path / "public", now=NOW)).failure == ""
    with serve(tmp_path / "public") as served, opened(browser, served.address("")) as page:
        for width in (320, 400):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOWS) == []
            name = page.get_by_role("link", name="Small Courses").locator("span")
            assert name.evaluate("span => span.getBoundingClientRect().width") > 60
