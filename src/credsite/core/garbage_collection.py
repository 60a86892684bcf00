"""Python's garbage collector, and when it should rest."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MAX_GROWTH: Final = 200_000
"""How many objects may be added, some 100 MB with what they hold, before garbage is searched for among all objects."""
_growth: int | None = None
"""How many objects the process has more than at the last search, or at the end of the first block; None before that."""


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Do not collect garbage inside the block (or in the function, as a decorator).

    A build creates millions of objects, and nearly all of them live until it ends. Searching them for garbage over and
    over takes a fifth of the time of a large build and finds next to nothing. Objects that exist at the end of the block
    are not searched again, so neither the end of the process nor a running server pauses for them. Only where later
    blocks add many more, as in a preview that runs for days, they are searched once for what can be freed.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _free_garbage()
            gc.freeze()
            gc.enable()


def _free_garbage() -> None:
    """Search for garbage if the blocks after the first have added many objects."""
    global _growth
    if _growth is None:
        _growth = 0
        return
    _growth += gc.get_count()[
        0
    ]  # those that were created since the last block, without those that were freed
    if _growth > _MAX_GROWTH:
        gc.unfreeze()
        gc.collect()
        _growth = 0
