from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.schema.yaml import loader
from credsite.schema.yaml.key_positions import find_key


def data(text: str) -> Any:
    value, problems = loader.load_yaml(text, "a.md")
    assert problems == []
    return value


def problems(text: str, first_line: int = 1) -> list[tuple[str, str]]:
    """Code and location of each problem."""
    value, reported = loader.load_yaml(text, "a.md", first_line)
    assert value is None
    assert all(problem.message for problem in reported)
    return [(problem.code, str(problem.location)) for problem in reported]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2024", "2024"),
        ("a: NO", "NO"),
        ("a: on", "on"),
        ("a: 0613", "0613"),
        ("a: 2026-02-30", "2026-02-30"),
        ("a: 1e3", "1e3"),
        ("a: 12:30", "12:30"),
        ("a: .inf", ".inf"),
        ("a: =", "="),
        ("a: <<", "<<"),
        ("a: true", "true"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: NULL", None),
        ('a: "null"', "null"),
        ("a: ''", ""),
        ("a: nullable", "nullable"),
        ("a: ~x", "~x"),
        ("a: # a note", None),
        ("a: C# and C++", "C# and C++"),
        ("a: 介護の基礎", "介護の基礎"),
        ("a: الإسعافات الأولية", "الإسعافات الأولية"),
        ("a: 👩‍🏫 Teach", "👩‍🏫 Teach"),
        ('a: "tab\\there"', "tab\there"),
        ('a: "caf\\u00e9"', "café"),
        ("a: >-\n  one\n  two", "one two"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: [x, y]", ["x", "y"]),
        ("a: {x: y}", {"x": "y"}),
        ("a:\n  - x\n  - y", ["x", "y"]),
        ("a:\n- x\n- y", ["x", "y"]),
        ("a: R&D", "R&D"),
        ("a: 5 * 3", "5 * 3"),
        ("a: !!str 2024", "2024"),
        ('a: "b: c"', "b: c"),
    ],
)
def test_values_stay_what_the_editor_wrote(text: str, value: Any) -> None:
    assert data(text) == {"a": value}


def test_nothing_at_all_is_no_data_and_no_problem() -> None:
    assert data("") is None
    assert data("\n\n# only a note\n") is None


@pytest.mark.parametrize("text", ["a: b\nc: d", "a: b\nc: d\n", "a: b\r\nc: d\r\n", "a: b\rc: d"])
def test_line_ends(text: str) -> None:
    assert data(text) == {"a": "b", "c": "d"}


@pytest.mark.parametrize(
    ("text", "location", "first"),
    [
        ("a: 1\nb: 2\na: 3", "a.md:3:1", "a.md:1:1"),
        ("x:\n  a: 1\n  a: 2", "a.md:3:3", "a.md:2:3"),
        ("x:\n  - a: 1\n    b: 2\n    a: 3", "a.md:4:5", "a.md:2:5"),
        ("x: {a: 1, a: 2}", "a.md:1:11", "a.md:1:5"),
        ("x:\n  y:\n    z:\n      - [{q: 1, q: 2}]", "a.md:4:17", "a.md:4:11"),
        ("a: 1\n'a': 2", "a.md:2:1", "a.md:1:1"),
        ("~: 1\nnull: 2", "a.md:2:1", "a.md:1:1"),
        ("標題: 1\n標題: 2", "a.md:2:1", "a.md:1:1"),
    ],
)
def test_a_key_twice_at_any_depth(text: str, location: str, first: str) -> None:
    _, reported = loader.load_yaml(text, "a.md")
    assert [(p.code, str(p.location), str(p.related)) for p in reported] == [
        ("duplicate-key", location, first)
    ]


def test_every_duplicate_key_is_reported() -> None:
    assert problems("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n  c: 3") == [
        ("duplicate-key", "a.md:2:1"),
        ("duplicate-key", "a.md:5:3"),
        ("duplicate-key", "a.md:6:3"),
    ]


def test_the_same_key_in_two_blocks_is_fine() -> None:
    assert data("a: {x: 1}\nb: {x: 1}\nc: [{x: 1}, {x: 1}]\nx: 1")["x"] == "1"


@pytest.mark.parametrize(
    "text",
    [
        "a: &anchor b",
        "a: b\nc: *a",
        "a: *bold*",
        "a: &x [1]\nb: [*x, *x]",
        "&a a: b",
        "a: &a [&b [&c [x]]]",
        "<<: *base",
    ],
)
def test_anchors_and_aliases_are_refused(text: str) -> None:
    assert [code for code, _ in problems(text)] == ["yaml-alias"]


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert data("<<: {a: b}\na: c") == {"<<": {"a": "b"}, "a": "c"}


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system [ls]",
        "!!python/name:os.system",
        "!!int abc",
        '!!int ""',
        "!!float x",
        "!!bool perhaps",
        "!!timestamp soon",
        "!!binary YQ==",
        "!!set {x}",
        "!!omap [x: y]",
        "!!pairs [x: y]",
        "!include other.yaml",
        "!important",
        "!<tag:example.org,2000:x> y",
    ],
)
def test_tags_are_refused_where_they_are(value: str) -> None:
    assert problems(f"title: x\na: {value}", first_line=2) == [("yaml-syntax", "a.md:3:4")]


DEEP = [
    "- ",
    "-  ",
    "-     ",
    "[",
    "{a: ",
    "? ",
    "?   ",
    "- ? ",
    "- -  ",
    "[{a: ",
    "[ \n",
]


@pytest.mark.parametrize("unit", DEEP)
@pytest.mark.parametrize("times", [60, 900_000])
def test_deep_nesting_is_refused_before_it_can_end_the_process(unit: str, times: int) -> None:
    assert [code for code, _ in problems(unit * times)] == ["yaml-too-deep"]
    assert find_key(unit * times, ("a",)) is None


def test_steps_of_indentation_are_refused_when_they_are_too_many() -> None:
    stairs = "\n".join(" " * depth + "a:" for depth in range(2_000))
    assert [code for code, _ in problems(stairs)] == ["yaml-too-deep"]
    assert data("\n".join(" " * depth + "a:" for depth in range(20)))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("".join(f"a{number}: x\n" for number in range(40_000)), "a.md:30000:1"),
        ("a:\n" + "- x\n" * 80_000, "a.md:59998:3"),
        ("a: [" + "x," * 80_000 + "]\n", "a.md:1:119997"),
        ("a:\n" + "- {b: c}\n" * 80_000, "a.md:15000:4"),
    ],
)
def test_tens_of_thousands_of_values_are_refused(text: str, place: str) -> None:
    ((code, location),) = problems(text)
    assert (code, location.split(":")[0]) == ("yaml-too-large", "a.md")
    assert abs(int(location.split(":")[1]) - int(place.split(":")[1])) <= 2
    assert find_key(text, ("a",)) is None


def test_long_texts_are_read_whatever_is_in_them() -> None:
    words = "- words, and: more [of] {them} " * 20_000
    assert data(f"a: '{words}'") == {"a": words}
    assert data("a: |\n" + f"  {words}\n" * 3) == {"a": f"{words}\n" * 3}
    assert len(data("a:\n" + "- x\n" * 20_000)["a"]) == 20_000


def test_what_only_looks_deep_is_read() -> None:
    assert data("a: [" + "[x], " * 40 + "[x]]") == {"a": [["x"]] * 41}
    assert data("a: |\n" + " " * 90 + "poem") == {"a": "poem"}
    assert data("a: '- - - - - - - - - - - - - -'") == {"a": "- - - - - - - - - - - - - -"}
    assert data(f"a: {'-' * 500}") == {"a": "-" * 500}


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("a:\n\tb: c", "a.md:2:1"),
        ("a:\n  b: c\n\td: e", "a.md:3:1"),
        ("\ta: b", "a.md:1:1"),
        ("a:\n  \tb: c", "a.md:2:3"),
    ],
)
def test_tabs_in_the_indentation_are_named(text: str, location: str) -> None:
    assert problems(text) == [("yaml-tab", location)]


def test_tabs_within_a_line_do_no_harm() -> None:
    assert data("a:\tb\tc  # note") == {"a": "b\tc"}


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: [b, c",
        'a: "b',
        "a: b\n c: d",
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: b\n---\nc: d",
        "{{ a }}: b",
        '"\\q": b',
        "%TAG ! tag:x\na: b",
        "- a\nb: c",
        "a: 'b'c",
        "]",
        '"\\uD800": a',
    ],
)
def test_what_is_no_yaml_is_one_problem_with_a_location(text: str) -> None:
    (reported,) = problems(text)
    assert reported[0] == "yaml-syntax"
    assert reported[1].count(":") == 2


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("a: b\nc: d\x0be", "a.md:3:5"),
        ("a: b\nc: \x07", "a.md:3:4"),
        ("a: 介\x7f護", "a.md:2:5"),
        ("a: \x1b[1mbold", "a.md:2:4"),
        ('a: "b\\x00c"', "a.md:2:4"),
        ('a: "b\\0c"', "a.md:2:4"),
        ('a: "b\\ec"', "a.md:2:4"),
        ('a: "b\\uFFFEc"', "a.md:2:4"),
        ('k: v\n"a\\u0007": b', "a.md:3:1"),
    ],
)
def test_characters_that_no_page_can_show_are_refused(text: str, location: str) -> None:
    assert problems(text, first_line=2) == [("yaml-syntax", location)]


def test_first_line_moves_every_location() -> None:
    assert problems("a: 1\na: 2", 2) == [("duplicate-key", "a.md:3:1")]
    assert problems("a:\n\tb: c", 2) == [("yaml-tab", "a.md:3:1")]
    assert problems("a: &b c", 2) == [("yaml-alias", "a.md:2:4")]
    assert problems("a: b\nc: ]", 2) == [("yaml-syntax", "a.md:3:4")]


CHARACTERS = st.sampled_from(
    [*"-?:,[]{}#&*!|>'\"%@`~<=ab \t\n\r\\\x85\u2028\ufeff", ": ", "- ", "\n  ", "null", "介", "---", "..."]
)


@given(st.lists(CHARACTERS, max_size=60).map("".join) | st.text(st.characters(exclude_categories=["Cs"])))
def test_loading_never_raises_and_says_where(text: str) -> None:
    value, reported = loader.load_yaml(text, "a.md", 2)
    assert value is None or not reported
    assert all(problem.location.line >= 2 and problem.location.column >= 1 for problem in reported)
    find_key(text, ("a", 0, "b"))


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@given(
    st.recursive(
        PLAIN, lambda i: st.lists(i, max_size=3) | st.dictionaries(PLAIN, i, max_size=3), max_leaves=9
    )
)
def test_quoted_values_come_back_as_they_went_in(value: Any) -> None:
    text = json.dumps({"a": value}, ensure_ascii=False)
    value_read, reported = loader.load_yaml(text, "a.md")
    if not reported:
        assert value_read == {"a": value}
    else:
        assert [p.code for p in reported] == ["yaml-syntax"]
        assert any(ord(character) in (0xFFFE, 0xFFFF, 0xFEFF) for character in text)
