"""Fonts for tests: as much of a WOFF2 as credsite looks at."""

from __future__ import annotations

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
