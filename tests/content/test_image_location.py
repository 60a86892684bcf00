"""Pictures that say where they were taken."""

from __future__ import annotations

import binascii
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from credsite.content.image_inspection import InspectionCache
from credsite.content.image_location import has_location, location_problems

Coordinates = tuple[float, float, float]
CALGARY: tuple[Coordinates, Coordinates] = (51.0, 2.0, 3.5), (114.0, 4.0, 1.0)
XMP = b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" %b/>'
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")


def exif(gps: dict[int, object]) -> Image.Exif:
    found = Image.Exif()
    found[0x010F] = "A maker of phones"
    found.get_ifd(0x8825).update(gps)
    found[0x8825] = found.get_ifd(0x8825)
    return found


def picture(kind: str, gps: dict[int, object] | None = None, **options: object) -> bytes:
    data = BytesIO()
    if gps is not None:
        options["exif"] = exif(gps).tobytes() if kind != "TIFF" else exif(gps)
    Image.new("RGB", (40, 30), "teal").save(data, kind, **options)  # type: ignore[arg-type]
    return data.getvalue()


def with_place(kind: str) -> bytes:
    return picture(kind, {1: "N", 2: CALGARY[0], 3: "W", 4: CALGARY[1]})


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_is_found_in_every_kind_of_picture(kind: str) -> None:
    assert has_location(with_place(kind))
    assert not has_location(picture(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_other_facts_from_a_camera_are_no_place(kind: str) -> None:
    assert not has_location(picture(kind, {0: b"\2\3\0\0", 29: "2026:11:02"}))


def test_zeros_are_no_place() -> None:
    assert not has_location(picture("JPEG", {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}))
    assert has_location(picture("JPEG", {2: (0.0, 0.0, 0.0), 4: CALGARY[1]}))  # on the equator


def test_a_heic_of_a_phone() -> None:
    """Its Exif data lie somewhere in the file, with the numbers from the other end."""
    header = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    numbers = b"".join(number.to_bytes(4) for number in (51, 1, 2, 1, 35, 10))
    first = b"\0\1" + b"\x88\x25\0\4\0\0\0\1" + (8 + 18).to_bytes(4) + b"\0\0\0\0"
    place = 8 + 18 + 2 + 24 + 4
    fields = b"".join(bytes((0, tag, 0, 5, 0, 0, 0, 3)) + place.to_bytes(4) for tag in (2, 4))
    tiff = b"MM\0*\0\0\0\x08" + first + b"\0\2" + fields + b"\0\0\0\0" + numbers
    assert has_location(header + b"Exif\0\0" + tiff + b"pixels" * 50)
    assert not has_location(header + b"pixels" * 50)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_the_place_is_found_in_xmp(kind: str) -> None:
    assert has_location(picture(kind, xmp=XMP % b'exif:GPSLatitude="51,2.06N"'))
    assert not has_location(picture(kind, xmp=XMP % b'exif:GPSLatitude=""'))
    assert not has_location(picture(kind, xmp=XMP % b'exif:FNumber="2"'))


def test_the_place_is_found_in_xmp_that_is_written_as_elements() -> None:
    assert has_location(b"<svg><exif:GPSLatitude>51,2.06N</exif:GPSLatitude></svg>")
    assert not has_location(b"<svg><exif:GPSLatitude></exif:GPSLatitude></svg>")


@pytest.mark.parametrize("zipped", [True, False])
def test_the_place_is_found_in_texts_of_a_png(zipped: bool) -> None:
    digits = binascii.hexlify(exif({2: CALGARY[0], 4: CALGARY[1]}).tobytes()).decode()
    lines = [digits[start : start + 72] for start in range(0, len(digits), 72)]
    older, newer = PngImagePlugin.PngInfo(), PngImagePlugin.PngInfo()
    older.add_text("Raw profile type exif", "\n".join(["", "exif", "     200", *lines, ""]), zip=zipped)
    newer.add_itxt("XML:com.adobe.xmp", (XMP % b'exif:GPSLatitude="51,2N"').decode(), zip=zipped)
    assert has_location(picture("PNG", pnginfo=older))
    assert has_location(picture("PNG", pnginfo=newer))


@given(st.binary(max_size=80), st.integers(0, 200))
def test_no_bytes_raise(data: bytes, cut: int) -> None:
    for start in (b"", b"\xff\xd8\xff\xe1", b"II*\0", b"MM\0*\0\0\0\x08", b"zTXtRaw profile type exif\0\0"):
        has_location(start + data)
    has_location(with_place("JPEG")[:cut] + data)


def test_each_published_picture_with_a_place_is_named_once(tmp_path: Path) -> None:
    files = {
        "static/a.jpg": with_place("JPEG"),
        "static/b.JPG": picture("JPEG"),
        "static/c.txt": with_place("JPEG"),
    }
    (tmp_path / "static").mkdir()
    for path, data in files.items():
        (tmp_path / path).write_bytes(data)
    cache = InspectionCache()
    pictures = [(path, path) for path in files]
    [problem] = location_problems(tmp_path, pictures, cache)
    assert (problem.code, problem.location.path) == ("image-location", "static/a.jpg")
    assert "`a.jpg` says where it was taken" in problem.message

    for path in files:
        (tmp_path / path).unlink()
    again = InspectionCache(cache.stored())
    assert location_problems(tmp_path, pictures, again) == [problem]


def test_a_picture_that_has_been_removed_is_no_problem(tmp_path: Path) -> None:
    assert location_problems(tmp_path, [("static/a.jpg", "a")], InspectionCache()) == []
