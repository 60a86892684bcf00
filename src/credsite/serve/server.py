"""The preview's web server: the pages, the script that reloads them, and the stream that tells it when."""

from __future__ import annotations

import asyncio
import errno
import mimetypes
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest
from credsite.serve.fs_events import Event
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import FINGERPRINTED_ASSET, Preview, RebuildResult, rebuild_on_changes
from credsite.serve.responses import BUILD_FAILED_STATUS, PageResponse, find_page
from credsite.serve.watcher import MISSED_EVENT, Watcher, poll_for_changes, source_signatures

_MORE_PORTS: Final = 20
LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "::1", "[::1]")
_FRESH: Final = {"Cache-Control": "no-store"}
_LASTING: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
_READ_WHOLE: Final = 5_000_000
"""Bytes up to which a file is read before it is sent, so that a build cannot take it away in between. Only longer
ones can be asked for in parts, as films are."""
_NO_RELOAD: Final = b'<meta name="credsite-reload" content="off">'
_BROWSER: Final = Path(__file__).with_name("browser")
_OWN: Final = {file.name: file.read_bytes() for file in _BROWSER.iterdir() if file.is_file()}
_SCRIPT: Final = f"/_credsite/reload.js?{digest(_OWN['reload.js'])[:8]}"
"""Named by its content too, because each page that is reloaded asks for it."""
# What a system's own list of types often lacks or, on Windows, gets wrong.
_TYPES: Final[Mapping[str, str]] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


def create_app(preview: Preview, streams: EventStreams, host: str) -> Starlette:
    """The application. On a loopback ``host`` it answers only to that name: other websites may not read drafts."""
    for suffix, name in _TYPES.items():
        mimetypes.add_type(name, suffix)

    async def events(request: Request) -> Response:
        path = unquote(request.query_params.get("page", "/")).removeprefix("/")
        build = request.headers.get("Last-Event-ID") or request.query_params.get("build", "")
        return StreamingResponse(streams.events(path, build), media_type="text/event-stream", headers=_FRESH)

    def problems(_: Request) -> Response:
        return JSONResponse(asdict(preview.problems), headers=_FRESH)

    def own(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name not in _OWN:
            return PlainTextResponse("There is no such file.", 404, headers=_FRESH)
        is_lasting = f"/_credsite/{name}?{request.url.query}" == _SCRIPT
        return Response(_OWN[name], media_type=_type(name), headers=_LASTING if is_lasting else _FRESH)

    def page(request: Request) -> Response:
        return _page(preview, request)

    routes = [
        Route("/_credsite/events", events),
        Route("/_credsite/problems", problems),
        Route("/_credsite/{name}", own),
        Route("/{path:path}", page),
    ]
    hosts = LOOPBACK_HOSTS if host in LOOPBACK_HOSTS else ("*",)
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return Starlette(routes=routes, middleware=[trusted])


def _page(preview: Preview, request: Request) -> Response:
    # Taken before the files are looked at: a build that ends meanwhile is then one that the browser hears of.
    build = preview.build_id
    path: str = request.path_params["path"]
    try:
        found = find_page(preview, path)
        if isinstance(found, PageResponse):
            moved = preview.redirects.get(path if path.endswith("/") else f"{path}/")
            if found.status == 404 and moved:
                return RedirectResponse(request.url.replace(path=f"/{moved}"), headers=_FRESH)
            return _html(found, build, preview.problems.id)
        if found.is_dir():
            return RedirectResponse(request.url.replace(path=request.url.path + "/"), headers=_FRESH)
        headers = _LASTING if FINGERPRINTED_ASSET.fullmatch(path) else _FRESH
        if found.stat().st_size <= _READ_WHOLE:
            return Response(found.read_bytes(), media_type=_type(found.name), headers=headers)
    except FileNotFoundError:
        return PlainTextResponse("There is no such page.", 404, headers=_FRESH)
    return FileResponse(found, media_type=_type(found.name), headers=headers)


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _html(found: PageResponse, build: str, problems: str) -> Response:
    """A page with the script that reloads it and shows problems, unless it is one to write in. Built files never hold
    it."""
    page = found.html
    if _NO_RELOAD in page:
        return Response(page, found.status, media_type="text/html", headers=_FRESH)
    lists_them = " data-lists-them" if found.status == BUILD_FAILED_STATUS else ""
    script = (
        f'<script src="{_SCRIPT}" data-build="{build}" data-version="{found.version}" '
        f'data-problems="{problems}"{lists_them} defer></script>'
    ).encode()
    end = page.lower().rfind(b"</body>")
    at = len(page) if end < 0 else end
    return Response(page[:at] + script + page[at:], found.status, media_type="text/html", headers=_FRESH)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on ``port``, or where that is taken on another free one. CredsiteError where there is none."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CredsiteError(f"There is no address {host} on this computer.") from error
    for candidate in (port, *range(port + 1, min(port + _MORE_PORTS, 65536)), 0):
        listener = socket.socket(family, kind)
        try:
            if os.name == "posix":  # elsewhere it means that two programs may have the same port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], candidate, *address[2:]))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise CredsiteError(f"{host}:{port} cannot be used: {error.strerror}.") from error
        else:
            return listener
    raise CredsiteError(f"No port of {host} is free.")


def server_url(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Server(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config, streams: EventStreams) -> None:
        super().__init__(settings)
        self._streams = streams

    def stop(self) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.close()
        await super().shutdown(sockets)


async def serve(
    preview: Preview,
    root: Path,
    host: str,
    listener: socket.socket,
    report: Callable[[RebuildResult], None],
) -> None:
    """Serve until a signal ends it. The preview has been built once."""
    streams = EventStreams(preview)
    events: asyncio.Queue[Event] = asyncio.Queue()
    settings = uvicorn.Config(
        create_app(preview, streams, host),
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(settings, streams)
    with Watcher(root, events.put_nowait):
        if source_signatures(root) != preview.built_signatures:
            events.put_nowait(MISSED_EVENT)
        looking = asyncio.create_task(poll_for_changes(root, lambda: preview.built_signatures, events))
        building = asyncio.create_task(
            rebuild_on_changes(preview, events, report, lambda: streams.paths, streams.notify)
        )
        building.add_done_callback(lambda _: server.stop())
        await server.serve(sockets=[listener])
        for task in (looking, building):
            await cancel_and_wait(task)


async def cancel_and_wait(task: asyncio.Task[None]) -> None:
    """Cancel a task until it has ended: a cancellation is lost where what the task waits for comes at the same moment.

    Ctrl-C also cancels whoever waits here, and that comes to nothing. Raises what the task has raised.
    """
    while not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task], timeout=0.1)
    if not task.cancelled():
        task.result()
