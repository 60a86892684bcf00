"""What is wrong with the open page on paper, or in the colours that a visitor's system forces on it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.visiting import SCHEMES

# The visible texts that cannot be read on white paper: browsers print no backgrounds.
_PALE = """() => {
    const pale = new Set();
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const contrastWithWhite = colour => {
        canvas.fillStyle = "#fff";
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(
            value => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
        const { color, printColorAdjust } = getComputedStyle(element);
        if (printColorAdjust !== "exact" && contrastWithWhite(color) < 4.5)
            pale.add(`${color} on paper: ${element.outerHTML.slice(0, 120)}`);
    }
    return [...pale];
}"""

# Fields and buttons that do nothing on paper, and boxes without their content. Chosen filters and skills are buttons, but say something.
_USELESS = """() => [...document.querySelectorAll("input, select, button, .card-emblem, .more-details:not([open])")]
    .filter(element => element.checkVisibility() && !element.closest(".gap-chosen, .chip"))
    .map(element => `useless on paper: ${element.outerHTML.slice(0, 120)}`)"""

# Links to what is elsewhere, of which paper has to say the address.
_WITHOUT_ADDRESS = """() => [...document.querySelectorAll(
        ".facts-act a, .flow-act a, .video [href^=http], .provider-head [href^=http], .footer-row [rel=me]")]
    .filter(link => link.checkVisibility() && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")))
    .map(link => `without its address on paper: ${link.outerHTML.slice(0, 120)}`)"""

_NOT_FORCED = """() => {
    const style = (element, part) => getComputedStyle(element, part);
    const visible = selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility());
    const report = (what, elements) => elements.map(element => `${what}: ${element.outerHTML.slice(0, 120)}`);
    const page = style(document.body).backgroundColor;
    const current = visible(".site-nav > ul > li > [aria-current], .site-nav > ul > li > details > [aria-current]");
    const others = visible(".site-nav > ul > li > a:not([aria-current]), .site-nav summary:not([aria-current])");
    return [
        ...report("an icon in a colour of its own", visible(".icon").filter(
            icon => style(icon).color !== style(icon.parentElement).color)),
        ...report("an icon that nobody sees", visible("[class^=icon-]").filter(icon => style(icon).backgroundColor === page)),
        ...report("an icon that nobody sees before its text", visible(".checks li, .card-facts li[class], .save").filter(
            element => style(element, "::before").backgroundColor === page)),
        ...report("a box without its drawing", visible(".card-emblem, .drawing")),
        ...report("without an edge", visible(".button, .outcomes, .pill, .pills a").filter(
            element => element.checkVisibility() && style(element).borderTopColor === page)),
        ...report("not marked as current", current.filter(link => style(link).textDecorationLine !== "underline")),
        ...report("marked like the current one", others.filter(link =>
            style(link).textDecorationLine !== "none"
            || (parseFloat(style(link).borderBottomWidth) && style(link).borderBottomColor !== page))),
    ];
}"""


def print_problems(page: Page) -> list[str]:
    """What nobody can read or use when the open page is printed, of visitors whose screen is light or dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        for script in (_PALE, _USELESS, _WITHOUT_ADDRESS):
            found += [f"{scheme}: {problem}" for problem in page.evaluate(script)]
    page.emulate_media(media="screen", color_scheme="light")
    return found


def forced_colour_problems(page: Page) -> list[str]:
    """What does not show in forced colours, light and dark, on the open page."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, forced_colors="active")
        found += [f"{scheme}: {problem}" for problem in page.evaluate(_NOT_FORCED)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found
