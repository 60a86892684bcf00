"""The preview's web server: the pages, the script that reloads them, and the stream that tells it when."""

from __future__ import annotations

import asyncio
import errno
import html
import mimetypes
import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from credsite.errors import CredsiteError
from credsite.output.names import RESERVED
from credsite.paths import is_inside
from credsite.serve.rebuild import Outcome, Preview, keep_building
from credsite.serve.watch import Watcher, look_again, stamp

_HEARTBEAT: Final = 15.0
_MORE_PORTS: Final = 20
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1", "[::1]")
_FRESH: Final = {"Cache-Control": "no-store"}
_LASTING: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
_NAMED_BY_CONTENT: Final = re.compile(r"assets/.+\.[0-9a-f]{10}\.\w+")
"""Paths of the theme's assets: other content has another name, so a reloaded page need not ask for them again."""
_READ_WHOLE: Final = 5_000_000
"""Bytes up to which a file is read before it is sent, so that a build cannot take it away in between. Only longer
ones can be asked for in parts, as films are."""
_NO_RELOAD: Final = b'<meta name="credsite-reload" content="off">'
_SCRIPT: Final = Path(__file__).with_name("reload.js")
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


class Streams:
    """The browsers that listen. Used on the loop's thread only."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def tell(self, build: str | None) -> None:
        for queue in self._queues:
            queue.put_nowait(build)

    def close(self) -> None:
        """End all streams: a server waits for them when it stops."""
        self._closed = True
        self.tell(None)

    async def events(self, build: str) -> AsyncIterator[str]:
        """Server-sent events for one browser: the current build at once, then each new one."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield f"retry: 500\nevent: build\ndata: {build}\n\n"
            while not self._closed:
                try:
                    told = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if told is not None:
                    yield f"event: build\ndata: {told}\n\n"
        finally:
            self._queues.discard(queue)


def make_app(preview: Preview, streams: Streams, host: str) -> Starlette:
    """The application. On a loopback ``host`` it answers only to that name: other websites may not read drafts."""
    for suffix, name in _TYPES.items():
        mimetypes.add_type(name, suffix)

    async def events(_: Request) -> Response:
        return StreamingResponse(
            streams.events(preview.build), media_type="text/event-stream", headers=_FRESH
        )

    def script(_: Request) -> Response:
        return Response(_SCRIPT.read_bytes(), media_type="text/javascript", headers=_FRESH)

    def page(request: Request) -> Response:
        return _page(preview, request)

    routes = [
        Route("/_credsite/events", events),
        Route("/_credsite/reload.js", script),
        Route("/{path:path}", page),
    ]
    hosts = _LOOPBACK if host in _LOOPBACK else ("*",)
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return Starlette(routes=routes, middleware=[trusted])


def _page(preview: Preview, request: Request) -> Response:
    # Taken before the files are looked at: a build that ends meanwhile is then one that the browser hears of.
    build = preview.build
    if not preview.ready:
        return _html(problem_page(preview.last), build, 500)
    path: str = request.path_params["path"]
    file = find(preview.folder, path)
    if file is not None and file.is_dir() and path and not path.endswith("/"):
        return RedirectResponse(request.url.replace(path=request.url.path + "/"), headers=_FRESH)
    if file is not None and file.is_dir():
        file = find(preview.folder, f"{path}index.html")
    try:
        if file is None or not file.is_file():
            missing = preview.folder / "404.html"
            return _html(missing.read_bytes(), build, 404)
        if file.suffix in (".html", ".htm"):
            return _html(file.read_bytes(), build)
        headers = _LASTING if _NAMED_BY_CONTENT.fullmatch(path) else _FRESH
        if file.stat().st_size <= _READ_WHOLE:
            return Response(file.read_bytes(), media_type=_type(file), headers=headers)
    except FileNotFoundError:
        return PlainTextResponse("There is no such page.", 404, headers=_FRESH)
    return FileResponse(file, media_type=_type(file), headers=headers)


def _type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def find(folder: Path, path: str) -> Path | None:
    """The file or folder at a URL's ``path`` (decoded, no slash in front) in ``folder``.

    None where there is none, where it lies outside (also through a symbolic link), or is credsite's own.
    """
    if path.startswith("/") or "\0" in path or "\\" in path:
        return None
    real, root = Path(os.path.realpath(folder / path)), Path(os.path.realpath(folder))
    if not is_inside(real, root) or (real != root and real.relative_to(root).parts[0] in RESERVED):
        return None
    is_folder = os.path.isdir(real)  # noqa: PTH112 - unlike Path's, it takes names that are too long for no file
    if is_folder or (os.path.isfile(real) and not path.endswith("/")):  # noqa: PTH113
        return real
    return None


def _html(page: bytes, build: str, status: int = 200) -> Response:
    """A page with the script that reloads it, unless it is one to write in. Built files never hold it."""
    if _NO_RELOAD in page:
        return Response(page, status, media_type="text/html", headers=_FRESH)
    script = f'<script src="/_credsite/reload.js" data-build="{build}" defer></script>'.encode()
    end = page.lower().rfind(b"</body>")
    at = len(page) if end < 0 else end
    return Response(page[:at] + script + page[at:], status, media_type="text/html", headers=_FRESH)


def problem_page(outcome: Outcome) -> bytes:
    """A plain page that says why there is nothing to show yet."""
    items = [
        f"<li><p><strong>{html.escape(str(found.place))}</strong> ({found.severity})</p>"
        f"<p>{html.escape(found.message)}"
        f"{f' Did you mean <code>{html.escape(found.suggestion)}</code>?' if found.suggestion else ''}</p></li>"
        for found in outcome.problems
    ]
    if outcome.failure:
        items.insert(0, f"<li><p>{html.escape(outcome.failure)}</p></li>")
    listed = "\n".join(items)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>The website cannot be built yet</title>\n</head>\n<body>\n<main>\n"
        "<h1>The website cannot be built yet</h1>\n"
        "<p>Mend what is listed here. This page gives way to the website as soon as it can be built.</p>\n"
        f"<ul>\n{listed}\n</ul>\n</main>\n</body>\n</html>\n"
    ).encode()


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


def url_of(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Server(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config, streams: Streams) -> None:
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
    report: Callable[[Outcome], None],
) -> None:
    """Serve until a signal ends it. The preview has been built once."""
    streams = Streams()
    changes: asyncio.Queue[str] = asyncio.Queue()
    settings = uvicorn.Config(
        make_app(preview, streams, host),
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(settings, streams)
    with Watcher(root, changes.put_nowait):
        if stamp(root) != preview.built_from:
            changes.put_nowait("")
        looking = asyncio.create_task(look_again(root, lambda: preview.built_from, changes))
        building = asyncio.create_task(keep_building(preview, changes, report, streams.tell))
        building.add_done_callback(lambda _: server.stop())
        await server.serve(sockets=[listener])
        for task in (looking, building):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
