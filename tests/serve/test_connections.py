"""Connections that are opened and not used, and those on which nonsense arrives."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from credsite.serve import connections
from credsite.serve.connections import BoundedConnection
from tests.serve.conftest import PATIENCE
from tests.serve.test_watcher import run

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = 30_000_000
Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def small(_: Request) -> Response:
    return PlainTextResponse("small")


def large(_: Request) -> Response:
    return PlainTextResponse("x" * LARGE)


@asynccontextmanager
async def started() -> AsyncIterator[tuple[int, uvicorn.Server]]:
    """A server with these connections, and its port. Nothing may have been said to the event loop's handler of errors."""
    errors: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    app = Starlette(routes=[Route("/", small, methods=["GET", "POST"]), Route("/large", large)])
    settings = uvicorn.Config(app, http=BoundedConnection, lifespan="off", log_level="error", ws="none")
    server = uvicorn.Server(settings)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1], server
        server.should_exit = server.force_exit = True
        await serving
    assert errors == []


@asynccontextmanager
async def port() -> AsyncIterator[int]:
    async with started() as (number, _):
        yield number


async def opened(number: int, data: bytes = b"") -> Pair:
    reader, writer = await asyncio.open_connection("127.0.0.1", number)
    writer.write(data)
    await writer.drain()
    return reader, writer


async def read(pair: Pair) -> bytes:
    """What arrives until the connection is closed."""
    answer = b""
    with suppress(ConnectionError):
        async with asyncio.timeout(PATIENCE):
            while data := await pair[0].read(65536):
                answer += data
    pair[1].close()
    return answer


@pytest.mark.parametrize(
    "begun",
    [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n", GET + b"GET / HTTP/1.1\r\n",
     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx",
     b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"],
)  # fmt: skip
def test_half_a_request_is_not_waited_for_even_if_more_trickles_in(
    monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(connections, "REQUEST_TIME", 0.4)

    async def scenario() -> None:
        async with port() as number:
            pair = await opened(number, begun)

            async def trickle() -> None:
                with suppress(ConnectionError):
                    while True:
                        await asyncio.sleep(0.1)
                        pair[1].write(b"x" if begun else b"")
                        await pair[1].drain()

            trickling = asyncio.create_task(trickle())
            await read(pair)  # which fails if the connection stays open
            trickling.cancel()

    run(scenario)


def test_who_does_not_read_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_STALL_TIME", 0.3)

    async def scenario() -> None:
        async with started() as (number, server):
            with socket.create_connection(("127.0.0.1", number)) as connection:
                connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
                end = time.monotonic() + PATIENCE
                while not server.server_state.connections:
                    await asyncio.sleep(0.02)
                while server.server_state.connections and time.monotonic() < end:
                    await asyncio.sleep(0.02)
                assert not server.server_state.connections
            request = b"GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            assert len(await read(await opened(number, request))) > LARGE  # who reads, gets all of it

    run(scenario)


def test_the_oldest_unused_connection_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 5)

    async def scenario() -> None:
        async with port() as number:
            unused = [await opened(number, b"GET") for _ in range(20)]
            for _ in range(3):
                answer = await read(
                    await opened(number, GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                )
                assert answer.endswith(b"small")
            for pair in unused[:15]:
                assert await read(pair) == b""
            for pair in unused:
                pair[1].close()

    run(scenario)


@pytest.mark.parametrize(
    "nonsense",
    [b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/x\r\nHost: a\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nx: " + b"y" * 100_000,
     b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"],
)  # fmt: skip
def test_nonsense_is_answered_in_words_with_the_headers_of_every_answer(nonsense: bytes) -> None:
    async def scenario() -> bytes:
        async with port() as number:
            return await read(await opened(number, nonsense))

    answer = run(scenario)
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"nosniff" in answer
    assert b"frame-ancestors 'none'" in answer
    assert b"This is not a request that the preview understands" in answer


def test_nonsense_after_a_request_ends_the_connection_without_a_fault() -> None:
    async def scenario() -> None:
        async with port() as number:
            start = b"GET /large HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            pair = await opened(number, start)
            await pair[0].read(100)
            pair[1].write(b"no chunk\r\n\r\n")
            await read(pair)

    run(scenario)
