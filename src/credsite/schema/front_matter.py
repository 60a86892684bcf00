"""Splits a Markdown file into its front matter and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPENING_LINE: Final = re.compile(r"---[ \t]*(?:\n|\Z)")
# With the line end before it, because that is quick to search for.
_CLOSING_LINE: Final = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class SplitFile:
    """The front matter and the body of a file, each with the line (from 1) on which it begins.

    ``problem_code`` says what is wrong with the lines around the front matter; then ``yaml`` is "". It is "" if nothing is.
    """

    yaml: str
    body: str
    yaml_line: int = 2
    body_line: int = 1
    problem_code: str = ""


def split_front_matter(text: str) -> SplitFile:
    """The YAML and the body of ``text``, which has ``\\n`` line ends and no byte order mark."""
    opening = _OPENING_LINE.match(text)
    if opening is None:
        code = "front-matter-toml" if text.startswith("+++") else "front-matter-missing"
        return SplitFile("", text, problem_code=code)
    closing = _CLOSING_LINE.search(text, opening.end() - 1)
    if closing is None:
        return SplitFile("", "", problem_code="front-matter-unclosed")
    return SplitFile(
        text[opening.end() : closing.start() + 1],
        text[closing.end() :],
        body_line=text.count("\n", 0, closing.end()) + 1,
    )
