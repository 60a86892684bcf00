"""Which names the files of a website may have: those that every common system and web server can hold and serve.

The rules are the same on every system, so that a site which builds on one builds on all. What is refused: names of devices
on Windows, characters that Windows, hosts or terminals take for something else, hidden names that are nobody's business,
and names or paths that are too long.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from typing import Final

MAX_NAME_BYTES: Final = 240
"""File systems hold 255 bytes (in UTF-8) or 255 units of UTF-16, and hosts and programs that upload files add to a name."""
MAX_PATH_BYTES: Final = 760
"""The shortest limit for a whole path, that of macOS, is 1,024 bytes, and the path of the output folder is part of it."""
PUBLISHED_HIDDEN_FILES: Final = frozenset({".nojekyll", ".htaccess", ".domains"})
"""Files whose names begin with a dot and that web servers and hosts look for. As folders, they would break the website."""
WELL_KNOWN: Final = ".well-known"

_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:[.:].*)?", re.IGNORECASE | re.DOTALL
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NOT_UTF8: Final = re.compile("[\ud800-\udfff]")
_OF_ADDRESSES: Final = re.compile(r"[#?]")
_NOT_ON_WINDOWS: Final = re.compile(r'[<>:"|*]')
_GIT_SHORT_NAME: Final = re.compile(r"git~[0-9]+", re.IGNORECASE)

_PLAIN_BYTES: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./\n"
# Both begin with a character, not with a choice of some, and heed case: that is twenty times as fast.
_PERHAPS_BAD_BEGINNING: Final = re.compile(r"/(?:[./\n]|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[./\n])")
_PERHAPS_BAD_END: Final = re.compile(r"\.[./\n]")


def is_device_name(name: str) -> bool:
    """Whether Windows takes ``name`` for a device, such as ``con``, ``AUX`` and ``nul.txt``."""
    return len(name) > 2 and _DEVICE.fullmatch(name) is not None


def unpublishable_paths(paths: Collection[str]) -> list[str]:
    """Those of ``paths`` of which :func:`path_fault` has something to say, as a file's path or as that of a page.

    Quick where all are plain, as nearly all are.
    """
    if _are_plain("\n/".join(paths), len(paths)) and max(map(len, paths), default=0) <= MAX_NAME_BYTES:
        return []
    return [
        path
        for path in paths
        if not (len(path) <= MAX_NAME_BYTES and _are_plain(path, 1)) and path_fault(path)
    ]


def _are_plain(paths: str, count: int) -> bool:
    """Whether nothing can be wrong with ``count`` paths but their length; each but the first comes after a line end and ``/``."""
    if not paths.isascii() or paths.count("\n") >= count:
        return False
    if paths.encode().translate(None, _PLAIN_BYTES):
        return False
    text = f"/{paths.lower()}\n"
    return not _PERHAPS_BAD_BEGINNING.search(text) and not _PERHAPS_BAD_END.search(text)


def path_fault(path: str, *, is_address: bool = False) -> str:
    """What is wrong with the path of a file in the website, as a sentence about it; ``""`` where nothing is.

    ``is_address`` says that the path comes from the address of a page and not from the name of a file. An old website may
    have had addresses with characters that only Windows refuses, so there they are refused only on Windows.
    """
    *folders, last = path.split("/")
    for name in folders:
        if fault := name_fault(name, is_folder=True, is_address=is_address):
            return f"The name `{name}` {fault}."
    if fault := name_fault(last, is_address=is_address):
        return f"The name `{last}` {fault}."
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH_BYTES:
        return f"The whole path is too long: with its folders, it may have {MAX_PATH_BYTES} bytes at most."
    return ""


def name_fault(name: str, *, is_folder: bool = False, is_address: bool = False) -> str:
    """What is wrong with one name of a path, as a clause without its subject; ``""`` where nothing is.

    For ``is_address`` see :func:`path_fault`.
    """
    if not name or name in (".", ".."):
        return "is no name of a file"
    if "\\" in name:
        return "has a backslash, which Windows takes for the sign between two folders"
    if _NOT_UTF8.search(name):
        return "is not coded as UTF-8, so other systems cannot read it"
    if _CONTROL.search(name):
        return "has a control character or a line break, which nobody sees"
    if _OF_ADDRESSES.search(name):
        return "has a `?` or `#`, which many hosts refuse in the name of a file"
    if (not is_address or os.name == "nt") and (found := _NOT_ON_WINDOWS.search(name)):
        return f"has a `{found[0]}`, which Windows does not allow for a file"
    if name[0] == "." and not _is_published_hidden(name, is_folder or is_address):
        return "begins with a dot. Hosts hide such files or give them a meaning"
    if name[-1] in ". " or name[0] == " ":
        return "begins with a space, or ends with a space or a dot, which Windows does not allow for a file"
    if is_device_name(name):
        return "means a device on Windows, which can have no file or folder of this name"
    if _GIT_SHORT_NAME.fullmatch(name):
        return "means the folder `.git` on Windows"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"is too long: it may have {MAX_NAME_BYTES} bytes at most, which is fewer letters where they have accents"
    return ""


def _is_published_hidden(name: str, must_be_well_known: bool) -> bool:
    return name == WELL_KNOWN or (not must_be_well_known and name.lower() in PUBLISHED_HIDDEN_FILES)
