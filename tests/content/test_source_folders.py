from __future__ import annotations

import os
from pathlib import Path

import pytest

from credsite.build.last_build import digest_inputs
from credsite.content.discovery import find_sources, find_static
from credsite.content.source_folders import CONTENT, SOURCE_FOLDERS, STATIC, THEMES, is_ignored, walk
from credsite.core.stat_cache import StatCache
from credsite.serve.watcher import is_relevant, source_signatures

LEFTOVERS = [
    "~$guide.docx", ".~lock.guide.odt#", ".page.html.swp", "page.html.swp", "guide.md~", "#guide.md#", ".#guide.md",
    "guide.md.bak", "GUIDE.BAK", "guide.tmp", "video.mp4.part", "video.mp4.crdownload", "guide.md___jb_tmp___",
    "Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", "._guide.md", ".env", ".htpasswd", ".git", ".gitignore", ".svn",
    ".obsidian", ".fuse_hidden0001", ".goutputstream-X", "__pycache__", "__MACOSX", "@eaDir", "#recycle",
    "guide.md.orig", "guide.md.rej", ".nfs000001", ".npmrc", ".env.local", ".idea", ".vscode", "node_modules", "Icon\r",
    "guide.pdf:Zone.Identifier", "guide.odt.autosave",
    "$RECYCLE.BIN", "System Volume Information", "lost+found", ".Trash-1000", ".sync.ffs_db", ".ssh",
]  # fmt: skip
FILES = [
    "guide.md",
    "4913",
    "tmp.md",
    "a.backup",
    "#1.pdf",
    "1#",
    "~home.html",
    "desktop.txt",
    "thumbs.db.html",
]


@pytest.mark.parametrize("name", LEFTOVERS)
@pytest.mark.parametrize("folder", SOURCE_FOLDERS)
def test_leftovers_count_nowhere(name: str, folder: str) -> None:
    assert is_ignored(name, folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("folder", SOURCE_FOLDERS)
def test_other_files_count_everywhere(name: str, folder: str) -> None:
    assert not is_ignored(name, folder)


@pytest.mark.parametrize("name", [".well-known", ".nojekyll", ".htaccess"])
def test_hidden_names_that_hosts_look_for_count_in_static_only(name: str) -> None:
    assert [is_ignored(name, folder) for folder in (CONTENT, STATIC, THEMES)] == [True, False, True]


def site_with(root: Path, names: list[str]) -> Path:
    for folder in ("content/courses", "static", "themes/own/assets"):
        for name in names:
            for file in (root / folder / name, root / folder / "inner" / name):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("x")
    return root


def test_leftovers_are_not_read_copied_watched_nor_looked_at(tmp_path: Path) -> None:
    clean, full = tmp_path / "clean", tmp_path / "full"
    for root in (clean, full):
        site_with(root, ["a.md"])
        (root / "credsite.yaml").write_text("title: A site\n")
    site_with(full, LEFTOVERS)
    assert find_sources(full, "en") == find_sources(clean, "en")
    assert find_static(full) == find_static(clean)
    assert source_signatures(full).keys() == source_signatures(clean).keys()
    first, second = (digest_inputs(root, False, False, None, StatCache()) for root in (full, clean))
    assert first is not None
    assert second is not None
    assert (first.digest, first.sources) == (second.digest, second.sources)
    names = [path.relative_to(full).as_posix() for path in full.rglob("*") if path.name in LEFTOVERS]
    assert len(names) == 6 * len(LEFTOVERS)
    assert not any(map(is_relevant, names))


def unexpected(path: str, error: OSError) -> None:
    raise AssertionError(path) from error


def test_links_are_given_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "content/courses").mkdir(parents=True)
    (tmp_path / "content/courses/a.md").write_text("x")
    (tmp_path / "content/courses/around").symlink_to(tmp_path / "content")
    (tmp_path / "content/courses/gone.md").symlink_to("nowhere")
    paths = {
        path: item.is_symlink()
        for path, item in walk(f"{tmp_path}/content/courses", "content/courses", unexpected)
    }
    assert paths == {
        "content/courses/a.md": False,
        "content/courses/around": True,
        "content/courses/gone.md": True,
    }


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert list(walk(f"{tmp_path}/content", "content", unexpected)) == []
    assert list(walk(f"{tmp_path}/file", "content", unexpected)) == []


@pytest.mark.parametrize("folder", ["content/courses", "static/downloads"])
def test_a_folder_that_cannot_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith(folder):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    problems = [*find_sources(tmp_path, "en")[1], *find_static(tmp_path)[1]]
    assert [(problem.code, problem.location.path) for problem in problems] == [("file-unreadable", folder)]


@pytest.mark.parametrize("kind", ["file", "pipe"])
@pytest.mark.parametrize("folder", [CONTENT, STATIC])
def test_something_else_in_the_place_of_a_folder_is_an_error(tmp_path: Path, folder: str, kind: str) -> None:
    """Otherwise the website would be built without all that was in the folder."""
    (tmp_path / folder).touch() if kind == "file" else os.mkfifo(tmp_path / folder)
    (tmp_path / "credsite.yaml").touch()
    problems = find_sources(tmp_path, "en")[1] if folder == CONTENT else find_static(tmp_path)[1]
    assert [(problem.code, problem.location.path) for problem in problems] == [("file-unreadable", folder)]
    assert digest_inputs(tmp_path, False, False, None, StatCache()) is None
