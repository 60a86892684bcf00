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


def measured(data: bytes) -> tuple[int, int]:
    """The size of a picture, in which nothing is wrong."""
    found = inspected(data, is_svg=False)
    assert not found.code, found
    return found.width, found.height


def test_the_size_of_an_image() -> None:
    assert inspected(png(), is_svg=False) == Inspection(40, 30, colour="#008080", kind="png")
    assert inspected(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>', is_svg=True
    ) == Inspection(4, 3)


def test_a_large_picture_gives_no_warning() -> None:
    data = BytesIO()
    Image.new("1", (10_000, 9_000)).save(data, "PNG")
    assert measured(data.getvalue()) == (10_000, 9_000)


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
        (
            b"<svg",
            True,
            "image-unreadable",
            "is not a well-formed SVG: unclosed token: line 1, column 0. Save it again as a plain SVG, or as a PNG.",
        ),
        (
            UNSAFE,
            True,
            "image-unsafe",
            "holds `<script>` in line 1, a script: remove it. That could harm visitors. A plain SVG has nothing of that: save it in"
            " Inkscape under File > Save a Copy, or in Illustrator under File > Export > Export As. Or save it as a PNG.",
        ),
    ],
)
def test_why_an_image_cannot_be_published(data: bytes, is_svg: bool, code: str, fault: str) -> None:
    line = 1 if code == "image-unsafe" else 0
    assert inspected(data, is_svg) == Inspection(code=code, fault=fault, line=line)


def test_what_is_stored_is_there_again() -> None:
    cache = InspectionCache()
    cache.put("a", "raster", Inspection(40, 30))
    cache.put("a", "svg", Inspection(code="image-unreadable", fault="is not an SVG image."))
    again = InspectionCache(cache.stored())
    assert again.get("a", "raster") == Inspection(40, 30)
    assert again.get("a", "svg") == Inspection(code="image-unreadable", fault="is not an SVG image.")
    assert again.get("b", "raster") is None


def test_what_nobody_asks_for_is_not_stored_again() -> None:
    cache = InspectionCache()
    cache.put("a", "raster", Inspection(1, 1))
    cache.put("b", "raster", Inspection(2, 2))
    cache = InspectionCache(cache.stored())
    assert cache.get("a", "raster") == Inspection(1, 1)
    cache = InspectionCache(cache.stored())
    assert cache.get("b", "raster") is None
    assert cache.stored() == b""


@pytest.mark.parametrize(
    "stored", [b"", b"x", b"[]", b"1", b'{"a": 1}', b'{"a": [1, 2, "", "", 5]}', b"\xff"]
)
def test_what_is_damaged_is_as_good_as_nothing(stored: bytes) -> None:
    assert InspectionCache(stored).get("a", "raster") is None


def svg(inside: str = "", attributes: str = 'width="40" height="30"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="40px" height="30.4px"', (40, 30)),
        ('viewBox="0 0 40 30"', (40, 30)),
        ('viewBox="0,0,40,30"', (40, 30)),
        ('width="100%" height="100%" viewBox="0 0 40 30"', (40, 30)),
        ('width="4cm" height="3cm" viewBox="0 0 40 30"', (40, 30)),
        ('width="80" viewBox="0 0 40 30"', (40, 30)),
        ("", (0, 0)),
        ('viewBox="0 0"', (0, 0)),
        ('viewBox="a b c d"', (0, 0)),
        ('viewBox="0 0 nan 1"', (0, 0)),
        ('viewBox="0 0 -5 -7"', (0, 0)),
        ('viewBox="0 0 1e300 1"', (0, 0)),
        ('viewBox="0 0 .1 50"', (0, 0)),
        ('viewBox="0 0 1e999 1"', (0, 0)),
        (f'width="{"9" * 400}" height="1"', (0, 0)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    assert inspected(svg(attributes=attributes), is_svg=True) == Inspection(*size)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0" style="fill:teal"/>',
        '<style>path { fill: url(#g) } </style><linearGradient id="g"/>',
        '<use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<style>@font-face { font-family: x; src: url("data:font/woff2;base64,AAAA") }</style>',
        '<rect fill="url(#g)" mask="url(\'#m\')"/>',
        "<title>On the road</title><desc>url(https://in.words.example)</desc>",
        "<!-- <script> -->",
        "<metadata>Made by hand</metadata>",
    ],
)
def test_plain_drawings(inside: str) -> None:
    assert inspected(svg(inside), is_svg=True) == Inspection(40, 30)


@pytest.mark.parametrize(
    "data",
    [
        svg("<script>alert(1)</script>"),
        svg("<SCRIPT>alert(1)</SCRIPT>"),
        svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
        svg('<path onclick="alert(1)"/>'),
        svg('<path OnClick="alert(1)"/>'),
        svg(attributes='onload="alert(1)"'),
        svg('<a href="javascript:alert(1)"><path/></a>'),
        svg('<a xlink:href=" java&#10;script:alert(1)"><path/></a>'),
        svg('<a xmlns:y="http://www.w3.org/1999/xlink" y:href="JAVASCRIPT:alert(1)"><path/></a>'),
        svg('<a href="https://elsewhere.example/"><path/></a>'),
        svg('<set attributeName="href" to="javascript:alert(1)"/>'),
        svg('<image href="https://elsewhere.example/a.png"/>'),
        svg('<image href="data:image/svg+xml;base64,AAAA"/>'),
        svg('<use href="data:text/html,x"/>'),
        svg('<use href="other.svg#a"/>'),
        svg("<foreignObject><p/></foreignObject>"),
        svg('<iframe src="#"/>'),
        svg("<style>@import 'https://elsewhere.example/a.css';</style>"),
        svg("<style><![CDATA[path { fill: url( https://elsewhere.example/a ) }]]></style>"),
        svg("<style>path { fill: u<!-- x -->rl(//elsewhere.example/a) }</style>"),
        svg('<path style="fill: url(https://elsewhere.example/a)"/>'),
        svg('<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=x"/>'),
        b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("&a;"),
        b'<?xml-stylesheet href="https://elsewhere.example/a.css"?>' + svg(),
    ],
)
def test_active_drawings_are_refused(data: bytes) -> None:
    assert inspected(data, is_svg=True).code == "image-unsafe"


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"<html/>", b"\x89PNG\r\n\x1a\n", svg("<path>"), b"\xff\xfe<", svg("&nbsp;")]
)
def test_broken_drawings(data: bytes) -> None:
    assert inspected(data, is_svg=True).code == "image-unreadable"


def raster(form: str, **options: object) -> bytes:
    data = BytesIO()
    image = Image.effect_noise((400, 300), 60).convert("RGB")
    image.save(data, form, **options)  # type: ignore[arg-type]
    return data.getvalue()


FORMS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
CUT = "is damaged, or not an image at all. Save it again, or use another."


@pytest.mark.parametrize("share", [0.05, 0.34, 0.9, 0.99])
@pytest.mark.parametrize("form", FORMS)
def test_an_image_of_which_a_part_is_missing_is_damaged(form: str, share: float) -> None:
    data = raster(form)
    assert measured(data) == (400, 300)
    cut = data[: int(len(data) * share)]
    assert inspected(cut, is_svg=False) == Inspection(code="image-unreadable", fault=CUT)


@pytest.mark.parametrize("share", [0.34, 0.9])
def test_a_progressive_photo_of_which_a_part_is_missing_is_damaged(share: float) -> None:
    data = raster("JPEG", progressive=True)
    assert measured(data) == (400, 300)
    assert inspected(data[: int(len(data) * share)], is_svg=False).code == "image-unreadable"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_zeros_in_place_of_the_rest_are_damage(form: str) -> None:
    """Programs that copy files often make room for them first."""
    data = raster(form)
    half = len(data) // 2
    assert inspected(data[:half] + bytes(len(data) - half), is_svg=False).code == "image-unreadable"


@pytest.mark.parametrize("more", [b"\0" * 64, b"a short film that belongs to the photo", b"\r\n"])
def test_what_phones_add_to_a_photo_is_no_damage(more: bytes) -> None:
    assert measured(raster("JPEG") + more) == (400, 300)


def test_an_animation_that_is_cut_off_is_damaged() -> None:
    pictures = [Image.effect_noise((80, 60), 60).convert("P") for _ in range(4)]
    data = BytesIO()
    pictures[0].save(data, "GIF", save_all=True, append_images=pictures[1:])
    whole = data.getvalue()
    assert measured(whole) == (80, 60)
    assert inspected(whole[: len(whole) * 5 // 8], is_svg=False).code == "image-unreadable"


def test_the_end_of_the_small_picture_in_a_photo_is_not_its_own() -> None:
    """Cameras put one before the pixels, with an end mark of its own."""
    small = raster("JPEG", quality=5)
    photo = raster("JPEG", comment=small)
    assert measured(photo) == (400, 300)
    assert inspected(photo[: len(photo) - 5_000], is_svg=False).code == "image-unreadable"
