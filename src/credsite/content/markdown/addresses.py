"""Addresses of websites and e-mail addresses that become links by themselves, as GitHub reads them."""

from __future__ import annotations

import re
from typing import Final

BARE_START: Final = r"(?<![^\W_])[hH][tT][tT][pP][sS]?://(?=\w)|(?<![^\s*_~(])(?:[wW]ww|WWW)\.(?=\w)"
"""How an address begins that becomes a link by itself, as a regular expression."""
_TO_SPACE: Final = re.compile(r"[^\s<]{0,2000}")
_TO_BRACKET: Final = re.compile(r"[^\s<\]]{0,2000}")
_MAX_DOMAIN: Final = 300
_DOMAIN: Final = re.compile(r"[^\W_][\w\-]*(?:\.[\w\-]+)*")
_CLOSING: Final = (
    "?!.,:*_~'\"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}"
)
_TRAILING_ENTITY: Final = re.compile(r"&[A-Za-z0-9]+;\Z")
BARE_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._+\-])(?<!/)(?:(?:mailto|MAILTO):)?[A-Za-z0-9._+\-]++@[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)++"
)


def may_have_bare_addresses(text: str) -> bool:
    """Whether :data:`BARE_START` could be found in ``text``."""
    return "://" in text or "ww." in text or "WW." in text


def read_bare_address(text: str, at: int, in_brackets: bool = False) -> tuple[str, int] | None:
    """The URL of the address that begins at ``at``, where :data:`BARE_START` was found, and the end of the address.

    Punctuation at its end, and a closing parenthesis that nothing in it opens, belong to the sentence around it.
    ``in_brackets`` is whether a ``]`` ends it.
    """
    starts_with_www = text[at] in "wW"
    host = at if starts_with_www else text.index("//", at) + 2
    domain = _DOMAIN.match(text, host, host + _MAX_DOMAIN)
    parts = domain[0].split(".") if domain else []
    if not parts or any("_" in part for part in parts[-2:]) or (starts_with_www and len(parts) < 2):
        return None
    found = (_TO_BRACKET if in_brackets else _TO_SPACE).match(text, at)
    end = _end_of_address(text, at, found.end()) if found else host
    if end <= host:
        return None
    address = text[at:end]
    return (f"http://{address}" if starts_with_www else address), end


def _end_of_address(text: str, at: int, stop: int) -> int:
    """Where the address that begins at ``at`` and is followed by a space at ``stop`` ends."""
    end = stop
    unopened = text.count(")", at, end) - text.count("(", at, end)
    while end > at:
        last = text[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
            end -= 1
        elif last in _CLOSING:
            end -= 1
        elif last == ";":
            entity = _TRAILING_ENTITY.search(text, max(at, end - 40), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end
