"""The stylesheets of a theme: their references to other assets become hashed names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from credsite.theme.asset_files import line_at, read_text, relative_url, resolve_reference
from credsite.theme.loader import ThemeError

_TOKEN: Final = re.compile(
    r"""(?P<comment>/\*.*?\*/)
      | url\(\s*(?: "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]*)' | (?P<bare>[^)"'\s]*) )\s*\)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<import>@import\b)
      | (?P<charset>@charset\s+"[^"]*"\s*;\s*)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def build_stylesheet(name: str, path: Path, output_path: Callable[[str], str], folder: str) -> str:
    """The text of the stylesheet ``name``, with URLs as seen from ``folder`` below ``assets/``.

    ``output_path`` gives the output path of an asset, or raises LookupError. ThemeError, with the line, where the
    stylesheet refers to an asset that does not exist, or uses ``@import``.
    """
    text = read_text(path)

    def replacement(match: re.Match[str]) -> str:
        if match["import"]:
            message = "@import makes pages slower. List the stylesheet under `stylesheets` in theme.yaml."
            raise ThemeError(message, path, line_at(text, match.start()))
        if match["charset"]:
            return ""
        reference = match["double"] or match["single"] or match["bare"] or ""
        if not reference or _ABSOLUTE.match(reference):
            return match[0]
        try:
            return _hashed_url(name, reference, output_path, folder)
        except LookupError as error:
            raise ThemeError(str(error.args[0]), path, line_at(text, match.start())) from error

    result = _TOKEN.sub(replacement, text)
    return result if result.endswith("\n") else result + "\n"


def _hashed_url(name: str, reference: str, output_path: Callable[[str], str], folder: str) -> str:
    if reference.startswith("/"):
        raise LookupError(f"`{reference}` begins with a slash. Write the path relative to this file.")
    asset, suffix = resolve_reference(name, reference)
    return f'url("{relative_url(output_path(asset), folder)}{suffix}")'
