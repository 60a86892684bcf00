"""The preview where the system refuses something: to watch files, or to write in the site's folder."""

from __future__ import annotations

import asyncio
import errno
import threading
from contextlib import aclosing
from functools import partial
from pathlib import Path

import httpx
import pytest
from watchdog.observers.api import BaseObserver
from watchdog.utils import BaseThread

from credsite.build.options import Options
from credsite.build.state_dir import PREVIEW_FOLDER
from credsite.core.errors import CredsiteError
from credsite.serve import preview_folder, watcher
from credsite.serve.app import create_app
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import Preview
from credsite.serve.preview_folder import open_preview_folder
from credsite.serve.server import _on_loop_error, listen
from credsite.serve.watcher import Event, Watcher, poll_for_changes, source_signatures
from tests.serve.conftest import Start, until
from tests.serve.test_watcher import run

COURSE = "content/courses/first.md"
NO_MORE = OSError(errno.ENOSPC, "inotify watch limit reached")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/courses").mkdir(parents=True)
    (tmp_path / COURSE).write_text("a")
    return tmp_path


def refuse(monkeypatch: pytest.MonkeyPatch, method: str, path: str = "") -> None:
    """Have an observer's ``method`` raise, for any folder or only for ``path``."""
    real = getattr(BaseObserver, method)

    def refused(self: BaseObserver, *arguments: object, **options: object) -> object:
        if not path or path in arguments:
            raise NO_MORE
        return real(self, *arguments, **options)

    monkeypatch.setattr(f"watchdog.observers.api.BaseObserver.{method}", refused)


@pytest.mark.parametrize("method", ["schedule", "start"])
def test_changes_are_found_where_nothing_can_be_watched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    refuse(monkeypatch, method)
    monkeypatch.setattr(watcher, "_POLL_INTERVAL", 0.05)
    sentences: list[str] = []

    async def scenario() -> Event:
        events: asyncio.Queue[Event] = asyncio.Queue()
        before = source_signatures(folder)
        with Watcher(folder, events.put_nowait, sentences.append):
            polling = asyncio.create_task(poll_for_changes(folder, lambda: before, events))
            (folder / COURSE).write_text("longer than before")
            event = await asyncio.wait_for(events.get(), 10)
            polling.cancel()
            return event

    assert run(scenario).type == "missed"
    assert len(sentences) == 1
    assert "inotify watch limit reached" in sentences[0]


def test_it_is_said_that_some_folders_are_not_watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "schedule", folder.anchor)
    sentences: list[str] = []

    async def scenario() -> None:
        events: asyncio.Queue[Event] = asyncio.Queue()
        with Watcher(folder, events.put_nowait, sentences.append):
            (folder / COURSE).write_text("b")
            await asyncio.wait_for(events.get(), 10)  # the others still are

    run(scenario)
    assert len(sentences) == 1


def test_it_is_said_when_a_new_folder_is_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences: list[str] = []

    async def scenario() -> None:
        with Watcher(folder, lambda _event: None, sentences.append):
            refuse(monkeypatch, "schedule", folder.anchor)
            (folder / "content/stories").mkdir()
            (folder / "content/pages").mkdir()
            for _ in range(100):
                await asyncio.sleep(0.05)
                if sentences:
                    break
            await asyncio.sleep(0.2)

    run(scenario)
    assert len(sentences) == 1


def test_an_observer_that_ends_with_an_error_is_done_without(folder: Path) -> None:
    sentences: list[str] = []

    class Failing(BaseThread):
        def run(self) -> None:
            raise NO_MORE

    async def scenario() -> None:
        with Watcher(folder, lambda _event: None, sentences.append):
            for _ in range(2):
                failing = Failing()
                failing.start()
                await asyncio.to_thread(failing.join)
            await asyncio.sleep(0.05)

    hook = threading.excepthook
    run(scenario)
    assert len(sentences) == 1
    assert threading.excepthook is hook


def test_the_preview_is_in_the_folder_of_the_site(site: Path) -> None:
    with open_preview_folder(site, pytest.fail) as folder:
        assert folder == site / PREVIEW_FOLDER


def test_a_second_preview_is_refused(site: Path) -> None:
    with (
        open_preview_folder(site, pytest.fail),
        pytest.raises(CredsiteError, match="shows this site already"),
        open_preview_folder(site, pytest.fail),
    ):
        pass
    with open_preview_folder(site, pytest.fail):
        pass


def no_folder(site: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    (site / ".credsite").write_text("a file in its place")


def no_lock(site: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    (site / ".credsite/serve.lock").mkdir(parents=True)


def no_room(_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_folder, "_MIN_FREE", 2**80)


def no_permission(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / PREVIEW_FOLDER).mkdir(parents=True)
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != site / PREVIEW_FOLDER)


@pytest.mark.parametrize("hinder", [no_folder, no_lock, no_room, no_permission])
def test_a_temporary_folder_is_used_where_the_site_cannot_be_written_to(
    site: Path, monkeypatch: pytest.MonkeyPatch, hinder: object
) -> None:
    assert callable(hinder)
    hinder(site, monkeypatch)
    sentences: list[str] = []
    with open_preview_folder(site, sentences.append) as folder:
        assert not folder.is_relative_to(site)
        folder.mkdir()
    assert not folder.exists()
    assert len(sentences) == 1
    assert "temporary folder" in sentences[0]


def test_nowhere_to_write_is_said(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> object:
        raise OSError(errno.EROFS, "Read-only file system")

    no_folder(site, monkeypatch)
    monkeypatch.setattr("tempfile.TemporaryDirectory", fail)
    with (
        pytest.raises(CredsiteError, match="nor to a temporary folder"),
        open_preview_folder(site, pytest.fail),
    ):
        pass


def test_a_site_that_cannot_be_written_to_is_served(site: Path, start: Start) -> None:
    (site / ".credsite").write_text("a file in its place")
    served = start()
    assert served.url, served.said
    assert served.get().status_code == 200
    served.write(
        "content/courses/first-aid-at-work.md", "title: First Aid at Work\n", "title: First Aid for All\n"
    )
    until("the change is shown", served.shows("courses/first-aid-at-work/", "First Aid for All"))
    assert served.said.count("temporary folder") == 1
    assert served.stop() == 0


def test_an_error_in_the_event_loop_is_one_sentence() -> None:
    sentences: list[str] = []
    others: list[object] = []

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        loop.default_exception_handler = others.append  # type: ignore[method-assign]
        loop.set_exception_handler(partial(_on_loop_error, sentences.append, set()))
        for error in (OSError(errno.EMFILE, "Too many open files"),) * 2 + (ValueError("a mistake"),):
            loop.call_exception_handler({"message": "socket.accept() failed", "exception": error})

    run(scenario)
    assert len(sentences) == len(others) == 1
    assert "Close some of them" in sentences[0]


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 64, "a..b", "256.0.0.1"])
def test_an_address_that_is_not_there_is_said(host: str) -> None:
    with pytest.raises(CredsiteError, match="There is no address"):
        listen(host, 0)


def test_a_page_that_cannot_be_read_is_a_sentence(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    preview.rebuild()
    streams = EventStreams(preview)
    app = create_app(preview, streams, "127.0.0.1")

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get("/")

    assert run(answer).status_code == 200

    def fail(_path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error", "/home/ada/site/index.html")

    monkeypatch.setattr(Path, "read_bytes", fail)
    response = run(answer)
    assert response.status_code == 503
    assert response.text.startswith("The system refused to read or write a file: Input/output error.")
    assert "ada" not in response.text

    async def told() -> str:
        async with aclosing(streams.events("", "")) as events:
            assert (await anext(events)).startswith("retry")
            return await anext(events)

    assert '"version": ""' in run(told)
