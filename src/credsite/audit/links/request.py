"""Asks another web server whether a URL exists, but never this computer or its own network.

Content is not trusted: a URL in it can lead, through its name or a redirect, to a machine that only this computer can
reach (server-side request forgery). So the name is resolved first, a connection is only made to the IP address found if
that is public, and each redirect is treated in the same way. No proxy is used, because it would resolve the name again.
Only the head of a response is read. Cookies are sent back as browsers do, until the question is answered: many systems for
enrolment redirect visitors to the same address until they do.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, Literal
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import Request

from credsite import __version__
from credsite.audit.links.addresses import is_public_address

AnswerState = Literal["good", "dead", "unreached", "private", "busy"]
AddressFilter = Callable[[str], bool]
"""Says whether a connection to an IP address is allowed."""

USER_AGENT: Final = f"credsite/{__version__} (link check of a course catalogue)"
TIMEOUT: Final = 10.0
"""Seconds to wait for a connection, and then for each further part of the response."""
TOTAL_TIMEOUT: Final = 25.0
"""Seconds that one URL may take in all, including redirects."""
_MAX_REDIRECTS: Final = 8
_MAX_URL_LENGTH: Final = 2_000
_PERMANENT: Final = (301, 308)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_ACCESS_DENIED: Final = (401, 403, 407, 423, 451, 999)
"""The page exists, but not for programs, or not without a password."""
_BUSY: Final = (429, 503)
_URL_CHARACTERS: Final = "/%:@!$&'()*+,;=~-._?[]"
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]+")
_PORTS: Final = {"http": 80, "https": 443}
_FIRST_USER_PORT: Final = 1024
"""Lower ports belong to other services. As in browsers, a link must not send them anything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of asking for a URL.

    ``state`` is ``dead`` if the page does not exist or the server reports an error, ``unreached`` if no server could be
    reached, ``private`` if it was not asked because its address is not public, and ``busy`` if the server wants no
    request for ``wait`` seconds. ``reason`` says why, as the end of a sentence. ``moved`` is the new URL if the page
    has moved permanently, or ``""``. ``is_silent`` says that the server did not respond at all.
    """

    state: AnswerState
    reason: str = ""
    moved: str = ""
    wait: float = 0.0
    is_silent: bool = False


_INVALID_URL: Final = Answer("dead", "no website can have this address")


class _NoAnswerError(Exception):
    """The request cannot be made or completed; carries the answer to return instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def ask(url: str, allowed: AddressFilter = is_public_address) -> Answer:
    """Ask whether ``url`` exists, following redirects. Never raises."""
    try:
        return _follow(urldefrag(url)[0], allowed)
    except _NoAnswerError as failure:
        return failure.answer
    except (OSError, ValueError, http.client.HTTPException):  # such as a redirect to an invalid URL
        return _INVALID_URL


def _follow(url: str, allowed: AddressFilter) -> Answer:
    end = time.monotonic() + TOTAL_TIMEOUT
    here, moved, is_permanent = url, "", True
    cookies = CookieJar(DefaultCookiePolicy(strict_domain=True))
    for _ in range(_MAX_REDIRECTS + 1):
        status, headers = _status(here, cookies, allowed, end)
        target = headers.get("Location", "").strip()
        if status not in _REDIRECTS or not target:
            return replace(_answer_for(status, headers), moved=moved if moved != url else "")
        # http.client decodes headers as Latin-1, but most servers send UTF-8.
        with suppress(UnicodeError):
            target = target.encode("latin-1").decode()
        here = _quote(urljoin(here, urldefrag(target)[0]))
        is_permanent = is_permanent and status in _PERMANENT
        moved = here if is_permanent else moved
    raise _NoAnswerError(Answer("dead", "the other website sends visitors around in a circle"))


def _answer_for(status: int, headers: http.client.HTTPMessage) -> Answer:
    if status in _BUSY and (status == 429 or "Retry-After" in headers):
        wait = headers.get("Retry-After", "")
        return Answer(
            "busy", f"the other website answers {status}", wait=float(wait) if wait.isdecimal() else 0.0
        )
    if status < 400 or status in _ACCESS_DENIED:
        return Answer("good")
    return Answer(
        "dead", f"the other website answers {status}, {http.client.responses.get(status, 'an error')}"
    )


def _status(
    url: str, cookies: CookieJar, allowed: AddressFilter, end: float
) -> tuple[int, http.client.HTTPMessage]:
    """The status and headers of a HEAD request, or of a GET request if the server does not support HEAD."""
    status, headers = _request("HEAD", url, cookies, allowed, end)
    if status >= 400 and status not in (410, *_BUSY):  # many servers answer HEAD with an error
        return _request("GET", url, cookies, allowed, end)
    return status, headers


def _request(
    method: str, url: str, cookies: CookieJar, allowed: AddressFilter, end: float
) -> tuple[int, http.client.HTTPMessage]:
    """Send one request, with those ``cookies`` that belong to its address, and add the cookies of the response.

    ``end`` is the time of the monotonic clock at which it is given up.
    """
    host, port = _host_and_port(url)
    request = Request(url, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})  # noqa: S310 - http or https
    cookies.add_cookie_header(request)
    parts = urlsplit(url)
    path = f"{_quote(parts.path) or '/'}{'?' + _quote(parts.query) if parts.query else ''}"
    is_secure = parts.scheme == "https"
    connection = (
        http.client.HTTPSConnection(host, port, context=_tls())
        if is_secure
        else http.client.HTTPConnection(host, port)
    )
    sock = _connect(host, port, allowed, end)
    if is_secure:
        sock = _tls().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = sock
    ending = threading.Timer(max(0.0, end - time.monotonic()), _shut_down, [sock])
    ending.daemon = True
    ending.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection.request(method, path, headers=dict(request.header_items()))
        response = connection.getresponse()
    except ssl.SSLCertVerificationError as error:
        raise _NoAnswerError(
            Answer("dead", f"browsers would warn of its certificate ({error.verify_message})")
        ) from None
    except (OSError, http.client.HTTPException, ValueError):
        answer = Answer("dead", "the other website does not answer, or not in time", is_silent=True)
        raise _NoAnswerError(answer) from None
    else:
        cookies.extract_cookies(response, request)
        return response.status, response.headers
    finally:
        ending.cancel()
        connection.close()
        sock.close()


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:  # not a valid URL or host name
        raise _NoAnswerError(_INVALID_URL) from None
    if not _HOST.fullmatch(host) or not port or parts.scheme not in _PORTS or len(url) > _MAX_URL_LENGTH:
        raise _NoAnswerError(_INVALID_URL)
    if port < _FIRST_USER_PORT and port not in _PORTS.values():
        raise _NoAnswerError(Answer("private"))  # browsers refuse this port too
    return host, port


def _connect(host: str, port: int, allowed: AddressFilter, end: float) -> socket.socket:
    """Connect to ``host`` at an IP address that is ``allowed``."""
    try:
        resolved = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _NoAnswerError(
            Answer("unreached", f"there is no website with the name {host}", is_silent=True)
        ) from None
    addresses = list(dict.fromkeys(str(address[4][0]) for address in resolved))
    if not all(map(allowed, addresses)):
        raise _NoAnswerError(Answer("private"))
    for address in addresses[:3]:
        with suppress(OSError):
            return socket.create_connection((address, port), min(TIMEOUT, max(0.1, end - time.monotonic())))
    raise _NoAnswerError(Answer("unreached", "the other website does not answer", is_silent=True))


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):  # as a plain socket, because closing TLS properly would wait for the server
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _quote(text: str) -> str:
    """``text``, a URL or a part of one, with all characters quoted that are not allowed in a URL."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=_URL_CHARACTERS, errors="replace"))
