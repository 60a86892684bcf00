"""Whole numbers as bytes, four each: many of them are stored and read much sooner so than as JSON."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 to 2**32 - 1 as bytes, which are the same on every machine."""
    return _little_endian(array("I", numbers)).tobytes()


def unpack_numbers(data: bytes) -> array[int]:
    """What :func:`pack_numbers` was given. ValueError where a number is cut off."""
    return _little_endian(array("I", data))


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
