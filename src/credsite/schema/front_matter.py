"""The text of a file that an author writes, and of a Markdown file the front matter and the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from credsite.core.text import normalize_text
from credsite.problems.codes import CODES
from credsite.problems.model import Location, Problem
from credsite.schema.yaml import loader

RawFrontMatter = dict[str, Any]
"""The values of keys as :func:`credsite.schema.yaml.loader.load_yaml` returns them: dicts, lists, texts and None."""

_OPENING_LINE: Final = re.compile(r"---[ \t]*(?:\n|\Z)")
# With the line end before it, because that is quick to search for.
_CLOSING_LINE: Final = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FORMATS: Final = {
    b"PK\x03\x04": "a document of a word processor, such as Word, or a zip file",
    b"\xd0\xcf\x11\xe0": "a document of an older version of Word, Excel or PowerPoint",
    b"%PDF": "a PDF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
"""How files begin that are no texts."""


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


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file whose front matter has not been checked against its model.

    ``values`` is empty if the front matter is empty or not ``is_valid``.
    """

    values: RawFrontMatter
    body: str
    is_valid: bool


def parse_document(data: bytes) -> Document:
    """The front matter and the body of the file with these bytes. Raises UnicodeDecodeError if it is not UTF-8."""
    parts = split_front_matter(normalize_text(data.decode()))
    values, problems = loader.load_yaml(parts.yaml, "")
    is_valid = not problems and (values is None or isinstance(values, dict))
    return Document(values if is_valid and values else {}, parts.body, is_valid)


def decode_text(data: bytes, path: str) -> tuple[str, Problem | None]:
    """The text of the file at ``path`` with ``\\n`` line ends, or "" and why it cannot be read."""
    try:
        text = normalize_text(data.decode())
    except UnicodeDecodeError as error:
        location = location_after(normalize_text(data[: error.start].decode()), path)
        message = (
            _other_format(data)
            or "The file is not saved as UTF-8: this character cannot be read. Save it again with the encoding UTF-8."
        )
        return "", Problem("file-not-utf8", message, location)
    if "\0" in text:
        location = location_after(text[: text.index("\0")], path)
        return "", Problem("file-nul", CODES["file-nul"].meaning, location)
    return text, None


def _other_format(data: bytes) -> str:
    """What to do about a file that is no text at all, or in UTF-16 throughout; "" for others."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            "The file is saved as UTF-16 (some programs say Unicode). Save it again with the encoding UTF-8."
        )
    kind = next((kind for start, kind in _FORMATS.items() if data.startswith(start)), "")
    return f"This is {kind}, only with another name. Copy its words into a new text file." if kind else ""


def location_after(before: str, path: str) -> Location:
    """Where the text ``before``, with which a file begins, ends."""
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
