"""The web application of the preview: pages, the script that reloads them, and the event stream that tells it when."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from starlette.applications import Starlette
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
from starlette.types import ASGIApp

from credsite.content.image_variants import IMAGES
from credsite.core.errors import system_error_message
from credsite.core.hashing import digest
from credsite.serve.hosts import AllowedHosts
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import FINGERPRINTED_ASSET, Preview
from credsite.serve.request_guard import OWN_PATH, RequestGuard
from credsite.serve.responses import BUILD_FAILED_STATUS, PageResponse, find_page
from credsite.site.urls import output_path

_NOT_CACHED: Final = {"Cache-Control": "no-store"}
_CACHED_FOREVER: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
_MAX_READ_SIZE: Final = 5_000_000
"""Up to this size in bytes, a file is read before it is sent, so that a build cannot remove it in between. Larger files
are streamed, and browsers can ask for ranges of them, as they do for videos."""
_NO_RELOAD: Final = b'<meta name="credsite-reload" content="off">'
_BROWSER: Final = Path(__file__).with_name("browser")
_BROWSER_FILES: Final = {file.name: file.read_bytes() for file in _BROWSER.iterdir() if file.is_file()}
_SCRIPT_URL: Final = f"{OWN_PATH}reload.js?{digest(_BROWSER_FILES['reload.js'])[:8]}"
"""With a digest, so that browsers can cache the script: every page loads it."""
# Types that the system's own list often lacks or, on Windows, has wrong.
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


def create_app(
    preview: Preview,
    streams: EventStreams,
    host: str,
    allowed_hosts: Iterable[str] = (),
    command: str = "credsite serve",
) -> ASGIApp:
    """The web application. It answers only to addresses, to ``host``, to names of this computer, and to ``allowed_hosts``.

    ``command`` is the command that runs it, for a message that says how to allow another name.
    """
    for suffix, name in _MEDIA_TYPES.items():
        mimetypes.add_type(name, suffix)

    async def events(request: Request) -> Response:
        if streams.is_full:
            return PlainTextResponse("Too many pages of the preview are open.", 503, headers=_NOT_CACHED)
        path = unquote(request.query_params.get("page", "/")).removeprefix("/")
        build_id = request.headers.get("Last-Event-ID") or request.query_params.get("build", "")
        return StreamingResponse(
            streams.events(path, build_id), media_type="text/event-stream", headers=_NOT_CACHED
        )

    def problems(_: Request) -> Response:
        return JSONResponse(asdict(preview.problems), headers=_NOT_CACHED)

    def browser_file(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name not in _BROWSER_FILES:
            return PlainTextResponse("There is no such file.", 404, headers=_NOT_CACHED)
        is_versioned = f"{OWN_PATH}{name}?{request.url.query}" == _SCRIPT_URL
        return Response(
            _BROWSER_FILES[name],
            media_type=_media_type(name),
            headers=_CACHED_FOREVER if is_versioned else _NOT_CACHED,
        )

    def page(request: Request) -> Response:
        return _page(preview, request)

    routes = [
        Route(f"{OWN_PATH}events", events),
        Route(f"{OWN_PATH}problems", problems),
        Route(OWN_PATH + "{name}", browser_file),
        Route("/{path:path}", page),
    ]
    return RequestGuard(Starlette(routes=routes), AllowedHosts([host, *allowed_hosts]), command)


def _page(preview: Preview, request: Request) -> Response:
    # Read before the files: if a build ends in between, the browser hears of it as news.
    build_id = preview.history.build_id
    path: str = request.path_params["path"]
    if preview.is_ready and path.startswith(IMAGES):
        picture = _picture(preview, path)
        if picture is not None:
            return picture
    try:
        target = find_page(preview, path)
        if isinstance(target, PageResponse):
            new_path = preview.redirects.get(path if path.endswith("/") else f"{path}/")
            if target.status == 404 and new_path and output_path(new_path) in preview.files:
                return RedirectResponse(request.url.replace(path=f"/{new_path}"), headers=_NOT_CACHED)
            return _with_script(target, build_id, preview.problems.id)
        if target.is_dir():
            return RedirectResponse(request.url.replace(path=request.url.path + "/"), headers=_NOT_CACHED)
        headers = _CACHED_FOREVER if FINGERPRINTED_ASSET.fullmatch(path) else _NOT_CACHED
        if target.stat().st_size <= _MAX_READ_SIZE:
            return Response(target.read_bytes(), media_type=_media_type(target.name), headers=headers)
    except FileNotFoundError:
        return PlainTextResponse("There is no such page.", 404, headers=_NOT_CACHED)
    except OSError as error:
        # Without the name of the file: whoever asks need not know where the site is on this computer.
        nameless = OSError(error.errno, error.strerror)
        text = system_error_message(nameless) or f"This page cannot be read: {error.strerror}."
        return PlainTextResponse(text, 503, headers=_NOT_CACHED)
    return FileResponse(target, media_type=_media_type(target.name), headers=headers)


def _picture(preview: Preview, path: str) -> Response | None:
    """A picture of the website, which is made now; None where it has no such picture."""
    try:
        data = preview.pictures.get(path)
    except Exception:  # noqa: BLE001 - a damaged picture makes decoders raise nearly anything
        return PlainTextResponse("This picture cannot be made.", 500, headers=_NOT_CACHED)
    return None if data is None else Response(data, media_type=_media_type(path), headers=_NOT_CACHED)


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _with_script(response: PageResponse, build_id: str, problems_id: str) -> Response:
    """The page with the script that reloads it and shows problems, unless the page says that it must not be reloaded."""
    page = response.html
    if _NO_RELOAD not in page:
        lists_problems = " data-lists-problems" if response.status == BUILD_FAILED_STATUS else ""
        script = (
            f'<script src="{_SCRIPT_URL}" data-build="{build_id}" data-version="{response.version}" '
            f'data-problems="{problems_id}"{lists_problems} defer></script>'
        ).encode()
        end = page.lower().rfind(b"</body>")
        position = len(page) if end < 0 else end
        page = page[:position] + script + page[position:]
    return Response(page, response.status, media_type="text/html", headers=_NOT_CACHED)
