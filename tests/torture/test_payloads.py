"""Texts that are code, in every field, address and store that a page takes texts from.

A Chromium opens the pages without a policy that would stop anything, and a probe counts what runs, and what is loaded.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from credsite.content.markdown.body import render
from credsite.problems.codes import CODES
from credsite.problems.model import Severity
from tests.support.cli import run_credsite
from tests.support.every_field import PICTURE, write_entries, write_mode, write_settings
from tests.support.server import ServedSite, serve
from tests.support.visiting import POLICY
from tests.torture.payloads import ADDRESSES, ELEMENTS, LINES, bodies, texts
from tests.torture.trials import Trials

PROMISE = (
    "No text runs as code, adds markup, links to a program or loads anything from elsewhere, "
    "on pages, in feeds, calendars, data and tables."
)
PACKED = 6
"""Payloads in one field."""
NOW = ("--now", "2026-12-01")
FEED_TAGS = {
    "feed",
    "title",
    "subtitle",
    "id",
    "updated",
    "published",
    "link",
    "author",
    "name",
    "entry",
    "summary",
}
CALENDAR_LINE = re.compile(r"(?:BEGIN|END|VERSION|PRODID|X-WR-[A-Z]+|NAME|[A-Z-]+)(?:;[A-Z-]+=[^:]*)?:")
COMPONENTS = {f"BEGIN:{name}" for name in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")}

PROBE = """
window.hits = [];
window.hit = () => window.hits.push("hit");
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.hits.push(name);
document.addEventListener("securitypolicyviolation", event => window.hits.push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
AUDIT = """() => {
    const found = [...window.hits];
    window.hits = [];
    if (typeof window.hit !== "function") found.push("window.hit is no function any more");
    const told = element => element.outerHTML.slice(0, 160);
    const ids = new Set();
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (/^on/i.test(name)) found.push(`a handler: ${told(element)}`);
            if (name === "srcdoc" || (name === "style" && /url|animation|fixed/.test(value))) found.push(`${name}: ${told(element)}`);
            if (!/^(href|src|action|formaction|data|poster|ping|xlink:href|background)$/i.test(name)) continue;
            let scheme = "not an address";
            try { scheme = new URL(value, document.baseURI).protocol; } catch { }
            if (!["http:", "https:", "mailto:", "tel:"].includes(scheme)) found.push(`${scheme} ${told(element)}`);
        }
        if (element.id && ids.has(element.id)) found.push(`twice: id ${element.id}`);
        ids.add(element.id);
    }
    for (const script of document.scripts) {
        if (script.type.endsWith("json")) {
            try { JSON.parse(script.textContent); } catch (error) { found.push(`${error}: ${told(script)}`); }
        } else if (!script.src || new URL(script.src).origin !== location.origin) found.push(told(script));
    }
    for (const element of document.querySelectorAll(
        "iframe, object, embed, base, style, template[shadowrootmode], math, "
        + "meta[http-equiv=refresh], body form:not([role=search], .panel, [data-part])"
    )) found.push(told(element));
    return found;
}"""


class Visitor:
    """A page in the browser, and what its probe has found since the last question."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._noticed: list[str] = []
        page.add_init_script(PROBE)
        page.on(
            "dialog", lambda dialog: (self._noticed.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self._noticed.append(f"error: {error}"))
        page.on("popup", lambda popup: self._noticed.append(f"popup: {popup.url}"))

    def found(self) -> list[str]:
        found = [*self._noticed, *self.page.evaluate(AUDIT)]
        self._noticed.clear()
        return found

    def _asked(self, url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1":
            self._noticed.append(f"asked {url}")


@contextmanager
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A visitor under no policy: what the strict one would stop is only reported, and so found."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(20_000)
    try:
        yield Visitor(context.new_page())
    finally:
        context.close()


@contextmanager
def served(root: Path) -> Iterator[ServedSite]:
    with serve(
        root, headers={"Content-Security-Policy-Report-Only": POLICY.replace("; frame-ancestors 'none'", "")}
    ) as site:
        yield site


def packs(payloads: Sequence[str]) -> list[str]:
    """All payloads, a few in each text."""
    return [" x ".join(payloads[start : start + PACKED]) for start in range(0, len(payloads), PACKED)]


def built(site: Path, *options: str) -> None:
    done = run_credsite("build", site, *NOW, *options)
    assert done.exit_code in (0, 1), done.output
    assert (site / "public" / "index.html").is_file(), done.output


def is_accepted(text: str) -> bool:
    """Whether ``text`` can be Markdown in credsite.yaml. There, an address that is not allowed stops the build."""
    return ":" not in text and not any(
        CODES[finding.code].severity is Severity.ERROR for finding in render(text)[1]
    )


def write_site(site: Path, packed: Sequence[str]) -> int:
    """A site in which each place has had each text. Returns how many places there are."""
    places: dict[str, int] = {}

    def place(name: str, shift: int) -> str:
        number = places.setdefault(name, len(places))
        return packed[(number + shift) % len(packed)]

    markdown = " x ".join(filter(is_accepted, packed)) or "Text"
    write_settings(site, lambda name: markdown if name == "settings.notice" else place(name, 0))
    write_mode(site, lambda name: place(name, 0), "A text.")
    for shift in range(len(packed)):
        write_entries(site, f"entry-{shift}", lambda name, shift=shift: place(name, shift), "A text.")
    return len(places)


def pages(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix().removesuffix("index.html") for path in root.rglob("*.html")
    )


@pytest.fixture(scope="module")
def every_place(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ServedSite, int, int]]:
    """A site with payloads in all places, and how many payloads and places these are."""
    payloads = texts() if pytestconfig.getoption("whole") else texts()[::49]
    site = tmp_path_factory.mktemp("places") / "site"
    places = write_site(site, packs(payloads))
    built(site)
    with served(site / "public") as public:
        yield public, len(payloads), places


def test_fields(browser: Browser, every_place: tuple[ServedSite, int, int], trials: Trials) -> None:
    site, payloads, places = every_place
    with visitor(browser) as one:
        for path in pages(site.root):
            with trials(path):
                one.page.goto(site.address(path))
                assert one.found() == []
    trials.tried = max(trials.tried, payloads * places)


def test_settings(browser: Browser, trials: Trials, whole: bool, tmp_path: Path) -> None:
    """Every text of credsite.yaml, on the pages that show it."""
    payloads = texts() if whole else texts()[::41]
    for number, start in enumerate(range(0, len(payloads), 60)):
        site = tmp_path / str(number)
        some = payloads[start : start + 60]
        packed, markdown = " x ".join(some), " x ".join(filter(is_accepted, some))
        write_settings(
            site,
            lambda name, packed=packed, markdown=markdown: markdown if name == "settings.notice" else packed,
        )
        write_mode(site, lambda _: "Text", "A text.")
        write_entries(site, "entry", lambda _: "Text", "A text.")
        built(site)
        with served(site / "public") as public, visitor(browser) as one:
            for path in ("", "courses/", "courses/entry/", "stories/", "stories/entry/", "nowhere/"):
                with trials(f"{path} {start}"):
                    one.page.goto(public.address(path))
                    assert one.found() == []


def test_search_suggests_texts(
    browser: Browser, every_place: tuple[ServedSite, int, int], trials: Trials
) -> None:
    site, _, _ = every_place
    with visitor(browser) as one:
        for query in ("hit", "script", "img", "onerror", "elsewhere", "x"):
            with trials(query):
                one.page.goto(site.address("courses/"))
                one.page.locator("input[type=search]").first.press_sequentially(query)
                one.page.wait_for_timeout(150)
                assert one.found() == []


def test_feeds_calendars_and_data(every_place: tuple[ServedSite, int, int], trials: Trials) -> None:
    site, _, _ = every_place
    for path in sorted(site.root.rglob("*")):
        if path.suffix not in {".xml", ".ics", ".json"}:
            continue
        with trials(path.relative_to(site.root).as_posix()):
            text = path.read_bytes().decode()
            if path.suffix == ".json":
                json.loads(text)
            elif path.suffix == ".xml":
                assert "<!DOCTYPE" not in text
                root = ElementTree.fromstring(text)
                if path.parent.name == "feeds":
                    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= FEED_TAGS
            else:
                lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
                assert lines.pop() == ""
                assert all(CALENDAR_LINE.match(line) for line in lines)
                assert {line for line in lines if line.startswith("BEGIN:")} <= COMPONENTS
                assert not any(line.startswith(("ATTENDEE", "ATTACH", "X-HIT")) for line in lines)


def test_bodies(browser: Browser, trials: Trials, whole: bool, tmp_path: Path) -> None:
    """Each in an entry of its own, since some are refused."""
    site = tmp_path / "site"
    write_settings(site, lambda _: "Text")
    chosen = list(bodies())[:: 1 if whole else 23]
    for number, body in enumerate(chosen):
        page = site / "content" / "pages" / f"page-{number}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(f"---\ntitle: A page\nsummary: A text.\n---\nA text.\n\n{body}\n".encode())
    built(site, "--keep-going")
    with served(site / "public") as public, visitor(browser) as one:
        for number, body in enumerate(chosen):
            with trials(body):
                if (public.root / f"page-{number}").exists():  # else it was refused
                    one.page.goto(public.address(f"page-{number}/"))
                    assert one.found() == []


def test_texts_of_several_lines(trials: Trials, tmp_path: Path) -> None:
    for number, payload in enumerate(LINES):
        with trials(payload):
            site = tmp_path / str(number)
            write_settings(site, lambda _: "Text")
            write_mode(site, lambda _: "Text", "A text.")
            write_entries(site, "entry", lambda _, payload=payload: payload, "A text.")
            built(site, "--keep-going")
            for calendar in site.rglob("*.ics"):
                lines = re.sub(r"\r\n[ \t]", "", calendar.read_bytes().decode()).splitlines()
                assert not any(
                    line.startswith(("ATTENDEE", "ATTACH", "URL:https://elsewhere")) for line in lines
                )


def test_addresses_of_fields(trials: Trials, whole: bool, tmp_path: Path) -> None:
    """An address that is no web address is refused."""
    for number, address in enumerate(ADDRESSES if whole else ADDRESSES[::6]):
        with trials(address):
            site = tmp_path / str(number)
            write_settings(site, lambda _: "Text")
            write_mode(site, lambda _: "Text", "A text.")
            write_entries(site, "entry", lambda _: "Text", "A text.", url=address)
            built(site, "--keep-going")
            assert not (site / "public" / "courses" / "entry").exists()
            assert not (site / "public" / "providers" / "entry").exists()


def test_names_of_pictures(browser: Browser, trials: Trials, tmp_path: Path) -> None:
    names = (
        'x" onerror=hit() x="',
        "x' onerror=hit() x='",
        "<img src=x: onerror=hit()>",
        "{{ 7 * 7 }}",
        "x&quot;",
        "%22%3E",
        "x,y 2x",
        "javascript:hit()",
    )
    for number, name in enumerate(names):
        with trials(name):
            site = tmp_path / str(number)
            write_settings(site, lambda _: "Text")
            page = site / "content" / "pages" / "page.md"
            page.parent.mkdir(parents=True)
            page.with_name(f"{name}.svg").write_text(PICTURE, encoding="utf-8")
            source = json.dumps(f"{name}.svg")
            page.write_text(
                f"---\ntitle: A page\nsummary: A text.\nimage: {{src: {source}, alt: {source}}}\n---\n![{name}](<{quote(name)}.svg>)\n",
                encoding="utf-8",
            )
            built(site, "--keep-going")
            if (site / "public" / "page").exists():
                with served(site / "public") as public, visitor(browser) as one:
                    one.page.goto(public.address("page/"))
                    assert one.found() == []


def test_what_scripts_read(
    browser: Browser, every_place: tuple[ServedSite, int, int], trials: Trials, whole: bool
) -> None:
    """Parameters and fragments of addresses, and what a browser has stored."""
    site, _, _ = every_place
    paths = (
        "courses/?q={0}&mode={0}&sort={0}&page={0}&{0}={0}#{0}",
        "shortlist/?c={0}&c=entry-0#{0}",
        "compare/?c={0}&c=entry-0&c=entry-1#{0}",
        "skills/?skill={0}&mode={0}#{0}",
        "nowhere/{0}?q={0}#{0}",
    )
    with visitor(browser) as one:
        one.page.goto(site.address("courses/"))
        for number, payload in enumerate(texts()[:: 1 if whole else 41]):
            with trials(payload):
                stored = (payload, json.dumps([payload]), json.dumps({"ids": [payload], "version": 1}))[
                    number % 3
                ]
                one.page.evaluate("text => localStorage.setItem('credsite:/:shortlist', text)", stored)
                path = paths[number // 3 % len(paths)].format(quote(payload, safe=""))
                one.page.goto(
                    site.address(path), wait_until="networkidle" if not whole or number % 3 == 0 else "load"
                )
                assert one.found() == []


def test_the_report(
    browser: Browser, every_place: tuple[ServedSite, int, int], trials: Trials, tmp_path: Path
) -> None:
    site, _, _ = every_place
    with trials("report.html"):
        assert run_credsite("report", site.root.parent, "--output", tmp_path / "report.html").exit_code == 0
        with served(tmp_path) as reports, visitor(browser) as one:
            one.page.goto(reports.address("report.html"))
            found = one.found()
            style = [
                said for said in found if said.startswith(("<style>", "style-src"))
            ]  # its own, inside it
            assert [said for said in found if said not in style] == []
            assert sum(said.startswith("<style>") for said in style) == 1


def test_exported_tables(every_place: tuple[ServedSite, int, int], trials: Trials, tmp_path: Path) -> None:
    """Every text is one cell, of one row, and no formula."""
    site, _, _ = every_place
    table = tmp_path / "courses.csv"
    with trials("courses"):
        done = run_credsite("export", site.root.parent, "--kind", "course", "--output", table)
        assert done.exit_code == 0, done.output
        rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert len(rows) == 1 + len(list((site.root.parent / "content" / "courses").iterdir()))


def test_the_probe_notices(browser: Browser, trials: Trials, tmp_path: Path) -> None:
    """Each way in which a text could have run is found by the probe, so that a page without findings means something."""
    with served(tmp_path) as site, visitor(browser) as one:
        for number, payload in enumerate(ELEMENTS):
            with trials(payload):
                (tmp_path / f"{number}.html").write_text(
                    f"<!doctype html><title>x</title><p>{payload}", encoding="utf-8"
                )
                one.page.goto(site.address(f"{number}.html"), wait_until="commit")
                one.page.wait_for_load_state("load")
                assert one.found() != []
