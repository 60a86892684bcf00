"""The names by which the preview may be asked for.

A website of a stranger can have its own name point to this computer, and would then read the preview as if it were its own
(DNS rebinding). The name that the browser asked for gives that away. It is in the header ``Host`` of every request.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final

from credsite.core.errors import CredsiteError

_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_HOST: Final = re.compile(
    r"(?:\[(?P<ipv6>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,254}))(?::(?P<port>[0-9]{1,5}))?"
)
_MAX_PORT: Final = 65535


class AllowedHosts:
    """Numeric addresses, ``localhost``, the names of this computer, and further ``names``.

    An address of numbers cannot be pointed elsewhere, so any is allowed.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = {"localhost", *_own_names(), *map(_canonical, names)}

    def __contains__(self, host: str) -> bool:
        """Whether a header ``Host`` has an allowed name or address, with or without a port."""
        match = _HOST.fullmatch(host.lower())
        if match is None or int(match["port"] or 0) > _MAX_PORT:
            return False
        if match["ipv6"]:
            return _is_address(match["ipv6"])
        name = match["name"].removesuffix(".")
        return name in self._names or _is_address(name)


def host_name(text: str) -> str:
    """A name that a user allows, as browsers send it: ``Vorschau.Example.`` is ``vorschau.example``.

    Raises CredsiteError where it is none.
    """
    name = _canonical(text)
    if not _NAME.fullmatch(name):
        raise CredsiteError(
            f"{text!r} cannot be allowed, because it is not a name of a computer. Write only the name, without "
            "https:// and without a port, such as --allow-host preview.example.org. Each name has to be written out."
        )
    return name


def refused_host_message(host: str, command: str) -> str:
    """What somebody reads who asked for the preview by a name that is not allowed. ``command`` is the one that runs it.

    It has none of this computer's addresses: a stranger's website may read it.
    """
    text = "The preview of this website does not answer to the name by which you asked for it"
    name = host.lower().partition(":")[0].removesuffix(".")
    if not _NAME.fullmatch(name):
        return f"{text}. Ask for it by an address that `credsite serve` has printed.\n"
    return (
        f"{text}: {name}\n\nAsk for it by an address that `credsite serve` has printed. If you want to use this name, and it is "
        f"yours, start the preview with\n\n    {command} --allow-host {name}\n"
    )


def is_loopback(address: str) -> bool:
    """Whether only this computer can reach the numeric ``address``."""
    return _is_address(address) and ip_address(address).is_loopback


def _own_names() -> set[str]:
    """The name of this computer, alone, with its domain, and as home networks know it. No other computer is asked."""
    full = _canonical(socket.gethostname())
    short = full.partition(".")[0]
    return {name for name in (full, short, f"{short}.local") if short and _NAME.fullmatch(name)}


def _canonical(name: str) -> str:
    name = name.strip().lower().removesuffix(".")
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
