from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from credsite.build.output.disk import LOCK, MANIFEST, TEMPORARY, OutputError
from credsite.build.output.folder import OutputFolder
from tests.build.output.conftest import Build


def refused(path: Path, site: Path, words: str) -> None:
    before = sorted(path.iterdir()) if path.is_dir() else None
    with pytest.raises(OutputError, match=words) as caught:
        OutputFolder.open(path, site, wait=0)
    assert str(caught.value).endswith(".")
    assert (sorted(path.iterdir()) if path.is_dir() else None) == before


def accepted(path: Path, site: Path) -> None:
    with OutputFolder.open(path, site, wait=0) as folder:
        assert folder.path == path.resolve()
        assert (path / LOCK).is_file()


def test_a_folder_that_is_still_to_be_made(site: Path) -> None:
    accepted(site / "build/public", site)


def test_an_empty_folder(out: Path, site: Path) -> None:
    out.mkdir()
    accepted(out, site)


def test_a_folder_outside_the_site(tmp_path: Path, site: Path) -> None:
    accepted(tmp_path / "www", site)


def test_a_folder_with_nothing_but_what_systems_leave_and_a_stopped_first_build(
    out: Path, site: Path
) -> None:
    (out / TEMPORARY).mkdir(parents=True)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", LOCK):
        (out / name).touch()
    accepted(out, site)


def test_a_folder_that_credsite_wrote(out: Path, site: Path, build: Build) -> None:
    build({"index.html": "home"})
    (out / "mine.txt").touch()
    accepted(out, site)


def test_the_root_of_the_disk(site: Path) -> None:
    refused(Path("/"), site, "root of the disk")


def test_home_folders(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "people/me"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    refused(home, site, "home folder")
    refused(home.parent, site, "home folder")
    refused(Path("/home/somebody-else"), site, "home folder")
    accepted(home / "public", site)


def test_the_site_and_what_it_lies_in(site: Path) -> None:
    refused(site, site, "the site itself")
    refused(site.parent, site, "the site itself")


@pytest.mark.parametrize("name", ["content", "themes", "content/courses", "themes/mine/assets"])
def test_the_sources_of_the_site(site: Path, name: str) -> None:
    refused(site / name, site, f"{name.split('/')[0]} folder")
    (site / name).mkdir(parents=True, exist_ok=True)
    refused(site / name, site, f"{name.split('/')[0]} folder")


def test_the_folder_of_the_cache(site: Path) -> None:
    """What is in it is removed by `clean`, and some of it by each build."""
    refused(site / ".credsite", site, r"\.credsite folder")
    refused(site / ".credsite/website", site, r"\.credsite folder")
    accepted(site / ".credsite/preview", site)


@pytest.mark.parametrize("name", ["x" * 256, f"{'x' * 300}/below"])
def test_a_name_that_is_too_long(site: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be read: File name too long"):
        OutputFolder.open(site / name, site, wait=0)


def test_sources_that_lie_elsewhere(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere/texts"
    elsewhere.mkdir(parents=True)
    (site / "content").rmdir()
    (site / "content").symlink_to(elsewhere)
    refused(elsewhere / "public", site, "content folder")
    refused(elsewhere.parent, site, "content folder")


def test_a_repository(out: Path, site: Path) -> None:
    (out / ".git").mkdir(parents=True)
    refused(out, site, "Git repository")
    refused(out / ".git/pages", site, "Git repository")


def test_a_worktree_of_a_repository(out: Path, site: Path) -> None:
    out.mkdir()
    (out / ".git").write_text("gitdir: elsewhere")
    refused(out, site, "Git repository")


def test_a_folder_of_somebody_else(out: Path, site: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").touch()
    refused(out, site, r"did not write, such as thesis\.txt")


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_manifest_must_be_a_file(out: Path, site: Path, kind: str) -> None:
    out.mkdir()
    (out / "other").touch()
    (out / MANIFEST).mkdir() if kind == "folder" else (out / MANIFEST).symlink_to("other")
    refused(out, site, "did not write")


def test_a_file(out: Path, site: Path) -> None:
    out.touch()
    refused(out, site, "is a file")
    refused(out / "below", site, "cannot be used")


def test_a_symbolic_link_is_what_it_leads_to(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "good").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    for number, (target, words) in enumerate(
        [
            (Path("/"), "root of the disk"),
            (home, "home folder"),
            (site, "the site itself"),
            (site / "content", "content folder"),
            (site / "static", "static folder"),
            (site / "static" / "site", "static folder"),
        ]
    ):
        link = tmp_path / f"link{number}"
        link.symlink_to(target)
        with pytest.raises(OutputError, match=words):
            OutputFolder.open(link, site, wait=0)
    link = tmp_path / "good-link"
    link.symlink_to(home / "good")
    accepted(link, site)


def test_other_spellings_of_the_site(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    refused(Path("content/.."), Path(), "the site itself")
    refused(Path("content/../content/x"), Path(), "content folder")
    alias = tmp_path / "alias"
    alias.symlink_to(site)
    refused(alias / "content", site, "content folder")
    refused(site / "content", alias, "content folder")


def test_a_lock_that_is_a_link_is_not_followed(out: Path, site: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    out.mkdir()
    (out / LOCK).symlink_to(victim)
    with pytest.raises(OutputError, match="cannot be used"):
        OutputFolder.open(out, site, wait=0)
    assert victim.read_text() == "precious"


def test_a_second_build_is_told_of_the_first(out: Path, site: Path) -> None:
    with (
        OutputFolder.open(out, site, wait=0),
        pytest.raises(OutputError, match=r"Another build is writing to .*public"),
    ):
        OutputFolder.open(out, site, wait=0.1)
    accepted(out, site)


def test_a_second_build_waits(out: Path, site: Path) -> None:
    first = OutputFolder.open(out, site, wait=0)
    began = time.monotonic()
    threading.Timer(0.3, first.close).start()
    with OutputFolder.open(out, site, wait=20):
        assert time.monotonic() - began >= 0.29


def test_the_lock_is_free_after_a_build_was_killed(out: Path, site: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from credsite.build.output.folder import OutputFolder;"
        "folder = OutputFolder.open(Path(sys.argv[1]), Path(sys.argv[2]), wait=0); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(out), str(site)], check=False)
    assert ended.returncode == -9
    accepted(out, site)


def test_a_folder_that_becomes_foreign_is_not_kept_locked(
    out: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def make_and_fill(self: Path, *args: object, **options: bool) -> None:
        make(self, parents=True, exist_ok=True)
        (self / "foreign").touch()

    monkeypatch.setattr(Path, "mkdir", make_and_fill)
    with pytest.raises(OutputError, match="such as foreign"):
        OutputFolder.open(out, site, wait=0)
    (out / "foreign").unlink()
    monkeypatch.undo()
    accepted(out, site)


def test_whether_the_disk_ignores_case_is_asked_of_the_disk(out: Path, site: Path) -> None:
    with OutputFolder.open(out, site, wait=0) as folder:
        assert folder.ignores_case is (out / LOCK.swapcase()).exists()


def test_a_disk_without_locks(out: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_lock: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr("credsite.build.output.folder.FileLock.acquire", fail)
    with pytest.raises(OutputError, match="files cannot be locked"):
        OutputFolder.open(out, site)
