"""Drawings in place of pictures: tiles with simple shapes, which are chosen by a text and so are always the same for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

TILE_SIZE: Final = 16
"""The width and the height of a tile."""
_SHAPES: Final = (
    "M0 0h16A16 16 0 0 1 0 16z",  # a quarter of a circle
    "M0 0h16A8 8 0 0 1 0 0z",  # a half
    "M0 0h8a8 8 0 0 1 8 8v8H8a8 8 0 0 1-8-8z",  # a leaf
    "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",  # a dot
    "M0 3a3 3 0 0 0 3-3h2a5 5 0 0 1-5 5zM0 7.5A7.500 7.500 0 0 0 7.500 0h2A9.500 9.500 0 0 1 0 9.500zM0 12a12 12 0 0 0 12-12h2a14 14 0 0 1-14 14z",
)
"""The paths of the shapes, which grow from the corner at the top left. The last are three arcs."""
_CHOICES: Final = len(_SHAPES) + 2
"""Two of seven tiles are empty: drawings are calm."""
_TONES: Final = 4


class Tile(NamedTuple):
    """A tile: its place, counted from 0, the path of its shape, one of four tones, and by how many degrees it is turned."""

    column: int
    row: int
    shape: str
    tone: int
    turn: int

    @property
    def transform(self) -> str:
        """How the shape gets to its place, as SVG says it."""
        move = f"translate({self.column * TILE_SIZE} {self.row * TILE_SIZE})"
        return f"{move}rotate({self.turn} {TILE_SIZE // 2} {TILE_SIZE // 2})" if self.turn else move


@lru_cache(maxsize=256)
def tiles(seed: str, columns: int, rows: int) -> tuple[Tile, ...]:
    """The tiles of a drawing that are not empty. No two neighbours in a row have the same shape."""
    found: list[Tile] = []
    for row in range(rows):
        digest = blake2b(f"{seed} {row}".encode("utf-8", "surrogatepass"), digest_size=3 * columns).digest()
        for column in range(columns):
            choice, tone, turn = digest[3 * column : 3 * column + 3]
            shape = choice % _CHOICES
            if shape >= len(_SHAPES):
                continue
            if found and found[-1][:3] == (column - 1, row, _SHAPES[shape]):
                shape = (shape + 1) % len(_SHAPES)
            found.append(Tile(column, row, _SHAPES[shape], 1 + tone % _TONES, 90 * (turn % 4)))
    return tuple(found)


def mark_svg(seed: str, ground: str, tones: Sequence[str]) -> bytes:
    """A mark for a site without a logo: four tiles in the colours ``tones`` on a ``ground``, as an SVG."""
    rng = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    paths = []
    for number in range(4):
        shape = _SHAPES[(rng[0] + number * (1 + rng[1] % 2)) % (len(_SHAPES) - 1)]
        tile = Tile(number % 2, number // 2, shape, 0, 90 * (rng[2 + number] % 4))
        colour = tones[(number + rng[6]) % len(tones)]
        paths.append(f'<path fill="{colour}" d="{shape}" transform="{tile.transform}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 40 40" width="40" height="40">'
        f'<rect x="-4" y="-4" width="40" height="40" rx="8" fill="{ground}"/>{"".join(paths)}</svg>\n'
    ).encode()
