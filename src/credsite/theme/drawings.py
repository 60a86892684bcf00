"""Drawings in place of pictures: tiles with simple shapes, which are chosen by a text and so are always the same for it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

SHAPES: Final = ("quarter", "half", "leaf", "dot", "arcs")
"""The ids of the shapes in the theme's ``tiles.svg``."""
_TONES: Final = 4


class Tile(NamedTuple):
    """A tile: its place, counted from 0, a shape, the number of one of four tones, and by how many degrees it is turned."""

    column: int
    row: int
    shape: str
    tone: int
    turn: int


@lru_cache(maxsize=256)
def tiles(seed: str, columns: int, rows: int) -> tuple[Tile, ...]:
    """The tiles of a drawing that are not empty. No two neighbours in a row have the same shape."""
    found: list[Tile] = []
    digest = b"".join(
        blake2b(f"{seed} {row}".encode(), digest_size=3 * columns).digest() for row in range(rows)
    )
    for number in range(columns * rows):
        shape, tone, turn = digest[3 * number : 3 * number + 3]
        row, column = divmod(number, columns)
        if shape % (len(SHAPES) + 2) >= len(SHAPES):
            continue
        name = SHAPES[shape % (len(SHAPES) + 2)]
        if found and found[-1][:3] == (column - 1, row, name):
            name = SHAPES[(SHAPES.index(name) + 1) % len(SHAPES)]
        found.append(Tile(column, row, name, 1 + tone % _TONES, 90 * (turn % 4)))
    return tuple(found)
