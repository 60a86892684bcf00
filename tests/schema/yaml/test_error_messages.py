"""The sentence and the position for each mistake that editors make in YAML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.schema.yaml import loader

CASES = [
    # What is written, where the mistake is, and words of the sentence that says how to fix it.
    ("title: First aid: the basics", "1:17", "A colon and a space in a text"),
    ("title:First aid\nsummary: x", "1:1", "The colon after a key needs a space"),
    ("summary: x\ntitle:First aid\nprovider: x", "2:1", "The colon after a key needs a space"),
    ("title First aid\nsummary: x", "1:1", "as in `title: First aid`."),
    ("summary: One line\nand one more\ntitle: x", "2:1", "indent it by two spaces"),
    ("industries:\n  - health\n  care\nlevel: x", "3:3", "begins with a hyphen and a space"),
    ('title: "First aid\nsummary: x\n', "1:8", "quotation mark that opens here is never closed"),
    ('title: "First aid\nsummary: "x"\nlevel: x', "1:8", "quotation mark that opens here is never closed"),
    ("title: 'First aid\nsummary: x\n", "1:8", "quotation mark that opens here is never closed"),
    ('title: The "best" aid: x', "1:22", "A colon and a space in a text"),
    ('title: "First aid" course\nlevel: x', "1:18", "between 'single' quotation marks"),
    ("title: 'It's fine'\nlevel: x", "1:11", "An apostrophe ends a text"),
    ("industries: [health, care\nlevel: x", "1:13", "bracket that opens here is never closed"),
    ("industries: [health, care", "1:13", "bracket that opens here is never closed"),
    ("title: \u201cBread: the start\u201d", "1:14", "do not count in YAML"),
    ("title: \u201eBread: the start\u201c", "1:14", "do not count in YAML"),
    ("title: x\nprice\uff1a95 CAD\nlevel: x", "2:6", "is another one: type it again"),
    ("title: x\nprice = 95 CAD\nlevel: x", "2:1", "in place of the equals sign"),
    ('title: "First aid\nlevel: x', "1:8", 'Write `"` where the text ends'),
    ("modes: [online\nlevel: x", "1:8", "Write `]` where the list ends"),
    ("price: {amount: 5\nlevel: x", "1:8", "brace that opens here is never closed"),
    ("skills: [drills #8, nails]\nlevel: x", "1:17", "This # begins a comment"),
    ("skills: [drills #8, nails]", "1:17", "This # begins a comment"),
    ("price: {amount: 5, note: for #1}\nlevel: x", "1:30", "the brace is not closed"),
    ("skills: [drills, # note\nlevel: x", "1:9", "bracket that opens here is never closed"),
    ("outcomes:\n- Knead\n  shape: loaf", "3:3", "the item of the list above it is a text"),
    ("outcomes:\n  - Knead\n   - Shape: loaf", "3:4", "Begin it in column 3"),
    ("summary: Knead\n  and: shape", "2:3", "If it belongs to the text above: put"),
    ("price: {amount: 5 currency: CAD}", "1:27", "A comma is missing"),
    ("title: [Draft] First aid\nlevel: x", "1:8", "read as if its brackets are a list"),
    ("title: {{ title }}", "1:8", "read as if its braces are a block"),
    ("title: {{ title }} and more", "1:8", "read as if its braces are a block"),
    ("title: @home", "1:8", "may not begin with `@`"),
    ("skills: [labels, @home]", "1:18", "may not begin with `@`"),
    ("title: `code`", "1:8", "may not begin with a backtick"),
    ("title: %off", "1:8", "may not begin with `%`"),
    ("title: !important", "1:8", "may not begin with `!`"),
    ("title: - a dash", "1:8", "may not begin with `-`"),
    ("title: ? what", "1:8", "may not begin with `?`"),
    ("title: , x", "1:8", "may not begin with `,`"),
    ("title: > hello", "1:8", "After `>` the text begins on the next line"),
    (r'title: "C:\Users"', "1:13", "A backslash between"),
    ("title: x\n  summary: y", "2:3", "indented too far"),
    ("sessions:\n  - starts: 2027-01-01\n     ends: 2027-02-01", "3:6", "indented too far"),
    ("sessions:\n  - starts: 2027-01-01\n   ends: 2027-02-01", "3:4", "not lined up"),
    ("  title: x\nsummary: y", "2:1", "not lined up"),
    ("title: x\n- a", "2:1", "not lined up"),
    ("title: x\n--- \nsummary: y", "2:1", "Only `key: value` lines are allowed here. Delete this line."),
    ("%YAML 1.1\ntitle: x", "1:1", "Only `key: value` lines"),
    ("title: 1 # a remark\nsummary: b: c", "2:11", "A colon and a space in a text"),
    ('summary: "A text\n  of two lines"\ntitle: a: b', "3:9", "A colon and a space in a text"),
]
ALIASES = ["*bold* aid", "**Bold** aid", "* aid", "*aid", "& aid", "&aid and more"]


@pytest.mark.parametrize(("text", "position", "words"), CASES)
def test_a_mistake_is_named_where_it_is(text: str, position: str, words: str) -> None:
    data, problems = loader.load_yaml(text, "first-aid.md")
    assert data is None
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("yaml-syntax", f"first-aid.md:{position}")
    ]
    assert words in problems[0].message


@pytest.mark.parametrize("value", ALIASES)
def test_stars_and_ampersands_in_front_of_a_text_are_told_from_other_mistakes(value: str) -> None:
    problems = [loader.load_yaml(text, "x.md")[1] for text in (f"title: {value}", f"skills:\n  - {value}")]
    assert [[(p.code, str(p.location)) for p in reported] for reported in problems] == [
        [("yaml-alias", "x.md:1:8")],
        [("yaml-alias", "x.md:2:5")],
    ]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("sessions:\n\t- starts: x", "2:1"),
        ("a:\n  - b: c\n  \td: e", "3:3"),
        ("title: x\n\tsummary: y", "2:1"),
    ],
)
def test_a_tab_is_reported_where_it_is(text: str, position: str) -> None:
    _, problems = loader.load_yaml(text, "x.md")
    assert [(p.code, str(p.location)) for p in problems] == [("yaml-tab", f"x.md:{position}")]


SIGNS = [
    "a", "a: ", "key: ", ": ", ":", "- ", "  - ", "-", "? ", "[", "]", "{", "}", ", ", '"', "'", "&a", "*a", "@", "%", "`",
    "!", "! ", "| ", "> ", "#", " #", "\\", "\n", "\n", "\n  ", "\t", "\r", "\u2028", "---\n", "...\n", "é", "~",
]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_a_problem_lies_within_the_text(text: str) -> None:
    data, problems = loader.load_yaml(text, "x.md")
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    assert data is None or not problems
    for problem in problems:
        assert 1 <= problem.location.line <= len(lines)
        assert 1 <= problem.location.column <= len(lines[problem.location.line - 1]) + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("outcomes:\n  * Bake\n  * Mix", "write `- Bake`"),
        ("outcomes:\n  - Mix\n  * Bake a loaf", "write `- Bake a loaf`"),
        ("title: * Bake", "may not begin with"),
        ("outcomes:\n  - *Bake*", "may not begin with"),
    ],
)
def test_stars_in_place_of_hyphens(text: str, words: str) -> None:
    _, (problem,) = loader.load_yaml(text, "first-aid.md")
    assert problem.code == "yaml-alias"
    assert words in problem.message
