"""Tells browsers what has changed of what they show, by server-sent events."""

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


class EventStreams:
    """The browsers that listen. Used on the loop's thread only."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._wakers: dict[asyncio.Event, str] = {}
        self._closed = False

    @property
    def paths(self) -> frozenset[str]:
        """The URL paths of the pages that browsers show."""
        return frozenset(self._wakers.values())

    def notify(self) -> None:
        """Have every browser told what is new to it."""
        for waker in self._wakers:
            waker.set()

    def close(self) -> None:
        """End all streams: a server waits for them when it stops."""
        self._closed = True
        self.notify()

    async def events(self, path: str, build: str) -> AsyncIterator[str]:
        """Server-sent events for a browser that shows the page at ``path`` as it was in ``build``.

        The first one at once, so that a browser that was away catches up; then one whenever there is something new. The
        id of each is the build. Its data are the version of the page, the paths of other files that have changed since the
        event before (null where these are not known), and the id of the list of problems.
        """
        waker = asyncio.Event()
        self._wakers[waker] = path
        try:
            yield "retry: 500\n\n"
            told: tuple[str, ...] = ()
            while not self._closed:
                # Taken before the files are looked at: a build that ends meanwhile is then told once more.
                current = self._preview.build_id
                version, problems = self._version(path), self._preview.problems.id
                if (current, version, problems) != told:
                    changed = self._preview.changed_since(build)
                    said = {
                        "version": version,
                        "changed": None if changed is None else sorted(quote(f"/{one}") for one in changed),
                        "problems": problems,
                    }
                    yield f"event: build\nid: {current}\ndata: {json.dumps(said)}\n\n"
                    told, build = (current, version, problems), current
                try:
                    await asyncio.wait_for(waker.wait(), _HEARTBEAT)
                    waker.clear()
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            del self._wakers[waker]

    def _version(self, path: str) -> str:
        """That of the page at ``path`` now; "" where there is none this moment."""
        try:
            page = find_page(self._preview, path)
        except FileNotFoundError:  # the end of the build is told
            return ""
        return "" if isinstance(page, Path) else page.version
