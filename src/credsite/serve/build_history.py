"""The numbers of the preview's builds, and which files each of them changed."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterable
from typing import Final

_MAX_BUILDS: Final = 100


class BuildHistory:
    """``build_id`` identifies what browsers can see now. It names this process too, since browsers outlive a server."""

    def __init__(self) -> None:
        self._session = secrets.token_hex(4)
        self._number = 0
        self._changed: deque[frozenset[str]] = deque(maxlen=_MAX_BUILDS)

    @property
    def build_id(self) -> str:
        return f"{self._session}-{self._number}"

    def add(self, changed: Iterable[str]) -> None:
        """Record a build that ``changed`` files, by their output paths."""
        self._changed.append(frozenset(changed))
        self._number += 1

    def changed_since(self, build_id: str) -> frozenset[str] | None:
        """The files that changed after a build. None if that build is unknown or too long ago."""
        session, _, number = build_id.partition("-")
        if session != self._session or not number.isdecimal() or int(number) > self._number:
            return None
        builds_ago = self._number - int(number)
        changed = list(self._changed)  # a copy, because another thread may be adding a build
        if builds_ago > len(changed):
            return None
        return frozenset().union(*changed[len(changed) - builds_ago :])
