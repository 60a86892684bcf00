"""Where the theme has no translation, its words are marked as English, and the texts of the site in their own language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from credsite.build.options import Options
from credsite.build.pipeline import build
from tests.support.sequences import NOW
from tests.support.server import serve
from tests.support.small_site import small_site
from tests.support.visiting import opened

_VOID = {"meta", "link", "img", "br", "input", "hr", "wbr", "source"}
WORDS = {
    "Skip to content",
    "Key facts",
    "Courses",
    "Price",
    "1 week",
    "Add to calendar",
    "What you will be able to do",
}
TEXTS = {
    "A course in bookkeeping",
    "What there is to know about bookkeeping.",
    "Talk about bookkeeping",
    "harbour-college",
    "Small Courses",
    "attention to detail",
}


class _Texts(HTMLParser):
    """Each text of a page with the language that it is in, and the direction."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, language, direction = self._open[-1] if self._open else ("", "", "")
        if tag not in _VOID:
            self._open.append((tag, given.get("lang") or language, given.get("dir") or direction))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1][0] not in ("script", "style"):
            self.found.append((" ".join(data.split()), *self._open[-1][1:]))


def texts(page: Path) -> Iterator[tuple[str, str, str]]:
    parser = _Texts()
    parser.feed(page.read_text(encoding="utf-8"))
    return iter(parser.found)


def built(folder: Path, language: str) -> tuple[Path, list[str]]:
    """The output, and the codes of the problems, of a small site in a language that the theme has no words in."""
    site = small_site(folder)
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text().replace("languages: [en-CA]", f"languages: [{language}]"))
    result = build(Options(site, folder / "out", now=NOW))
    return folder / "out", [problem.code for problem in result.problems]


@pytest.mark.parametrize(("language", "direction"), [("fr-CA", "ltr"), ("ar", "rtl")])
def test_words_and_texts_are_marked_with_their_languages(
    tmp_path: Path, language: str, direction: str
) -> None:
    output, codes = built(tmp_path, language)
    assert codes == ["words-untranslated"]
    found = list(texts(output / "courses/bookkeeping/index.html"))
    words = {text for text, *marks in found if marks == ["en", "ltr"]}
    own = {text for text, *marks in found if marks == [language, direction]}
    assert words >= WORDS
    assert own >= TEXTS
    assert not own & WORDS
    assert not words & TEXTS
    assert words | own == {text for text, *_ in found}
    manifest = json.loads((output / "data/catalogue.json").read_text())
    assert set(manifest["words"]["courses"]) == {"one", "other"}, "the plurals of English"


def test_a_site_in_english_has_no_other_language(tmp_path: Path) -> None:
    output, codes = built(tmp_path, "en-CA")
    assert codes == []
    for page in output.rglob("*.html"):
        assert {language for _, language, _ in texts(page)} == {"en-CA"}


def test_no_page_has_a_text_of_the_site_among_words_in_english(tmp_path: Path) -> None:
    output, _ = built(tmp_path, "fr-CA")
    for page in output.rglob("*.html"):
        in_english = {text for text, language, _ in texts(page) if language == "en"}
        assert not in_english & TEXTS, page
        if page.parent.name != "courses":
            assert not [
                text for text in in_english if text.startswith(("A course in", "Story ", "Pathway "))
            ], page


def test_suggestions_are_marked_as_texts_of_the_site(browser: Browser, tmp_path: Path) -> None:
    output, _ = built(tmp_path, "fr-CA")
    with serve(output) as site, opened(browser, site.address("about/")) as page:
        page.get_by_role("combobox", name="Search courses and stories").fill("sql")
        label = page.locator("[role=option] .combobox-label").first
        expect(label).to_have_attribute("lang", "fr-CA")
