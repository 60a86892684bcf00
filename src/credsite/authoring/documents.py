"""The front matter of a Markdown file as plain data, not checked against its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from credsite.core.text import normalize_text
from credsite.schema.front_matter import split_front_matter
from credsite.schema.yaml import loader

RawFrontMatter = dict[str, Any]
"""The values of keys as :func:`credsite.schema.yaml.loader.load_yaml` returns them: dicts, lists, texts and None."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file. ``values`` is empty if the front matter is empty or not ``is_valid``."""

    values: RawFrontMatter
    body: str
    is_valid: bool


def parse_document(data: bytes) -> Document:
    """The front matter and the body of the file with these bytes. Raises UnicodeDecodeError if it is not UTF-8."""
    parts = split_front_matter(normalize_text(data.decode()))
    values, problems = loader.load_yaml(parts.yaml, "")
    is_valid = not problems and (values is None or isinstance(values, dict))
    return Document(values if is_valid and values else {}, parts.body, is_valid)
