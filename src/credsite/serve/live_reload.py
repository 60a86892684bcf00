"""Tells browsers that what they show has changed, with server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from credsite.serve.preview import Preview
from credsite.serve.responses import find_page

_HEARTBEAT: Final = 15.0
"""Seconds without news after which a comment is sent, so that a closed connection is noticed."""


_MAX_STREAMS: Final = 100
"""How many pages may be told of changes at once. A browser keeps six."""


class EventStreams:
    """The event streams of all connected browsers. Only for use on the thread of the event loop."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._wakers: dict[asyncio.Event, str] = {}
        self._closed = False

    @property
    def paths(self) -> frozenset[str]:
        """The URL paths of the pages that browsers show now."""
        return frozenset(self._wakers.values())

    @property
    def is_full(self) -> bool:
        """Whether no further browser can be told of changes."""
        return len(self._wakers) >= _MAX_STREAMS

    def notify(self) -> None:
        """Let every stream check whether it has news for its browser."""
        for waker in self._wakers:
            waker.set()

    def close(self) -> None:
        """End all streams. Without this, the server would wait for them when it stops."""
        self._closed = True
        self.notify()

    async def events(self, path: str, build_id: str) -> AsyncIterator[str]:
        """The server-sent events for a browser that shows the page at ``path`` as of the build ``build_id``.

        One event comes at once, so that a browser that was disconnected catches up; then one whenever there is news.
        The id of an event is that of the build. Its data are the version of the page, the URL paths of other files that
        have changed since the last event (null if that is not known), and the id of the list of problems.
        """
        waker = asyncio.Event()
        self._wakers[waker] = path
        try:
            yield "retry: 500\n\n"
            last_sent: tuple[str, ...] = ()
            while not self._closed:
                # Read before the files: if a build ends in between, the browser just hears of it once more.
                current = self._preview.history.build_id
                version, problems = self._version(path), self._preview.problems.id
                if (current, version, problems) != last_sent:
                    yield self._event(current, build_id, version, problems)
                    last_sent, build_id = (current, version, problems), current
                try:
                    await asyncio.wait_for(waker.wait(), _HEARTBEAT)
                    waker.clear()
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            del self._wakers[waker]

    def _event(self, current: str, since: str, version: str, problems: str) -> str:
        changed = self._preview.history.changed_since(since)
        data = {
            "version": version,
            "changed": None if changed is None else sorted(quote(f"/{output}") for output in changed),
            "problems": problems,
        }
        return f"event: build\nid: {current}\ndata: {json.dumps(data)}\n\n"

    def _version(self, path: str) -> str:
        """The version of the page at ``path``; "" if there is no page, or none that can be read now."""
        try:
            page = find_page(self._preview, path)
        except OSError:  # such as one removed by a build that is running; its end is an event of its own
            return ""
        return "" if isinstance(page, Path) else page.version
