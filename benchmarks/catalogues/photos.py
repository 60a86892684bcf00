"""Invented photographs for courses: as large as real ones, and no two the same."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image

SIZE: Final = (1600, 1067)
"""Pixels, as docs/images.md advises."""
_DRAWN_PICTURES: Final = 12
"""Pictures that are really drawn. All others are copies with another comment in the file, which is much quicker."""
_NOISE: Final = 0.25
"""The share of noise, chosen so that a file has about 0.5 MB."""
_SOI: Final = 2
"""Bytes at the start of a JPEG file, after which a comment may stand."""


def photos(seed: int) -> Iterator[bytes]:
    """Endless JPEG files of about 0.5 MB each, the same for the same ``seed``."""
    pictures = [_photo(random.Random(f"{seed} photo {number}")) for number in range(_DRAWN_PICTURES)]
    number = 0
    while True:
        picture = pictures[number % _DRAWN_PICTURES]
        comment = f"photo {number}".encode()
        segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
        yield picture[:_SOI] + segment + picture[_SOI:]
        number += 1


def _photo(chance: random.Random) -> bytes:
    scene = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", SIZE, chance.randbytes(SIZE[0] * SIZE[1] * 3))
    data = BytesIO()
    Image.blend(scene, grain, _NOISE).save(data, "JPEG", quality=80)
    return data.getvalue()
