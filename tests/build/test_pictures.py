"""Pictures are published as smaller files without metadata, which are made once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from credsite.build import pictures
from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST
from credsite.build.pipeline import build
from credsite.content import image_encoding
from credsite.core import user_cache
from tests.support.files import text_replaced
from tests.support.photos import SECRET, metadata, photo
from tests.support.sequences import NOW
from tests.support.small_site import small_site

COURSE = "content/courses/payroll.md"
STORY = "content/stories/story-0.md"
STORE = ".credsite/pictures"

Encode = Callable[..., list[bytes]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two photos: of a course, and of a story."""
    root = small_site(tmp_path)
    (root / "content/courses/bench.jpg").write_bytes(photo("JPEG", (900, 600)))
    (root / "content/stories/ana.png").write_bytes(photo("PNG", (600, 500)))
    for path, image in ((COURSE, "bench.jpg"), (STORY, "ana.png")):
        text = re.sub(r"image: .*\n", "", (root / path).read_text())
        (root / path).write_text(text.replace("---\n", f"---\nimage: {{src: {image}, alt: Seen}}\n", 1))
    return root


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files were made each time that a picture was decoded."""
    made: list[int] = []
    encode = image_encoding.encoded_files

    def counted(data: bytes, variants: Any, quality: int) -> list[bytes]:
        files = encode(data, variants, quality)
        made.append(len(files))
        return files

    monkeypatch.setattr(image_encoding, "encoded_files", counted)
    return made


def files(site: Path, output: str = "public") -> dict[str, bytes]:
    """All files of the website but the list of them."""
    folder = site / output
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def picture_names(site: Path, start: str) -> list[str]:
    return [name for name in files(site) if name.startswith(f"images/{start}")]


def test_no_original_and_no_metadata_is_published(site: Path) -> None:
    originals = {path.read_bytes() for path in site.glob("content/*/*.[jp]*g")}
    assert len(originals) == 2
    assert build(Options(site, now=NOW)).report is not None
    published = files(site)
    assert originals.isdisjoint(published.values())
    assert not any(SECRET in data for data in published.values())
    images = [
        path
        for path in (site / "public/images").rglob("*")
        if path.suffix in (".avif", ".webp", ".jpg", ".png")
    ]
    assert len(images) > 10
    assert not any(metadata(images).values())


def test_the_second_build_makes_nothing(site: Path, encoded: list[int]) -> None:
    options = Options(site, now=NOW)
    build(options)
    assert len(encoded) == 2
    (site / COURSE).write_text((site / COURSE).read_text() + "\nMore.\n")
    result = build(options)
    assert len(encoded) == 2
    assert result.summary is not None
    assert not any(path.startswith("images/") for path in result.summary.changed)


def test_another_output_folder_needs_no_new_pictures(site: Path, encoded: list[int]) -> None:
    build(Options(site, now=NOW))
    build(Options(site, now=NOW, output=site / "elsewhere"))
    assert len(encoded) == 2
    assert files(site) == files(site, "elsewhere")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda _: b"",
        lambda data: b"0" * 32 + data[32:],
    ],
)
def test_what_credsite_did_not_store_is_not_published(
    site: Path, encoded: list[int], spoil: Callable[[bytes], bytes]
) -> None:
    build(Options(site, now=NOW))
    before = files(site)
    for file in (site / STORE).iterdir():
        file.write_bytes(spoil(file.read_bytes()))
    build(Options(site, now=NOW, output=site / "elsewhere"))
    assert len(encoded) == 4
    assert files(site, "elsewhere") == before


def test_pictures_of_each_other_are_not_taken(site: Path, encoded: list[int]) -> None:
    build(Options(site, now=NOW))
    one, other = (site / STORE).iterdir()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    build(Options(site, now=NOW, output=site / "elsewhere"))
    assert len(encoded) == 4
    assert files(site, "elsewhere") == files(site)


def test_without_a_cache_nothing_is_stored(site: Path) -> None:
    build(Options(site, now=NOW, no_cache=True))
    assert picture_names(site, "courses/bench")
    assert not (site / STORE).exists()


def test_a_link_in_the_place_of_the_store_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others/file").write_text("mine")
    (site / ".credsite").mkdir()
    (site / STORE).symlink_to(tmp_path / "others")
    build(Options(site, now=NOW))
    assert [path.name for path in (tmp_path / "others").iterdir()] == ["file"]


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_the_number_of_processes_changes_no_byte(
    site: Path, start_method: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_MIN_ITEMS", {"fork": 2, "spawn": 2})
    options = Options(site, now=NOW, no_cache=True)
    build(options)
    build(replace(options, output=site / "elsewhere", jobs=2, start_method=start_method))
    assert files(site, "elsewhere") == files(site)


def test_progress_is_told(site: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(Options(site, now=NOW), progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "Pictures"] == [("Pictures", 1, 2), ("Pictures", 2, 2)]


def test_other_settings_give_other_files(site: Path, encoded: list[int]) -> None:
    build(Options(site, now=NOW))
    settings = site / "credsite.yaml"
    settings.write_text(
        settings.read_text() + "images: {widths: 500, formats: [webp, original], quality: 60}\n"
    )
    build(Options(site, now=NOW))
    assert [name.partition(".")[::2] for name in picture_names(site, "courses/bench")] != []
    assert {name.rpartition(".")[2] for name in picture_names(site, "courses/bench")} == {"webp", "jpg"}
    assert all("-500." in name for name in picture_names(site, "courses/bench"))
    assert len(encoded) == 4


def test_a_withdrawn_learner_leaves_no_picture(site: Path) -> None:
    build(Options(site, now=NOW))
    assert len(picture_names(site, "stories/ana")) > 3
    assert len(list((site / STORE).iterdir())) == 2
    text_replaced(STORY, "consent: {", "consent: {withdrawn: 2026-11-01, ")(site)
    build(Options(site, now=NOW))
    assert picture_names(site, "stories/ana") == []
    assert len(list((site / STORE).iterdir())) == 1


def test_a_withdrawn_learner_leaves_no_picture_although_errors_stop_the_build(site: Path) -> None:
    build(Options(site, now=NOW))
    text_replaced(STORY, "consent: {", "consent: {withdrawn: 2026-11-01, ")(site)
    text_replaced(COURSE, "title: ", "titel: ")(site)
    assert build(Options(site, now=NOW)).report is None
    assert picture_names(site, "stories/ana") == []
    assert picture_names(site, "courses/bench")
    assert len(list((site / STORE).iterdir())) == 1


def test_nothing_is_stored_of_a_learner_who_withdrew_after_a_build_that_was_stopped(site: Path) -> None:
    build(Options(site, now=NOW, output=site / "elsewhere"))
    text_replaced(STORY, "consent: {", "consent: {withdrawn: 2026-11-01, ")(site)
    text_replaced(COURSE, "title: ", "titel: ")(site)
    build(Options(site, now=NOW))  # of a folder in which nothing is
    assert len(list((site / STORE).iterdir())) == 1


def fails_for_png(encode: Encode) -> Encode:
    def encoded(data: bytes, variants: Any, quality: int) -> list[bytes]:
        if data.startswith(b"\x89PNG"):
            raise OSError("encoder error -2")
        return encode(data, variants, quality)

    return encoded


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_picture_that_cannot_be_made_is_a_problem_of_its_file(
    site: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(image_encoding, "encoded_files", fails_for_png(image_encoding.encoded_files))
    result = build(Options(site, now=NOW, jobs=jobs))
    assert result.report is None
    (problem,) = [problem for problem in result.problems if problem.code == "image-unreadable"]
    assert (problem.location.path, problem.location.line) == (STORY, 2)
    assert problem.message == (
        "No smaller copies of `content/stories/ana.png` can be made (encoder error -2). "
        "Save it again, as a JPEG or PNG, or use another."
    )
    kept = build(Options(site, now=NOW, jobs=jobs, keep_going=True))
    assert kept.report is not None
    assert picture_names(site, "courses/bench")
    assert picture_names(site, "stories/ana") == []
    assert not (site / "public/stories/story-0/index.html").exists()


def test_where_nothing_can_be_sealed_nothing_is_stored(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_seal", lambda: False)
    assert user_cache.can_seal()
    build(Options(site, now=NOW))
    assert not (site / STORE).exists()
