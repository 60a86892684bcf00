"""Which changes count, and how a burst of them becomes one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from credsite.serve import watch
from credsite.serve.watch import Watcher, burst, is_relevant, stamp

Result = TypeVar("Result")


def run(scenario: Callable[[], Coroutine[None, None, Result]]) -> Result:
    """Run on a thread of its own: the browser of other tests keeps a loop on this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(scenario())).result()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("credsite.yaml", True),
        ("content/courses/a.md", True),
        ("content/courses", True),
        ("content", True),
        ("content/images/team.jpg", True),
        ("themes/own/templates/base.html", True),
        ("static/robots.txt", True),
        ("static/.well-known/security.txt", True),
        ("static/.nojekyll", True),
        ("README.md", False),
        ("credsite.yaml~", False),
        ("public/index.html", False),
        ("public", False),
        (".credsite/preview/index.html", False),
        (".git/index", False),
        (".", False),
        ("contents/a.md", False),
        ("content/.hidden.md", False),
        ("content/.obsidian/workspace.json", False),
        ("content/courses/a.md~", False),
        ("content/courses/.a.md.swp", False),
        ("content/courses/.a.md.swx", False),
        ("content/courses/#a.md#", False),
        ("content/courses/.#a.md", False),
        ("content/courses/4913", False),
        ("content/courses/a.md.tmp", False),
        ("content/courses/a.md___jb_tmp___", False),
        ("content/courses/~$a.docx", False),
        ("content/courses/course-4913.md", True),
        ("content/courses/tmp.md", True),
        ("static/.robots.txt.swp", False),
        ("static/.DS_Store", False),
        ("themes/own/__pycache__/x.pyc", False),
    ],
)
def test_which_paths_count(path: str, expected: bool) -> None:
    assert is_relevant(path) is expected


def test_a_stamp_changes_with_the_files_that_count(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "credsite.yaml").write_text("title: x")
    (tmp_path / "content/broken.md").symlink_to(tmp_path / "nowhere")
    before = stamp(tmp_path)
    assert set(before) == {"credsite.yaml"}
    (tmp_path / "content/.a.md.swp").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    assert stamp(tmp_path) == before
    (tmp_path / "content/a.md").write_text("x")
    assert stamp(tmp_path) != before


def test_a_burst_is_one() -> None:
    async def scenario() -> tuple[set[str], int]:
        changes: asyncio.Queue[str] = asyncio.Queue()
        for name in ("a", "b", "a"):
            changes.put_nowait(name)
        asyncio.get_running_loop().call_later(watch.QUIET / 2, changes.put_nowait, "c")
        asyncio.get_running_loop().call_later(watch.QUIET * 4, changes.put_nowait, "later")
        return await burst(changes), changes.qsize()

    assert run(scenario) == ({"a", "b", "c"}, 0)


def test_a_burst_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.3)

    async def scenario() -> None:
        changes: asyncio.Queue[str] = asyncio.Queue()

        async def write() -> None:
            while True:
                changes.put_nowait("a")
                await asyncio.sleep(0.01)

        writing = asyncio.create_task(write())
        assert await asyncio.wait_for(burst(changes), 5) == {"a"}
        writing.cancel()

    run(scenario)


def test_changes_are_told_on_the_loops_thread(tmp_path: Path) -> None:
    (tmp_path / "content/courses").mkdir(parents=True)
    (tmp_path / "content/courses/a.md").write_text("a")

    async def told(changes: asyncio.Queue[str], path: str) -> None:
        while await asyncio.wait_for(changes.get(), 10) != path:
            pass

    async def scenario() -> None:
        changes: asyncio.Queue[str] = asyncio.Queue()
        with Watcher(tmp_path, changes.put_nowait):
            (tmp_path / "content/courses/a.md").write_text("b")
            await told(changes, "content/courses/a.md")
            (tmp_path / "new.md").write_text("moved in and over")
            (tmp_path / "new.md").replace(tmp_path / "content/courses/a.md")
            await told(changes, "content/courses/a.md")
            (tmp_path / "credsite.yaml").write_text("title: x")
            await told(changes, "credsite.yaml")
            (tmp_path / "content").rename(tmp_path / "gone")
            await told(changes, "content")
            (tmp_path / "gone").rename(tmp_path / "content")
            await told(changes, "content")
            (tmp_path / "content/courses/a.md").write_text("c")
            await told(changes, "content/courses/a.md")

    run(scenario)


def test_reading_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("a")
    told: list[str] = []

    async def scenario() -> None:
        with Watcher(tmp_path, told.append):
            (tmp_path / "content/a.md").read_text()
            list((tmp_path / "content").iterdir())
            await asyncio.sleep(0.5)

    run(scenario)
    assert told == []


def test_a_folder_behind_a_link_is_watched_by_its_name_in_the_site(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "texts")

    async def scenario() -> str:
        changes: asyncio.Queue[str] = asyncio.Queue()
        with Watcher(tmp_path, changes.put_nowait):
            (tmp_path / "content/a.md").write_text("a")
            return await asyncio.wait_for(changes.get(), 10)

    assert run(scenario) == "content/a.md"
