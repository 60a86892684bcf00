"""What stylesheets and scripts share: their text, and the references in it to other assets."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from credsite.theme.loader import NOT_UTF8, ThemeError

_SUFFIX: Final = re.compile(r"[?#].*", re.DOTALL)


def read_text(path: Path) -> str:
    """The text of an asset, with Unix line ends. ThemeError if it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ThemeError(NOT_UTF8, path) from error


def line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def resolve_reference(name: str, reference: str) -> tuple[str, str]:
    """The name of the asset that a relative ``reference`` in the asset ``name`` leads to, and its query and fragment."""
    match = _SUFFIX.search(reference)
    target, suffix = (reference[: match.start()], match[0]) if match else (reference, "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target))), suffix


def relative_url(output: str, folder: str) -> str:
    """The URL of an output path as seen from ``folder`` below ``assets/``."""
    return quote(posixpath.relpath(output, posixpath.join("assets", folder)))
