"""Invented photographs for courses: as large as real ones, and no two the same."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Final

from PIL import Image, ImageCms

SIZE: Final = (1600, 1067)
"""Pixels, as docs/images.md advises."""
_DRAWN_PICTURES: Final = 12
"""Pictures that are really drawn. All others are copies with another comment in the file, which is much quicker."""
_NOISE: Final = 0.25
"""The share of noise, chosen so that a file has about 0.5 MB."""
LARGE_SIZE: Final = (4000, 3000)
_DRAWN_LARGE: Final = 4
_FORMS: Final = ((32, 0.45), (120, 0.3), (500, 0.15), (2000, 0.08))
"""How many forms are beside each other, and their share of the scene."""
_ORIENTATION: Final = 0x0112
_GPS: Final = 0x8825
_SOI: Final = 2
"""Bytes at the start of a JPEG file, after which a comment may stand."""


def photos(seed: int) -> Iterator[bytes]:
    """Endless JPEG files of about 0.5 MB each, the same for the same ``seed``."""
    pictures = [_photo(random.Random(f"{seed} photo {number}")) for number in range(_DRAWN_PICTURES)]
    for number in count():
        yield _with_comment(pictures[number % _DRAWN_PICTURES], number)


def _with_comment(picture: bytes, number: int) -> bytes:
    comment = f"photo {number}".encode()
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return picture[:_SOI] + segment + picture[_SOI:]


def large_photos(seed: int) -> Iterator[bytes]:
    """Endless JPEG files of 12 megapixels, as telephones make them: of about 2.5 MB, with a place and a profile of colours."""
    pictures: list[bytes] = []
    for number in count():
        if number < _DRAWN_LARGE:
            pictures.append(_large_photo(random.Random(f"{seed} large photo {number}")))
        yield _with_comment(pictures[number % _DRAWN_LARGE], number)


def _large_photo(chance: random.Random) -> bytes:
    """Forms of several sizes, as in a real scene, and the grain of a sensor."""
    scene = _noise(chance, 8, LARGE_SIZE)
    for side, share in _FORMS:
        scene = Image.blend(scene, _noise(chance, side, LARGE_SIZE), share)
    exif = Image.Exif()
    exif[_ORIENTATION] = 1
    exif.get_ifd(_GPS).update({1: "N", 2: (44.0, 39.0, 1.0), 3: "W", 4: (63.0, 34.0, 1.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = BytesIO()
    scene.save(data, "JPEG", quality=90, exif=exif, icc_profile=profile)
    return data.getvalue()


def _noise(chance: random.Random, width: int, size: tuple[int, int]) -> Image.Image:
    height = width * size[1] // size[0]
    dots = Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))
    return dots.resize(size, Image.Resampling.BICUBIC)


def _photo(chance: random.Random) -> bytes:
    scene = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", SIZE, chance.randbytes(SIZE[0] * SIZE[1] * 3))
    data = BytesIO()
    Image.blend(scene, grain, _NOISE).save(data, "JPEG", quality=80)
    return data.getvalue()
