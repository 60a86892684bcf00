"""The cache makes builds faster, and changes nothing else: whatever happens to it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credsite.build import cache, cache_file
from credsite.build.analysis import analyse
from credsite.build.cache import Cache
from credsite.build.cache_file import CACHE_REBUILT, CacheFile
from credsite.build.options import Options
from credsite.build.pipeline import write
from credsite.build.state_dir import CACHE_NOT_WRITTEN, load_stat_cache, save_stat_cache, state_folder
from credsite.cli import main
from credsite.content import loader
from credsite.content.discovery import SourceFile
from credsite.content.entry import Entry
from credsite.content.records import Record
from credsite.core.stat_cache import StatCache, signature
from credsite.problems.model import Problem
from credsite.schema.config_file import load_config
from credsite.schema.models import EntryFields
from credsite.serve.preview import Preview
from credsite.site.dependencies.history import PageHistory
from credsite.site.dependencies.recorder import Dependent, Lookups
from credsite.site.planned import PlannedPage
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import BasePage
from tests.end_to_end.test_incremental import build
from tests.support.edits import ENTRY_EDITS
from tests.support.paths import STARTER
from tests.support.sequences import NOW, content_of, like_a_large_site
from tests.support.small_site import small_site


def file_of(site: Path) -> Path:
    return site / ".credsite" / "cache.sqlite"


class Found(NamedTuple):
    """All that a build can know of the entries."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    broken: tuple[SourceFile, ...]
    entries: tuple[Entry[EntryFields], ...]


def read(site: Path) -> tuple[Found, str]:
    """What a build reads, the whole entries too, and what is said of the cache."""
    found, _ = load_config(site)
    assert found is not None
    with Cache(site) as kept:
        reading = loader.load_entries(site, found, cache=kept)
        said = kept.save()
    entries = tuple(reading.loader.entry(record) for record in reading.records)
    return Found(reading.records, reading.problems, reading.invalid_files, entries), said


def rows(site: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(file_of(site))) as connection:
        return dict(connection.execute("SELECT key, text FROM summaries"))


def kept_rows(site: Path) -> list[set[tuple[object, ...]]]:
    """All that is remembered of files."""
    with closing(sqlite3.connect(file_of(site))) as connection:
        return [
            set(connection.execute(f"SELECT * FROM {table}")) for table in ("summaries", "entries", "packs")
        ]


def test_a_cached_file_is_not_parsed_again(site: Path, parsed: list[str]) -> None:
    first = read(site)
    assert len(parsed) == len(rows(site)) == len(first[0].records) > 5
    parsed.clear()
    assert read(site) == first == (first[0], "")
    assert parsed == []


def test_only_what_changed_is_parsed(site: Path, parsed: list[str]) -> None:
    read(site)
    parsed.clear()
    path = site / "content/pages/about.md"
    path.write_text(path.read_text() + "\nMore.\n")
    read(site)
    assert parsed == ["content/pages/about.md"]


def test_nothing_is_written_where_nothing_changed(site: Path) -> None:
    read(site)
    before = file_of(site).stat()
    read(site)
    after = file_of(site).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_rows_that_a_build_does_not_use_are_deleted(site: Path) -> None:
    read(site)
    before = rows(site)
    (site / "content/pages/about.md").unlink()
    read(site)
    after = rows(site)
    assert after.items() < before.items()
    assert len(after) == len(before) - 1


def test_problems_are_found_again(site: Path, parsed: list[str]) -> None:
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("\norder: 2\n", "\nordr: 2\n"))
    first = analyse(Options(site, now=NOW))
    parsed.clear()
    second = analyse(Options(site, now=NOW))
    assert parsed == []
    assert second.problems == first.problems
    assert [problem.code for problem in second.problems] == ["unknown-key"]
    assert second.problems[0].location.line == 4


def test_time_stamps_and_the_folder_of_the_site_do_not_matter(
    site: Path, tmp_path: Path, parsed: list[str]
) -> None:
    first, _ = read(site)
    other = tmp_path / "elsewhere"
    shutil.copytree(site, other)
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    parsed.clear()
    assert read(other) == (first, "")
    assert parsed == []


def test_reading_alone_writes_nothing(site: Path) -> None:
    found, _ = load_config(site)
    assert found is not None
    with Cache(site) as kept:
        loader.load_entries(site, found, cache=kept)
    assert not (site / ".credsite").exists()


def test_without_cache_nothing_is_stored_or_used(site: Path, tmp_path: Path, parsed: list[str]) -> None:
    build(site, tmp_path / "out", no_cache=True)
    assert not (site / ".credsite").exists()
    build(site, tmp_path / "out")
    kept = {path: path.read_bytes() for path in (site / ".credsite").rglob("*") if path.is_file()}
    parsed.clear()
    build(site, tmp_path / "out", no_cache=True)
    assert len(parsed) > 5
    assert kept == {path: path.read_bytes() for path in (site / ".credsite").rglob("*") if path.is_file()}


# --- what may have happened to the file ---


class Good(NamedTuple):
    """A site, its cache's bytes, and what is read from it without one."""

    site: Path
    whole: bytes
    expected: Found

    def __repr__(self) -> str:  # for the reports of hypothesis
        return "Good()"


@pytest.fixture(scope="module")
def good() -> Iterator[Good]:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(shutil.copytree(STARTER, Path(folder, "site")))
        reading, _ = read(site)
        yield Good(site, file_of(site).read_bytes(), reading)


def check_damaged(site: Path, data: bytes, expected: Found) -> str:
    """Builds with a cache that holds ``data``: what the first one says. Damage to what it had no use for shows later."""
    shutil.rmtree(site / ".credsite")
    (site / ".credsite").mkdir()
    file_of(site).write_bytes(data)
    readings, notices = zip(*(read(site) for _ in range(4)), strict=True)
    assert readings == (expected,) * 4
    assert notices.count(CACHE_REBUILT) <= 1
    assert notices[-2:] == ("", "")
    found, _ = load_config(site)
    assert found is not None
    with Cache(site) as kept:
        loader.load_entries(site, found, cache=kept)
        assert kept._new == {}  # in the end the cache is of use again
    return str(notices[0])


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_is_survived(good: Good, data: st.DataObject) -> None:
    site, whole, expected = good
    damaged = bytearray(whole)
    header = st.integers(0, 199)
    anywhere = st.integers(0, len(whole) - 1)
    for at in data.draw(st.lists(header | anywhere, min_size=1, max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    check_damaged(site, bytes(damaged), expected)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(length=st.integers(1, 2**20))
def test_a_truncated_file_is_replaced(good: Good, length: int) -> None:
    site, whole, expected = good
    length %= len(whole)
    notice = check_damaged(site, whole[:length], expected)
    if (
        length <= len(whole) - 4096
    ):  # else only the text of an entry may be gone, which is read again from its file
        assert notice == (CACHE_REBUILT if length else "")


def test_every_row_is_checked(good: Good, parsed: list[str]) -> None:
    site, whole, expected = good
    at = whole.index(b"About this catalogue")
    assert check_damaged(site, whole[:at] + b"X" + whole[at + 1 :], expected) == CACHE_REBUILT


@pytest.mark.parametrize(
    "data", [b"SQLite format 3\0" * 500, b"not a database at all", b"\0" * 8192, os.urandom(5000)]
)
def test_a_file_that_is_no_cache_is_replaced(good: Good, data: bytes) -> None:
    site, _, expected = good
    assert check_damaged(site, data, expected) == CACHE_REBUILT


def test_another_database_is_replaced(site: Path) -> None:
    (site / ".credsite").mkdir()
    with closing(sqlite3.connect(file_of(site))) as connection:
        connection.execute("CREATE TABLE summaries (something TEXT)")
    assert read(site)[1] == CACHE_REBUILT
    assert read(site)[1] == ""


def test_rows_are_bound_to_their_keys(site: Path, parsed: list[str]) -> None:
    expected, _ = read(site)
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as connection:
        (one, *_, other) = [key for (key,) in connection.execute("SELECT key FROM summaries")]
        query = (
            "UPDATE summaries SET (text, digest) = (SELECT text, digest FROM summaries WHERE key = ?)"
            " WHERE key = ?"
        )
        connection.execute(query, (one, other))
    assert read(site) == (expected, CACHE_REBUILT)


@pytest.mark.parametrize("key", ["NULL", "x'ff'", "CAST(x'ff' AS TEXT)"])
def test_a_key_that_is_no_text_is_survived(site: Path, tmp_path: Path, key: str) -> None:
    output = tmp_path / "out"
    build(site, output)
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as connection:
        connection.execute(f"INSERT INTO summaries VALUES ({key}, 'x', x'00')")
    # What is restorable is looked up among all rows.
    (site / "content/pages/about.md").write_text("---\ntitle: [\n---\n")
    assert CliRunner().invoke(main, ["build", str(site), "--output", str(output)]).exit_code == 1
    result = CliRunner().invoke(main, ["build", str(site), "--output", str(output), "--keep-going"])
    assert result.exit_code == 1
    assert read(site)[1] == ""


@pytest.mark.parametrize(
    ("output", "names"),
    [
        ("x/../../../mine", "x'ff'"),
        ("x\0y", "'[7]'"),
        (b"\xff", "'[\"stories/x/\"]'"),
        ("0123456789ab", "CAST(replace(hex(zeroblob(100000)), '00', '[') AS BLOB)"),
    ],
)
def test_a_row_of_another_output_folder_removes_nothing_but_its_stat_cache(
    site: Path, tmp_path: Path, output: str | bytes, names: str
) -> None:
    build(site, tmp_path / "out")
    (tmp_path / "mine.bin").touch()
    (site / ".credsite/output-x").mkdir()
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as connection:
        connection.execute(f"INSERT INTO histories VALUES (?, 'names', {names})", (output,))
    edit_two(site)
    build(site, tmp_path / "out")
    assert (tmp_path / "mine.bin").exists()
    build(site, tmp_path / "out")


def test_a_cache_of_another_version_is_replaced(
    site: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = read(site)
    before = rows(site)
    parsed.clear()
    monkeypatch.setattr(cache, "code_digest", lambda: "5" * 32)
    assert read(site) == (expected, CACHE_REBUILT)
    assert len(parsed) == len(before)
    assert rows(site).keys().isdisjoint(before)
    parsed.clear()
    assert read(site) == (expected, "")
    assert parsed == []


def test_a_changed_module_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from credsite.core import code_version

    module = tmp_path / "package/inner/a.py"
    module.parent.mkdir(parents=True)
    module.write_text("one")
    monkeypatch.setattr(code_version, "_PACKAGE", tmp_path)
    one = code_version.program_digest.__wrapped__()
    assert code_version.program_digest.__wrapped__() == one
    module.write_text("two")
    two = code_version.program_digest.__wrapped__()
    module.rename(module.with_name("b.py"))
    assert len({one, two, code_version.program_digest.__wrapped__()}) == 3


def test_another_library_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from credsite.core import code_version

    one = code_version.program_digest.__wrapped__()
    (tmp_path / "PyYAML-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert code_version.program_digest.__wrapped__() != one


# --- what is no longer used ---


def test_the_entry_of_a_removed_file_is_deleted(site: Path) -> None:
    path = site / "content/pages/about.md"
    path.write_text(path.read_text() + "\nUnmistakable.\n")
    read(site)
    path.unlink()
    read(site)
    with closing(sqlite3.connect(file_of(site))) as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM entries")]
    assert texts
    assert not any(b"Unmistakable" in text for text in texts)
    written = file_of(site).stat().st_mtime_ns
    read(site)
    assert file_of(site).stat().st_mtime_ns == written


# --- the records of many files, packed into one row ---


def packs(site: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(file_of(site))) as connection:
        return dict(connection.execute("SELECT key, text FROM packs"))


def test_many_files_are_packed_by_their_kinds(
    site: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    first = read(site)
    assert packs(site).keys() == {f"{record.kind} 0" for record in first[0].records}
    with_problems = {problem.location.path for problem in first[0].problems}
    assert len(rows(site)) == len(with_problems)
    parsed.clear()
    assert read(site) == (first[0], "")
    assert parsed == []


def test_few_changed_files_stand_beside_the_pack(
    site: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    read(site)
    before = packs(site)
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 2)
    pages = sorted((site / "content/pages").glob("*.md"))
    for number, path in enumerate(pages[:3]):
        parsed.clear()
        path.write_text(path.read_text() + "\nMore.\n")
        expected, _ = read(site)
        assert parsed == [path.relative_to(site).as_posix()]
        assert len(rows(site)) == (0 if number == 2 else number + 1)
        assert {name for name, pack in packs(site).items() if pack != before[name]} <= {"page 0"}
        parsed.clear()
        assert read(site) == (expected, "")
        assert parsed == []


def test_nothing_of_a_file_that_is_gone_stays_in_a_pack(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = site / "content/pages/about.md"
    path.write_text(path.read_text().replace("title: ", "title: Unmistakable ", 1) + "\nUnmistakable.\n")
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    read(site)
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 250)
    before = packs(site)
    assert b"Unmistakable" in before["page 0"]
    path.unlink()
    read(site)
    assert {name for name, pack in packs(site).items() if pack != before[name]} == {"page 0"}
    assert b"Unmistakable" not in file_of(site).read_bytes()
    written = file_of(site).stat().st_mtime_ns
    read(site)
    assert file_of(site).stat().st_mtime_ns == written


def test_only_the_pack_of_a_changed_file_is_written_again(
    site: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    monkeypatch.setattr(cache, "_PACK_SIZE", 2)
    first = read(site)
    before = packs(site)
    assert {"course 0", "course 1"} <= before.keys()
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 250)
    for path in sorted((site / "content/courses").glob("*.md"))[:2]:
        path.unlink()
    second = read(site)
    assert before.keys() - packs(site).keys() == {"course 0"}
    assert all(pack == before[name] for name, pack in packs(site).items())
    parsed.clear()
    assert read(site) == (second[0], "")
    assert first != second
    assert parsed == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE packs SET text = substr(text, 2)",
        "UPDATE packs SET text = 'text'",
        "UPDATE packs SET text = NULL",
        "UPDATE packs SET digest = NULL",
        "UPDATE packs SET key = NULL WHERE key = 'course 0'",
        "UPDATE packs SET key = x'ff' WHERE key = 'course 0'",
        "UPDATE packs SET key = 'nonsense' WHERE key = 'course 0'",
        "UPDATE packs SET (text, digest) = (SELECT text, digest FROM packs WHERE key = 'page 0')",
    ],
)
def test_a_damaged_pack_is_not_believed(site: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    expected, _ = read(site)
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as connection:
        assert connection.execute(damage).rowcount
    assert read(site) == (expected, CACHE_REBUILT)
    assert read(site) == (expected, "")


def test_packs_make_no_difference_to_the_website(
    kept: Kept, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MIN_UNPACKED", 0)
    shutil.rmtree(kept.site / ".credsite")
    assert build(kept.site, kept.out) == kept.clean[0]
    assert packs(kept.site)
    edit_two(kept.site)
    made.clear()
    assert build(kept.site, kept.out) == kept.clean[1]
    assert "about/" in made
    assert "employers/" not in made


# --- where it cannot be written ---


def test_where_the_folder_cannot_be_made_only_the_cache_is_lost(site: Path, tmp_path: Path) -> None:
    (site / ".credsite").write_text("in the way")
    options = Options(site, tmp_path / "out", now=NOW)
    found = analyse(options)
    assert found.notice == CACHE_NOT_WRITTEN
    assert write(found, options).notice == CACHE_NOT_WRITTEN
    build(site, tmp_path / "clean", no_cache=True)
    assert content_of(tmp_path / "out") == content_of(tmp_path / "clean")
    assert (site / ".credsite").read_text() == "in the way"


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_a_damaged_cache_is_reported_once(site: Path, options: tuple[str, ...]) -> None:
    (site / ".credsite").write_text("in the way")
    result = CliRunner().invoke(main, ["build", str(site), *options])
    assert (result.exit_code, result.stderr) == (0, f"{CACHE_NOT_WRITTEN}\n")
    (site / ".credsite").unlink()
    (site / ".credsite").mkdir()
    file_of(site).write_bytes(b"nonsense")
    result = CliRunner().invoke(main, ["build", str(site), *options])
    assert (result.exit_code, result.stderr) == (0, f"{CACHE_REBUILT}\n")
    assert CliRunner().invoke(main, ["build", str(site), *options]).stderr == ""


def test_no_cache_on_the_command_line(site: Path) -> None:
    assert CliRunner().invoke(main, ["build", str(site), "--no-cache"]).exit_code == 0
    assert not (site / ".credsite").exists()


def test_check_uses_the_cache_and_writes_nothing(site: Path, parsed: list[str]) -> None:
    assert CliRunner().invoke(main, ["build", str(site)]).exit_code == 0
    parsed.clear()
    before = {path: path.stat() for path in site.rglob("*")}
    assert CliRunner().invoke(main, ["check", str(site)]).exit_code == 0
    assert parsed == []
    after = {path: path.stat() for path in site.rglob("*")}
    assert after.keys() == before.keys()
    assert all(after[path].st_mtime_ns == before[path].st_mtime_ns for path in before)


def test_the_preview_begins_with_the_cache(site: Path, parsed: list[str]) -> None:
    assert CliRunner().invoke(main, ["build", str(site)]).exit_code == 0
    parsed.clear()
    preview = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    assert preview.rebuild().summary is not None
    assert parsed == []
    page = site / "content/pages/about.md"
    page.write_text(page.read_text() + "\nMore.\n")
    for _ in range(2):
        assert preview.rebuild().summary is not None
    assert parsed == ["content/pages/about.md"]


def test_the_preview_saves_what_it_parsed(site: Path, parsed: list[str]) -> None:
    Preview(Options(site, base_url="http://127.0.0.1:8000/")).rebuild()
    parsed.clear()
    read(site)
    assert parsed == []


def test_a_link_in_the_place_of_the_folder_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "cache.sqlite").write_text("mine")
    (site / ".credsite").symlink_to(tmp_path / "mine")
    assert read(site)[1] == CACHE_NOT_WRITTEN
    assert save_stat_cache(StatCache(), site, tmp_path / "out") == CACHE_NOT_WRITTEN
    assert [path.read_text() for path in (tmp_path / "mine").iterdir()] == ["mine"]


def test_a_folder_in_the_place_of_the_file(site: Path) -> None:
    file_of(site).mkdir(parents=True)
    assert read(site)[1] == CACHE_NOT_WRITTEN
    assert file_of(site).is_dir()


def test_a_full_disk_only_loses_the_cache(
    site: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    connected = CacheFile._connect

    def small(self: CacheFile, mode: str) -> sqlite3.Connection:
        connection = connected(self, mode)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    with monkeypatch.context() as full:
        full.setattr(CacheFile, "_connect", small)
        reading, notice = read(site)
        assert notice == CACHE_NOT_WRITTEN
        assert read(site) == (reading, CACHE_NOT_WRITTEN)
    assert read(site) == (reading, "")
    parsed.clear()
    assert read(site) == (reading, "")
    assert parsed == []


def test_without_the_right_to_write_the_stat_cache_is_lost(site: Path, tmp_path: Path) -> None:
    folder = state_folder(site)
    assert folder is not None
    save_stat_cache(StatCache(), site, tmp_path / "out")
    (name,) = folder.glob("output-*")
    name.unlink()
    name.mkdir()
    assert save_stat_cache(StatCache(), site, tmp_path / "out") == CACHE_NOT_WRITTEN
    assert load_stat_cache(site, tmp_path / "out")._files == {}


# --- several builds ---


def test_while_another_build_writes_this_one_does_without(
    site: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    reading, _ = read(site)
    before = rows(site)
    parsed.clear()
    monkeypatch.setattr(cache_file, "_TIMEOUT", 0.01)
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert read(site) == (reading, "")
        assert len(parsed) == len(before)
    assert rows(site) == before


def test_a_build_that_comes_too_late_to_write_is_no_failure(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(site)
    before = rows(site)
    path = site / "content/pages/about.md"
    path.write_text(path.read_text() + "\nMore.\n")
    monkeypatch.setattr(cache_file, "_TIMEOUT", 0.01)
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert read(site)[1] == ""
    assert rows(site) == before


def test_a_build_of_another_version_at_the_same_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = read(site)
    found, _ = load_config(site)
    assert found is not None
    with Cache(site) as old:
        first = loader.load_entries(site, found, cache=old)
        with monkeypatch.context() as newer:
            newer.setattr(cache, "code_digest", lambda: "5" * 32)
            assert read(site) == (expected, CACHE_REBUILT)
            theirs = rows(site)
        assert first.records == expected.records
        old.store("one more", (None, ()), b"summary", b"entry")
        assert old.save() == ""
    assert rows(site) == theirs


def test_a_background_process_saves_the_same(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And while it does, the catalogue is made; it is ready before the first page is."""
    site = small_site(tmp_path)
    options = Options(site, tmp_path / "out", now=NOW, jobs=1)
    with like_a_large_site():
        analyse(options)
    alone = kept_rows(site)
    assert alone[1]
    assert alone[2]
    shutil.rmtree(site / ".credsite")
    saving: list[int] = []
    saved = CacheFile.save

    def noted(self: CacheFile, write: Callable[[sqlite3.Connection], None]) -> str:
        saving.append(os.getpid())
        return saved(self, write)

    monkeypatch.setattr(CacheFile, "save", noted)
    with like_a_large_site():
        analysed = analyse(replace(options, jobs=2))
    assert saving == []  # here, at least
    assert kept_rows(site) == alone
    assert analysed.notice == ""
    parsed.clear()
    again = analyse(options)
    assert parsed == []
    assert again.problems == analysed.problems


def test_a_background_process_that_cannot_save_is_reported(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (site / ".credsite").write_text("in the way")
    with like_a_large_site():
        analysed = analyse(Options(site, tmp_path / "out", now=NOW, jobs=2))
    assert analysed.notice == CACHE_NOT_WRITTEN
    assert analysed.renderer is not None
    write(analysed, Options(site, tmp_path / "out", now=NOW, jobs=2))
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_background_process_replaces_a_damaged_cache_too(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    options = Options(site, tmp_path / "out", now=NOW, jobs=1)
    with like_a_large_site():
        analyse(options)
    alone = kept_rows(site)
    file_of(site).write_bytes(b"SQLite format 3\0" + b"nonsense" * 900)
    with like_a_large_site():
        assert analyse(replace(options, jobs=2)).notice == CACHE_REBUILT
    assert kept_rows(site) == alone


def test_builds_at_the_same_time(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    command = [sys.executable, "-m", "credsite", "build", str(site), "--now", NOW.isoformat()]
    for attempt in range(2):
        running = [
            subprocess.Popen(
                [*command, "-o", str(tmp_path / f"out{number}")],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in range(3)
        ]
        for process in running:
            _, said = process.communicate(timeout=300)
            assert process.returncode == 0, said
            assert "cache" not in said, attempt
    outputs = [content_of(tmp_path / f"out{number}") for number in range(3)]
    assert outputs[0] == outputs[1] == outputs[2]
    with closing(sqlite3.connect(file_of(site))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# --- the whole ---


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_builds_with_a_cache_equal_clean_ones(seed: int) -> None:
    """Also where the cache is damaged, lost, or comes from another moment of the site's life."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        site = small_site(folder)
        build(site, folder / "edited")
        old = file_of(site).read_bytes()
        now = NOW
        for _ in range(3):
            for _ in range(chance.randint(1, 3)):
                chance.choice(ENTRY_EDITS)(site, chance)
            match chance.randrange(4):
                case 0:
                    file_of(site).write_bytes(old)
                case 1:
                    file_of(site).write_bytes(file_of(site).read_bytes()[: chance.randrange(20_000)])
                case 2:
                    shutil.rmtree(site / ".credsite")
            now += timedelta(days=chance.choice([0, 1, 40]))
            build(site, folder / "edited", now)
        build(site, folder / "clean", now, no_cache=True)
        assert content_of(folder / "edited") == content_of(folder / "clean")


def test_verified_files_are_not_read_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build(site, output)
    for path in output.rglob("*"):  # as if written a while ago
        os.utime(path, (1_700_000_000, 1_700_000_000))
    monkeypatch.setattr("credsite.core.stat_cache._COARSE_MARGIN", 0)
    monkeypatch.setattr("credsite.core.stat_cache._MARGIN", 0)
    build(site, output)  # which reads them all once more
    known = load_stat_cache(site, output)
    page = output / "index.html"
    assert known.get("index.html", signature(page.lstat())) == credsite_digest(page.read_bytes())
    assert known.get("index.html", signature(page.lstat())) != credsite_digest(b"")
    page.write_bytes(page.read_bytes().replace(b"<h1", b"<h2"))
    build(site, output)
    assert b"<h1" in page.read_bytes()


def credsite_digest(data: bytes) -> str:
    from credsite.core.hashing import digest

    return digest(data)


def test_stat_caches_of_old_folders_are_deleted(site: Path, tmp_path: Path) -> None:
    for number in range(12):
        assert save_stat_cache(StatCache(), site, tmp_path / str(number)) == ""
    assert len(list((site / ".credsite").glob("output-*.bin"))) == 8


# --- what pages look up, for each output folder ---


def lookups_in(site: Path, output: Path) -> dict[Dependent, Lookups | None]:
    with Cache(site) as cache:
        columns = cache.page_history(output)
    store = PageHistory.from_columns(columns).store
    return {dependent: store.get(dependent) for dependent, _ in store.packed_numbers()}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were made, and not known to be as they were."""
    paths: list[str] = []
    view = PlannedPage.view

    def counted(page: PlannedPage, parts: ViewBuilder) -> BasePage:
        paths.append(page.path)
        return view(page, parts)

    monkeypatch.setattr(PlannedPage, "view", counted)
    return paths


def test_pages_that_look_up_nothing_new_are_not_rendered(site: Path, tmp_path: Path, made: list[str]) -> None:
    build(site, tmp_path / "out")
    assert {"", "courses/", "about/"} <= set(made)
    made.clear()
    build(site, tmp_path / "out")
    assert made == []
    page = site / "content/pages/about.md"
    page.write_text(page.read_text() + "\nMore.\n")
    build(site, tmp_path / "out")
    assert made == ["about/"]
    assert "More." in (tmp_path / "out/about/index.html").read_text()


def test_the_look_ups_of_several_folders_are_kept_apart(site: Path, tmp_path: Path, made: list[str]) -> None:
    build(site, tmp_path / "one")
    first = lookups_in(site, tmp_path / "one")
    assert {"", "courses/", "about/"} <= first.keys()
    assert lookups_in(site, tmp_path / "two") == {}
    (site / "content/pages/about.md").unlink()
    build(site, tmp_path / "two")
    assert lookups_in(site, tmp_path / "one") == first
    assert "about/" not in lookups_in(site, tmp_path / "two")
    made.clear()
    build(site, tmp_path / "two")
    assert made == []


def test_the_look_ups_of_pages_that_are_gone_are_forgotten(site: Path, tmp_path: Path) -> None:
    build(site, tmp_path / "out")
    before = lookups_in(site, tmp_path / "out")
    (site / "content/pages/about.md").unlink()
    build(site, tmp_path / "out")
    after = lookups_in(site, tmp_path / "out")
    assert before.keys() - after.keys() == {"about/"}
    assert after.keys() <= before.keys()


def test_a_folder_that_was_emptied_is_filled_again(site: Path, tmp_path: Path) -> None:
    build(site, tmp_path / "out")
    before = content_of(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    build(site, tmp_path / "out")
    assert content_of(tmp_path / "out") == before


class Kept(NamedTuple):
    """A site that was built into ``out``, and the websites that builds from nothing give, before an edit and after it."""

    folder: Path
    clean: tuple[dict[str, bytes], dict[str, bytes]]

    @property
    def site(self) -> Path:
        return self.folder / "now/site"

    @property
    def out(self) -> Path:
        return self.folder / "now/out"


def edit_two(site: Path) -> None:
    page = site / "content/pages/about.md"
    page.write_text(page.read_text() + "\nMore.\n")
    college = next((site / "content/providers").glob("*.md"))
    college.write_text(college.read_text().replace("title: ", "title: The ", 1))


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    kept = Kept(tmp_path_factory.mktemp("kept"), ({}, {}))
    shutil.copytree(STARTER, kept.site)
    build(kept.site, kept.out)
    (kept.folder / "now").rename(kept.folder / "then")
    edited = Path(shutil.copytree(STARTER, kept.folder / "edited"))
    before = build(edited, kept.folder / "clean-0", no_cache=True)
    edit_two(edited)
    return kept._replace(clean=(before, build(edited, kept.folder / "clean-1", no_cache=True)))


@pytest.fixture
def kept(built_once: Kept) -> Kept:
    """As it was after its build, in the same place, because what is remembered of a folder goes by its path."""
    shutil.rmtree(built_once.folder / "now", ignore_errors=True)
    shutil.copytree(built_once.folder / "then", built_once.folder / "now")
    return built_once


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM histories",
        "DELETE FROM histories WHERE name = 'checksum'",
        "DELETE FROM histories WHERE name = 'related'",
        "DELETE FROM histories WHERE name = 'values of courses'",
        "UPDATE histories SET data = x'ff00'",
        "UPDATE histories SET data = x'ff00' WHERE name = 'checksum'",
        "UPDATE histories SET data = CAST(data AS TEXT) WHERE name = 'checksum'",
        "UPDATE histories SET data = x'ff00' WHERE name = 'related'",
        "UPDATE histories SET data = NULL WHERE name = 'related'",
        "UPDATE histories SET data = CAST(replace(data, '20', '19') AS BLOB) WHERE name = 'rest'",
        "UPDATE histories SET data = '' WHERE name = 'rest'",
        "UPDATE histories SET data = CAST(replace(data, 'about', 'more') AS BLOB) WHERE name = 'names'",
        "UPDATE histories SET data = 'text' WHERE name = 'names'",
        "UPDATE histories SET data = x'' WHERE name = 'lookups'",
        "UPDATE histories SET data = substr(data, 1, length(data) - 3) WHERE name = 'lookups'",
        "UPDATE histories SET data = substr(data, 1, length(data) - 3) WHERE name = 'sizes'",
        "UPDATE histories SET data = x'5b5d' WHERE name = 'fingerprints'",
        "UPDATE histories SET data = 7 WHERE name = 'fingerprints'",
        "UPDATE histories SET data = CAST(replace(data, 'about', 'more') AS BLOB) WHERE name = 'identities'",
        "UPDATE histories SET data = NULL WHERE name = 'keys of courses'",
        "UPDATE histories SET data = CAST(data || data AS BLOB) WHERE name = 'values of courses'",
        "UPDATE histories SET data = (SELECT max(data) FROM histories) WHERE name LIKE 'values of %'",
        "UPDATE histories SET name = name || 'x'",
        "UPDATE histories SET name = CAST(x'ff' AS TEXT) WHERE name = 'names'",
        "INSERT OR REPLACE INTO histories SELECT output, 'more', data FROM histories LIMIT 1",
    ],
)
def test_a_damaged_history_changes_no_page(kept: Kept, made: list[str], damage: str) -> None:
    """Before anything changed, and after: what the damage hides may not keep an old page alive."""
    for number, clean in enumerate(kept.clean):
        with closing(sqlite3.connect(file_of(kept.site), isolation_level=None)) as connection:
            assert connection.execute(damage).rowcount or number
        if number:
            edit_two(kept.site)
        assert build(kept.site, kept.out) == clean
    made.clear()
    build(kept.site, kept.out)
    assert made == []


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM entries",
        "UPDATE entries SET text = x'5b5d'",
        "UPDATE entries SET text = 'text'",
        "UPDATE entries SET text = NULL",
        "UPDATE entries SET digest = NULL",
        "UPDATE entries SET digest = CAST(x'ff' AS TEXT)",
        "UPDATE entries SET (text, digest) = (SELECT text, digest FROM entries LIMIT 1)",
    ],
)
def test_damaged_entries_make_no_difference_to_the_website(kept: Kept, damage: str) -> None:
    with closing(sqlite3.connect(file_of(kept.site), isolation_level=None)) as connection:
        assert connection.execute(damage).rowcount > 1
    shutil.rmtree(kept.out)
    assert build(kept.site, kept.out) == kept.clean[0]
