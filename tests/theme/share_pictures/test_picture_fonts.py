"""The fonts of share pictures: what they have is known, and they are as they were taken."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from credsite.theme.share_pictures import FONTS_FOLDER
from credsite.theme.share_pictures.picture_fonts import (
    PictureFont,
    chosen_fonts,
    own_font,
    packaged_characters,
    packaged_font,
    text_runs,
)
from tests.support.fonts import packaged_as_woff2, woff2

MOST_BYTES = 600_000


def typeface(family: str, characters: str) -> PictureFont:
    return PictureFont(family, 400, b"", frozenset(map(ord, characters)))


@pytest.mark.parametrize("weight", [400, 700])
def test_the_characters_that_are_listed_are_those_of_the_font(weight: int) -> None:
    one = packaged_font(weight)
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
    one = packaged_font(700)
    assert chosen_fonts(text, [one]) == ((one,), text)


@pytest.mark.parametrize("text", ["الإسعافات", "応急手当", "עזרה", "प्राथमिक", "🙂", ""])
def test_a_text_without_letters_that_the_font_has_is_not_drawn(text: str) -> None:
    assert chosen_fonts(text, [packaged_font(400)]) is None


def test_pictographs_and_invisible_characters_are_left_out() -> None:
    one = packaged_font(400)
    assert chosen_fonts("First 🙂 \u200bAid\u00ad ✅\x07", [one]) == ((one,), "First \u200bAid\u00ad")


def test_letters_are_composed_and_the_first_font_that_has_all_is_used() -> None:
    first, second = typeface("First", "abc"), typeface("Second", "abcé")
    assert chosen_fonts("cab", [first, second]) == ((first,), "cab")
    assert chosen_fonts("be\u0301", [first, second]) == ((second,), "bé")


def test_a_longer_text_is_wider() -> None:
    one = packaged_font(700)
    assert 0 < one.width("i", 50) < one.width("W", 50) < one.width("WWW", 50)
    assert one.width("W", 100) == 2 * one.width("W", 50)


def test_letters_may_be_in_several_fonts_together() -> None:
    latin, other = typeface("Latin", "abc 2"), typeface("Other", "שלום")
    found = chosen_fonts("שלום a2", [latin, other])
    assert found == ((other, latin), "שלום a2")
    assert text_runs("שלום a2", found[0]) == [(other, "שלום"), (latin, " a2")]
    assert text_runs("abc", [latin]) == [(latin, "abc")]
    assert chosen_fonts("שלום д", [latin, other]) is None


def test_a_font_of_the_site_is_read_and_found_by_its_own_name() -> None:
    one = own_font(packaged_as_woff2(400), "own-text", 400)
    assert one is not None
    assert (one.family, one.weight, one.is_variable) == ("own-text", 400, False)
    assert set(one.characters) == set(packaged_characters())
    assert one.width("Words", 20) == packaged_font(400).width("Words", 20)


def test_a_damaged_font_is_none() -> None:
    assert own_font(woff2(10), "own", 400) is None
