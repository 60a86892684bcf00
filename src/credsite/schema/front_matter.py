"""The front matter's edges: where the YAML of a Markdown file begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPENER: Final = re.compile(r"---[ \t]*(?:\n|\Z)")
# With the line end before it, to which a search can leap.
_CLOSER: Final = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class SplitFile:
    """A file's two halves, each with the line of the file (from 1) on which it begins.

    ``fault`` is the code of what is wrong with the front matter's edges, or ``""``; then ``yaml`` is empty.
    """

    yaml: str
    body: str
    yaml_line: int = 2
    body_line: int = 1
    problem_code: str = ""


def split_front_matter(text: str) -> SplitFile:
    """The YAML and the body of ``text``, which has ``\\n`` line ends and no byte order mark."""
    opener = _OPENER.match(text)
    if opener is None:
        fault = "front-matter-toml" if text.startswith("+++") else "front-matter-missing"
        return SplitFile("", text, problem_code=fault)
    closer = _CLOSER.search(text, opener.end() - 1)
    if closer is None:
        return SplitFile("", "", problem_code="front-matter-unclosed")
    return SplitFile(
        text[opener.end() : closer.start() + 1],
        text[closer.end() :],
        body_line=text.count("\n", 0, closer.end()) + 1,
    )
