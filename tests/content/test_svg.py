from __future__ import annotations

import pytest

from credsite.content.svg import SvgError, find_active_css, read_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def test_the_attributes_of_the_root() -> None:
    assert read_svg(f'{HEAD} width="4" viewBox="0 0 4 3"/>'.encode()) == {"width": "4", "viewBox": "0 0 4 3"}


@pytest.mark.parametrize(
    ("inside", "shown", "line"),
    [
        ("<script/>", "<script>", 1),
        ("\n\n<path onclick='x()'/>", 'onclick="x()"', 3),
        ("\n<a href='https://a.example'/>", 'href="https://a.example"', 2),
        ("<set attributeName='href' to='x'/>", 'attributeName="href"', 1),
        ("<style>\na { fill: u\\72l(x) }\n</style>", "\\72l(x) }", 3),
        ("<style>@imp<g/>ort 'x'</style>", "<g>", 1),
        ("<path fill='image-set(x)'/>", 'fill="image-set(x)…"', 1),
        ("<a href='#a' ping='x'/>", 'ping="x"', 1),
    ],
)
def test_what_a_picture_does_not_need_is_named_with_its_line(inside: str, shown: str, line: int) -> None:
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}>{inside}</svg>".encode())
    assert error.value.fault.is_unsafe
    assert f"holds `{shown}` in line {line}, " in error.value.fault.words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not a well-formed SVG: no element found: line 1, column 0."),
        (b"<html/>", "is not an SVG image."),
        (b"<?xml version='1.0' encoding='x-mac-roman'?><svg/>", "is in the encoding `x-mac-roman`, "),
        (b"<?xml version='1.0' encoding='utf-7'?><svg/>", "is in the encoding `utf-7`, "),
        (b"<svg>" + b"<g>" * 2_000, "has more than 1,000 elements inside each other."),
        (
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd"><svg>&nbsp;</svg>',
            "is not a well-formed SVG: nothing says what `&nbsp;` stands for.",
        ),
    ],
)
def test_what_cannot_be_read(data: bytes, words: str) -> None:
    with pytest.raises(SvgError) as error:
        read_svg(data)
    assert not error.value.fault.is_unsafe
    assert words in error.value.fault.words


@pytest.mark.parametrize(
    ("css", "active"),
    [
        ("a { fill: url(#a); stroke: url( '#b' ) }", ""),
        ("a::before { content: 'a\\'b (c)' }", ""),
        ("@media (width > 9px) { a:not(.b) { transform: rotate(1deg) } }", ""),
        ("a { fill: url(x) }", "url(x) }"),
        ("a { fill: url(#a/*) url(x) */ }", "url(x) */ }"),
        ("@import 'x'", "@import 'x'"),
        ("a\\\n", "\\\n"),
    ],
)
def test_what_css_may_load(css: str, active: str) -> None:
    assert find_active_css(css) == active
