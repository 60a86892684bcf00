"""What is read directly is what the full way gives, and whatever might be more is left to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from credsite.schema.empty_values import is_empty, is_left_out
from credsite.schema.yaml.direct import direct_mapping
from credsite.schema.yaml.loader import load_fully

VALUES = (
    "First aid",
    "2027-01-31",
    "12:30",
    "https://college.example/a?b=c&d#e",
    "R&D",
    "C#",
    "a: b",
    "a:",
    "a #b",
    "Où? “Là”",
    "介護の基礎",
    "null",
    "NULL",
    "~",
    "nullable",
    "*a",
    "&a b",
    "!a",
    "- a",
    "| ",
    "%a",
    "a ",
    " a",
    "a\tb",
    "a\xa0b",
    "a\x85b",
    "a\u2028b",
    "a\x07b",
    "a\ufeffb",
    '"a"',
    '"a: b # c"',
    '"null"',
    '"a',
    'a"b',
    '"a\\"b"',
    '""',
    '" "',
    "'a'",
    "[a, b]",
    "[a b, c-d]",
    "[a,b]",
    "[a, null]",
    "[a, [b]]",
    "[]",
    "[a: b, c]",
    "[a, b",
    "{a: b}",
    "",
)
LEADS = ("", "  ", "    ", "- ", "  - ", "    - ", "-  ", "   ", "# ", "\t", "-")
KEYS = ("title: ", "list: ", "a: ", "b:", "null: ", "Title: ", "a:b: ", '"a": ', "? ", "", "", "")
LINE = st.tuples(st.sampled_from(LEADS), st.sampled_from(KEYS), st.sampled_from(VALUES)).map("".join)
SIMPLE_LINE = st.tuples(
    st.sampled_from(("", "", "  ", "    ", "- ", "  - ")),
    st.sampled_from(("a: ", "b: ", "c: ", "d: ", "e:", "")),
    st.sampled_from(("word", "two words", '"a: b"', "[a, b]", "", "")),
).map("".join)


def assert_same(text: str) -> None:
    direct = direct_mapping(text)
    if direct is None:
        return
    full = load_fully(text, "a.md")
    assert (full.data, full.problems, full.long_scalars) == (direct, [], [])
    for value in direct.values():
        assert not is_empty(value)
        inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        assert not any(one is None or is_left_out(one) for one in inner)


@given(st.lists(LINE, max_size=6).map("\n".join))
@example("a:\n- b: c\n  d: e\nf: g")
def test_any_lines(text: str) -> None:
    assert_same(text + "\n")
    assert_same(text)


@given(st.lists(SIMPLE_LINE, max_size=12).map("\n".join))
def test_simple_lines(text: str) -> None:
    assert_same(text + "\n")


@given(st.text(), st.sampled_from(("a: b{}c\n", 'a: "b{}c"\n', "a: [b{}c, d]\n", "a:\n  - {}\n", "{}: a\n")))
def test_any_characters(words: str, line: str) -> None:
    assert_same(line.replace("{}", words))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("line", ["a: {}\n", "a:\n  - {}\n", "a:\n  - b: {}\n", "a:\n  b: {}\n", "{}: a\n"])
def test_every_value_in_every_place(line: str, value: str) -> None:
    assert_same(line.replace("{}", value))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: b\nc: 2024\n", {"a": "b", "c": "2024"}),
        ('a: "b: c #d "\n', {"a": "b: c #d "}),
        ("a: [b, c d, e-f]\n", {"a": ["b", "c d", "e-f"]}),
        ("a:\n  - b\n  - c d\nd: e\n", {"a": ["b", "c d"], "d": "e"}),
        ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
        ("a:\n  b: c\n  d: [e, f]\n", {"a": {"b": "c", "d": ["e", "f"]}}),
        ("a:\n  - b: c\n    d: e\n  - b: f\n", {"a": [{"b": "c", "d": "e"}, {"b": "f"}]}),
        ("a: https://college.example/\n", {"a": "https://college.example/"}),
    ],
)
def test_simple_texts_are_read_directly(text: str, data: object) -> None:
    assert direct_mapping(text) == data
    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a: b",
        "a:\n",
        "a:\nb: c\n",
        "a: ~\n",
        "a: null\n",
        "a: b\na: c\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: b\n- c\n",
        "- a\n",
        "a:\n  - b\n - c\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  b: c\n  - d\n",
        "a:\n  b: c\n   d: e\n",
        "a:\n  b: c\n  b: d\n",
        "a:\n  - b\n    c: d\n",
        "a:\n  b:\n    c: d\n",
        "a: b # c\n",
        "a: b\n\nc: d\n",
        "a: b\rc\n",
    ],
)
def test_everything_else_is_left_to_the_full_way(text: str) -> None:
    assert direct_mapping(text) is None
