"""How the time that something takes grows with the size of its input."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

MOST = 2.5
"""How many times as long twice as much may take."""
_NOISE = 0.04
"""Seconds of the processor that say nothing."""
_TRIES = 8


def growth(run: Callable[[int], object], size: int) -> float:
    """How many times as long ``run`` takes with twice the ``size``, by the time of the processor.

    Other programs can make a run slower, but never faster: so the quickest of several runs is taken, of each size alike. Where even
    the larger input takes next to no time, 1.
    """
    small = large = ratio = float("inf")
    for _ in range(_TRIES):
        small, large = min(small, _seconds(run, size)), min(large, _seconds(run, 2 * size))
        ratio = large / small if large > _NOISE else 1.0
        if ratio <= MOST:
            break
    return ratio


def _seconds(run: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        run(size)
        return time.process_time() - start
    finally:
        gc.enable()
