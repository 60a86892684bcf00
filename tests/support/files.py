"""What tests do to files: replace a part of their text, and put something else in their place."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final


def text_replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a site: the first ``old`` in the file at ``path``, where it must be, becomes ``new``."""

    def edit(site: Path) -> None:
        text = (site / path).read_text(encoding="utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


NO_FILES: Final[dict[str, Callable[[Path], object]]] = {
    "a link": lambda path: path.symlink_to("victim"),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a pipe": os.mkfifo,
    "a socket": socket_at,
}
"""Makes something at a path that may not be read or written as a file."""
