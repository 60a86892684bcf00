from __future__ import annotations

import re

import pytest
from babel import Locale
from babel.support import NullTranslations

from credsite.site.data.messages import script_messages
from credsite.theme.loader import packaged_themes

SCRIPTS = packaged_themes() / "default/assets/js"


class Counting(NullTranslations):
    """Says which number it was asked about."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:  # noqa: ARG002
        return str(number)


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en-CA", ["one", "other"]),
        ("ja", ["other"]),
        ("fr", ["one", "many", "other"]),
        ("pl", ["one", "few", "many", "other"]),
        ("ar", ["zero", "one", "two", "few", "many", "other"]),
        ("cy", ["zero", "one", "two", "few", "many", "other"]),
        ("tlh", ["one", "other"]),
    ],
)
def test_counted_words_have_a_text_for_each_plural_category(language: str, categories: list[str]) -> None:
    result = script_messages(Counting(), language)["showing"]
    assert isinstance(result, dict)
    assert list(result) == categories
    if language != "tlh":
        rule = Locale.parse(language, sep="-").plural_form
        for category, number in result.items():
            assert rule(int(number)) == category or category == "other"


def test_english_words() -> None:
    result = script_messages(NullTranslations(), "en")
    assert result["showing"] == {
        "one": "Showing %(shown)s of %(total)s course",
        "other": "Showing %(shown)s of %(total)s courses",
    }
    assert {"showing", "showing_with", "courses", "stories", "show_more"} <= result.keys()
    assert all(result.values())
    for word in result.values():
        for text in [word] if isinstance(word, str) else word.values():
            assert not re.search(r"%(?!\(\w+\)s|%)", text), (
                text
            )  # the browser fills in names, and nothing else


def test_every_word_is_said_by_a_script_and_no_other() -> None:
    texts = [file.read_text("utf-8") for file in SCRIPTS.rglob("*.js")]
    words = script_messages(NullTranslations(), "en")
    for word in words:
        stem = re.sub(r"_(?:none|range|with)$", "", word)
        said = re.compile(rf"""["`](?:{word}|{stem})["`]""")
        assert word.startswith("kind_") or any(map(said.search, texts)), word
    said_by_name = {word for text in texts for word in re.findall(r'\bmessage\("(\w+)"', text)}
    assert len(said_by_name) > 20
    assert said_by_name <= words.keys()
