from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.text import normalize_text
from credsite.schema.front_matter import SplitFile, split_front_matter


@pytest.mark.parametrize(
    ("text", "yaml", "body", "body_line"),
    [
        ("---\ntitle: x\n---\nBody\n", "title: x\n", "Body\n", 4),
        ("---\ntitle: x\n---", "title: x\n", "", 3),
        ("---\ntitle: x\n---\n", "title: x\n", "", 4),
        ("---\n---\nBody", "", "Body", 3),
        ("---\n---", "", "", 2),
        ("---\ntitle: x\n...\nBody", "title: x\n", "Body", 4),
        ("---  \t\ntitle: x\n--- \t\nBody", "title: x\n", "Body", 4),
        ("---\na: b\n---\n\nBody\n---\nmore\n", "a: b\n", "\nBody\n---\nmore\n", 4),
        ("---\na: b---\n---x: y\n ---\n---\nBody", "a: b---\n---x: y\n ---\n", "Body", 6),
        ("---\na: |\n  one\n\n  two\n---\n介護", "a: |\n  one\n\n  two\n", "介護", 7),
    ],
)
def test_split(text: str, yaml: str, body: str, body_line: int) -> None:
    assert split_front_matter(text) == SplitFile(yaml, body, yaml_line=2, body_line=body_line)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "front-matter-missing"),
        ("# A heading\n", "front-matter-missing"),
        ("title: x\n---\n", "front-matter-missing"),
        ("\n---\ntitle: x\n---\n", "front-matter-missing"),
        (" ---\ntitle: x\n---\n", "front-matter-missing"),
        ("----\ntitle: x\n----\n", "front-matter-missing"),
        ("--- title: x\n---\n", "front-matter-missing"),
        ("+++\ntitle = 'x'\n+++\n", "front-matter-toml"),
        ("---", "front-matter-unclosed"),
        ("---\ntitle: x\n", "front-matter-unclosed"),
        ("---\ntitle: x\n ---\nBody", "front-matter-unclosed"),
        ("---\ntitle: x\n----\nBody", "front-matter-unclosed"),
        ("---\ntitle: x\n....\nBody", "front-matter-unclosed"),
    ],
)
def test_edges_that_are_wrong(text: str, fault: str) -> None:
    parts = split_front_matter(text)
    assert parts.problem_code == fault
    assert parts.yaml == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "a\nb"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\rb", "a\nb"),
        ("a\r\n\rb", "a\n\nb"),
        ("\ufeff---\r\n", "---\n"),
        ("\ufeff\ufeffa", "\ufeffa"),
        ("a\u2028b", "a\u2028b"),
        ("", ""),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalize_text(text) == expected


LINES = st.lists(st.sampled_from(["---", "...", "--- ", "a: b", "", "Body", " ---", "# 介"]), max_size=8)


@given(LINES)
def test_no_line_is_lost_and_the_line_numbers_are_those_of_the_file(lines: list[str]) -> None:
    text = "\n".join(["---", *lines])
    parts = split_front_matter(text)
    if parts.problem_code:
        assert parts.problem_code == "front-matter-unclosed"
        return
    all_lines = text.split("\n")
    assert all_lines[parts.body_line - 1 :] == parts.body.split("\n") or parts.body == ""
    assert text.startswith("---\n" + parts.yaml)
    assert text.endswith(parts.body)
