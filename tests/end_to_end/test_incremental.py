"""A build after any edits equals a clean build, byte for byte, and two builds of the same files are equal.

``python -m tests.end_to_end.long_incremental`` checks many more sequences of edits.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import write
from tests.support import edits
from tests.support.sequences import NOW, Way, differences, like_a_large_site, preview_differences
from tests.support.sequences import build as built
from tests.support.small_site import small_site


def build(
    site: Path, output: Path, now: datetime = NOW, jobs: int = 1, *, no_cache: bool = False
) -> dict[str, bytes]:
    result = built(Options(site, output, now=now, keep_going=True, jobs=jobs, no_cache=no_cache))
    assert result.failure == ""
    return result.files


@pytest.mark.parametrize(
    ("seed", "steps", "ways"),
    [(1, 7, [Way(1), Way(2, "fork"), Way(3, "fork")]), (2, 2, [Way(2, "spawn"), Way(3, "spawn")])],
)
def test_build_after_edits_equals_a_clean_build(
    tmp_path: Path, seed: int, steps: int, ways: list[Way]
) -> None:
    with like_a_large_site():
        assert list(differences(tmp_path, seed, steps, ways)) == []


def test_preview_after_edits_equals_a_clean_build(tmp_path: Path) -> None:
    assert list(preview_differences(tmp_path, 1, 10)) == []


def test_change_of_settings_and_theme_reaches_every_page(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "edited")
    settings = (site / "credsite.yaml").read_text(encoding="utf-8")
    settings = edits.with_key(edits.with_key(settings, "title", "Another name"), "theme", "own")
    (site / "credsite.yaml").write_text(settings, encoding="utf-8")
    theme = site / "themes" / "own"
    (theme / "templates" / "parts").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Own\nextends: default\n", encoding="utf-8")
    (theme / "templates" / "guides.html").write_text("<p>{{ site.title }}</p>\n", encoding="utf-8")
    edited = build(site, tmp_path / "edited")
    assert edited == build(site, tmp_path / "clean", no_cache=True)
    assert edited["guides/index.html"] == b"<p>Another name</p>"


def test_what_a_host_reads_follows_edits(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    settings, course = site / "credsite.yaml", site / "content/courses/first-aid.md"
    without = build(site, tmp_path / "edited")
    settings.write_text(edits.with_key(settings.read_text(), "host", "netlify"))
    with_host = build(site, tmp_path / "edited")
    assert {"_headers", "_redirects"} <= with_host.keys() - without.keys()
    assert with_host["_redirects"] == b""
    video = "{url: 'https://vimeo.com/2', title: A day here}"
    edits.set_key(course, "aliases", "[/old/]")
    edits.set_key(course, "video", video)
    edited = build(site, tmp_path / "edited")
    assert edited["_redirects"] == b"/old/ /courses/first-aid/ 301!\n"
    assert b"frame-src https://player.vimeo.com" in edited["_headers"]
    assert edited == build(site, tmp_path / "clean", no_cache=True)
    settings.write_text(edits.with_key(settings.read_text(), "host", "gitlab-pages"))
    moved = build(site, tmp_path / "edited")
    assert "old/index.html" not in moved
    assert moved == build(site, tmp_path / "clean", no_cache=True)


def test_unchanged_site_is_neither_rendered_nor_written(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "public")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*.html")}
    options = Options(site, tmp_path / "public", now=NOW)
    summary = write(analyse(options), options)
    assert (summary.written, summary.unchanged, summary.pruned) == (0, 0, 0)
    assert summary.skipped >= len(before) > 50
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_edit_writes_only_what_shows_it(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "public")
    with (site / "content" / "courses" / "sql.md").open("a", encoding="utf-8") as file:
        file.write("\n\nOne more sentence.\n")
    options = Options(site, tmp_path / "public", now=NOW)
    summary = write(analyse(options), options)
    assert summary.written == 1  # the body is on the course's own page and nowhere else
