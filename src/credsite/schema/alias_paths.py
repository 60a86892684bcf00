"""Old addresses of pages, as editors write them, and the paths that static hosts look for.

A host decodes the path of a request and looks for a file of that name. So an address may be written as a browser shows it
or percent-encoded, and both mean the same file.

Sources: RFC 3986 (what a path may contain), Unicode Standard Annex 15 (NFC). Which names a file may have on every system
is the subject of :mod:`credsite.core.published_names`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from credsite.core.published_names import MAX_NAME_BYTES, MAX_PATH_BYTES, name_fault

_WEB_ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_IN_PATHS: Final = re.compile(r"[\s\"<>^`{|}]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class AliasError(Exception):
    """A text is no old address that a page can have. ``suggestion`` is what was probably meant, or ""."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


def parse_alias(text: str) -> str:
    """The path that ``text`` means: decoded, composed (NFC), from its first slash. Raises AliasError."""
    _check_form(text)
    try:
        path = unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        message = (
            f"`{text}` has percent signs that stand for no letters in UTF-8. Write the letters themselves."
        )
        raise AliasError(message) from None
    path = unicodedata.normalize("NFC", path)
    names = path.split("/")
    if path.count("/") > text.count("/") or "\\" in path or _CONTROL.search(path):
        raise AliasError(
            f"`{text}` has a backslash, a control character or an encoded slash, which no name of a page can have."
        )
    if "" in names[1:-1]:
        suggestion = re.sub("/{2,}", "/", text)
        raise AliasError(f"`{text}` has two slashes in a row. Write one.", suggestion)
    for name in names:
        _check_name(text, name)
    if len(path.encode()) > MAX_PATH_BYTES:
        raise AliasError(f"This address is too long: it may have {MAX_PATH_BYTES} bytes at most.")
    return path


def _check_form(text: str) -> None:
    """Whether ``text`` looks like the path of an address."""
    address = _WEB_ADDRESS.match(text)
    if address or not text.startswith("/"):
        message = (
            f"`{text}` is not a path on this site. Write the old address from its first slash: /old/name/."
        )
        rest = text[address.end() :] if address else f"/{text}"
        raise AliasError(message, rest if len(rest) > 1 and _is_alias(rest) else "")
    path, mark, _ = text.partition("?")
    if mark:
        message = (
            f"`{text}` has a question mark, and a static website cannot tell such addresses apart: it sees only `{path}`. "
            "Redirect the address in the settings of your host, or write the part before the `?` if it leads here alone."
        )
        raise AliasError(message)
    path, mark, _ = text.partition("#")
    if mark:
        message = f"`{text}` has a `#`, and browsers do not send what follows it. Write the part before it."
        raise AliasError(message, path if _is_alias(path) else "")
    if _BROKEN_ESCAPE.search(text):
        message = f"`{text}` has a percent sign without two digits after it, as in `%20`. Write `%25` for the sign itself."
        raise AliasError(message)
    if _NOT_IN_PATHS.search(text):
        encoded = _NOT_IN_PATHS.sub(lambda match: quote(match[0]), text)
        message = f"`{text}` has a space or another character that no address can have as it is."
        raise AliasError(message, encoded if _is_alias(encoded) else "")


def _check_name(text: str, name: str) -> None:
    """Whether a file or folder can have one part of the path as its name, on every system."""
    if name in (".", ".."):
        raise AliasError(f"`{text}` has `.` or `..` between slashes. Write the path that it leads to.")
    if "?" in name or "#" in name:
        raise AliasError(
            f"`{text}` has an encoded `?` or `#`, which many hosts refuse in the name of a file."
        )
    if len(name.encode()) > MAX_NAME_BYTES:
        raise AliasError(
            f"A part of this address is too long: what is between two slashes may have {MAX_NAME_BYTES} bytes at most."
        )
    if name and (fault := name_fault(name, is_address=True)):
        raise AliasError(f"`{text}` has the name `{name}`, which {fault}.")


def _is_alias(text: str) -> bool:
    try:
        parse_alias(text)
    except AliasError:
        return False
    return True
