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
        ("<use href='\u3000#a'/>", 'href=" #a"', 1),
        ("<image href='\u00a0data:image/png;base64,AA'/>", 'href=" data:image/png;base64,AA"', 1),
        ("<path fill='url(\u3000#a)'/>", 'fill="url( #a)…"', 1),
        ("<path filter='url(data:font/svg+xml,x)'/>", 'filter="url(data:font/svg+xml,x)…"', 1),
        ("<x:script xmlns:x='http://www.mozilla.org/xbl'/>", "<script>", 1),
    ],
)
def test_what_a_picture_does_not_need_is_named_with_its_line(inside: str, shown: str, line: int) -> None:
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}>{inside}</svg>".encode())
    assert error.value.fault.is_unsafe
    assert f"holds `{shown}` in line {line}, " in error.value.fault.words


def test_all_findings_are_told_at_once_with_what_to_do() -> None:
    inside = """
<script>go()</script>
<a href="https://a.example"><path/></a>
<image href="photo.jpg"/>
<style>@import "x.css";</style>
"""
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}>{inside}</svg>".encode())
    words = error.value.fault.words
    assert "`<script>` in line 2, a script: remove it" in words
    assert '`href="https://a.example"` in line 3, a link: remove the link' in words
    assert '`href="photo.jpg"` in line 4, a picture in another file: embed it, or remove it' in words
    assert "in line 5, which loads another file: remove it" in words
    assert error.value.fault.line == 2


def test_of_very_many_findings_the_first_ones_are_told() -> None:
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}>{'<script/>' * 1000}<".encode())
    assert error.value.fault.is_unsafe
    assert error.value.fault.words.count("<script>") == 5


def test_findings_are_told_before_what_cannot_be_read() -> None:
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}><script/><g>".encode())
    assert error.value.fault.is_unsafe


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not a well-formed SVG: no element found: line 1, column 0."),
        (b"<html/>", "is not an SVG image."),
        (b"<svg/>", 'Write `<svg xmlns="http://www.w3.org/2000/svg"` in front of its other attributes.'),
        (b"<?xml version='1.0' encoding='x-mac-roman'?><svg/>", "is in the encoding `x-mac-roman`, "),
        (b"<?xml version='1.0' encoding='utf-7'?><svg/>", "is in the encoding `utf-7`, "),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 2_000,
            "has more than 1,000 elements inside each other.",
        ),
        (
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd"><svg xmlns="http://www.w3.org/2000/svg">&nbsp;</svg>',
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


@pytest.mark.parametrize(
    "inside",
    [
        "<?plantuml 1.2024.7?><g/><?plantuml-src SoWkIImgAStDuNBAJrBG?>",
        "<g artist='A. Smith' source='https://drawings.example/'/>",
        "<svg contentScriptType='application/ecmascript' externalResourcesRequired='false'/>",
        "<text line-spacing='24' text-decoration-line='underline' zIndex='1'/>",
        "<path ecmeta_series_index='0' ecmeta_ssr_type='chart'/>",
        "<g content='&lt;mxfile&gt;url(https://editor.example)' host='a'/>",
    ],
)
def test_what_drawing_programs_write(inside: str) -> None:
    assert read_svg(f"{HEAD}>{inside}</svg>".encode()) == {}


def test_parts_that_show_each_other_too_often() -> None:
    ten_times = "<use href='#a{0}'/>" * 10
    uses = "".join(f"<g id='a{n + 1}'>{ten_times.format(n)}</g>" for n in range(8))
    with pytest.raises(SvgError) as error:
        read_svg(f"{HEAD}><path id='a0'/>{uses}</svg>".encode())
    assert error.value.fault.is_unsafe
    assert "more than 1,000,000 times" in error.value.fault.words
