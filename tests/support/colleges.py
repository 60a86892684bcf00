"""Puts together the three colleges of tests/colleges: each has settings and a few entries of its own, and shares the rest.

``keys.yaml`` of a college names the entries of ``shared/`` that it has, and the keys that it adds to each. The folders
``brand`` and ``content`` are copied as they are. `python -m tests.support.colleges FOLDER` or `make gallery` writes all three
into a folder.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import yaml

from tests.support.paths import REPOSITORY

FOLDER = REPOSITORY / "tests/colleges"
COLLEGES = ("skerry-point", "heronsbrook", "maplecross")
NOW = "2026-11-23T09:00:00"
"""The date on which the colleges are built: their sessions are in the months after it."""


def write_college(name: str, site: Path) -> Path:
    """Write the site of a college into the folder ``site``, which is created if need be. Returns ``site``."""
    own = FOLDER / name
    shutil.copytree(own, site, ignore=shutil.ignore_patterns("keys.yaml"), dirs_exist_ok=True)
    added = yaml.load((own / "keys.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for entry, keys in added.items():
        text = (FOLDER / "shared" / f"{entry}.md").read_text(encoding="utf-8")
        file = site / "content" / f"{entry}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_with_keys(text, keys), encoding="utf-8")
    return site


def _with_keys(text: str, keys: dict[str, object]) -> str:
    """A Markdown file with ``keys`` at the end of its front matter."""
    if not keys:
        return text
    opening, front, body = text.split("---\n", 2)
    # Dates and times of day are texts in an entry, and stay as they are written in keys.yaml.
    written = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)
    return f"{opening}---\n{front}{written}---\n{body}"


def main(folder: Path) -> None:
    """Write the sites of all colleges into folders of their names in ``folder``."""
    for name in COLLEGES:
        print(write_college(name, folder / name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
