from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.text import normalize_text, slugify, sort_key


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
