from __future__ import annotations

import pytest

from credsite.schema.front_matter import split_front_matter
from credsite.schema.kinds import CREATABLE, KINDS, Kind
from credsite.schema.placeholders import UNWRITTEN, placeholder_problems
from credsite.schema.yaml.loader import load_yaml


def places(yaml: str, body: str = "", kind: Kind = Kind.COURSE) -> list[str]:
    parts = split_front_matter(f"---\n{yaml}\n---\n{body}")
    values, _ = load_yaml(parts.yaml, "")
    found = placeholder_problems(values or {}, parts, "a.md", kind)
    return [
        str(one.location).removeprefix("a.md:") if one.location.line else str(one.location.key)
        for one in found
    ]


@pytest.mark.parametrize("kind", CREATABLE)
def test_every_paragraph_of_a_new_text_is_known(kind: Kind) -> None:
    body = KINDS[kind].starter_text
    for paragraph in body.split("\n\n"):
        if not paragraph.startswith("#"):
            assert places("title: A", f"Our own words.\n\n{paragraph}", kind)[0] == "6:1", paragraph
            assert places("title: A", f"- *{paragraph.replace(' ', chr(10))}*", kind)[0] == "4:4", paragraph


@pytest.mark.parametrize(
    "yaml",
    [
        f"summary: {UNWRITTEN}",
        "summary: not written yet.",
        "summary: NOT WRITTEN YET",
        "summary: TODO - Not written yet!",
        "title: '**Not written yet**'",
        "learner:\n  name: Not written yet",
        "sessions:\n- location: Not written yet",
        "outcomes: [The first]",
        "outcomes:\n- A true one\n- The second.",
        "summary: Say in two or three short paragraphs what you like",
    ],
)
def test_values_of_all_keys(yaml: str) -> None:
    assert len(places(yaml)) == 1


@pytest.mark.parametrize(
    ("yaml", "body"),
    [
        ("summary: The exam of 2028 is not written yet", "What you say is not written yet."),
        ("title: The first", "The first day. The second day."),
        ("outcomes:\n- The first aid box", "Say what you think. Let the learner decide."),
        ("title: A\n# summary: Not written yet\n#outcomes:\n#  - The first", "## What you do\n\nYou cook."),
    ],
)
def test_texts_of_ones_own(yaml: str, body: str) -> None:
    for kind in CREATABLE:
        assert places(yaml, body, kind) == []
