"""Serves a folder as a static host does, for tests that open its pages in a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

CONTENT_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(frozen=True)
class ServedSite:
    """A site on a running server. `url` is the address of its first page and ends with a slash."""

    root: Path
    url: str

    def address(self, page: str) -> str:
        """The full address of a page, given its path in the site, such as `courses/`."""
        return self.url + page


@contextmanager
def serve(
    root: Path, base_path: str = "/", *, headers: Mapping[str, str] | None = None
) -> Iterator[ServedSite]:
    """Serve `root` under `base_path` on a free port of 127.0.0.1 until the block ends.

    The server answers with the index.html of a folder, with a redirect if the slash at the end of a folder is missing,
    and else with the site's 404.html and status 404. `headers` are added to every response. Exceptions in the server
    are raised at the end of the block.
    """
    server = _Server(root.resolve(), base_path, headers or {})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ServedSite(root, f"http://127.0.0.1:{server.server_port}{base_path}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    if server.failures:
        raise ExceptionGroup("The test server failed", server.failures)


class _Server(ThreadingHTTPServer):
    # A browser may keep a connection open that it never uses. The end of the block must not wait for it.
    daemon_threads = True

    def __init__(self, root: Path, base_path: str, headers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.base_path = base_path
        self.headers = headers
        self.failures: list[Exception] = []

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        error = sys.exception()
        # A browser that opens another page drops the connections of the last one.
        if isinstance(error, Exception) and not isinstance(error, ConnectionError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Log nothing: pytest shows what matters."""

    def _answer(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if not path.startswith(self.server.base_path):
            self._send(HTTPStatus.NOT_FOUND, b"Outside the site", ".txt", with_body=with_body)
            return
        file = (self.server.root / path.removeprefix(self.server.base_path)).resolve()
        if file.is_dir() and file.is_relative_to(self.server.root):
            if not path.endswith("/"):
                self._redirect(parts.path + "/" + (f"?{parts.query}" if parts.query else ""))
                return
            file /= "index.html"
        elif path.endswith("/"):
            file /= "index.html"
        if file.is_file() and file.is_relative_to(self.server.root):
            self._send(HTTPStatus.OK, file.read_bytes(), file.suffix, with_body=with_body)
            return
        missing = self.server.root / "404.html"
        body = missing.read_bytes() if missing.is_file() else b"Not found"
        self._send(HTTPStatus.NOT_FOUND, body, ".html", with_body=with_body)

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, body: bytes, suffix: str, *, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPES.get(suffix.lower(), "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)
