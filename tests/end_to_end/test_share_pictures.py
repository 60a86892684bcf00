"""Share pictures in a website: each is drawn once, and goes with its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.site.views import SharePicture
from credsite.theme.share_pictures.drawing import PictureDrawer
from tests.end_to_end.test_incremental import build
from tests.support.cli import run_credsite
from tests.support.sequences import NOW
from tests.support.small_site import small_site

STORY = "content/stories/story-0.md"
OWN = re.compile(r"images/share/\w+/[\w-]+\.\w+\.png")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the pictures that are drawn. Drawing itself has tests of its own, and takes long."""
    titles: list[str] = []

    def draw(_: PictureDrawer, picture: SharePicture) -> bytes:
        titles.append(picture.title)
        return ascii(picture).encode()

    monkeypatch.setattr(PictureDrawer, "draw", draw)
    return titles


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = small_site(tmp_path)
    settings = (site / "credsite.yaml").read_text(encoding="utf-8")
    (site / "credsite.yaml").write_text(settings.replace("share_pictures: false\n", ""), encoding="utf-8")
    return site


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def kept(site: Path) -> list[Path]:
    """The share pictures in the cache."""
    return list((site / ".credsite/pictures").glob("share-*"))


def own_pictures(files: dict[str, bytes]) -> list[str]:
    return sorted(path for path in files if OWN.fullmatch(path))


def test_a_picture_is_drawn_once_and_again_only_when_it_shows_something_else(
    site: Path, tmp_path: Path, drawn: list[str]
) -> None:
    first = build(site, tmp_path / "edited")
    assert len(drawn) == len(own_pictures(first)) + 1 == 24
    for page in ("courses/sql/index.html", "stories/story-0/index.html", "pathways/pathway-1/index.html"):
        image, *_ = re.findall(
            r'<meta property="og:image" content="https://small.test/([^"]+)"', first[page].decode()
        )
        assert image in first
        assert image.startswith(f"images/share/{page.removesuffix('/index.html')}.")
    drawn.clear()
    assert own_pictures(build(site, tmp_path / "other")) == own_pictures(first)
    assert not drawn
    change(site / "content/courses/sql.md", "title: A course in sql", "title: SQL")
    change(site / "content/courses/payroll.md", "summary: What", "summary: All that")
    second = build(site, tmp_path / "edited")
    assert drawn == ["SQL"]
    assert len(set(own_pictures(first)) - set(own_pictures(second))) == 1
    drawn.clear()
    change(
        site / "credsite.yaml", "title: Small Courses", "share_pictures: {limit: 11}\ntitle: Small Courses"
    )
    third = build(site, tmp_path / "edited")
    assert not drawn
    assert len(own_pictures(third)) == 4
    assert third == build(site, tmp_path / "clean", no_cache=True)


def test_the_picture_of_a_story_goes_with_its_consent(site: Path, tmp_path: Path, drawn: list[str]) -> None:
    first = build(site, tmp_path / "public")
    (gone,) = (path for path in own_pictures(first) if "/story-0." in path)
    assert sum(b"Learner 0" in file.read_bytes() for file in kept(site)) == 1
    change(site / STORY, "consent: {", "consent: {withdrawn: 2026-06-01, ")
    second = build(site, tmp_path / "public")
    assert set(own_pictures(first)) - set(own_pictures(second)) == {gone}
    assert len(kept(site)) == len(own_pictures(second)) + 1
    assert not any(b"Learner 0" in file.read_bytes() for file in kept(site))


def test_the_picture_of_a_story_goes_although_nothing_can_be_built(
    site: Path, tmp_path: Path, drawn: list[str]
) -> None:
    first = build(site, tmp_path / "public")
    (site / STORY).unlink()
    change(site / "credsite.yaml", "title: Small Courses", "title: Small Courses\ntheme: missing")
    run_credsite("build", str(site), "--output", str(tmp_path / "public"))
    left = {path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*.png")}
    assert {path for path in own_pictures(first) if path not in left} == {
        path for path in own_pictures(first) if "/story-0." in path
    }


def test_two_jobs_draw_the_same(site: Path, tmp_path: Path) -> None:
    change(site / "credsite.yaml", "title: Small Courses", "share_pictures: {limit: 0}\ntitle: Small Courses")
    one, two = (build(site, tmp_path / str(jobs), no_cache=True, jobs=jobs) for jobs in (1, 2))
    pictures = [path for path in one if path.startswith("images/share/")]
    assert len(pictures) == 5
    assert all(one[path].startswith(b"\x89PNG") for path in pictures)
    assert one == two


def test_a_preview_has_none(site: Path) -> None:
    for preview in (True, False):
        plan = analyse(Options(site, now=NOW, preview=preview, no_cache=True)).plan
        assert plan is not None
        assert any(file.drawn is not None for file in plan.files) is not preview
        assert (plan.layout.share_picture is None) is preview
