"""Images are inspected once: what was found out about them is in the cache, by the digest of their bytes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.build.result import BuildResult
from credsite.content import images
from credsite.content.image_inspection import Inspection, inspected
from tests.support.small_site import small_site

NOW = datetime(2026, 11, 23, 9)
UNSAFE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script/></svg>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(tmp_path)
    build(Options(root, now=NOW))
    return root


@pytest.fixture
def inspections(monkeypatch: pytest.MonkeyPatch, site: Path) -> list[bytes]:
    """The bytes of the images that are inspected."""
    found: list[bytes] = []

    def recorded(data: bytes, is_svg: bool) -> Inspection:
        found.append(data)
        return inspected(data, is_svg)

    monkeypatch.setattr(images, "inspected", recorded)
    return found


def edited(site: Path) -> BuildResult:
    with next(site.glob("content/courses/*.md")).open("a") as stream:
        stream.write("\nMore.\n")
    return build(Options(site, now=NOW))


def test_no_image_is_inspected_again(site: Path, inspections: list[bytes]) -> None:
    assert edited(site).problems == ()
    assert inspections == []


def test_no_image_is_inspected_again_in_a_copy_of_the_site(
    site: Path, tmp_path: Path, inspections: list[bytes]
) -> None:
    other = tmp_path / "other"
    for name in ("content", "credsite.yaml", ".credsite/cache.sqlite"):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (site / name).is_dir() else shutil.copyfile
        copy(site / name, other / name)
    assert edited(other).problems == ()
    assert inspections == []


def test_an_image_that_is_not_good_stays_a_problem(site: Path, inspections: list[bytes]) -> None:
    file = sorted(site.glob("content/images/*.svg"))[0]
    file.write_text(UNSAFE)
    options = Options(site, now=NOW, keep_going=True)
    first, second = build(options), build(options)
    assert inspections == [UNSAFE.encode()]
    assert {problem.code for problem in first.problems} >= {"image-unsafe"}
    assert second.problems == first.problems


@pytest.mark.parametrize(
    "damage",
    ["text = NULL", "text = x'ff'", "text = substr(text, 2)", "digest = NULL", "digest = 'x'", "key = 'x'"],
)
def test_what_was_damaged_is_not_believed(site: Path, inspections: list[bytes], damage: str) -> None:
    with closing(sqlite3.connect(site / ".credsite/cache.sqlite", isolation_level=None)) as connection:
        assert connection.execute(f"UPDATE images SET {damage}").rowcount == 1
    assert edited(site).problems == ()
    assert len(inspections) == len({*inspections}) > 0
    inspections.clear()
    edited(site)
    assert inspections == []
