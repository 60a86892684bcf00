"""Images are inspected once: what was found out about them is in the cache, by the digest of their bytes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.build.result import BuildResult
from credsite.content import image_location, images
from credsite.content.image_inspection import Inspection, inspected
from credsite.serve.preview import Preview
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


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 2.0, 3.5), 3: "W", 4: (114.0, 4.0, 1.0)})
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "JPEG", exif=exif.tobytes())
    return data.getvalue()


def test_pictures_that_are_published_as_they_are_and_say_where_they_were_taken(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "static/photos").mkdir(parents=True, exist_ok=True)
    (site / "static/photos/team.jpg").write_bytes(photo_with_place())
    course = next(site.glob("content/courses/*.md"))
    (course.parent / "used.jpg").write_bytes(photo_with_place() + b"another")
    (course.parent / "unused.jpg").write_bytes(photo_with_place())
    with course.open("a") as stream:
        stream.write("\n![Three people at a table](used.jpg)\n")
    first = build(Options(site, now=NOW))
    assert [(problem.code, problem.location.path) for problem in first.problems] == [
        ("image-location", "static/photos/team.jpg"),
    ]
    monkeypatch.setattr(image_location, "has_location", pytest.fail)
    assert build(Options(site, now=NOW)).problems == first.problems
    assert edited(site).problems == first.problems


def test_a_preview_goes_on_to_say_where_a_picture_was_taken(site: Path) -> None:
    (site / "static").mkdir(exist_ok=True)
    (site / "static/team.jpg").write_bytes(photo_with_place())
    preview = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    first = preview.rebuild()
    assert [problem.code for problem in first.problems] == ["image-location"]
    course = next(site.glob("content/courses/*.md"))
    with course.open("a") as stream:
        stream.write("\nMore.\n")
    assert preview.rebuild([course.relative_to(site).as_posix()]).problems == first.problems
