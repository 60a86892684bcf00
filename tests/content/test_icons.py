"""Icons: drawn square, always the same, and with a fingerprint of all that they are made from."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from credsite.content.icons import Icon, drawing_fault
from tests.content.test_images import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>é</title><path fill="#7a1f3d" d="M0 0h40v20H0z"/></svg>'
RED = (0x7A, 0x1F, 0x3D, 255)
CLEAR = (255, 255, 255, 0)


def pixels(icon: Icon) -> Image.Image:
    data = icon.drawn()
    assert icon.drawn() == data
    with Image.open(BytesIO(data)) as opened:
        assert opened.format == "PNG"
        assert opened.size == (icon.size, icon.size)
        return opened.convert("RGBA")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_an_svg_is_drawn_in_the_middle(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    drawn = pixels(Icon(f'<?xml version="1.0" encoding="{declared}"?>{SVG}'.encode(encoding), True, 64))
    assert [drawn.getpixel((32, y)) for y in (2, 14, 18, 32, 46, 50)] == [CLEAR, CLEAR, RED, RED, RED, CLEAR]
    assert drawn.getpixel((1, 32)) == drawn.getpixel((62, 32)) == RED


@pytest.mark.parametrize(
    "size", ['width="40mm" height="20mm"', 'width="1in" height=".5in"', 'width="100%"', ""]
)
def test_an_svg_may_state_its_size_in_any_unit(size: str) -> None:
    drawn = pixels(
        Icon(SVG.replace('width="40" height="20"', f'{size} viewBox="0 0 40 20"').encode(), True, 64)
    )
    assert [drawn.getpixel((32, y)) for y in (14, 18, 46, 50)] == [CLEAR, RED, RED, CLEAR]


@pytest.mark.parametrize(
    ("before", "after", "times"),
    [
        ('<g opacity=".9">', "</g>", 900),
        ('<mask id="m{}"><path mask="url(#m{})" d="M0 0h9v9z"/></mask>', "", 2000),
    ],
)
def test_what_is_far_inside_does_not_end_the_program(before: str, after: str, times: int) -> None:
    inside = "".join(before.format(number, number + 1) for number in range(times)) + after * times
    assert drawing_fault(SVG.replace("<path", f"{inside}<path mask='url(#m0)'").encode(), True) == ""


def test_grey_in_16_bits_keeps_its_tone() -> None:
    data = BytesIO()
    Image.new("I;16", (8, 8), 0x4000).save(data, "PNG")
    assert pixels(Icon(data.getvalue(), False, 32)).getpixel((16, 16)) == (64, 64, 64, 255)


@pytest.mark.parametrize("size", [(40, 20), (2000, 1000)])
def test_a_png_is_made_as_large_as_there_is_room(size: tuple[int, int]) -> None:
    drawn = pixels(Icon(picture(size=size), False, 100, margin=0.2, ground="#ffffff"))
    teal, white = (0, 128, 128, 255), (255, 255, 255, 255)
    assert [drawn.getpixel((x, 50)) for x in (0, 18, 22, 77, 81)] == [white, white, teal, teal, white]
    assert [drawn.getpixel((50, y)) for y in (33, 37, 63, 67)] == [white, teal, teal, white]


def test_the_fingerprint_is_of_all_that_an_icon_is_made_from() -> None:
    icons = [
        Icon(b"1", False, 32),
        Icon(b"2", False, 32),
        Icon(b"1", True, 32),
        Icon(b"1", False, 64),
        Icon(b"1", False, 32, 0.1),
        Icon(b"1", False, 32, 0.0, "#ffffff"),
    ]
    assert len({icon.fingerprint for icon in icons}) == len(icons)
    assert icons[0].fingerprint == Icon(b"1", False, 32).fingerprint
