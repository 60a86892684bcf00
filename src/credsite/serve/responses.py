"""What a browser is shown at an address, and whether two pages differ in more than their stylesheets."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.build.output.names import RESERVED
from credsite.core.hashing import digest
from credsite.core.paths import is_inside
from credsite.serve.preview import Preview
from credsite.serve.problem_overlay import problem_page

BUILD_FAILED_STATUS: Final = 500
"""The status of a page that stands for the website, and lists the problems itself."""
_STYLESHEET: Final = re.compile(rb"""assets/[^"'\s<>]+\.[0-9a-f]{10}\.css""")
_BODY: Final = re.compile(rb"""<body(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>""", re.IGNORECASE)
_MISSING: Final = b'<!DOCTYPE html>\n<html lang="en">\n<title>No such page</title>\n<h1>There is no such page</h1>\n</html>\n'


@dataclass(frozen=True, slots=True)
class PageResponse:
    """A page and the status it is sent with. The script that reloads it is not in it."""

    html: bytes
    status: int = 200

    @property
    def version(self) -> str:
        """Two digests: one of all but the names of stylesheets, and one of these."""
        rest = _STYLESHEET.sub(b"", self.html)
        styles = b" ".join(_STYLESHEET.findall(self.html))
        return f"{digest(rest)[:16]}.{digest(styles)[:16]}"


def find_page(preview: Preview, path: str) -> PageResponse | Path:
    """The page at a URL's ``path`` (decoded, no slash in front), or the file or folder there that is no page.

    FileNotFoundError where a build takes the file away meanwhile.
    """
    if not preview.ready:
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
    ribbon = preview.banners.get(f"{path}index.html" if not path or path.endswith("/") else path, "")
    page = file.read_bytes()
    body = _BODY.search(page) if ribbon else None
    return PageResponse(page[: body.end()] + ribbon.encode() + page[body.end() :] if body else page)


def find_file(folder: Path, path: str) -> Path | None:
    """The file or folder at a URL's ``path`` (decoded, no slash in front) in ``folder``.

    None where there is none, where it lies outside (also through a symbolic link), or is credsite's own.
    """
    if path.startswith("/") or "\0" in path or "\\" in path:
        return None
    real, root = Path(os.path.realpath(folder / path)), Path(os.path.realpath(folder))
    if not is_inside(real, root) or (real != root and real.relative_to(root).parts[0] in RESERVED):
        return None
    is_folder = os.path.isdir(real)  # noqa: PTH112 - unlike Path's, it takes names that are too long for no file
    if is_folder or (os.path.isfile(real) and not path.endswith("/")):  # noqa: PTH113
        return real
    return None
