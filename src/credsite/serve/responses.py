"""Finds what the preview serves at a URL: a page with its banner, or another file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.build.output.disk import RESERVED
from credsite.core.hashing import digest
from credsite.core.paths import is_inside
from credsite.serve.preview import Preview
from credsite.serve.problem_overlay import problem_page

BUILD_FAILED_STATUS: Final = 500
"""The HTTP status of the page that lists the problems while there is no website yet."""
_STYLESHEET: Final = re.compile(rb"""assets/[^"'\s<>]+\.[0-9a-f]{10}\.css""")
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
    file = find_file(preview.folder, path)
    if file is not None and file.is_dir():
        if path and not path.endswith("/"):
            return file
        file = find_file(preview.folder, f"{path}index.html")
    if file is None or not file.is_file():
        missing = preview.folder / "404.html"
        return PageResponse(missing.read_bytes() if missing.is_file() else _MISSING, 404)
    if file.suffix not in (".html", ".htm"):
        return file
    banner = preview.banners.get(f"{path}index.html" if not path or path.endswith("/") else path, "")
    page = file.read_bytes()
    body = _BODY.search(page) if banner else None
    return PageResponse(page[: body.end()] + banner.encode() + page[body.end() :] if body else page)


def find_file(folder: Path, path: str) -> Path | None:
    """The file or folder in ``folder`` at the ``path`` of a URL (decoded, without a leading slash).

    None if there is none, if it lies outside of ``folder`` (through a symbolic link, say), or if only credsite uses it.
    """
    if path.startswith("/") or "\0" in path or "\\" in path:
        return None
    real, root = Path(os.path.realpath(folder / path)), Path(os.path.realpath(folder))
    if not is_inside(real, root) or (real != root and real.relative_to(root).parts[0] in RESERVED):
        return None
    is_folder = os.path.isdir(real)  # noqa: PTH112 - unlike Path.is_dir, it accepts names that are too long
    if is_folder or (os.path.isfile(real) and not path.endswith("/")):  # noqa: PTH113
        return real
    return None
