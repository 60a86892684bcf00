from __future__ import annotations

import pytest

from credsite.schema.yaml.key_positions import find_key, top_level_keys

NESTED = """\
title: First aid
price:
  amount: 5
  note:
sessions:
  - starts: 2027-01-01
    timing: [evening, weekend]
  - starts: 2027-02-01
empty:
"標題": "介護"
"""


@pytest.mark.parametrize(
    ("key", "target", "position"),
    [
        (("title",), "value", (1, 8)),
        (("title",), "key", (1, 1)),
        (("price",), "key", (2, 1)),
        (("price",), "value", (3, 3)),
        (("price", "amount"), "value", (3, 11)),
        (("price", "amount"), "key", (3, 3)),
        (("price", "note"), "value", (4, 3)),
        (("sessions", 0, "starts"), "value", (6, 13)),
        (("sessions", 0, "timing", 1), "value", (7, 23)),
        (("sessions", 1, "starts"), "key", (8, 5)),
        (("sessions", 1, "ends"), "key", (8, 5)),
        (("sessions", 9, "starts"), "value", (6, 3)),
        (("empty",), "value", (9, 1)),
        (("標題",), "value", (10, 7)),
        (("missing",), "key", (1, 1)),
        (("title", "too", "deep"), "value", (1, 8)),
        ((), "value", (1, 1)),
    ],
)
def test_find_key_gives_the_position_of_the_deepest_part_that_is_there(
    key: tuple[str | int, ...], target: str, position: tuple[int, int]
) -> None:
    assert find_key(NESTED, key, target) == position


@pytest.mark.parametrize("text", ["", "# note", "a: [", "a: &b c", "a: !!int x\n\tb"])
def test_find_in_what_cannot_be_read_is_none(text: str) -> None:
    assert find_key(text, ("a",)) is None


def test_top_level_keys_with_their_positions() -> None:
    assert top_level_keys('a: 1\nb:\n  c: 2\n"d e": 3\n') == [("a", 0), ("b", 5), ("d e", 15)]


@pytest.mark.parametrize("text", ["", "- a", "{a: b}", "a: [", "a: &b c"])
def test_what_has_no_keys_on_lines_of_their_own(text: str) -> None:
    assert top_level_keys(text) is None


def test_items_that_count_as_left_out_are_not_counted() -> None:
    text = 'a:\n  - ""\n  - {x: "", y: []}\n  - first\n  - "\\u00a0"\n  -\n  - {x: 1}\nb: ["", z]\n'
    assert [find_key(text, ("a", number)) for number in range(4)] == [(4, 5), (6, 4), (7, 5), (2, 3)]
    assert find_key(text, ("a", 2, "x")) == (7, 9)
    assert find_key(text, ("b", 0)) == (8, 9)
