"""Output folders that somebody else has been in: damaged, forged and copied manifests and journals, failing disks, kills, races.

Manifests that list foreign files, links, folders and paths that lead out; every byte of the manifest, the journal and the
cache cut off or changed; disks that are full or read-only at any write; builds that are killed, and builds at the same time.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

import pytest

from credsite.build.output import disk
from credsite.build.output.disk import MANIFEST, TEMPORARY
from credsite.build.output.journal import JOURNAL, MARK
from credsite.core import atomic_write
from tests.support.cli import Run
from tests.support.sequences import Way
from tests.support.stopped import faults
from tests.torture.trials import Trials

PROMISE = "No file of somebody else is removed or read through a link, and the next good build equals one from nothing."

_LISTED: Final = (
    "mine.txt", "mine/notes.html", "link", "folder-link/secret", "folder", "empty", "../secret", "/etc/hostname", "a/../../secret",
    "mine.txt/x", "x" * 300, "/".join(["d"] * 3000), "d/" * 100_000 + "d", "\ud800", "a\0b", "a\nb", ".git/config", ".git", "", ".", "..",
    "a\\b", "//host/x", "C:\\x", MANIFEST, TEMPORARY, f"{TEMPORARY}/file", ".credsite.lock", "index.html/x", "loop/x",
)  # fmt: skip
_ENTRIES: Final[tuple[Any, ...]] = (
    {"digest": "d", "fingerprint": "f", "size": 4}, {"digest": "", "fingerprint": "", "size": 0}, {"digest": "d", "fingerprint": "f", "size": -1},
    {"digest": "d", "fingerprint": "f", "size": 10**30}, {"digest": None, "fingerprint": "f", "size": 1}, {}, [], None, "text", 1,
)  # fmt: skip


@pytest.fixture
def small(tmp_path: Path, run: Run) -> Path:
    """A site of one page, which is built, with files of somebody else in its output folder."""
    site = tmp_path / "site"
    (site / "content/pages").mkdir(parents=True)
    (site / "static").mkdir()
    (site / "static/old.txt").write_text("old")
    (site / "credsite.yaml").write_text("title: Folders\nbase_url: https://folders.test/\n")
    (site / "content/pages/about.md").write_text(
        "---\ntitle: About\nsummary: Who we are.\n---\n\nWe teach.\n"
    )
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret").write_text("secret")
    assert run("build", site).exit_code == 0
    public = site / "public"
    (public / "mine").mkdir()
    (public / "mine.txt").write_text("mine")
    (public / "mine/notes.html").write_text("mine")
    (public / "empty").touch()
    (public / "folder").mkdir()
    (public / "link").symlink_to(tmp_path / "secret")
    (public / "folder-link").symlink_to(tmp_path / "elsewhere")
    (public / "loop").symlink_to("loop")
    return site


def foreign(site: Path) -> dict[str, object]:
    """What is somebody else's, in the output folder and beside the site."""
    names = ("mine.txt", "mine/notes.html", "empty", "folder", "link", "folder-link", "loop")
    paths = [site / "public" / name for name in names]
    paths += [site.parent / name for name in ("secret", "elsewhere/secret")]
    return {str(path): _what(path) for path in paths}


def _what(path: Path) -> object:
    try:
        status = path.lstat()
    except OSError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return path.readlink()
    return path.read_bytes() if stat.S_ISREG(status.st_mode) else "folder"


def website(folder: Path) -> dict[str, bytes]:
    """The files of the website, by path."""
    listed = json.loads((folder / MANIFEST).read_bytes())["files"]
    return {path: (folder / path).read_bytes() for path in listed}


def is_good(site: Path, run: Run, owned: dict[str, object]) -> None:
    """Build twice, clean, and compare: nobody's files are touched, and the website is complete."""
    assert foreign(site) == owned
    for options in ((), ("--no-cache",)):
        result = run("build", site, *options)
        assert result.exit_code == 0, result.output
        assert foreign(site) == owned
    clean = site.parent / "clean"
    if not clean.exists():
        assert run("build", site, "--output", clean, "--no-cache").exit_code == 0
    assert website(site / "public") == website(clean)


def is_cleaned(site: Path, run: Run, owned: dict[str, object]) -> None:
    assert run("clean", site).exit_code == 0
    assert foreign(site) == owned
    assert not (site / "public/about/index.html").exists()
    is_good(site, run, owned)


def test_forged_manifests(trials: Trials, whole: bool, small: Path, run: Run) -> None:
    owned = foreign(small)
    good = json.loads((small / "public" / MANIFEST).read_bytes())
    cases = [(path, entry) for path in _LISTED for entry in _ENTRIES[:2]]
    cases += [(path, entry) for path in _LISTED[:2] for entry in _ENTRIES[2:]]
    for path, entry in cases if whole else cases[:: len(cases) // 4]:
        with trials(f"{path!a:.40} {entry}"):
            forged = {**good, "files": {**good["files"], path: entry}}
            (small / "public" / MANIFEST).write_text(json.dumps(forged))
            is_good(small, run, owned)
    everything = dict.fromkeys(_LISTED, _ENTRIES[0])
    with trials("all of them, to be cleaned"):
        (small / "public" / MANIFEST).write_text(
            json.dumps({**good, "files": {**good["files"], **everything}})
        )
        is_cleaned(small, run, owned)


def _damaged(data: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    yield from (
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 200_000,
        b"\xff\xfe",
        b'{"files":{},"version":1e999}',
        data * 2,
    )
    for _ in range(count):
        at = chance.randrange(len(data))
        yield data[:at]
        yield data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


@pytest.mark.parametrize("name", [f"public/{MANIFEST}", ".credsite/cache.sqlite", "output-*.bin"])
def test_damaged_files_of_credsite(trials: Trials, whole: bool, small: Path, run: Run, name: str) -> None:
    chance = random.Random(name)
    owned = foreign(small)
    file = next(small.rglob(name.rpartition("/")[2]))
    cases = list(_damaged(file.read_bytes(), chance, 16))
    for data in cases if whole else cases[::10]:
        with trials(f"{name}: {len(data)} bytes, {data[:20]!r}"):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
            # Where another letter stands in the name of a file, that file is no longer listed, and so in the way.
            if (refused := run("build", small)).exit_code == 2:
                for line in refused.stderr.splitlines()[1:]:
                    (small / "public" / line.strip()).unlink()
            is_good(small, run, owned)


def test_copied_and_damaged_journals(trials: Trials, whole: bool, small: Path, run: Run) -> None:
    public, owned = small / "public", foreign(small)
    (public / TEMPORARY).mkdir()
    (public / MARK).touch()
    mark = (public / MARK).lstat()
    paths = [path for path in _LISTED if path]
    marks: list[Any] = [[], [0, 0], [mark.st_ino, 0], [0, mark.st_ctime_ns], [mark.st_ino], None, "mark", {}]
    for value in marks if whole else marks[:3]:
        with trials(f"mark {value}"):
            (public / TEMPORARY).mkdir(exist_ok=True)
            (public / MARK).touch()
            (public / JOURNAL).write_text(json.dumps({"mark": value, "paths": paths}))
            is_good(small, run, owned)
    with trials("a copy"):
        (public / TEMPORARY).mkdir(exist_ok=True)
        (public / JOURNAL).write_text(json.dumps({"mark": [mark.st_ino, mark.st_ctime_ns], "paths": paths}))
        shutil.copytree(public, small / "copy", symlinks=True)
        shutil.rmtree(public)
        (small / "copy").rename(public)
        is_cleaned(small, run, owned)


class _Failing:
    """Calls of the system of which one fails the n-th time, and each after it."""

    def __init__(self, call: str, number: int, error: int) -> None:
        self._real, self._number, self._error = getattr(os, call), number, error
        self.made = 0

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.made += 1
        if self.made >= self._number:
            raise OSError(self._error, os.strerror(self._error))
        return self._real(*arguments, **options)


_FAULTS: Final = (
    ("write", errno.ENOSPC), ("write", errno.EFBIG), ("write", errno.EDQUOT), ("open", errno.EROFS), ("open", errno.EMFILE),
    ("replace", errno.EIO), ("mkdir", errno.EROFS), ("unlink", errno.EPERM), ("rmdir", errno.EBUSY), ("lstat", errno.EIO),
)  # fmt: skip


def test_disks_that_fail_from_some_call_on(trials: Trials, whole: bool, small: Path, run: Run) -> None:
    owned = foreign(small)
    page, old = small / "content/pages/about.md", small / "static/old.txt"
    numbers = (1, 2, 4, 9, 40) if whole else (3,)
    for call, error in _FAULTS if whole else _FAULTS[::4]:
        for number in numbers:
            with trials(f"{call} {error} from {number} on"):
                page.write_text(page.read_text() + f"\nMore {call} {number}.\n")
                old.unlink(missing_ok=True) if number % 2 else old.write_text(f"{call} {number}")
                shutil.rmtree(small.parent / "clean", ignore_errors=True)
                system = SimpleNamespace(**{**vars(os), call: _Failing(call, number, error)})
                with patch.object(disk, "os", system), patch.object(atomic_write, "os", system):
                    result = run("build", small, "--jobs", "1")
                assert result.exit_code in (0, 2), result.output
                is_good(small, run, owned)


def test_kills_at_random_moments(trials: Trials, whole: bool, tmp_path: Path) -> None:
    for seed in range(2 if whole else 1):
        for jobs in (1, 2) if whole else (2,):
            with trials(f"seed {seed}, {jobs} processes"):
                folder = tmp_path / f"{seed}-{jobs}"
                folder.mkdir()
                signs = [signal.SIGKILL] * (6 if whole else 1)
                found = list(faults(folder, seed, signs, Way(jobs=jobs)))
                assert found == []


def test_builds_at_the_same_time(trials: Trials, whole: bool, small: Path, run: Run) -> None:
    owned = foreign(small)
    page = small / "content/pages/about.md"
    command = [sys.executable, "-m", "credsite", "build", "--quiet", str(small)]
    for number in range(6 if whole else 1):
        with trials(f"race {number}"):
            page.write_text(page.read_text() + f"\nRace {number}.\n")
            shutil.rmtree(small.parent / "clean", ignore_errors=True)
            racing = [
                subprocess.Popen(
                    [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
                )
                for options in ((), ("--no-cache",), ())
            ]
            for process in racing:
                output, _ = process.communicate(timeout=300)
                assert process.returncode == 0, output
            is_good(small, run, owned)
