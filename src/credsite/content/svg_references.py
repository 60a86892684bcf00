"""How many elements a browser draws for an SVG picture, with those that others show again.

An element can show another one, as ``use`` does, or be filled or masked with it. Where each of ten elements shows the one
before it ten times, a few lines are ten thousand million elements, for which a browser has neither the time nor the memory.
Only references in attributes are counted, not those in style sheets.
"""

from __future__ import annotations

from collections import Counter
from typing import Final
from urllib.parse import unquote

MAX_DRAWN: Final = 1_000_000
"""More elements than this are too many, unless the file itself has a tenth of them."""
_ROOT: Final = ""


class DrawnElements:
    """Counts the elements of a picture as they are read, and at the end those that are drawn.

    Elements are counted for the innermost element around them that has an id, since only such a one is shown as a whole.
    """

    def __init__(self) -> None:
        self._sizes: Counter[str] = Counter()
        self._shown: dict[str, Counter[str]] = {_ROOT: Counter()}
        self._open = [_ROOT]

    def start(self, identifier: str | None) -> None:
        """An element begins."""
        owner = self._open[-1]
        if identifier and identifier not in self._shown:  # of several with one id, the first is shown
            self._shown[owner][identifier] += 1
            self._shown[identifier] = Counter()
            owner = identifier
        self._sizes[owner] += 1
        self._open.append(owner)

    def end(self) -> None:
        self._open.pop()

    def show(self, fragment: str) -> None:
        """The element that began last shows the one with the id ``fragment``, which may be percent-encoded."""
        self._shown[self._open[-1]][unquote(fragment)] += 1

    def are_too_many(self) -> bool:
        """Whether too many are drawn, or one of them shows itself."""
        limit = max(MAX_DRAWN, 10 * self._sizes.total())
        totals: dict[str, int] = {}
        begun: set[str] = set()
        stack = [_ROOT]
        while stack:
            name = stack[-1]
            if name not in begun:
                begun.add(name)
                stack += [shown for shown in self._shown[name] if shown in self._shown and shown not in begun]
                continue
            stack.pop()
            if name not in totals:
                drawn = self._sizes[name]
                for shown, times in self._shown[name].items():
                    if shown in self._shown:
                        drawn += times * totals.get(shown, limit)  # without a total, it is around this one
                if drawn > limit:
                    return True
                totals[name] = drawn
        return False
