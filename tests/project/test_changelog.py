"""The fragments of the changelog have names from which their kinds follow, and texts that stand in a list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY
from tests.support.report import listed
from tests.tools.release import CHANGELOG, FRAGMENT, FRAGMENTS, NO_FRAGMENTS

SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]


def faults(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name in NO_FRAGMENTS:
            continue
        text = path.read_text(encoding="utf-8")
        if not FRAGMENT.fullmatch(path.name):
            yield f"{path.name} is not named as changelog.d/README.md says, such as publish.added.md."
        elif not text.strip().endswith((".", ")")) or text.startswith(("-", "*", "#", " ")) or "\n\n" in text:
            yield f"{path.name} is not one paragraph of whole sentences: the release makes an item of a list of it."


def test_fragments_are_named_and_written_as_their_readme_says() -> None:
    found = list(faults(REPOSITORY / FRAGMENTS))
    assert not found, listed(found)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("publish.added.md", "A command that publishes.\n", ""),
        ("two-words.fixed.md", "It works:\n`a b` too.\n", ""),
        ("publish.md", "A command.", "not named"),
        ("publish.new.md", "A command.", "not named"),
        ("Publish.added.md", "A command.", "not named"),
        ("publish.added.txt", "A command.", "not named"),
        ("publish.added.md", "- A command.", "not one paragraph"),
        ("publish.added.md", "A command", "not one paragraph"),
        ("publish.added.md", "", "not one paragraph"),
        ("publish.added.md", "One.\n\nTwo.", "not one paragraph"),
    ],
)
def test_a_wrong_fragment_is_found(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    found = list(faults(tmp_path))
    assert [words in fault for fault in found] == ([True] if words else [])


def test_the_kinds_are_those_of_the_settings_and_of_the_readme() -> None:
    kinds = set(SETTINGS["fragment"])
    assert kinds == set(
        re.findall(r"[a-z]+", FRAGMENT.pattern.partition("(?:added")[2].partition(")")[0])
    ) | {"added"}
    readme = (REPOSITORY / FRAGMENTS / "README.md").read_text(encoding="utf-8")
    assert kinds == set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE))


def test_the_changelog_has_the_line_below_which_releases_are_added() -> None:
    assert (SETTINGS["directory"], SETTINGS["filename"]) == (FRAGMENTS, CHANGELOG)
    assert (REPOSITORY / CHANGELOG).read_text(encoding="utf-8").count(SETTINGS["start_string"]) == 1
