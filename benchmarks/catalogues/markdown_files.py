"""Entries as Markdown files with YAML front matter, as an editor would write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogues.catalogue import Entry

_PLAIN: Final = re.compile(r"[A-Za-z][\w .()'/-]*")
_WORDS_WITH_MEANING: Final = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
_ENTRY_LINK: Final = re.compile(r"\]\((course|industry|provider):([\w-]+)\)")
_FOLDERS: Final = {"course": "courses", "industry": "industries", "provider": "providers"}


def write_entry(root: Path, entry: Entry) -> None:
    """Write ``root``/folder/slug.md. The folder must exist."""
    path = root / entry.folder / f"{entry.slug}.md"
    path.write_text(markdown_file(entry.fields, entry.body), encoding="utf-8", newline="\n")


def markdown_file(fields: Mapping[str, Any], body: str) -> str:
    return f"---\n{front_matter(fields)}---\n\n{body}\n"


def front_matter(fields: Mapping[str, Any]) -> str:
    return "".join(f"{key}:{_block(value, '  ')}\n" for key, value in fields.items())


def _block(value: Any, indent: str) -> str:
    if isinstance(value, Mapping):
        return "".join(f"\n{indent}{key}:{_block(one, indent + '  ')}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(one, str) and " " not in one for one in value):
            return f" [{', '.join(map(_scalar, value))}]"
        return "".join(f"\n{indent}- {_item(one, indent)}" for one in value)
    return f" {_scalar(value)}"


def _item(value: Any, indent: str) -> str:
    if not isinstance(value, Mapping):
        return _scalar(value)
    lines = (f"{key}:{_block(one, indent + '    ')}" for key, one in value.items())
    return f"\n{indent}  ".join(lines)


def _scalar(value: Any) -> str:
    """A plain scalar if YAML surely reads it as the same text, else one in quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_WITH_MEANING and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)


def with_addresses(body: str, address: Callable[[str, str], str]) -> str:
    """The text with each link to an entry replaced by a link to ``address(folder, slug)``."""
    return _ENTRY_LINK.sub(lambda found: f"]({address(_FOLDERS[found[1]], found[2])})", body)
