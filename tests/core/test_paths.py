from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.paths import is_inside, join_inside


@pytest.mark.parametrize(
    ("folder", "relative", "joined"),
    [
        ("content/courses", "photo.jpg", "content/courses/photo.jpg"),
        ("content/courses", "./photo.jpg", "content/courses/photo.jpg"),
        ("content/courses", "../images/photo.jpg", "content/images/photo.jpg"),
        ("content/courses", "../../credsite.yaml", "credsite.yaml"),
        ("content/courses", "a//b.jpg", "content/courses/a/b.jpg"),
        ("content/courses", "été 写真.jpg", "content/courses/été 写真.jpg"),
        ("content/courses", "..photo.jpg", "content/courses/..photo.jpg"),
        ("content/courses", "../../../etc/passwd", None),
        ("content/courses", "../../..", None),
        ("content/courses", "../..", None),
        ("content/courses", "/etc/passwd", None),
        ("content/courses", "\\\\host\\share", None),
        ("content/courses", "..\\..\\x.jpg", None),
        ("content/courses", "photo\0.jpg", None),
        ("content/courses", "", None),
        ("", "photo.jpg", "photo.jpg"),
        ("", "../photo.jpg", None),
        ("", "..", None),
    ],
)
def test_join_inside(folder: str, relative: str, joined: str | None) -> None:
    assert join_inside(folder, relative) == joined


PIECES = st.lists(st.sampled_from(["..", ".", "a", "b.md", "", "...", " ", "é"]), max_size=9)


@given(PIECES, PIECES)
def test_join_inside_never_leaves_the_site(folder: list[str], relative: list[str]) -> None:
    start = posixpath.normpath("/".join(["content", *(part for part in folder if part != "..")]))
    joined = join_inside(start, "/".join(relative))
    if joined is not None:
        assert not joined.startswith("/")
        assert ".." not in joined.split("/")


def test_is_inside(tmp_path: Path) -> None:
    site, beside = tmp_path / "site", tmp_path / "site-two"
    (site / "content").mkdir(parents=True)
    beside.mkdir()
    assert is_inside(site, site)
    assert is_inside(site / "content" / "not-there.md", site)
    assert is_inside(site / "content" / ".." / "x", site)
    assert not is_inside(beside, site)
    assert not is_inside(site / ".." / "x", site)
    assert not is_inside(tmp_path, site)


def test_is_inside_follows_links(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "secret.md"
    site.mkdir()
    outside.write_text("secret")
    (site / "out.md").symlink_to(outside)
    (site / "page.md").write_text("")
    (site / "in.md").symlink_to(site / "page.md")
    (site / "up").symlink_to(tmp_path)
    (tmp_path / "door").symlink_to(site)
    assert not is_inside(site / "out.md", site)
    assert not is_inside(site / "up" / "secret.md", site)
    assert is_inside(site / "in.md", site)
    assert is_inside(tmp_path / "door" / "page.md", site)
    assert is_inside(site / "page.md", tmp_path / "door")
