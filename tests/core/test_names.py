"""Names that some systems take for the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.names import comparable, composed, name_difference

DECOMPOSED = unicodedata.normalize("NFD", "Ärztin.jpg")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("photo.png", "Photo.PNG", "differ only in capital letters"),
        ("ärztin.jpg", "Ärztin.jpg", "differ only in capital letters"),
        ("ärztin.jpg", DECOMPOSED, "differ only in capital letters"),
        ("Ärztin.jpg", DECOMPOSED, "look the same, but their accented letters are coded in two ways"),
        ("photo.png", "photo.png", ""),
        ("photo.png", "photos.png", ""),
        ("straße.png", "strasse.png", ""),
        ("arztin.jpg", "ärztin.jpg", ""),
    ],
)
def test_how_names_differ(one: str, other: str, how: str) -> None:
    assert name_difference(one, other) == name_difference(other, one) == how


@given(st.text())
def test_what_is_comparable_does_not_depend_on_the_coding(name: str) -> None:
    assert comparable(unicodedata.normalize("NFD", name)) == comparable(unicodedata.normalize("NFC", name))
    assert composed(unicodedata.normalize("NFD", name)) == composed(name)
