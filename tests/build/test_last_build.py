"""Whether a website is up to date depends on every file that can show in it, and on nothing that was damaged."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from credsite.build import last_build
from credsite.build.cache import Cache
from credsite.build.last_build import LastBuild, digest_inputs
from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.core import stat_cache
from credsite.core.stat_cache import StatCache
from tests.support.small_site import small_site

NOW = datetime(2026, 11, 23, 9)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(tmp_path)
    (root / "static/notes").mkdir(parents=True)
    (root / "static/notes/note.txt").write_text("old")
    build(Options(root, now=NOW))
    return root


def is_up_to_date(root: Path, now: datetime = NOW) -> bool:
    with Cache(root) as cache:
        last = LastBuild(Options(root, now=now), cache)
        last.check()
        return last.up_to_date_result() is not None


def test_a_website_of_which_nothing_has_changed_is_up_to_date(site: Path) -> None:
    assert is_up_to_date(site)
    assert not is_up_to_date(site, datetime(2026, 11, 24, 9))


@pytest.mark.parametrize(
    "path",
    [
        "static/notes/note.txt",
        "credsite.yaml",
        "content/new.txt",
        "public/index.html",
        "themes/x/theme.yaml",
    ],
)
def test_a_change_of_any_file_is_noticed(site: Path, path: str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as stream:
        stream.write("\n")
    assert not is_up_to_date(site)


def test_a_change_that_keeps_size_and_time_is_noticed(site: Path) -> None:
    file = site / "static/notes/note.txt"
    time.sleep(0.2)  # so old that it need not be read again
    build(Options(site, now=NOW))
    status = file.stat()
    file.write_text("new")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not is_up_to_date(site)


def test_images_and_static_files_are_read_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time.sleep(0.2)
    build(Options(site, now=NOW))
    read: list[str] = []
    opened = stat_cache.open_regular

    def recorded(file: str) -> tuple[int, os.stat_result]:
        read.append(Path(file).name)
        return opened(file)

    monkeypatch.setattr(stat_cache, "open_regular", recorded)
    (site / "static/notes/more.txt").write_text("more")
    build(Options(site, now=NOW))
    assert set(read) == {"more.txt"}


def test_with_a_folder_that_is_a_link_the_inputs_are_unknown(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content/linked").symlink_to(tmp_path / "elsewhere")
    assert digest_inputs(site, False, False, None, StatCache()) is None


@pytest.mark.parametrize("column", ["inputs", "manifest", "report", "digest"])
@pytest.mark.parametrize("damage", ["NULL", "x'ff00'", "'nonsense'", "substr({0}, 2)"])
def test_a_damaged_record_is_not_used(site: Path, column: str, damage: str) -> None:
    with closing(sqlite3.connect(site / ".credsite/cache.sqlite", isolation_level=None)) as connection:
        connection.execute(f"UPDATE builds SET {column} = {damage.format(column)}")
    assert not is_up_to_date(site)


def last_build_of(root: Path) -> LastBuild:
    with Cache(root) as cache:
        return LastBuild(Options(root), cache)


def test_files_that_another_process_verified_are_not_verified_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site / "public/index.html"
    page.write_bytes(page.read_bytes())  # the same bytes, but the system says that the file has changed
    checked = last_build_of(site).check_files()
    assert checked.is_intact
    assert "index.html" in checked.newly_verified
    last = last_build_of(site)
    last.use(checked)
    monkeypatch.setattr(last_build, "verified_manifest", None)
    assert last.manifest is not None
    assert last.stat_cache.newly_verified == checked.newly_verified


def test_a_file_that_another_process_missed_is_missing(site: Path) -> None:
    (site / "public/index.html").unlink()
    checked = last_build_of(site).check_files()
    assert not checked.is_intact
    last = last_build_of(site)
    last.use(checked)
    assert last.manifest is None


def test_a_build_in_which_nothing_has_changed_imports_no_models_and_no_yaml(site: Path) -> None:
    """To import them takes longer than everything else that such a build does."""
    script = (
        "import atexit, sys; atexit.register(lambda: print(*sorted(sys.modules)))\n"
        "from credsite.cli import main; main(sys.argv[1:])"
    )
    arguments = ["build", str(site), "--jobs", "1", "--now", NOW.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())
    assert "credsite.build.last_build" in modules
    assert modules.isdisjoint({"pydantic", "yaml", "jinja2", "babel", "markdown", "credsite.build.analysis"})
