"""A folder that rsync writes to holds the website, beside what else is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credsite.publishing.rsync_folder import LIST, RsyncPublisher
from credsite.publishing.website import Publication, PublishError, Website
from tests.publishing.conftest import MakeWebsite

FILES = {
    "index.html": "home",
    "a b/ü[1].html": "odd",
    "a b/c/deep.html": "deep",
    "stories/ann/index.html": "Ann",
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "www").mkdir()
    return tmp_path / "www/courses"


def publish(
    target: Path, website: Website, *, dry_run: bool = False, takes_over: bool = False
) -> Publication:
    publisher = RsyncPublisher(target.parent.parent / "site", "../www/courses")
    publisher.check(website.folder)
    return publisher.publish(website, dry_run=dry_run, takes_over=takes_over)


def files(folder: Path) -> dict[str, str]:
    """All files but the list, and folders that are empty."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "folder"
        for path in folder.rglob("*")
        if path.name != LIST and (path.is_file() or not list(path.iterdir()))
    }


def test_just_the_website_is_sent(target: Path, make_website: MakeWebsite) -> None:
    website = make_website(FILES)
    (website.folder / ".credsite-manifest.json").write_text("{}")
    (website.folder / "foreign.txt").write_text("foreign")
    (website.folder / "index.html").chmod(0o600)
    result = publish(target, website)
    assert files(target) == FILES
    assert result.new == tuple(sorted(FILES))
    assert json.loads((target / LIST).read_text()) == {"files": sorted(FILES), "version": 1}
    assert (target / "index.html").stat().st_mode & 0o777 == 0o644, "the web server has to read it"


def test_what_differs_is_sent_and_what_is_gone_is_removed(target: Path, make_website: MakeWebsite) -> None:
    publish(target, make_website(FILES))
    (target / "a b/mine.txt").write_text("mine")
    (target / "other").mkdir()
    website = make_website({"index.html": "other words", "new.html": "new"})
    result = publish(target, website)
    assert (result.new, result.changed) == (("new.html",), ("index.html",))
    assert set(result.removed) == FILES.keys() - {"index.html"}
    assert files(target) == {
        "index.html": "other words",
        "new.html": "new",
        "a b/mine.txt": "mine",
        "other": "folder",
    }
    assert json.loads((target / LIST).read_text())["files"] == ["index.html", "new.html"]
    assert publish(target, website).is_up_to_date


def test_files_of_one_length_are_told_apart(target: Path, make_website: MakeWebsite) -> None:
    publish(target, make_website({"index.html": "abc"}))
    times = (target / "index.html").stat()
    website = make_website({"index.html": "xyz"})
    import os

    os.utime(website.folder / "index.html", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert publish(target, website).changed == ("index.html",)
    assert (target / "index.html").read_text() == "xyz"


def test_a_dry_run_changes_nothing(target: Path, make_website: MakeWebsite) -> None:
    assert publish(target, make_website(FILES), dry_run=True).new == tuple(sorted(FILES))
    assert not target.exists()
    publish(target, make_website(FILES))
    result = publish(target, make_website({"index.html": "new"}), dry_run=True)
    assert (result.changed, len(result.removed)) == (("index.html",), len(FILES) - 1)
    assert files(target) == FILES


def test_files_of_others_are_not_replaced(target: Path, make_website: MakeWebsite) -> None:
    target.mkdir()
    (target / "index.html").write_text("Welcome!")
    with pytest.raises(PublishError, match=r"not published.*index\.html"):
        publish(target, make_website(FILES))
    assert files(target) == {"index.html": "Welcome!"}
    publish(target, make_website(FILES), takes_over=True)
    assert files(target) == FILES
    (target / "new.html").write_text("mine")
    with pytest.raises(PublishError, match=r"new\.html"):
        publish(target, make_website({**FILES, "new.html": "new"}))


def test_a_list_that_names_other_files_removes_nothing_elsewhere(
    target: Path, make_website: MakeWebsite
) -> None:
    publish(target, make_website(FILES))
    outside = target.parent / "outside.txt"
    outside.write_text("outside")
    (target / "link").symlink_to(target.parent)
    listed = [*FILES, "../outside.txt", str(outside), "link/outside.txt", "*", ".credsite-published.json"]
    (target / LIST).write_text(json.dumps({"files": listed, "version": 1}))
    publish(target, make_website({"index.html": "home"}))
    assert outside.exists()
    assert (target / "link").is_symlink()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"files": 1, "version": 1}', '{"files": [], "version": 2}']
)
def test_a_list_that_cannot_be_read(target: Path, make_website: MakeWebsite, text: str) -> None:
    publish(target, make_website(FILES))
    (target / LIST).write_text(text)
    with pytest.raises(PublishError, match="cannot be read"):
        publish(target, make_website(FILES))
    assert files(target) == FILES


def test_a_run_that_was_stopped_is_known_to_the_next_one(
    target: Path, make_website: MakeWebsite, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, make_website(FILES))
    monkeypatch.setattr(RsyncPublisher, "_remove", lambda *_: (_ for _ in ()).throw(PublishError("stopped")))
    with pytest.raises(PublishError, match="stopped"):
        publish(target, make_website({"new.html": "new"}))
    monkeypatch.undo()
    assert set(publish(target, make_website({"other.html": "other"})).removed) == {*FILES, "new.html"}
    assert files(target) == {"other.html": "other"}


@pytest.mark.parametrize("place", [".", "content", "../public", "../public/x", "/", "../nowhere/courses"])
def test_places_that_hold_something_else(tmp_path: Path, place: str) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "public").mkdir()
    with pytest.raises(PublishError):
        RsyncPublisher(tmp_path / "site", place).check(tmp_path / "public")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("", "apt-get install rsync"),
        ("echo openrsync: protocol version 29", "too old, or another one"),
        ("echo 'rsync  version 3.0.9  protocol version 30'", "rsync 3.1 or newer"),
    ],
)
def test_a_missing_or_old_rsync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, words: str
) -> None:
    if program:
        (tmp_path / "rsync").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "rsync").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match=words):
        RsyncPublisher(tmp_path, "server:/srv/www").check(tmp_path / "public")


def test_what_rsync_is_asked_of_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_website: MakeWebsite
) -> None:
    """The folder need not be there, and nothing of its name is read by a shell."""
    (tmp_path / "rsync").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\ncat > /dev/null\n')
    (tmp_path / "rsync").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    RsyncPublisher(tmp_path, "web@server:/srv/courses").publish(
        make_website(FILES), dry_run=True, takes_over=False
    )
    fetch, compare = (tmp_path / "asked").read_text().splitlines()
    assert f" web@server:/srv/./courses/{LIST} " in fetch
    assert compare.endswith(" web@server:/srv/courses/")
    assert all("--protect-args" in asked for asked in (fetch, compare))
