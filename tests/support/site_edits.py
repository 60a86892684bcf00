"""Random edits of everything in a site except entries: settings, theme, images and static files."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

from tests.support.edits import ENTRY_EDITS, Edit, removed, with_key, words

_FOOTER: Final = """\
{{% from "default/parts/footer.html" import site_footer as default_footer %}}
{{% macro site_footer(site) %}}
{{{{ default_footer(site) }}}}
<p>{words}</p>
{{% endmacro %}}
"""


def _setting(site: Path, key: str, value: str | None) -> str:
    file = site / "credsite.yaml"
    file.write_text(with_key(file.read_text(encoding="utf-8"), key, value), encoding="utf-8")
    return f"credsite.yaml: {key} = {value}"


def page_size(site: Path, chance: random.Random) -> str:
    return _setting(site, "page_size", str(chance.choice([1, 3, 5, 24])))


def site_title(site: Path, chance: random.Random) -> str:
    return _setting(site, "title", f"Courses of {words(chance)}")


def site_funding(site: Path, chance: random.Random) -> str:
    ids = ["quillbay-bursary", "student-aid", "employer-grant", "armed-forces-fund"]
    there = ids if chance.random() < 0.7 else ids[:2]
    blocks = ", ".join(f"{each}: {{title: Fund {words(chance)}}}" for each in there)
    return _setting(site, "funding", f"{{{blocks}}}")


def notice(site: Path, chance: random.Random) -> str:
    return _setting(site, "notice", chance.choice([None, f"Note {words(chance)}."]))


_TARGETS: Final = (
    "courses", "stories", "skills", "guides", "about", "privacy", "page:accessibility", "no-such-page", "industry:technology",
    "{label: Free, url: '/courses/?cost=free'}", "{label: Apply, url: 'https://apply.example/'}",
)  # fmt: skip
"""Where menus of the sample catalogue lead."""
_SECTIONS: Final = (
    "{section: starts, count: 3, heading: Soon}", "stories", "guides", "{section: pathways, count: 1}", "industries",
    "delivery", "backgrounds", "{section: text, text: 'See [us](page:about).'}",
    "{section: featured, entries: [inclusive-hiring, infection-prevention, no-such-course]}",
)  # fmt: skip


def menu(site: Path, chance: random.Random) -> str:
    links = ", ".join(chance.sample(_TARGETS, 4))
    group = f"{{label: More, items: [{', '.join(chance.sample(_TARGETS, 3))}]}}"
    return _setting(site, "menu", chance.choice([None, f"[{links}]", f"[{links}, {group}]"]))


def footer(site: Path, chance: random.Random) -> str:
    text = f"text: 'We are *{words(chance)}*, see [us](page:about).'"
    return _setting(
        site, "footer", chance.choice([None, f"{{{text}, links: [{', '.join(chance.sample(_TARGETS, 3))}]}}"])
    )


def home(site: Path, chance: random.Random) -> str:
    sections = ", ".join(chance.sample(_SECTIONS, 4))
    return _setting(site, "home", chance.choice([None, f"[{sections}]", f"[hero, {sections}]"]))


def time_zone(site: Path, chance: random.Random) -> str:
    return _setting(site, "timezone", chance.choice(["America/Halifax", "Pacific/Auckland", "UTC"]))


def currency(site: Path, chance: random.Random) -> str:
    return _setting(site, "currency", chance.choice(["CAD", "CAD", "EUR", None]))


def largest_file(site: Path, chance: random.Random) -> str:
    return _setting(site, "max_file_size", chance.choice(["1 kB", None, None]))


def severities(site: Path, chance: random.Random) -> str:
    value = chance.choice([None, "{missing-price: off}", "{missing-price: error}", "{summary-long: error}"])
    return _setting(site, "problems", value)


def own_words(site: Path, chance: random.Random) -> str:
    value = chance.choice(
        [
            None,
            f"{{delivery_modes: {{online: {{label: Online {words(chance)}, order: {chance.choice([1, 2000])}}}}}}}",
            f"{{delivery_modes: {{hybrid: {{hidden: true}}, sea: At sea}}, levels: {{introductory: {words(chance)}}}}}",
        ]
    )
    return _setting(site, "vocabularies", value)


def wrong_settings(site: Path, chance: random.Random) -> str:
    return _setting(site, "page_size", chance.choice(["many", "[", "0"]))


def theme_template(site: Path, chance: random.Random) -> str:
    """Create a theme for the site, or change what its theme adds to every page."""
    return _themed(site, "templates/parts/footer.html", _FOOTER.format(words=words(chance)))


def theme_page(site: Path, chance: random.Random) -> str:
    text = "<p>{{ site.title }}, " + words(chance) + "</p>\n"
    return _themed(site, f"templates/{chance.choice(['guides', 'skills', 'providers'])}.html", text)


def theme_style(site: Path, chance: random.Random) -> str:
    return _themed(site, "assets/css/own.css", f"p {{ margin: {chance.randrange(100)}px }}\n")


def theme_broken(site: Path, chance: random.Random) -> str:
    text = chance.choice(["{{ page.nothing_of_the_kind }}", "{% if %}", "{{ 1 // 0 }}"])
    return _themed(site, "templates/guides.html", text)


def theme_away(site: Path, chance: random.Random) -> str:
    """Go back to the default theme, or undo changes in the site's theme."""
    if chance.random() < 0.5:
        return _setting(site, "theme", None)
    for file in sorted((site / "themes" / "own").rglob("*.html")):
        file.unlink()
    return "themes/own: no templates"


def _themed(site: Path, name: str, text: str) -> str:
    theme = site / "themes" / "own"
    (theme / name).parent.mkdir(parents=True, exist_ok=True)
    (theme / "theme.yaml").write_text("name: Own\nextends: default\n", encoding="utf-8")
    (theme / name).write_text(text, encoding="utf-8")
    _setting(site, "theme", "own")
    return f"themes/own/{name}: {text!r}"


def image_replaced(site: Path, chance: random.Random) -> str:
    file = chance.choice(sorted((site / "content" / "images").iterdir()))
    size = chance.randint(1, 2000)
    active = "<script/>" if chance.random() < 0.15 else ""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">{active}</svg>\n'
    file.write_text(text, encoding="utf-8")
    return f"images/{file.name}: replaced{' by an active one' * bool(active)}"


def image_away(site: Path, chance: random.Random) -> str:
    files = sorted((site / "content" / "images").iterdir())
    if len(files) < 3:
        return image_replaced(site, chance)
    file = chance.choice(files)
    place = removed(site) / file.relative_to(site)
    place.parent.mkdir(parents=True, exist_ok=True)
    file.replace(place)
    return f"images/{file.name}: away"


def static_file(site: Path, chance: random.Random) -> str:
    name = chance.choice(["a.txt", "b/c.txt", "b/d.bin", "robots.txt"])
    file = site / "static" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(chance.randbytes(chance.randint(0, 40)))
    return f"static/{name}: written"


def static_away(site: Path, chance: random.Random) -> str:
    files = sorted(path for path in (site / "static").rglob("*") if path.is_file())
    if not files:
        return static_file(site, chance)
    file = chance.choice(files)
    file.unlink()
    return f"static/{file.name}: away"


SITE_EDITS: Final[tuple[Edit, ...]] = (
    page_size, site_title, site_funding, notice, menu, footer, home, time_zone, currency, largest_file, severities, wrong_settings,
    own_words, page_size, theme_template, theme_page, theme_style, theme_broken, theme_away, theme_away, image_replaced,
    image_away, static_file, static_away,
)  # fmt: skip
EDITS: Final = (*ENTRY_EDITS, *SITE_EDITS)
