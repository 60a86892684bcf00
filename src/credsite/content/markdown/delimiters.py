"""Which ``*``, ``_`` and ``~`` of a text mark words, by the rules of CommonMark and, for ``~``, of GitHub."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

_TAGS: Final = {("*", 1): "em", ("_", 1): "em", ("*", 2): "strong", ("_", 2): "strong"}


class Run:
    """One or more of the same sign in a row.

    ``closed`` are the elements that end at it, in the order in which they do, and ``opened`` those that begin, in the
    reverse of their order; ``count`` of its signs stay between these as they are written.
    """

    __slots__ = (
        "closed",
        "closes",
        "count",
        "length",
        "next",
        "opened",
        "opens",
        "previous",
        "sign",
        "start",
    )

    def __init__(self, text: str, start: int, end: int) -> None:
        self.sign = text[start]
        self.start = start
        self.length = self.count = end - start
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.previous: Run | None = None
        self.next: Run | None = None
        self.opens, self.closes = _direction(text, start, end)


def _direction(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run may open and may close something, judged by the characters on both sides."""
    before, after = text[start - 1 : start], text[end : end + 1]
    space_before, space_after = not before or before.isspace(), not after or after.isspace()
    sign_before, sign_after = is_punctuation(before), is_punctuation(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if text[start] == "*" or (text[start] == "~" and end - start == 2):
        return left, right
    if text[start] == "~" and end - start > 2:
        return False, False
    # Within a word, `_` is part of a name, and one `~` stands between two numbers.
    return left and (not right or sign_before), right and (not left or sign_after)


def is_punctuation(character: str) -> bool:
    """Whether ``character`` is punctuation or a symbol."""
    return bool(character) and unicodedata.category(character)[0] in "PS"


def unused_signs(runs: Iterable[Run]) -> tuple[int, int] | None:
    """Where the first of two ``**`` or ``~~`` that look like a pair and mark nothing begins, and where the second ends."""
    first = None
    for run in runs:
        if run.length != 2 or run.count != 2 or run.sign == "_":
            continue
        if first is not None and first.sign == run.sign:
            return first.start, run.start + 2
        if run.opens and not run.closes:
            first = run
    return None


class Runs:
    """The runs of a text that may still mark words: a linked list, so that each is taken out at once."""

    def __init__(self) -> None:
        self.last: Run | None = None

    def append(self, run: Run) -> None:
        """Add a run behind the others."""
        run.previous = self.last
        if self.last is not None:
            self.last.next = run
        self.last = run

    def match(self, bottom: Run | None) -> None:
        """Find what the runs behind ``bottom`` mark, and take them out. None for all."""
        # For each kind of closing run, how far back it is known that nothing opens it.
        searched: dict[tuple[str, bool, int], Run | None] = {}
        closer = self._first_behind(bottom)
        while closer is not None:
            if not closer.closes:
                closer = closer.next
                continue
            kind = (closer.sign, closer.opens, closer.length % 3 if closer.sign != "~" else closer.length)
            limit = searched.get(kind, bottom)
            opener = closer.previous
            while opener is not None and opener is not bottom and opener is not limit:
                if _is_pair(opener, closer):
                    break
                opener = opener.previous
            if opener is None or opener is bottom or opener is limit:
                searched[kind] = closer.previous
                following = closer.next
                if not closer.opens:
                    self._remove(closer)
                closer = following
            else:
                closer = self._pair(opener, closer)
        while self.last is not None and self.last is not bottom:
            self._remove(self.last)

    def _first_behind(self, bottom: Run | None) -> Run | None:
        if bottom is not None:
            return bottom.next
        first = self.last
        while first is not None and first.previous is not None:
            first = first.previous
        return first

    def _pair(self, opener: Run, closer: Run) -> Run | None:
        """Let two runs mark what stands between them. The run at which to go on."""
        used = closer.count if closer.sign == "~" else min(opener.count, closer.count, 2)
        tag = _TAGS.get((closer.sign, used), "del")
        opener.opened.append(tag)
        closer.closed.append(tag)
        opener.count -= used
        closer.count -= used
        opener.next, closer.previous = closer, opener
        if not opener.count:
            self._remove(opener)
        if closer.count:
            return closer
        following = closer.next
        self._remove(closer)
        return following

    def _remove(self, run: Run) -> None:
        if run.previous is not None:
            run.previous.next = run.next
        if run.next is not None:
            run.next.previous = run.previous
        else:
            self.last = run.previous


def _is_pair(opener: Run, closer: Run) -> bool:
    if opener.sign != closer.sign or not opener.opens:
        return False
    if closer.sign == "~":
        return opener.length == closer.length
    # So that `*a**b*` is not read as two pairs.
    either = closer.opens or opener.closes
    return not (either and closer.length % 3 and not (opener.length + closer.length) % 3)
