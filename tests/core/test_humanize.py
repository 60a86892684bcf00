"""Numbers, days and lists in sentences."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from credsite.core.humanize import join_names, long_date, pluralize, short_date, without_control_characters


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
