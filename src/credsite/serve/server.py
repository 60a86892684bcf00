"""Runs the preview's web server, and everything that happens beside it."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import uvicorn

from credsite.core.errors import CredsiteError, system_error_message
from credsite.serve.app import create_app
from credsite.serve.connections import BoundedConnection
from credsite.serve.hosts import is_loopback
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import OpenPages, Preview, RebuildResult
from credsite.serve.watcher import (
    MISSED_EVENT,
    Event,
    Watcher,
    next_batch,
    poll_for_changes,
    source_signatures,
)

_NEXT_PORTS: Final = 20
"""How many ports are tried after the one that the user asked for."""
_LOOPBACK: Final = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
_TARGETS: Final = {
    socket.AF_INET: ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254"),
    socket.AF_INET6: ("2001:db8::1", "fd00::1"),
}
"""Addresses on the internet and in home networks. The system says from which of its own it would reach them."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on ``port`` or, if that is taken, on another free port. CredsiteError if there is none."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise CredsiteError(
            f"There is no address {host} on this computer. Choose another with --host."
        ) from error
    for candidate in (port, *range(port + 1, min(port + _NEXT_PORTS, 65536)), 0):
        listener = socket.socket(family, kind)
        try:
            if os.name == "posix":  # on Windows it would let two programs use the same port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], candidate, *address[2:]))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise CredsiteError(
                    f"{host}:{port} cannot be used: {error.strerror}. Choose others with --host and --port."
                ) from error
        else:
            return listener
    raise CredsiteError(f"No port of {host} is free.")


def server_urls(host: str, listener: socket.socket) -> list[str]:
    """The addresses at which browsers find the site: first one for this computer, then those for others, if they differ.

    A ``host`` such as 0.0.0.0 means all addresses of this computer, and is none that every browser can open.
    """
    port = listener.getsockname()[1]
    hosts = [host]
    if _is_any_address(listener.getsockname()[0]):
        hosts = [_LOOPBACK[listener.family], *own_addresses(listener.family)]
    return [f"http://[{one}]:{port}/" if ":" in one else f"http://{one}:{port}/" for one in hosts]


def own_addresses(family: socket.AddressFamily) -> list[str]:
    """The addresses of this computer at which other computers may reach it, as far as its routes tell. Nothing is sent."""
    found: dict[str, None] = {}
    for target in _TARGETS[family]:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            address = probe.getsockname()[0].partition("%")[0]
            if not (is_loopback(address) or _is_any_address(address)):
                found[address] = None
    return list(found)


def _is_any_address(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_unspecified


def is_shared(listener: socket.socket) -> bool:
    """Whether other computers can reach ``listener``."""
    return not is_loopback(listener.getsockname()[0])


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
    warn: Callable[[str], None],
    allowed_hosts: Iterable[str],
    command: str,
) -> None:
    """Serve the site in the folder ``root`` until a signal ends it. ``preview`` has been built once already.

    ``report`` gets the result of each further build, and ``warn`` sentences for the user. ``allowed_hosts`` are further
    names by which browsers may ask for the site, and ``command`` is the command that serves it as it is served now.
    """
    streams = EventStreams(preview)
    events: asyncio.Queue[Event] = asyncio.Queue()
    settings = uvicorn.Config(
        create_app(preview, streams, host, allowed_hosts, command),
        http=BoundedConnection,
        log_level="error",  # a warning for each request that makes no sense would only fill the terminal
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(settings, streams)
    asyncio.get_running_loop().set_exception_handler(partial(_on_loop_error, warn, set()))
    with Watcher(root, events.put_nowait, warn):
        if source_signatures(root) != preview.built_signatures:
            events.put_nowait(MISSED_EVENT)
        polling = asyncio.create_task(
            poll_for_changes(root, lambda: preview.built_signatures, events, lambda: preview.is_due)
        )
        rebuilding = asyncio.create_task(
            rebuild_on_changes(preview, events, report, lambda: streams.paths, streams.notify)
        )
        rebuilding.add_done_callback(lambda _: server.stop())
        await server.serve(sockets=[listener])
        for task in (polling, rebuilding):
            await cancel_and_wait(task)


def _on_loop_error(
    warn: Callable[[str], None],
    told: set[str],
    loop: asyncio.AbstractEventLoop,
    context: dict[str, Any],
) -> None:
    """Handle an error in the event loop, such as that no connection can be accepted: once, in a sentence if there is one."""
    error = context.get("exception")
    message = system_error_message(error) if isinstance(error, OSError) else None
    if message is None:
        loop.default_exception_handler(context)
    elif message not in told:
        told.add(message)
        warn(message)


async def cancel_and_wait(task: asyncio.Task[None]) -> None:
    """Cancel ``task`` and wait for its end. Raises what the task has raised.

    It is cancelled again and again, because a cancellation is lost if the task gets what it waits for at that moment.
    Ctrl-C cancels the caller too; that is ignored, so that the task still ends in order.
    """
    while not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task], timeout=0.1)
    if not task.cancelled():
        task.result()


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
