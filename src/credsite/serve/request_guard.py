"""What every request to the preview must satisfy, and what every answer says to browsers.

Any website that a person visits can send requests to the preview from the person's browser. So the preview answers only
to its own names, and to requests that its own pages or the person sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from credsite.serve.hosts import AllowedHosts, refused_host_message

OWN_PATH: Final = "/_credsite/"
"""The URL path of everything that is not of the website: its script, its events, its problems."""
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_ENCODED_HEADERS: Final = [
    (name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()
]
_OTHER_WEBSITE: Final = (
    "Another website asked for this. The preview answers only to its own pages, and to you: open the address in a "
    "window of its own.\n"
)


class RequestGuard:
    """Passes a request on to ``app`` if it is allowed, and adds ``SECURITY_HEADERS`` to every answer."""

    def __init__(self, app: ASGIApp, hosts: AllowedHosts, command: str) -> None:
        self._app = app
        self._command = command
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = refusal_of(Headers(scope=scope), scope["path"], self._hosts, self._command)
        answer = PlainTextResponse(refusal, 403, {"Cache-Control": "no-store"}) if refusal else self._app
        await answer(scope, receive, partial(_send_with_headers, send))


def refusal_of(headers: Headers, path: str, hosts: AllowedHosts, command: str) -> str:
    """Why a request for ``path`` is not answered, in words for people; ``""`` if it is. ``command`` runs the preview."""
    names = headers.getlist("host")
    if len(names) != 1 or names[0] not in hosts:
        return refused_host_message(names[0] if names else "", command)
    own_origins = {f"http://{names[0].lower()}", f"https://{names[0].lower()}"}
    if any(origin.lower() not in own_origins for origin in headers.getlist("origin")):
        return _OTHER_WEBSITE
    if all(site in ("same-origin", "none") for site in headers.getlist("sec-fetch-site")):
        return ""
    # Somebody else's page may link to a page of the preview, but not load it into itself.
    is_visit = headers.getlist("sec-fetch-mode") == ["navigate"] and (
        headers.getlist("sec-fetch-dest") == ["document"]
    )
    return "" if is_visit and not path.startswith(OWN_PATH) else _OTHER_WEBSITE


def _send_with_headers(send: Callable[[Message], Awaitable[None]], message: Message) -> Awaitable[None]:
    if message["type"] == "http.response.start":
        message["headers"] = [*message.get("headers", ()), *_ENCODED_HEADERS]
    return send(message)
