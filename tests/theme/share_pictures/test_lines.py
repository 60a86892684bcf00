"""A text in lines that fit, with an ellipsis where there is too much of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from credsite.theme.share_pictures import lines
from credsite.theme.share_pictures.lines import FittedText, fitted_text
from credsite.theme.share_pictures.picture_fonts import PictureFont, packaged_font

BOLD = packaged_font(700)


def fitted(text: str, width: float = 700, *sizes: tuple[float, int]) -> FittedText:
    return fitted_text(text, [BOLD], width, sizes or [(60, 3)])


def test_the_first_size_in_which_a_text_fits_is_taken() -> None:
    sizes = (72, 1), (50, 2)
    assert (fitted("First Aid", 700, *sizes).size, fitted("First Aid", 700, *sizes).lines) == (
        72,
        ("First Aid",),
    )
    longer = fitted("First Aid for Kitchens and Workshops", 700, *sizes)
    assert (longer.size, longer.lines) == (50, ("First Aid for Kitchens", "and Workshops"))


def test_no_word_stands_alone_in_the_last_line() -> None:
    assert fitted("Starting a Small Business Here").lines == ("Starting a Small", "Business Here")


def test_a_text_that_is_too_long_ends_after_a_word() -> None:
    found = fitted("Word " * 40, 300, (50, 2))
    assert found.lines == ("Word Word", "Word…")


def test_a_word_that_is_too_long_gets_a_smaller_size_or_is_broken() -> None:
    word = "Rindfleischetikettierung"
    assert fitted(word, 700, (72, 2), (40, 2)).lines == (word,)
    broken = fitted(word, 300, (72, 2), (60, 4)).lines
    assert "".join(broken) == word
    assert len(broken) > 1


def test_chinese_and_japanese_break_between_signs_but_not_before_a_full_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "応急手当を学ぶ。短い講座"
    monkeypatch.setattr(PictureFont, "width", lambda _self, line, size: len(line) * size)
    signs = PictureFont("Signs", 400, b"", frozenset(map(ord, text)))
    assert fitted_text(text, [signs], 7, [(1, 2)]).lines == ("応急手当を学", "ぶ。短い講座")


def test_nothing_is_drawn_of_letters_that_no_font_has() -> None:
    assert not fitted("応急手当")
    assert fitted("応急手当") == lines.NOTHING


@hypothesis_settings(max_examples=40)
@given(
    st.text(st.sampled_from("abc WÄж-ΩÏ"), min_size=1, max_size=80), st.integers(60, 600), st.integers(1, 4)
)
def test_lines_are_never_too_wide_nor_too_many(text: str, width: int, most: int) -> None:
    found = fitted(text, width, (50, most), (30, most))
    assert len(found.lines) <= most
    assert all(BOLD.width(line, found.size) <= width or len(line) <= 2 for line in found.lines)
    if found and not found.lines[-1].endswith("…"):
        assert "".join("".join(found.lines).split()) == "".join(text.split())
