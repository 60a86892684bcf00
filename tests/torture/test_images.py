"""Decompression bombs, pictures that are cut off or damaged, and files that are not what their names say."""

from __future__ import annotations

import random
import struct
import time
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from credsite.content.image_inspection import inspected
from credsite.content.image_location import has_location
from tests.torture.trials import Trials

PROMISE = "Every file is read as a picture or reported as a problem of that file, in time that grows no faster than its size."
FORMS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")


def picture(form: str, size: tuple[int, int] = (60, 40)) -> bytes:
    data = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(data, form)
    return data.getvalue()


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(more: bytes = b"", width: int = 1, height: int = 1) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(b"\0" * 4)) + chunk(b"IEND")


def gif(side: int, pictures: int, end: bytes = b";") -> bytes:
    one = BytesIO()
    Image.new("P", (side, side)).save(one, "GIF")
    whole = one.getvalue()
    frame = whole[whole.index(b"\x2c", 13) : -1]
    return whole[:-1] + frame * (pictures - 1) + end


def jpeg(more: bytes) -> bytes:
    whole = picture("JPEG")
    return whole[:2] + more + whole[2:]


def zeros(amount: int) -> bytes:
    return zlib.compress(bytes(amount), 9)


def part(kind: int, data: bytes) -> bytes:
    return b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data


EXIF = b"Exif\0\0II*\0\x08\0\0\0"


def bombs(times: int) -> Iterator[tuple[str, bytes]]:
    """Pictures of which a program may think that they are far larger than they are, ``times`` as large."""
    yield "pictures of a GIF without an end", gif(3_000, 30 * times, b"")
    yield "pictures of a GIF with something at the end", gif(3_000, 30 * times, b"x")
    yield "pictures of a GIF", gif(3_000, 30 * times)
    yield "small pictures of a GIF", gif(1, 20_000 * times, b"")
    yield "blocks of one byte in a GIF", gif(1, 1, b"!\xff" + b"\1x" * 100_000 * times + b"\0;")
    yield "chunks of a PNG", png(chunk(b"abCd") * 20_000 * times)
    yield "texts of a PNG", png(chunk(b"tEXt", b"a\0b") * 20_000 * times)
    for name, before in ((b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        yield f"one large {name.decode()}", png(chunk(name, before + zeros(5_000_000 * times)))
        yield f"many of {name.decode()}", png(chunk(name, before + zeros(500_000)) * 20 * times)
    for profile in (b"Raw profile type exif\0\0", b"Raw profile type APP1\0\0", b"Raw profile type xmp\0\0"):
        yield profile.decode(), png(chunk(b"zTXt", profile + zeros(900_000)) * 50 * times)
    yield "XMP", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zeros(900_000)) * 50 * times)
    yield "Exif of a JPEG", jpeg(part(0xE1, EXIF) * 20_000 * times)
    yield "comments in a JPEG", jpeg(part(0xFE, b"") * 100_000 * times)
    yield "padding of a JPEG", jpeg(b"\xff" * 400_000 * times)
    yield "colour profiles of a JPEG", jpeg(part(0xE2, b"ICC_PROFILE\0\1\1") * 20_000 * times)
    yield "marks of Exif", picture("JPEG") + b"II*\0" * 200_000 * times
    yield "marks of Exif in a PNG", png(chunk(b"abCd", b"MM\0*" * 200_000 * times))
    count = min(2_000 * times, 5_000)
    field = struct.pack("<HHII", 0x8769, 4, 1, 8)
    yield "Exif that leads to itself", jpeg(part(0xE1, EXIF + struct.pack("<H", count) + field * count))


NAMES = [name for name, _ in bombs(1)]


@pytest.mark.parametrize("name", NAMES)
def test_bombs(name: str, trials: Trials, whole: bool) -> None:
    scale = 2 if whole and name != "Exif that leads to itself" else 1
    with trials(name):
        best = [float("inf"), float("inf")]
        pair = [dict(bombs(scale))[name], dict(bombs(scale * 2))[name]]
        for _ in range(5):
            best = [min(before, seconds(data)) for before, data in zip(best, pair, strict=True)]
            if best[1] <= 2.5 * best[0] + 0.02:
                break
        assert best[1] <= 2.5 * best[0] + 0.02, best


def seconds(data: bytes) -> float:
    start = time.process_time()
    inspected(data, is_svg=False)
    has_location(data)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("width", "height"), [(2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (60_000, 60_000), (0, 5)]
)
def test_sizes_that_no_picture_has(width: int, height: int, trials: Trials) -> None:
    for form in ("png", "gif"):
        with trials(f"{form} of {width} x {height}"):
            head = b"GIF89a" + struct.pack("<2H", width % 65_536, height % 65_536)
            data = png(width=width, height=height) if form == "png" else head + gif(1, 1)[10:]
            found = inspected(data, is_svg=False)
            assert (
                found.code == "image-unreadable" or found.width * found.height <= 2 * Image.MAX_IMAGE_PIXELS
            )  # type: ignore[operator]


def test_what_is_cut_off(trials: Trials, whole: bool) -> None:
    for form in FORMS:
        data = picture(form, (200, 150))
        assert inspected(data, is_svg=False)[:3] == (200, 150, "")
        for length in range(
            0, len(data) - 2, 1 if whole and form == "GIF" else len(data) // (200 if whole else 40)
        ):
            with trials(f"{form} of {length}"):
                assert inspected(data[:length], is_svg=False).code == "image-unreadable"
                assert not has_location(data[:length])


def test_damage_raises_and_prints_nothing(trials: Trials, whole: bool) -> None:
    numbers = random.Random(14)
    pictures = [*map(picture, FORMS), *(data for _, data in bombs(1) if len(data) < 5_000)]
    with warnings.catch_warnings(record=True) as printed:
        warnings.simplefilter("always")
        for _ in range(5_000 if whole else 300):
            data = bytearray(numbers.choice(pictures))
            for _ in range(numbers.randint(1, 6)):
                at = numbers.randrange(min(len(data), 4_000))
                data[at : at + numbers.randint(0, 4)] = numbers.randbytes(numbers.randint(0, 4))
            with trials(repr(bytes(data))):
                found = inspected(bytes(data), is_svg=False)
                assert found.code or found.width > 0
                has_location(bytes(data))
    assert not printed


def test_other_kinds_of_files(trials: Trials) -> None:
    data = BytesIO()
    Image.new("RGB", (4, 3)).save(data, "TIFF")
    others = {
        "TIFF": data.getvalue(), "PDF": b"%PDF-1.7\n%\xe2\xe3", "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        "HTML": b"<html><script>alert(1)</script></html>", "ZIP": b"PK\3\4" + bytes(40), "nothing": b"", "zeros": bytes(5_000),
        "ICO": b"\0\0\1\0\1\0" + bytes(40), "PSD": b"8BPS\0\1" + bytes(40), "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "program": b"MZ\x90\0" + bytes(60), "script": b"#!/bin/sh\nexit\n", "GIF and script": b"GIF89a=1;alert(1)//", "XPM": b"/* XPM */",
    }  # fmt: skip
    for name, content in others.items():
        with trials(name):
            assert inspected(content, is_svg=False).code == "image-unreadable"
            assert name == "SVG" or inspected(content, is_svg=True).code == "image-unreadable"
