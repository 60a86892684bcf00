"""Front matter that somebody wrote, with other values: everything else stays as it is, to the byte."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.front_matter_update import RewriteError, update_front_matter
from credsite.core.text import normalize_text
from credsite.schema.front_matter import split_front_matter
from credsite.schema.kinds import Kind
from credsite.schema.yaml import loader

COLUMNS = columns_of(Kind.COURSE)
FILE = """\
---
# The name that visitors see.
title:   'First aid'   # keep it short
summary: >-
  Learn what to do
  until help arrives.

# Who offers it.
provider: harbour-college
industries: [healthcare,  community]
delivery_modes: [in-person]   # never online
#price: 100 CAD
outcomes:
    - "Keep somebody alive"   # the first
    # this one is new
    - Know when to call
skills: [calm, {name: First aid, uri: https://skills.example/1}]
sessions:
-   starts: 2027-02-06
    seats: 12    # of 14
    enrol_url: https://college.example/a
-   starts: 2027-03-06
    seats: 8

# --- the end ---
---

The text: # as it is,\u0020\u0020
---
with a line.
"""


def changed(text: str, **values: Any) -> str:
    """``text`` with other ``values`` of keys, of which None is none at all."""
    parts = split_front_matter(normalize_text(text))
    old, problems = loader.load_yaml(parts.yaml, "")
    assert problems == []
    new = {key: value for key, value in {**old, **values}.items() if value is not None}
    return update_front_matter(text.encode(), old, new, COLUMNS).decode()


def differences(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("values", "went", "came"),
    [
        (
            {"title": "First aid at work"},
            ["title:   'First aid'   # keep it short"],
            ["title: 'First aid at work' # keep it short"],
        ),
        ({"provider": "tern"}, ["provider: harbour-college"], ["provider: tern"]),
        ({"price": "120 CAD"}, [], ["price: 120 CAD"]),
        (
            {"delivery_modes": ["in-person", "online"]},
            ["delivery_modes: [in-person]   # never online"],
            ["delivery_modes: [in-person, online] # never online"],
        ),
        ({"outcomes": ["Keep somebody alive", "Know when to call", "Rest"]}, [], ["    - Rest"]),
        (
            {"outcomes": ["Know when to call"]},
            ['    - "Keep somebody alive"   # the first', "    # this one is new"],
            ["# this one is new"],
        ),
        (
            {"outcomes": None},
            [
                "outcomes:",
                '    - "Keep somebody alive"   # the first',
                "    # this one is new",
                "    - Know when to call",
            ],
            ["# this one is new"],
        ),
        ({"skills": None}, ["skills: [calm, {name: First aid, uri: https://skills.example/1}]"], []),
    ],
)
def test_only_lines_that_say_something_else_change(values: Any, went: list[str], came: list[str]) -> None:
    lost, found = differences(FILE, changed(FILE, **values))
    assert (lost, [line.replace("  #", " #") for line in found]) == (went, came)


def test_a_session_changes_and_its_neighbours_stay() -> None:
    sessions = [
        {"starts": "2027-02-06", "seats": "3", "enrol_url": "https://college.example/a"},
        {"starts": "2027-03-06", "seats": "8"},
        {"starts": "2027-04-06"},
    ]
    lost, found = differences(FILE, changed(FILE, sessions=sessions))
    assert lost == ["    seats: 12    # of 14"]
    assert found == ["    seats: 3     # of 14", "-   starts: 2027-04-06"]


def test_a_new_key_stands_where_it_usually_does() -> None:
    lines = changed(FILE, partners=["tern"], draft="true").splitlines()
    assert lines[lines.index("delivery_modes: [in-person]   # never online") + 1] == "partners: [tern]"
    assert lines.index("draft: true") == lines.index("    seats: 8") + 1


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_stay(end: str) -> None:
    text = "\ufeff" + FILE.replace("\n", end)
    assert changed(text, provider="tern") == text.replace("provider: harbour-college", "provider: tern")
    assert changed(text, price="1 CAD") == text.replace(
        f"never online{end}", f"never online{end}price: 1 CAD{end}"
    )


@pytest.mark.parametrize(
    "text", ["NO", "0613", "null", "a: b", "- a", "# a", "'", "first\nsecond", "=1+1", "\u2028"]
)
@pytest.mark.parametrize("key", ["title", "provider", "level"])
def test_texts_that_yaml_would_take_for_something_else(text: str, key: str) -> None:
    front = split_front_matter(changed(FILE, **{key: text})).yaml
    assert loader.load_yaml(front, "")[0][key] == text


def test_a_literal_text_keeps_what_looks_like_a_comment() -> None:
    text = "---\ntitle: A\nsummary: |\n  One\n  # two\n\n# three\nprovider: x\n---\n"
    assert changed(text, provider="z") == text.replace("provider: x", "provider: z")
    assert changed(text, summary="Other") == "---\ntitle: A\nsummary: Other\n\n# three\nprovider: x\n---\n"


@pytest.mark.parametrize(
    "text", ["---\n{title: A, provider: x}\n---\n", "---\n  title: A\n  provider: x\n---\n"]
)
def test_what_cannot_be_changed_safely_is_not(text: str) -> None:
    with pytest.raises(RewriteError):
        changed(text, provider="y")


def test_an_empty_front_matter_gets_its_first_key() -> None:
    assert update_front_matter(b"---\n---\nText", {}, {"title": "A"}, COLUMNS) == b"---\ntitle: A\n---\nText"


@pytest.mark.parametrize(
    ("written", "value", "line"),
    [
        ("price:\n  amount: 5\n  currency:\n", "6 CAD", "price: 6 CAD"),
        ("skills:\n  -\n  - calm\n", ["rest"], "skills: [rest]"),
    ],
)
def test_an_empty_value_within_a_key_does_not_keep_it_from_being_changed(
    written: str, value: Any, line: str
) -> None:
    key = line.partition(":")[0]
    assert changed(f"---\n{written}---\n", **{key: value}) == f"---\n{line}\n---\n"
