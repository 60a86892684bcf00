"""The garbage of blocks in which none is collected is freed in the end, without a search after each block."""

from __future__ import annotations

import gc
import weakref

import pytest

from credsite.core import garbage_collection
from credsite.core.garbage_collection import garbage_collection_paused


class _Link:
    """Something that refers to itself, so that only the garbage collector can free it."""

    def __init__(self) -> None:
        self.itself = self


def _leave_garbage(number: int) -> weakref.ref[_Link]:
    with garbage_collection_paused():
        assert not gc.isenabled()
        links = [_Link() for _ in range(number)]
        return weakref.ref(links[0])


def test_garbage_is_freed_once_much_has_been_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage_collection, "_growth", 0)
    monkeypatch.setattr(garbage_collection, "_MAX_GROWTH", 5_000)
    first = _leave_garbage(2_000)
    assert first() is not None
    rest = [_leave_garbage(2_000) for _ in range(3)]
    assert first() is None
    assert gc.isenabled()
    assert rest[-1]() is not None


def test_the_first_block_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the whole work of most commands, and the first build of a preview, which stays."""
    monkeypatch.setattr(garbage_collection, "_growth", None)
    monkeypatch.setattr(garbage_collection, "_MAX_GROWTH", 100)
    assert _leave_garbage(2_000)() is not None


def test_what_is_freed_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage_collection, "_growth", 0)
    monkeypatch.setattr(garbage_collection, "_MAX_GROWTH", 5_000)
    garbage = _leave_garbage(1_000)
    for _ in range(20):
        with garbage_collection_paused():
            lists: list[list[str]] = [[] for _ in range(1_000)]
            del lists
    assert garbage() is not None
