"""Counting what is tried in a test, so that one failure hides no other."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

MAX_SHOWN = 10
"""Failures that the report of a test shows."""


class Trials:
    """Counts the cases of one test. Calling it with a case's name gives the context in which the case is tried."""

    def __init__(self) -> None:
        self.tried = 0
        self.failures: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.tried += 1
        try:
            yield
        except Exception:  # noqa: BLE001 - whatever it is, the case was not survived, and the others are still tried
            self.failures.append(f"{name!r:.200}:\n{traceback.format_exc()[-2000:]}")

    @property
    def survived(self) -> int:
        return self.tried - len(self.failures)

    def verdict(self) -> str:
        """What to say of a test in which something failed; ``""`` where nothing did."""
        if not self.failures:
            return ""
        shown = "\n".join(self.failures[:MAX_SHOWN])
        return f"{len(self.failures)} of {self.tried} cases were not survived:\n{shown}"
