"""Fonts for tests: as much of a WOFF2 as credsite looks at, and whole ones."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont

from credsite.theme.share_pictures.picture_fonts import packaged_font

OUTLINES, VARIATIONS = 10, 47
"""The numbers of two tables."""


def woff2(*tables: int) -> bytes:
    """A file in the format WOFF2 whose directory lists ``tables``, and which has none of them."""
    # The length of each table, and for outlines that of the transformed one too.
    directory = b"".join(
        bytes((table, 0x81, 0x00, *((0x10,) if table == OUTLINES else ()))) for table in tables
    )
    length = (48 + len(directory)).to_bytes(4)
    return b"wOF2\0\1\0\0" + length + len(tables).to_bytes(2) + bytes(34) + directory


@cache
def packaged_as_woff2(weight: int) -> bytes:
    """The font that comes with credsite as a site would have it."""
    font = TTFont(BytesIO(packaged_font(weight).data))
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
