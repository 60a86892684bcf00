"""Many small texts and numbers as one run of bytes: written and read much sooner than as JSON."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import Final, Literal

ENTRY: Final = "\x1d"
"""Stands between the texts, so that it may stand in none of them."""

Width = Literal["I", "Q"]
"""How whole numbers from 0 are kept: in four bytes each, or in eight."""


def joined(texts: Iterable[str]) -> bytes:
    """``texts``, none of which may have ``ENTRY`` in it."""
    # One more at the end, so that no text and one that is empty are not the same.
    return ENTRY.join((*texts, "")).encode("utf-8", "surrogatepass")


def split(data: bytes) -> list[str]:
    """What :func:`joined` was given. UnicodeDecodeError where it cannot have been."""
    return data.decode("utf-8", "surrogatepass").split(ENTRY)[:-1]


def to_bytes(width: Width, numbers: Iterable[int]) -> bytes:
    """Equal numbers give equal bytes, on every machine."""
    return _turned(array(width, numbers)).tobytes()


def from_bytes(width: Width, data: bytes) -> array[int]:
    """What :func:`to_bytes` was given. ValueError where a number is cut off."""
    return _turned(array(width, data))


def _turned(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
