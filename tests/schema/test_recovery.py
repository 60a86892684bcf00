"""What can still be read of broken files."""

from __future__ import annotations

import pytest

from credsite.problems.model import Location, Problem
from credsite.schema.recovery import (
    damaged_keys,
    readable_text,
    recover_front_matter,
    recover_yaml,
    recovered_parts,
)


@pytest.mark.parametrize(
    ("text", "values", "lost", "lines"),
    [
        ("a: 1\nb: @x\nc: 3\n", {"a": "1", "c": "3"}, {"b"}, [2]),
        ("a: 1\nb: @x\nc: *y\nd: 4\n", {"a": "1", "d": "4"}, {"b", "c"}, [2, 3]),
        ("a: 1\na: 2\nb: 3\n", {"a": "1", "b": "3"}, {"a"}, [2]),
        ("a:\n  - x\n  y: z\nb: 3\n", {"b": "3"}, {"a", "x", "y"}, [3]),
        ('a: "open\nb: 2\n', {"b": "2"}, {"a"}, [1]),
        ("a: 1\n\tb: 2\nc: 3\n", {"c": "3"}, {"a", "b"}, [2]),
        ("a:1\nb: 2\n", {"b": "2"}, {"a"}, [1]),
    ],
)
def test_blocks_that_cannot_be_read_hide_no_others(
    text: str, values: dict[str, str], lost: set[str], lines: list[int]
) -> None:
    problems = recover_yaml(text, "a.yaml", 1).problems
    found = recover_yaml(text, "a.yaml", 1, problems[:1])
    assert found.values == values
    assert {key[0] for key in found.wrong_keys if key != ("",)} == lost
    assert [problem.location.line for problem in found.problems] == lines
    assert found.text.count("\n") == text.count("\n")


def test_what_cannot_be_read_at_all_has_no_keys() -> None:
    problem = Problem("front-matter-missing", "No.", Location("a.md", 1, 1))
    found = recover_front_matter("Just words.\n", "a.md", [problem])
    assert (found.values, found.wrong_keys, found.problems) == ({}, frozenset({()}), (problem,))


@pytest.mark.parametrize(
    ("text", "yaml", "body", "body_line"),
    [
        ("---\na: b\n---\nText\n", "a: b\n", "Text\n", 4),
        ("\n\n---\na: b\n---\nText\n", "a: b\n", "Text\n", 6),
        ("---\na: b\n--\nText\n", "a: b\n", "Text\n", 4),
        ("+++\na = 1\n+++\nText\n", "", "Text\n", 4),
        ("Text\n", "", "Text\n", 1),
    ],
)
def test_lines_around_the_front_matter_that_are_almost_right(
    text: str, yaml: str, body: str, body_line: int
) -> None:
    parts = recovered_parts(text)
    assert (parts.yaml, parts.body, parts.body_line) == (yaml, body, body_line)


def test_keys_with_damaged_characters() -> None:
    text = readable_text("---\ntitle: Kürs\nprice: 5\nnote: ö\n---\n".encode("latin-1"))
    assert damaged_keys(text) == (("",), ("note",), ("title",))
    assert damaged_keys(readable_text(b"---\na: b\n---\nx\0y\n")) == (("",),)
