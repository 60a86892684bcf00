"""The quick way through YAML reads what it reads as libyaml does, and leaves the rest to it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from credsite.schema.yaml import loader, plain


def by_libyaml(text: str) -> tuple[Any, list[Any]]:
    with patch.object(plain, "load", lambda _text: None):
        return loader.load(text, "a.md")


USUAL = """\
title: First aid - the basics, in 12:30#1
slug:   first-aid
# a remark
price: "495 CAD"
note: 'C# and "more"'
industries: [health-care, child care,2]
outcomes:
  - Act, and http://act.example/#now

  - "Say: what"
  - null
sessions:
- starts: 2027-01-01
  timing: [evening]
  place:
    room: 9
-  starts: 2027-02-01
   ends:
draft:
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b", {"a": "b"}),
        ("a: b\n", {"a": "b"}),
        ("  a: b\n  c: d\n", {"a": "b", "c": "d"}),
        (
            "a: NO\nb: 0613\nc: null\nd:\ne: 'null'",
            {"a": "NO", "b": "0613", "c": None, "d": None, "e": "null"},
        ),
        ('a: "b: c # d"\ne: \'f"g\'', {"a": "b: c # d", "e": 'f"g'}),
        ("a: 12:30#5", {"a": "12:30#5"}),
        ("a: [b, c d,e, null]", {"a": ["b", "c d", "e", None]}),
        ("a:\n  - b\n  - c: d\n    e: f\ng:\n- h", {"a": ["b", {"c": "d", "e": "f"}], "g": ["h"]}),
        ("a:\n  b:\n    c: ../d.jpg\n\n# e\n  f: (g)\n", {"a": {"b": {"c": "../d.jpg"}, "f": "(g)"}}),
        ("- a\n- b", ["a", "b"]),
        ("a: 介護\nb: “Oh”", {"a": "介護", "b": "“Oh”"}),
    ],
)
def test_what_is_plain(text: str, value: Any) -> None:
    assert plain.load(text) == value
    assert by_libyaml(text) == (value, [])


def test_usual_front_matter_is_plain() -> None:
    value = plain.load(USUAL)
    assert len(value) == 8
    assert value["sessions"][1] == {"starts": "2027-02-01", "ends": None}
    assert by_libyaml(USUAL) == (value, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a remark",
        "a",
        "...",
        "---\na: b",
        "a: b: c",
        "a: b #c",
        "a: b ",
        "a: b\n  c",
        "- a\n  b",
        "a: b\n  c: d",
        "a:\n    b: c\n  d: e",
        "a: b\na: c",
        "a: b\n- c",
        "- a\nb: c",
        "null: a",
        "a: ~",
        "a: >-\n  b",
        "a: {b: c}",
        "a: [b, [c]]",
        'a: "b\\n"',
        "a: 'it''s'",
        "a: 'b\n  c'",
        "a:\tb",
        "a: b\xa0c",
        "a: b\x85c: d",
        "a: b\u2028c",
        "a: *b",
        "a: &b c",
        "a: !b c",
        "a : b",
        '"a": b',
        "- - a",
        "-",
        "- ",
        "- # a",
        "\n".join(" " * depth + "a:" for depth in range(30)),
    ],
)
def test_what_is_left_to_libyaml(text: str) -> None:
    assert plain.load(text) is None


PIECES = [
    *":#\"'[]{}&*!|>%@`~,\\?=_-", "\n", "\n\n", " ", "  ", "\t", "\r\n", "\x85", "\u2028", "\ufeff", "\xa0", "é", "“", "a", "7",
    ": ", " #", "- ", "\n- ", "\n  - ", "\na: ", "\nb:\n", "\n  c: d", "\n    e: f", '"q"', "'s'", "[a, b c]", "null", "---",
    "...", "<<", "http://a.example/#b", "\n# z", "\n      # y",
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.integers(0, len(USUAL)), st.integers(0, 6), st.sampled_from(PIECES)), max_size=3
)


def changed(changes: list[tuple[int, int, str]]) -> str:
    text = USUAL
    for at, left_out, piece in changes:
        text = text[:at] + piece + text[at + left_out :]
    return text


@settings(deadline=None, max_examples=1000)
@given(CHANGES.map(changed) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_what_is_read_is_what_libyaml_reads(text: str) -> None:
    value = plain.load(text)
    event("left to libyaml" if value is None else "plain")
    if value is not None:
        assert (value, []) == by_libyaml(text)
