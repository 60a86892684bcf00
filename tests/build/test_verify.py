"""`credsite build --verify`: the website that was written is compared with one that is built from nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from credsite.build.cache_file import checksum
from tests.support.cli import run_credsite

EQUAL = "Verified: a build from nothing gives the same website, byte for byte."


def test_equal(site: Path) -> None:
    for _ in range(2):
        result = run_credsite("build", site, "--verify")
        assert result.exit_code == 0
        assert EQUAL in result.stdout.splitlines()
        assert result.stderr == ""
    (site / "public/mine.txt").write_text("not credsite's")
    assert run_credsite("build", site, "--verify", "--quiet").output == ""


def test_with_drafts_a_date_and_another_place(site: Path, tmp_path: Path) -> None:
    result = run_credsite(
        "build", site, "--verify", "--drafts", "--now", "2031-01-01", "--base-url", "https://a.example/b/",
        "--output", tmp_path / "out",
    )  # fmt: skip
    assert result.exit_code == 0
    assert EQUAL in result.stdout


def test_errors_that_were_left_out_count_as_before(site: Path) -> None:
    (site / "content/pages/broken.md").write_text("nothing")
    result = run_credsite("build", site, "--verify", "--keep-going")
    assert result.exit_code == 1
    assert EQUAL in result.stdout


def test_differences_are_a_fault_of_credsite(site: Path) -> None:
    """A row that was made to look right is believed, and what it does to the website is found."""
    run_credsite("build", site)
    shutil.rmtree(site / "public")
    with closing(sqlite3.connect(site / ".credsite/cache.sqlite", isolation_level=None)) as connection:
        for key, text in connection.execute("SELECT key, text FROM summaries").fetchall():
            other = text.replace(b"About this catalogue", b"Nothing of the kind")
            connection.execute(
                "UPDATE summaries SET text = ?, digest = ? WHERE key = ?", (other, checksum(key, other), key)
            )
    result = run_credsite("build", site, "--verify")
    assert result.exit_code == 3
    assert EQUAL not in result.output
    assert "a fault of credsite" in result.stderr
    assert "  about/index.html" in result.stderr.splitlines()
    assert "  .credsite-manifest.json" in result.stderr.splitlines()
    assert "  robots.txt" not in result.stderr.splitlines()
