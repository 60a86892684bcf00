from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from credsite.content.image_inspection import Inspection, InspectionCache, inspected

UNSAFE = b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def png() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "PNG")
    return data.getvalue()


def test_the_size_of_an_image() -> None:
    assert inspected(png(), is_svg=False) == Inspection(40, 30)
    assert inspected(b'<svg width="4" height="3"/>', is_svg=True) == Inspection(4, 3)


@pytest.mark.parametrize(
    ("data", "is_svg", "code", "fault"),
    [
        (
            b"",
            False,
            "image-unreadable",
            "is damaged, or not an image at all. Save it again, or use another.",
        ),
        (b"<html/>", True, "image-unreadable", "is not an SVG image."),
        (b"<svg", True, "image-unreadable", "is not a well-formed SVG: unclosed token: line 1, column 0."),
        (
            UNSAFE,
            True,
            "image-unsafe",
            "holds `<script>`, which a picture does not need and which could harm visitors. Save it as a plain SVG.",
        ),
    ],
)
def test_why_an_image_cannot_be_published(data: bytes, is_svg: bool, code: str, fault: str) -> None:
    assert inspected(data, is_svg) == Inspection(code=code, fault=fault)


def test_what_is_stored_is_there_again() -> None:
    cache = InspectionCache()
    cache.put("a", False, Inspection(40, 30))
    cache.put("a", True, Inspection(code="image-unreadable", fault="is not an SVG image."))
    again = InspectionCache(cache.stored())
    assert again.get("a", False) == Inspection(40, 30)
    assert again.get("a", True) == Inspection(code="image-unreadable", fault="is not an SVG image.")
    assert again.get("b", False) is None


def test_what_nobody_asks_for_is_not_stored_again() -> None:
    cache = InspectionCache()
    cache.put("a", False, Inspection(1, 1))
    cache.put("b", False, Inspection(2, 2))
    cache = InspectionCache(cache.stored())
    assert cache.get("a", False) == Inspection(1, 1)
    cache = InspectionCache(cache.stored())
    assert cache.get("b", False) is None
    assert cache.stored() == b""


@pytest.mark.parametrize(
    "stored", [b"", b"x", b"[]", b"1", b'{"a": 1}', b'{"a": [1, 2, "", "", 5]}', b"\xff"]
)
def test_what_is_damaged_is_as_good_as_nothing(stored: bytes) -> None:
    assert InspectionCache(stored).get("a", False) is None
