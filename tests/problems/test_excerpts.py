"""The line that a problem is about, with a caret below what is meant."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.excerpts import ExcerptFinder, excerpt_of_line, file_text_reader, terminal_safe
from credsite.problems.model import Location


def drawn(line: str, column: int) -> list[str]:
    found = excerpt_of_line(line, Location("a.md", 7, column))
    return [found.text, found.caret_line]


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("delivery_modes: [onlin]", 18, ["delivery_modes: [onlin]", "                 ^^^^^"]),
        ("ordr: 2.", 1, ["ordr: 2.", "^^^^"]),
        ("see https://a.example/b.", 5, ["see https://a.example/b.", "    ^^^^^^^^^^^^^^^^^^^"]),
        ("...", 1, ["...", "^"]),
        ("\tprice: 3", 1, [" price: 3", "^"]),
        ("標題: x", 5, ["標題: x", "      ^"]),
        ("e\u0301te: x", 7, ["e\u0301te: x", "     ^"]),
        ("", 1, ["", "^"]),
        ("short", 99, ["short", "    ^"]),
        ("a\x1b[31m: b", 1, ["a\N{REPLACEMENT CHARACTER}[31m: b", "^"]),
        ("right \u202e to left", 1, ["right \N{REPLACEMENT CHARACTER} to left", "^^^^^"]),
    ],
)
def test_a_caret_stands_below_the_word(line: str, column: int, expected: list[str]) -> None:
    assert drawn(line, column) == expected


def test_a_long_line_is_cut_around_the_place() -> None:
    text, caret = drawn("a " * 100 + "wrong" + " b" * 100, 201)
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) == 90
    assert text[caret.index("^") : caret.rindex("^") + 1] == "wrong"


def test_a_long_word_does_not_lead_out_of_the_excerpt() -> None:
    text, caret = drawn("x" * 500, 100)
    assert len(caret) <= len(text)


def test_each_file_is_read_once_and_lines_are_counted_as_editors_do() -> None:
    asked = []

    def read(path: str) -> str | None:
        asked.append(path)
        return "one\r\ntwo\u2028still two\rthree" if path == "a.md" else None

    excerpts = ExcerptFinder(read)
    found = [excerpts.find(Location("a.md", line, 1)) for line in (0, 1, 2, 3, 4)]
    assert [one and one.text for one in found] == [None, "one", "two\u2028still two", "three", None]
    assert excerpts.find(Location("gone.md", 1, 1)) is None
    assert asked == ["a.md", "gone.md"]


def test_thousands_of_files_are_not_kept() -> None:
    asked = []

    def read(path: str) -> str | None:
        asked.append(path)
        return path

    excerpts = ExcerptFinder(read)
    for path in (f"{number}.md" for number in range(100)):
        for _ in range(2):
            assert excerpts.find(Location(path, 1, 1)) is not None
    assert len(asked) == 100
    assert len(excerpts._lines) < 10


@given(st.text(st.characters(exclude_categories=())))
def test_harmless_text_is_as_long_and_says_nothing_to_a_terminal(text: str) -> None:
    found = terminal_safe(text)
    assert len(found) == len(text)
    assert not {unicodedata.category(sign) for sign in found} & {"Cc", "Cf", "Cs"}
    assert terminal_safe(found) == found


def test_only_files_of_text_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ncaf\xe9")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(40_000_000)
    strict, lenient = file_text_reader(tmp_path), file_text_reader(tmp_path, errors="replace")
    assert strict("a.md") is None
    assert lenient("a.md") == "one\ncaf\N{REPLACEMENT CHARACTER}"
    for path in ("pipe.md", "folder.md", "large.md", "gone.md", "nul\0.md"):
        assert (strict(path), lenient(path)) == (None, None)
