"""Why each problem matters, with a wrong example and a right one: the texts in explanations.yaml."""

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
    "place": "content/places/north-campus.md",
    "page": "content/pages/about.md",
    "text": "content/pages/about.md",
    "file": "content/pages/about.md",
    "settings": "credsite.yaml",
}
"""The file that an example is in, by the kind of the example. Those of kind ``name`` and ``words`` are in none."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a problem matters, in a sentence or two, with the ``wrong`` and the ``right`` content of a file.

    ``kind`` is what the example is: keys of a ``course``, ``story``, ``pathway``, ``provider``, ``place`` or ``page``; a ``text``;
    ``settings``; a whole ``file``; the ``name`` of a file; or ``words`` that describe it. ``given`` says what the
    rest of the site contains, or is ``""``.
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
        """For a terminal: the meaning, why it matters, and the examples, which are indented."""
        return "\n".join(
            [
                *_wrapped(self.meaning),
                *_wrapped(self.why),
                *(["", *_wrapped(self.context)] if self.context else []),
                *(
                    line
                    for name, example in self._examples()
                    for line in ("", *_example_lines(name, example))
                ),
            ]
        )

    def as_markdown(self) -> str:
        """The same content as Markdown, without a heading."""
        parts = [self.meaning, self.why]
        if self.context:
            parts.append(self.context)
        for name, example in self._examples():
            if self.kind == "words":
                parts.append(f"{name}: {example}")
            else:
                parts += (f"{name}:", f"```{self._language}\n{example}\n```")
        return "\n\n".join(parts)

    def _examples(self) -> Iterator[tuple[str, str]]:
        file = f", in {EXAMPLE_FILES[self.kind]}" if self.kind in EXAMPLE_FILES else ""
        yield f"Wrong{file}", self.wrong
        yield "Right", self.right

    @property
    def _language(self) -> str:
        return {"text": "markdown", "file": "markdown", "name": "text"}.get(self.kind, "yaml")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 92, break_long_words=False, break_on_hyphens=False)


def _example_lines(name: str, example: str) -> Iterator[str]:
    yield f"{name}:"
    yield ""
    # One example is about a tab, which would be invisible.
    for line in example.replace("\t", "→   ").split("\n"):
        yield f"    {line}".rstrip()


@cache
def explanations() -> Mapping[str, Explanation]:
    """All explanations by their codes, in the order of CODES."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    by_code = {code: _explanation(code, values) for code, values in yaml.safe_load(text).items()}
    return {code: by_code[code] for code in CODES}


def _explanation(code: str, values: Mapping[str, str]) -> Explanation:
    return Explanation(
        code,
        values["why"],
        values["wrong"].rstrip("\n"),
        values["right"].rstrip("\n"),
        values.get("in", "course"),
        values.get("given", ""),
    )
