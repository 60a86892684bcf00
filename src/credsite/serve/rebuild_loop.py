"""Rebuilds the preview whenever files change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from credsite.serve.fs_events import Event
from credsite.serve.preview import OpenPages, Preview, RebuildResult
from credsite.serve.watcher import next_batch


async def rebuild_on_changes(
    preview: Preview,
    events: asyncio.Queue[Event],
    report: Callable[[RebuildResult], None],
    open_paths: Callable[[], Collection[str]],
    notify: Callable[[], None],
) -> None:
    """Rebuild after each batch of ``events``, until the task is cancelled.

    ``report`` gets the result of each build. ``open_paths`` gives the URL paths of the pages that browsers show, and
    ``notify`` tells the browsers that there is something new: as soon as their pages are written, and after the build.
    """
    loop = asyncio.get_running_loop()
    while True:
        changed = await next_batch(events)
        open_pages = OpenPages(open_paths(), partial(loop.call_soon_threadsafe, notify))
        try:
            result = await asyncio.to_thread(preview.rebuild, changed, open_pages=open_pages)
        except Exception as error:  # noqa: BLE001 - whatever it is, it may be gone with the next saved file
            result = preview.record_crash(error)
        notify()
        report(result)
