from __future__ import annotations

from pathlib import Path

import pytest

from credsite.theme.translations import load_translations
from credsite.theme.untranslated import untranslated_words
from tests.theme.conftest import LoadTheme, MakeTheme
from tests.theme.test_translations import at, po

POT = "locale/messages.pot"


def messages(load: LoadTheme, site: Path, theme: str, language: str) -> list[str]:
    problems = list(untranslated_words(load_translations(load(theme), language), site))
    assert all(str(problem.location.path) == "credsite.yaml" for problem in problems)
    assert all(problem.location.key == ("languages", 0) for problem in problems)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("language", "name", "folder"),
    [
        ("fr-CA", "Canadian French", "fr"),
        ("uk", "Ukrainian", "uk"),
        ("zh-Hant-TW", "Chinese (Traditional, Taiwan)", "zh_Hant"),
    ],
)
def test_without_a_translation_the_file_to_write_is_named(
    make_theme: MakeTheme, load: LoadTheme, site: Path, packaged: Path, language: str, name: str, folder: str
) -> None:
    make_theme("default", files={POT: po(Free="")}, parent=packaged)
    make_theme("harbour", "extends: default")
    (own,) = messages(load, site, "harbour", language)
    assert f"The theme `harbour` has no words in {name}" in own
    assert f"into `themes/harbour/locale/{folder}/LC_MESSAGES/messages.po`." in own
    (new,) = messages(load, site, "default", language)
    assert (
        f"`themes/my-theme/locale/{folder}/LC_MESSAGES/messages.po`, in a theme of your own that extends"
        in new
    )


@pytest.mark.parametrize("language", ["en", "en-GB", "fr", "fr-CA"])
def test_where_all_words_are_translated_nothing_is_said(
    make_theme: MakeTheme, load: LoadTheme, site: Path, language: str
) -> None:
    make_theme("harbour", files={POT: po(Free="", Guides=""), at("fr"): po(Free="Gratuit", Guides="Guides")})
    assert messages(load, site, "harbour", language) == []


def test_words_that_are_missing_are_counted(make_theme: MakeTheme, load: LoadTheme, site: Path) -> None:
    parent = {POT: po(Free="", Guides="", Courses="", Price=""), at("fr"): po(Free="Gratuit", Guides="")}
    make_theme("parent", files=parent)
    make_theme("child", "extends: parent", {at("fr_CA"): po(Price="Prix", Other="Autre")})
    (message,) = messages(load, site, "child", "fr-CA")
    assert (
        "does not have 2 of its 4 texts in Canadian French, such as “Guides”; they stay English." in message
    )
    assert "`themes/child/locale/fr/LC_MESSAGES/messages.po`" in message
