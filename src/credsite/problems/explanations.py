"""What each problem means for an editor, with an example of wrong and one of right: the texts in explanations.yaml."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from credsite.problems.codes import CODES

EXAMPLE_FILES: Final[Mapping[str, str]] = {
    "course": "content/courses/first-aid.md",
    "story": "content/stories/amina.md",
    "pathway": "content/pathways/care.md",
    "provider": "content/providers/harbour-college.md",
    "page": "content/pages/about.md",
    "text": "content/pages/about.md",
    "file": "content/pages/about.md",
    "settings": "credsite.yaml",
}
"""The files that examples stand in, by the kind of the example; those of kind ``name`` and ``words`` stand in none."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """``why`` it matters, in a sentence or two; ``wrong`` and ``right`` are what may stand in a file.

    ``kind`` is what the example is: keys of a ``course``, ``story``, ``pathway``, ``provider`` or ``page``; a ``text``;
    ``settings``; a whole ``file``; the ``name`` of a file; or ``words`` that describe it. ``given`` says what has to be
    known of the rest of the site, or is ``""``.
    """

    code: str
    why: str
    wrong: str
    right: str
    kind: str = "course"
    context: str = ""

    @property
    def meaning(self) -> str:
        return CODES[self.code].meaning

    def as_text(self) -> str:
        """For a terminal: the meaning, why it matters, and the examples, indented by two spaces more."""
        return "\n".join(
            [
                *_filled(self.meaning),
                *_filled(self.why),
                *(["", *_filled(self.context)] if self.context else []),
                *(line for name, shown in self._examples() for line in ("", *_shown(name, shown))),
            ]
        )

    def as_markdown(self) -> str:
        """The same as Markdown, without a heading."""
        parts = [self.meaning, self.why]
        if self.context:
            parts.append(self.context)
        for name, shown in self._examples():
            if self.kind == "words":
                parts.append(f"{name}: {shown}")
            else:
                parts += (f"{name}:", f"```{self._language}\n{shown}\n```")
        return "\n\n".join(parts)

    def _examples(self) -> Iterator[tuple[str, str]]:
        file = f", in {EXAMPLE_FILES[self.kind]}" if self.kind in EXAMPLE_FILES else ""
        yield f"Wrong{file}", self.wrong
        yield "Right", self.right

    @property
    def _language(self) -> str:
        return {"text": "markdown", "file": "markdown", "name": "text"}.get(self.kind, "yaml")


def _filled(text: str) -> list[str]:
    return textwrap.wrap(text, 92, break_long_words=False, break_on_hyphens=False)


def _shown(name: str, example: str) -> Iterator[str]:
    yield f"{name}:"
    yield ""
    # A tab is what is wrong in one of them, and cannot be seen.
    for line in example.replace("\t", "→   ").split("\n"):
        yield f"    {line}".rstrip()


@cache
def explanations() -> Mapping[str, Explanation]:
    """All explanations by their codes, in the order of CODES."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found = {code: _explanation(code, values) for code, values in yaml.safe_load(text).items()}
    return {code: found[code] for code in CODES}


def _explanation(code: str, values: Mapping[str, str]) -> Explanation:
    return Explanation(
        code,
        values["why"],
        values["wrong"].rstrip("\n"),
        values["right"].rstrip("\n"),
        values.get("in", "course"),
        values.get("given", ""),
    )
