"""A built website of a few files, to be published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from credsite.build.output.manifest import ManifestEntry
from credsite.core.hashing import digest
from credsite.publishing.website import Website

MakeWebsite = Callable[[dict[str, str]], Website]


@pytest.fixture
def make_website(tmp_path: Path) -> MakeWebsite:
    """Writes files to ``tmp_path / "public"``, and gives the website that has just these."""

    def make(files: dict[str, str]) -> Website:
        folder = tmp_path / "public"
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        entries = {
            path: ManifestEntry("", digest(text.encode()), len(text.encode())) for path, text in files.items()
        }
        return Website(folder, entries)

    return make
