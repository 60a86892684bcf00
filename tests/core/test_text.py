from __future__ import annotations

import re
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
    slugify,
    sort_key,
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
        ("介護", ""),
        ("الإسعافات", ""),
        ("---", ""),
        ("", ""),
        ("ﬁre", "fire"),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug


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
