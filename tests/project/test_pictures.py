"""The pictures of the documentation are those that `make pictures` takes, each is shown, and together they are small."""

from __future__ import annotations

import re

from tests.project.test_docs import DOCS, PAGES
from tests.tools.pictures import FOLDER, PICTURES

MOST_BYTES = 1_500_000
IMAGE = re.compile(r"!\[([^\]]+)\]\(((?:docs/)?pictures/[^)]+)\)")


def test_each_picture_is_there_and_shown_with_a_description() -> None:
    shown = {
        (page.parent / path).resolve()
        for page in PAGES
        for _, path in IMAGE.findall(page.read_text(encoding="utf-8"))
    }
    assert shown == {FOLDER / f"{name}.webp" for name in PICTURES} == set(FOLDER.iterdir())


def test_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in DOCS.rglob("*.webp")) < MOST_BYTES
