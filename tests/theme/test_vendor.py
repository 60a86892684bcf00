"""What others have written is in the theme as they published it, and says where it is from and on what terms."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import load_theme, packaged_themes

VENDOR = packaged_themes() / "default/assets/js/vendor"
README = VENDOR / "README.md"


class Row(NamedTuple):
    """One line of the table: what it says of a file."""

    file: str
    package: str
    licence: str
    source: str
    digest: str


def rows() -> list[Row]:
    lines = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines[2:]]


def test_every_file_is_in_the_table() -> None:
    assert {row.file.strip("`") for row in rows()} | {README.name} == {path.name for path in VENDOR.iterdir()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.file)
def test_a_file_is_as_it_was_published(row: Row) -> None:
    data = (VENDOR / row.file.strip("`")).read_bytes()
    assert f"`{hashlib.sha256(data).hexdigest()}`" == row.digest
    assert row.source


@pytest.mark.parametrize("row", [row for row in rows() if row.package], ids=lambda row: row.file)
def test_a_package_has_a_version_and_its_licence_beside_it(row: Row) -> None:
    assert re.fullmatch(r"\[[\w-]+\]\(https://\S+\) \d+\.\d+\.\d+", row.package)
    name, file = re.fullmatch(r"(\w+), `([\w.]+)`", row.licence).groups()  # type: ignore[union-attr]
    text = (VENDOR / file).read_text(encoding="utf-8")
    assert name == "MIT"
    assert text.startswith("Copyright ")
    assert "Permission is hereby granted, free of charge" in text
    assert "WITHOUT WARRANTY OF ANY KIND" in text


def test_the_licence_is_published_and_the_note_is_not(tmp_path: Path) -> None:
    published = load_assets(load_theme("default", tmp_path))
    assert published.output_path("js/vendor/minisearch.LICENSE.txt")
    assert "js/vendor/README.md" not in published.output_paths
    script = published.output_path("js/vendor/minisearch.js")
    assert (VENDOR / "minisearch.js").read_bytes() in [
        file.data for file in published.files if file.path == script
    ]
