# ruff: noqa: RUF001 - other alphabets are what is tested

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.text import (
    join_names,
    long_date,
    normalize_text,
    pluralize,
    short_date,
    shorten_slug,
    slugify,
    sort_key,
    unify_spelling,
    without_control_characters,
)


@pytest.mark.parametrize("text", ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "\ufeffa\nb\n"])
def test_line_ends_and_byte_order_marks(text: str) -> None:
    assert normalize_text(text) == "a\nb\n"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("First Aid", "first-aid"),
        ("  Déjà vu!  ", "deja-vu"),
        ("C++ & C#", "c-c"),
        ("a__b--c", "a-b-c"),
        ("2027", "2027"),
        ("介護入門", "jie-hu-ru-men"),
        ("한국어 수업", "han-gug-eo-su-eob"),
        ("الإسعافات الأولية", "lsft-lwlyh"),
        ("Здоров\u02bcя та комп'ютер", "zdorovya-ta-kompyuter"),
        ("ЩУКА, Йод, Ёлка", "shchuka-yod-elka"),
        ("Οδυσσεύς", "odysseys"),
        ("Œuvre, Straße, Łódź, Ærø", "oeuvre-strasse-lodz-aero"),
        ("Ärzte und Übungen", "arzte-und-ubungen"),
        ("L\u2019art d\u00b4écrire", "lart-decrire"),
        ("front\u2011end co\u00adop a\u200bb", "front-end-coop-ab"),
        ("---", ""),
        ("!!! \u200b", ""),
        ("", ""),
        ("ﬁre", "fire"),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug
    assert slugify(unicodedata.normalize("NFD", text)) == slug


def test_umlauts_are_spelt_as_in_german_where_the_language_is_german() -> None:
    for language in ("de", "de-AT"):
        assert slugify("Ärzte, Öl und Größe", language) == "aerzte-oel-und-groesse"
        assert slugify("A\u0308rzte", language) == "aerzte"
    assert slugify("Ärzte", "sv") == "arzte"


@given(st.text(), st.integers(20, 60))
def test_a_short_slug_is_a_slug(text: str, length: int) -> None:
    slug = shorten_slug(slugify(text) or "a", length, text)
    assert len(slug) <= length
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)


def test_long_slugs_are_cut_after_a_word_and_do_not_meet() -> None:
    assert shorten_slug("one-two-three", 9) == "one-two"
    assert shorten_slug("one-two", 7, "x") == "one-two"
    assert shorten_slug("w" * 400, 20) == "w" * 20
    long = "-".join(["word"] * 50)
    first, second = (shorten_slug(long, 60, identity) for identity in (long + "a", long + "b"))
    assert first != second
    assert first.startswith("word-word-")
    assert len(first) <= 60


def test_spellings_of_one_text_are_unified() -> None:
    assert unify_spelling("комп\u02bcютер, L\u2019art, d\u00b4or") == "комп'ютер, L'art, d'or"
    assert unify_spelling("e\u0301\u00ad\u200b ＡＢ front\u2010end") == "é AB front-end"


@given(st.text())
def test_slugify_gives_a_slug_or_nothing(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)


def test_sort_key_orders_as_readers_do() -> None:
    titles = ["Zebra", "apple", "Élan", "eagle", "Ångström", "Über", "unit", "zoo"]
    assert sorted(titles, key=sort_key) == [
        "Ångström",
        "apple",
        "eagle",
        "Élan",
        "Über",
        "unit",
        "Zebra",
        "zoo",
    ]


def test_numbers_agree_with_their_words() -> None:
    assert [pluralize(number, "story", "stories") for number in (0, 1, 1250)] == [
        "0 stories",
        "1 story",
        "1,250 stories",
    ]
    assert pluralize(2, "course") == "2 courses"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_lists_are_sentences_and_long_ones_are_cut(names: list[str], text: str) -> None:
    assert join_names(names, 3) == text


def test_days_and_moments() -> None:
    assert long_date(date(2027, 2, 1)) == "1 February 2027"
    assert long_date(datetime(2027, 2, 1)) == "1 February 2027"
    assert long_date(datetime(2027, 2, 1, 9, 5)) == "1 February 2027, 09:05"
    assert short_date(date(812, 2, 1)) == "1 Feb 812"


def test_what_would_be_obeyed_is_left_out_of_texts() -> None:
    assert without_control_characters("a\x1b[31m b\u202ec\n") == "a [31m b c "
    assert without_control_characters("Українська, العربية, naïve") == "Українська, العربية, naïve"
