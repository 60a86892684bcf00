"""Connections to the preview that cannot be held for ever: somebody may open many, and send or read nothing."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from credsite.serve.request_guard import SECURITY_HEADERS

MAX_CONNECTIONS: Final = 200
"""How many connections may be open at once. A browser opens six."""
REQUEST_TIME: Final = 10.0
"""Seconds within which a request must have arrived completely, counted from its first byte or the opening."""
_STALL_TIME: Final = 20.0
"""Seconds within which the other side must have read a part of what it is sent, if it did not keep up."""
_MIN_PROGRESS: Final = 16_384
"""How many bytes that must be at least."""

_NO_REQUEST: Final = b"This is not a request that the preview understands, or it is too long.\n"


class BoundedConnection(H11Protocol):
    """A connection that is closed where a request does not arrive in time, or its answer is not read.

    Where there are too many connections, that which has waited longest for a request makes room for a new one.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._opened = self.loop.time()
        self._deadline: asyncio.TimerHandle | None = None
        self._stall_check: asyncio.TimerHandle | None = None
        self._follow_deadline()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._deadline, self._stall_check):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._follow_deadline()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._check_later()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stall_check is not None:
            self._stall_check.cancel()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - our own words are for people
        """Answer what is no HTTP. Where the request before is being answered or has been, nothing else can be said."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self.conn.our_state is not h11.IDLE:
            if is_answering:
                self.cycle.disconnected = True
            self.transport.abort()
            return
        headers = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close", **SECURITY_HEADERS}
        response = h11.Response(status_code=400, headers=list(headers.items()), reason=b"Bad Request")
        for event in (response, h11.Data(data=_NO_REQUEST), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    @property
    def is_waiting(self) -> bool:
        """Whether a request, or the rest of one, is still to come."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _follow_deadline(self) -> None:
        """Set the deadline when a request begins, and take it back when all of it has arrived. More data do not move it."""
        if not self.is_waiting:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_TIME, self.transport.abort)

    def _make_room(self) -> None:
        others = (one for one in self.connections if isinstance(one, BoundedConnection) and one is not self)
        waiting = [one for one in others if one.is_waiting and not one.transport.is_closing()]
        oldest = min(waiting, key=lambda one: one._opened, default=self)
        oldest.transport.abort()

    def _check_later(self) -> None:
        size = self.transport.get_write_buffer_size()
        self._stall_check = self.loop.call_later(_STALL_TIME, self._check_progress, size)

    def _check_progress(self, size_before: int) -> None:
        if size_before - self.transport.get_write_buffer_size() < _MIN_PROGRESS:
            self.transport.abort()
        else:
            self._check_later()
