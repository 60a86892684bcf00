from __future__ import annotations

import pytest

from credsite.content.svg import InvalidSvgError, UnsafeSvgError, svg_size


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
        ('viewBox="0 0 1e999 1"', (0, 0)),
        (f'width="{"9" * 400}" height="1"', (0, 0)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    assert svg_size(svg(attributes=attributes)) == size


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
    assert svg_size(svg(inside)) == (40, 30)


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
    with pytest.raises(UnsafeSvgError):
        svg_size(data)


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"<html/>", b"\x89PNG\r\n\x1a\n", svg("<path>"), b"\xff\xfe<", svg("&nbsp;")]
)
def test_broken_drawings(data: bytes) -> None:
    with pytest.raises(InvalidSvgError):
        svg_size(data)
