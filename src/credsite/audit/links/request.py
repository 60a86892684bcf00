"""Asks one web address of another server whether there is something, without ever asking this computer or its network.

Content is not trusted: an address in it may lead, by its name or by a redirect, to a machine that only this computer can
reach. So a name is looked up first, a connection is made only to the address that was found and is public, and each
redirect goes the same way. No proxy is used, because it would look the name up again. Nothing of an answer but its head
is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from credsite import __version__

AnswerState = Literal["good", "dead", "unreached", "private", "busy"]
AddressFilter = Callable[[str], bool]
"""Says of an IP address whether it may be asked."""

USER_AGENT: Final = f"credsite/{__version__} (link check of a course catalogue)"
TIMEOUT: Final = 10.0
"""Seconds to wait for a connection, or for the next bytes."""
TOTAL_TIMEOUT: Final = 25.0
"""Seconds that one question may take in all, with its redirects."""
_MOST_REDIRECTS: Final = 8
_LONGEST_URL: Final = 2_000
_PERMANENT: Final = (301, 308)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_NOT_FOR_US: Final = (401, 403, 407, 423, 451, 999)
"""There is something, though not for a program, or not without a password."""
_BUSY: Final = (429, 503)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_SAFE: Final = "/%:@!$&'()*+,;=~-._?[]"
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]+")
_PORTS: Final = {"http": 80, "https": 443}
_FIRST_FREE_PORT: Final = 1024
"""Below it, ports belong to services that are not to be sent anything by a page's link."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question.

    ``dead`` says that there is nothing, or only a fault; ``unreached``, that there was no server to say so; ``private``,
    that it was not asked; ``busy``, that the server wants to be left alone for ``wait`` seconds. ``reason`` ends a
    sentence, and ``moved`` is the new address where the old one has moved for good, or ``""``. ``is_silent`` says that a
    server gave no answer at all, so that its next one is not to be waited for either.
    """

    state: AnswerState
    reason: str = ""
    moved: str = ""
    wait: float = 0.0
    is_silent: bool = False


class _NoAnswerError(Exception):
    """There is no answer to be had: carries what is to be said instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the whole world's, and not of this computer, its network, or nobody's."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        else:
            found = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else found)
    return found.is_global and not found.is_multicast and not found.is_reserved


def ask(url: str, allowed: AddressFilter = is_public_address) -> Answer:
    """Whether there is something at ``url``, after redirects. Never raises."""
    try:
        return _asked(urldefrag(url)[0], allowed)
    except _NoAnswerError as failure:
        return failure.answer
    except (OSError, ValueError, http.client.HTTPException):  # such as a redirect to what can be no address
        return Answer("dead", "no website can have this address")


def _asked(url: str, allowed: AddressFilter) -> Answer:
    end = time.monotonic() + TOTAL_TIMEOUT
    here, moved, is_permanent = url, "", True
    for _ in range(_MOST_REDIRECTS + 1):
        status, headers = _status(here, allowed, end)
        target = headers.get("Location", "").strip()
        if status not in _REDIRECTS or not target:
            return replace(_judged(status, headers), moved=moved if moved != url else "")
        # What was sent as Latin-1 mostly is UTF-8.
        with suppress(UnicodeError):
            target = target.encode("latin-1").decode()
        here = _quoted(urljoin(here, urldefrag(target)[0]))
        is_permanent = is_permanent and status in _PERMANENT
        moved = here if is_permanent else moved
    raise _NoAnswerError(Answer("dead", "the other website sends visitors around in a circle"))


def _judged(status: int, headers: http.client.HTTPMessage) -> Answer:
    if status in _BUSY and (status == 429 or "Retry-After" in headers):
        wait = headers.get("Retry-After", "")
        return Answer(
            "busy", f"the other website answers {status}", wait=float(wait) if wait.isdigit() else 0.0
        )
    if status < 400 or status in _NOT_FOR_US:
        return Answer("good")
    return Answer(
        "dead", f"the other website answers {status}, {http.client.responses.get(status, 'an error')}"
    )


def _status(url: str, allowed: AddressFilter, end: float) -> tuple[int, http.client.HTTPMessage]:
    """The status and headers that a server gives, asked for the head alone where it answers that."""
    status, headers = _requested("HEAD", url, allowed, end)
    if status >= 400 and status not in (410, *_BUSY):  # many do not expect to be asked so
        return _requested("GET", url, allowed, end)
    return status, headers


def _requested(
    method: str, url: str, allowed: AddressFilter, end: float
) -> tuple[int, http.client.HTTPMessage]:
    """``end`` is the moment of the monotonic clock at which nobody waits any longer."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:  # an address that cannot be, or a name that no host can have
        host, port = "", 0
    if not _HOST.fullmatch(host) or not port or parts.scheme not in _PORTS or len(url) > _LONGEST_URL:
        raise _NoAnswerError(Answer("dead", "no website can have this address"))
    if port < _FIRST_FREE_PORT and port not in _PORTS.values():
        raise _NoAnswerError(Answer("private"))  # no website, as browsers see it
    path = f"{_quoted(parts.path) or '/'}{'?' + _quoted(parts.query) if parts.query else ''}"
    is_secure = parts.scheme == "https"
    connection = (
        http.client.HTTPSConnection(host, port, context=_tls())
        if is_secure
        else http.client.HTTPConnection(host, port)
    )
    sock = _connected(host, port, allowed, end)
    if is_secure:
        sock = _tls().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = sock
    ending = threading.Timer(max(0.0, end - time.monotonic()), _shut, [sock])
    ending.daemon = True
    ending.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection.request(method, path, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})
        response = connection.getresponse()
    except ssl.SSLCertVerificationError as error:
        raise _NoAnswerError(
            Answer("dead", f"browsers would warn of its certificate ({error.verify_message})")
        ) from None
    except (OSError, http.client.HTTPException, ValueError):
        answer = Answer("dead", "the other website does not answer, or not in time", is_silent=True)
        raise _NoAnswerError(answer) from None
    else:
        return response.status, response.headers
    finally:
        ending.cancel()
        connection.close()
        sock.close()


def _connected(host: str, port: int, allowed: AddressFilter, end: float) -> socket.socket:
    """A connection to ``host`` at an address that is ``allowed``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _NoAnswerError(
            Answer("unreached", f"there is no website with the name {host}", is_silent=True)
        ) from None
    addresses = list(dict.fromkeys(str(address[4][0]) for address in found))
    if not all(map(allowed, addresses)):
        raise _NoAnswerError(Answer("private"))
    for address in addresses[:3]:
        with suppress(OSError):
            return socket.create_connection((address, port), min(TIMEOUT, max(0.1, end - time.monotonic())))
    raise _NoAnswerError(Answer("unreached", "the other website does not answer", is_silent=True))


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # as a plain socket: to end TLS politely would wait for the other side
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _quoted(text: str) -> str:
    """A path, a query or a whole address with only the signs that may stand in one."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=_SAFE, errors="replace"))
