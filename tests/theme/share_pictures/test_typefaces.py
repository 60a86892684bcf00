"""The fonts of share pictures: what they have is known, and they are as they were taken."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from credsite.theme.share_pictures.typefaces import (
    FONTS_FOLDER,
    PictureFont,
    chosen_typeface,
    packaged_characters,
    packaged_typeface,
)

MOST_BYTES = 600_000


def typeface(family: str, characters: str) -> PictureFont:
    return PictureFont(family, 400, b"", frozenset(map(ord, characters)))


@pytest.mark.parametrize("weight", [400, 700])
def test_the_characters_that_are_listed_are_those_of_the_font(weight: int) -> None:
    one = packaged_typeface(weight)
    font = TTFont(BytesIO(one.data))
    assert set(font.getBestCmap()) == set(packaged_characters())
    assert (font["name"].getBestFamilyName(), font["OS/2"].usWeightClass) == (one.family, weight)


def test_each_file_is_as_it_was_made_and_has_its_licence() -> None:
    readme = (FONTS_FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", readme, re.MULTILINE))
    files = [path for path in FONTS_FOLDER.iterdir() if path.name != "README.md"]
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS_FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


@pytest.mark.parametrize("text", ["Façade – naïve Ωμέγα", "Полиція, Ґанок", "Ἀθῆναι", "Đặng Thị", "20 €"])
def test_latin_greek_and_cyrillic_are_covered(text: str) -> None:
    one = packaged_typeface(700)
    assert chosen_typeface(text, [one]) == (one, text)


@pytest.mark.parametrize("text", ["الإسعافات", "応急手当", "עזרה", "प्राथमिक", "🙂", ""])
def test_a_text_without_letters_that_the_font_has_is_not_drawn(text: str) -> None:
    assert chosen_typeface(text, [packaged_typeface(400)]) is None


def test_pictographs_and_invisible_characters_are_left_out() -> None:
    one = packaged_typeface(400)
    assert chosen_typeface("First 🙂 \u200bAid\u00ad ✅\x07", [one]) == (one, "First \u200bAid\u00ad")


def test_letters_are_composed_and_the_first_font_that_has_all_is_used() -> None:
    first, second = typeface("First", "abc"), typeface("Second", "abcé")
    assert chosen_typeface("cab", [first, second]) == (first, "cab")
    assert chosen_typeface("be\u0301", [first, second]) == (second, "bé")


def test_a_longer_text_is_wider() -> None:
    one = packaged_typeface(700)
    assert 0 < one.width("i", 50) < one.width("W", 50) < one.width("WWW", 50)
    assert one.width("W", 100) == 2 * one.width("W", 50)
