from __future__ import annotations

import pytest
from jinja2 import Environment, TemplateSyntaxError

from credsite.theme.compact_html import CompactHtml


def shown(source: str, **values: object) -> str:
    options = {"trim_blocks": True, "lstrip_blocks": True}
    return (
        Environment(extensions=["jinja2.ext.i18n", CompactHtml], **options).from_string(source).render(values)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("<div>\n<p>\na\n</p>\n</div>\n", "<div><p>a</p></div>"),
        ("<p>a\n<b>b</b>\n<i>c</i>\n</p>", "<p>a\n<b>b</b>\n<i>c</i></p>"),
        ("<DIV>\n\n<span>a</span>\n</DIV>", "<DIV><span>a</span></DIV>"),
        ("<a>\n<div>x</div></a>\n<a>y</a>", "<a><div>x</div></a>\n<a>y</a>"),
        ("1 < 2\n<!-- <p>\n -->", "1 < 2\n<!-- <p>\n -->".replace("<p>\n", "<p>")),
    ],
)
def test_line_ends_beside_blocks_are_left_out(source: str, result: str) -> None:
    assert shown(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>", "<ul><li>a<li><p>b</p></ul>"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<dl><div><dt>a<dd>b</div></dl>"),
        (
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
            "<table><thead><tr><th>a<tbody><tr><td>b</table>",
        ),
        ("<select><option>a</option></select>", "<select><option>a</select>"),
    ],
)
def test_end_tags_that_html_lets_one_omit_are_left_out(source: str, result: str) -> None:
    assert shown(source) == result


@pytest.mark.parametrize("name", ["pre", "textarea", "script", "style"])
def test_what_shows_white_space_or_is_no_html_stays(name: str) -> None:
    source = f"<{name} a='>'>\n<p>\n</li>\n{{{{ x }}}}\n<div>\n</{name}>"
    assert shown(source, x=1) == source.replace("{{ x }}", "1")


def test_tags_with_expressions_in_them_are_understood() -> None:
    source = "<li{% if x %} class='{{ x }}'{% endif %}>\n<b>a</b>\n</li>\n{{ x }}\n<p>b</p>"
    assert shown(source, x=1) == "<li class='1'><b>a</b>1<p>b</p>"


def test_messages_stay_as_translators_know_them() -> None:
    source = "<p>\n{% trans %}<p>\na</p>{% endtrans %}\n<br>\nb"
    assert shown(source, gettext=lambda text: f"[{text}]").startswith("<p>[<p>\na</p>]<br>b")


def test_mistakes_are_reported_with_the_lines_of_the_file() -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        shown("<p>\n</p>\n<ul>\n{{ 1 + }}")
    assert caught.value.lineno == 4
    with pytest.raises(ZeroDivisionError) as failed:
        shown("<p>\n</p>\n<ul>\n{{ 1 / 0 }}")
    trace = failed.value.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    assert trace is not None
    assert trace.tb_lineno == 4
