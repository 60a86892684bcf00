from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from credsite.theme import message_extraction
from credsite.theme.loader import ThemeError
from credsite.theme.message_extraction import extract_messages
from credsite.theme.translations import load_translations
from tests.theme.conftest import LoadTheme, MakeTheme

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


def po(**translations: str) -> str:
    return HEADER + "".join(f'msgid "{key}"\nmsgstr "{value}"\n\n' for key, value in translations.items())


def at(language: str) -> str:
    return f"locale/{language}/LC_MESSAGES/messages.po"


def test_without_translations_the_messages_stay_english(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain")
    texts = load_translations(load("plain"), "en")
    assert texts.gettext("Free") == "Free"
    assert texts.gettext("100%") == "100%"
    assert texts.ngettext("%(n)s course", "%(n)s courses", 1) == "%(n)s course"
    assert texts.ngettext("%(n)s course", "%(n)s courses", 2) == "%(n)s courses"


def test_the_childs_words_come_first_and_gaps_are_filled(make_theme: MakeTheme, load: LoadTheme) -> None:
    parent = {
        at("fr"): po(Free="Gratuit", Course="Cours", Story="Histoire", Price="Prix", Guide=""),
        at("fr_CA"): po(Course="Cours (CA)", Story="Histoire (CA)"),
    }
    make_theme("parent", files=parent)
    make_theme("child", "extends: parent", {at("fr"): po(Course="Formation")})
    texts = load_translations(load("child"), "fr-CA")
    words = {word: texts.gettext(word) for word in ("Course", "Story", "Price", "Guide", "Other")}
    assert words == {
        "Course": "Formation",
        "Story": "Histoire (CA)",
        "Price": "Prix",
        "Guide": "Guide",
        "Other": "Other",
    }
    assert load_translations(load("child"), "en-CA").gettext("Course") == "Course"


def test_plurals_follow_the_language(make_theme: MakeTheme, load: LoadTheme) -> None:
    plural = (
        'msgid "%(n)s course"\nmsgid_plural "%(n)s courses"\n'
        'msgstr[0] "%(n)s cours."\nmsgstr[1] "%(n)s cours!"\n'
    )
    make_theme("plain", files={at("fr"): HEADER + plural})
    texts = load_translations(load("plain"), "fr")
    result = [texts.ngettext("%(n)s course", "%(n)s courses", n) % {"n": n} for n in (0, 1, 2)]
    assert result == ["0 cours.", "1 cours.", "2 cours!"]


def test_a_compiled_file_is_read_where_there_is_no_other(make_theme: MakeTheme, load: LoadTheme) -> None:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(po(Free="Gratuit").encode())))
    folder = make_theme("plain", files={"locale/fr/LC_MESSAGES/messages.mo": compiled.getvalue()})
    assert load_translations(load("plain"), "fr").gettext("Free") == "Gratuit"
    (folder / at("fr")).write_text(po(Free="Sans frais"))
    assert load_translations(load("plain"), "fr").gettext("Free") == "Sans frais"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-CA", "en-CA"), ("fr", "fr"), ("fr-CA", "fr-CA"), ("cy", "en"), ("de", "en"), ("ar-EG", "en")],
)
def test_words_are_english_where_there_is_no_translation(
    make_theme: MakeTheme, load: LoadTheme, language: str, words: str
) -> None:
    make_theme("plain", files={at("fr"): po(Free="Gratuit"), at("de"): po(Free="")})
    assert load_translations(load("plain"), language).words_language == words


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("messages.po", b'msgid "a"\nmsgstr[9 "b"\n'),
        ("messages.po", b'msgid "\xff"\nmsgstr "b"\n'),
        ("messages.mo", b"nonsense"),
        ("messages.mo", b"\xde\x12\x04\x95\x00"),
    ],
)
def test_a_broken_file_is_a_theme_error(
    make_theme: MakeTheme, load: LoadTheme, name: str, data: bytes
) -> None:
    folder = make_theme("plain", files={f"locale/fr/LC_MESSAGES/{name}": data})
    with pytest.raises(ThemeError, match="cannot be read") as caught:
        load_translations(load("plain"), "fr")
    assert caught.value.path == folder / "locale/fr/LC_MESSAGES" / name


def test_words_of_templates_and_of_python_are_collected(tmp_path: Path) -> None:
    templates, package = tmp_path / "templates", tmp_path / "site"
    (templates / "parts").mkdir(parents=True)
    package.mkdir()
    (templates / "page.html").write_text(
        """{% extends "base.html" %}
        {{ _("Skip to content") }} {{ gettext("Price: %(price)s", price="") }}
        {% trans count=n %}
            {{ count }} course
        {% pluralize %}
            {{ count }} courses
        {% endtrans %}"""
    )
    (templates / "parts" / "card.html").write_text('{{ _("Skip to content") }}')
    (package / "pages.py").write_text(
        'title = texts.gettext("Page not found")\n'
        "# Translators: a list of stories\n"
        'other = texts.ngettext("%(n)s story", "%(n)s stories", n, n=n)\n'
        'not_a_text = "nothing"\n'
    )
    pot = extract_messages(templates, [package])
    assert extract_messages(templates, [package]) == pot
    catalog = read_po(BytesIO(pot))
    assert [message.id for message in catalog if message.id] == [
        ("%(count)s course", "%(count)s courses"),
        ("%(n)s story", "%(n)s stories"),
        "Page not found",
        "Price: %(price)s",
        "Skip to content",
    ]
    assert b"#: templates/page.html templates/parts/card.html\n" in pot
    assert b"#. Translators: a list of stories\n#: site/pages.py\n" in pot
    assert b"Date" not in pot


def test_the_words_for_translators_are_current() -> None:
    path, wanted = message_extraction.default_pot()
    message = f"{path} is out of date: run `python -m credsite.theme.message_extraction`"
    assert path.read_bytes() == wanted, message


def test_the_formats_own_words_are_for_translators_too() -> None:
    _, pot = message_extraction.default_pot()
    assert b'msgid "Free"\n' in pot
    assert b'msgid "about %(span)s"\n' in pot
