"""Which changes count, and how a burst of them becomes one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from credsite.serve import watcher
from credsite.serve.server import cancel_and_wait
from credsite.serve.watcher import Event, Watcher, changed_paths, next_batch, source_signatures

Result = TypeVar("Result")


def run(scenario: Callable[[], Coroutine[None, None, Result]]) -> Result:
    """Run on a thread of its own: the browser of other tests keeps a loop on this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(scenario())).result()


def test_signatures_cover_exactly_the_source_files(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "credsite.yaml").write_text("title: x")
    (tmp_path / "hooks.py").write_text("")
    (tmp_path / "content/broken.md").symlink_to(tmp_path / "nowhere")
    before = source_signatures(tmp_path)
    assert set(before) == {"credsite.yaml", "hooks.py"}
    for name in (".a.md.swp", "4913"):
        (tmp_path / "content" / name).write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    assert source_signatures(tmp_path) == before
    (tmp_path / "content/a.md").write_text("x")
    assert source_signatures(tmp_path) != before


A = "content/a.md"


def saved(path: str) -> Event:
    return Event("moved", "", path)


def test_changes_in_quick_succession_are_one_batch() -> None:
    async def scenario() -> tuple[frozenset[str], int]:
        events: asyncio.Queue[Event] = asyncio.Queue()
        events.put_nowait(Event("opened", A))
        for name in ("a", "b", "a"):
            events.put_nowait(saved(f"content/{name}.md"))
        asyncio.get_running_loop().call_later(
            watcher.QUIET_PERIOD / 2, events.put_nowait, saved("content/c.md")
        )
        found = await next_batch(events)
        events.put_nowait(saved("content/later.md"))
        return found, events.qsize()

    assert run(scenario) == ({"content/a.md", "content/b.md", "content/c.md"}, 1)


def test_irrelevant_events_are_no_batch() -> None:
    async def scenario() -> frozenset[str]:
        events: asyncio.Queue[Event] = asyncio.Queue()
        events.put_nowait(saved("content/a.md~"))
        waiting = asyncio.create_task(next_batch(events))
        await asyncio.sleep(watcher.QUIET_PERIOD * 3)
        assert not waiting.done()
        events.put_nowait(saved(A))
        return await asyncio.wait_for(waiting, 10)

    assert run(scenario) == {A}


def test_an_endless_batch_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "MAX_WAIT", 0.3)

    async def scenario() -> None:
        events: asyncio.Queue[Event] = asyncio.Queue()

        async def write() -> None:
            while True:
                events.put_nowait(saved(A))
                await asyncio.sleep(0.01)

        writing = asyncio.create_task(write())
        assert await asyncio.wait_for(next_batch(events), 5) == {A}
        writing.cancel()

    run(scenario)


def test_reading_files_does_not_delay_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "MAX_WAIT", 1000.0)

    async def scenario() -> None:
        events: asyncio.Queue[Event] = asyncio.Queue()

        async def read() -> None:
            while True:
                events.put_nowait(Event("opened", "content/b.md"))
                await asyncio.sleep(watcher.QUIET_PERIOD / 10)

        reading = asyncio.create_task(read())
        events.put_nowait(saved(A))
        assert await asyncio.wait_for(next_batch(events), 10) == {A}
        reading.cancel()

    run(scenario)


def test_a_half_written_file_is_waited_for(tmp_path: Path) -> None:
    """Really written, so that it shows whether the system tells what the table of changes says."""
    (tmp_path / "content").mkdir()
    (tmp_path / A).write_text("---\nold")

    async def scenario() -> tuple[frozenset[str], str]:
        events: asyncio.Queue[Event] = asyncio.Queue()
        with Watcher(tmp_path, events.put_nowait, pytest.fail):
            with (tmp_path / A).open("w") as file:
                file.write("---\n")
                file.flush()
                waiting = asyncio.create_task(next_batch(events))
                await asyncio.sleep(watcher.QUIET_PERIOD * 5)
                assert not waiting.done()
                file.write("title: Whole\n---\n")
            return await asyncio.wait_for(waiting, 10), (tmp_path / A).read_text()

    assert run(scenario) == ({A}, "---\ntitle: Whole\n---\n")


def test_a_file_that_is_never_finished_delays_a_batch_only_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watcher, "MAX_WAIT_FOR_WRITERS", 0.1)

    async def scenario() -> frozenset[str]:
        events: asyncio.Queue[Event] = asyncio.Queue()
        events.put_nowait(Event("opened", A))
        events.put_nowait(Event("modified", A))
        return await asyncio.wait_for(next_batch(events), 10)

    assert run(scenario) == {A}


def test_events_arrive_on_the_thread_of_the_event_loop(tmp_path: Path) -> None:
    (tmp_path / "content/courses").mkdir(parents=True)
    (tmp_path / "content/courses/a.md").write_text("a")

    async def told(events: asyncio.Queue[Event], path: str) -> None:
        while path not in changed_paths([await asyncio.wait_for(events.get(), 10)]).paths:
            pass

    async def scenario() -> None:
        events: asyncio.Queue[Event] = asyncio.Queue()
        with Watcher(tmp_path, events.put_nowait, pytest.fail):
            (tmp_path / "content/courses/a.md").write_text("b")
            await told(events, "content/courses/a.md")
            (tmp_path / "new.md").write_text("moved in and over")
            (tmp_path / "new.md").replace(tmp_path / "content/courses/a.md")
            await told(events, "content/courses/a.md")
            (tmp_path / "credsite.yaml").write_text("title: x")
            await told(events, "credsite.yaml")
            (tmp_path / "hooks.py").write_text("x = 1")
            await told(events, "hooks.py")
            (tmp_path / "content").rename(tmp_path / "gone")
            await told(events, "content")
            (tmp_path / "gone").rename(tmp_path / "content")
            await told(events, "content")
            (tmp_path / "content/courses/a.md").write_text("c")
            await told(events, "content/courses/a.md")

    run(scenario)


def test_reading_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / A).write_text("a")
    told: list[Event] = []

    async def scenario() -> None:
        with Watcher(tmp_path, told.append, pytest.fail):
            (tmp_path / A).read_text()
            list((tmp_path / "content").iterdir())
            await asyncio.sleep(0.5)

    run(scenario)
    assert changed_paths(told).paths == frozenset()


def test_a_folder_behind_a_link_is_watched_by_its_name_in_the_site(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "texts")

    async def scenario() -> frozenset[str]:
        events: asyncio.Queue[Event] = asyncio.Queue()
        with Watcher(tmp_path, events.put_nowait, pytest.fail):
            (tmp_path / A).write_text("a")
            return await asyncio.wait_for(next_batch(events), 10)

    assert run(scenario) == {A}


def test_a_task_ends_although_it_loses_a_cancellation() -> None:
    lost = []

    async def stubborn() -> None:
        while len(lost) < 3:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                lost.append(1)
        await asyncio.sleep(60)

    async def main() -> bool:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        await asyncio.wait_for(cancel_and_wait(task), 20)
        return task.cancelled()

    assert run(main)
    assert len(lost) == 3


def test_an_exception_of_a_task_is_raised_when_it_is_cancelled() -> None:
    async def main() -> None:
        async def fails() -> None:
            raise ValueError("no")

        task = asyncio.create_task(fails())
        await asyncio.sleep(0)
        await cancel_and_wait(task)

    with pytest.raises(ValueError, match="no"):
        run(main)
