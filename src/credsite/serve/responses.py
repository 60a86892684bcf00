"""Finds what the preview serves at a URL: a page with its banner, or another file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.hashing import digest
from credsite.serve.preview import Preview
from credsite.serve.problem_overlay import problem_page
from credsite.site.urls import output_path

BUILD_FAILED_STATUS: Final = 500
"""The HTTP status of the page that lists the problems while there is no website yet."""
_STYLESHEET: Final = re.compile(rb"""assets/[^"'\s<>]{1,240}\.[0-9a-f]{10}\.css""")
"""A name has a limit, because texts too may have `assets/`, many times in a word."""
_BODY: Final = re.compile(rb"""<body(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>""", re.IGNORECASE)
_MISSING: Final = b'<!DOCTYPE html>\n<html lang="en">\n<title>No such page</title>\n<h1>There is no such page</h1>\n</html>\n'


@dataclass(frozen=True, slots=True)
class PageResponse:
    """A page and its HTTP status. The script that reloads it is added later."""

    html: bytes
    status: int = 200

    @property
    def version(self) -> str:
        """Two digests with a dot between them: of the page without the names of its stylesheets, and of these names.

        If only the second one changes, a browser loads the new stylesheets without reloading the page.
        """
        rest = _STYLESHEET.sub(b"", self.html)
        styles = b" ".join(_STYLESHEET.findall(self.html))
        return f"{digest(rest)[:16]}.{digest(styles)[:16]}"


def find_page(preview: Preview, path: str) -> PageResponse | Path:
    """The page at the ``path`` of a URL (decoded, without a leading slash), or else the path of a file or folder.

    Raises FileNotFoundError if a running build removes the file.
    """
    if not preview.is_ready:
        return PageResponse(problem_page(preview.problems), BUILD_FAILED_STATUS)
    name = output_path(path)
    file = _find_file(preview, name)
    if file is None and f"{path}/index.html" in preview.files:
        return preview.folder / path
    if file is None:
        missing = _find_file(preview, "404.html")
        return PageResponse(missing.read_bytes() if missing else _MISSING, 404)
    if file.suffix not in (".html", ".htm"):
        return file
    banner = preview.banners.get(name, "")
    page = file.read_bytes()
    body = _BODY.search(page) if banner else None
    return PageResponse(page[: body.end()] + banner.encode() + page[body.end() :] if body else page)


def _find_file(preview: Preview, name: str) -> Path | None:
    """The file that the last build wrote at the output path ``name``.

    None if it wrote none, even where there is one now, or if somebody has put a symbolic link in its place.
    """
    if name not in preview.files:
        return None
    file, folder = preview.folder / name, os.path.realpath(preview.folder)
    real = os.path.realpath(file)
    return file if real == os.path.join(folder, *name.split("/")) and file.is_file() else None  # noqa: PTH118
