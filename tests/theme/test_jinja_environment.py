"""The faster environment gives what plain Jinja gives, for everything that a template of a theme may contain."""

from __future__ import annotations

from importlib.metadata import version
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from credsite.theme.jinja_environment import FastEnvironment

PARTS = {
    "macros": (
        "{% macro plain(a, b='<b>', c=a) %}<i>{{ a }}{{ b }}{{ c }}</i>{% endmacro %}"
        "{% macro more(a) %}{{ a }}{{ varargs|join }}{{ kwargs|dictsort }}{% endmacro %}"
        "{% macro around(title) %}[{{ title }}:{{ caller('<') }}]{% endmacro %}"
        "{% macro raw(a) %}{% autoescape false %}{{ a }}{% endautoescape %}{% endmacro %}"
    ),
    "part": "({{ text }}{{ inner }}{% set inner = 'part' %})",
    "base": "<{% block a %}base{{ text }}{% endblock %}|{% block b %}{% include 'part' %}{% endblock %}>",
}
VALUES = {
    "text": "<&'\">",
    "html": Markup("<p>"),
    "item": SimpleNamespace(title="<t>", none=None),
    "pairs": {"key": "v"},
}


def environment(kind: type[Environment], template: str) -> Environment:
    options = {} if kind is FastEnvironment else {"autoescape": True}
    env = kind(
        loader=DictLoader({**PARTS, "page": template}),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        **options,
    )
    env.globals.update({"_": lambda text: Markup(text.upper()), "asset": lambda name: f"/a&b/{name}"})
    return env


def render(kind: type[Environment], template: str) -> str:
    return environment(kind, template).get_template("page").render(**VALUES)


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}{{ html }}{{ 3 }}{{ none }}{{ item.title }}{{ text ~ html }}",
        "{{ pairs.key }}{{ item.missing is defined }}{{ item.title is defined }}{{ item.missing|default('-') }}",
        "{% from 'macros' import plain %}{{ plain('x') }}{{ plain(text, html) }}{{ plain(text, c=1) }}{{ plain(b='', a=html) }}",
        "{% from 'macros' import more %}{{ more(1, 2, 3, x=4) }}{{ more(*[text, 2], **{'y': html}) }}",
        "{% from 'macros' import around %}{% call(x) around('<t>') %}{{ x }}{{ text }}{% endcall %}",
        "{% from 'macros' import plain as other %}{{ other('x') }}{% import 'macros' as m %}{{ m.plain(text) }}",
        "{% from 'macros' import plain %}{% set plain = item.title %}{{ plain }}",
        "{% from 'macros' import plain %}{% macro own(plain) %}{{ plain('x') }}{% endmacro %}{{ own(asset) }}",
        "{% import 'macros' as _ %}{{ _.plain('x') }}{% from 'macros' import plain as asset %}{{ asset('x') }}",
        "{% macro _(text) %}own{{ text }}{% endmacro %}{{ _('word') }}",
        "{% from 'macros' import raw %}{{ raw(text) }}{{ raw('<') }}",
        "{% autoescape false %}{{ text }}{{ html }}{% endautoescape %}{{ text }}",
        "{{ _('word') }}<a href=\"{{ asset('x.css') }}\">{{ _(text) }}</a>{% set word = _('<w>') %}{{ word }}",
        "{% set inner = 1 %}{% include 'part' %}{% for text in ['<', '>'] %}{% include 'part' %}{% endfor %}",
        "{% set inner = 2 %}{% include 'nowhere' ignore missing %}{% include ['nowhere', 'base'] %}",
        "{% set inner = text %}{% extends 'base' %}{% block a %}{{ super() }}{{ self.b() }}{% endblock %}",
        "{% for x in [1, 2] %}{{ loop.index }}{{ ', ' if not loop.last }}{{ loop.cycle('a', '<') }}{% endfor %}",
        "{% for x in [[1], [2]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}",
        "{% set both %}{{ text }}<b>{% endset %}{{ both }}{{ text.replace('<', '>') }}{{ 'a,b'.split(',')|join(text) }}",
    ],
)
def test_a_template_gives_the_same(template: str) -> None:
    assert render(FastEnvironment, template) == render(Environment, template)


@pytest.mark.parametrize(
    "template",
    [
        "\n{{ item.missing }}",
        "\n{{ nothing }}",
        "\n{{ nothing('x') }}",
        "\n{% from 'macros' import nothing %}{{ nothing('x') }}",
        "\n{% from 'macros' import around %}{{ around('no caller') }}",
        "\n{% from 'macros' import plain %}{{ plain() }}",
    ],
)
def test_undefined_names_are_errors_when_the_page_is_rendered(template: str) -> None:
    messages = []
    for kind in (FastEnvironment, Environment):
        env = environment(kind, template).get_template("page")
        with pytest.raises(UndefinedError) as caught:
            env.render(**VALUES)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_too_many_values_for_a_macro_are_an_error() -> None:
    with pytest.raises(TypeError, match="not more than 3"):
        render(FastEnvironment, "{% from 'macros' import plain %}{{ plain(1, 2, 3, 4) }}")


def test_jinja_has_the_minor_version_that_the_code_generator_was_written_for() -> None:
    result = version("jinja2")
    assert result.startswith("3.1."), f"""
Jinja {result} is new here. credsite.theme.jinja_environment writes Python code that must fit the code of Jinja's own
generator. Before another minor version is allowed in pyproject.toml:
1. Compare write_commons, visit_Getattr, visit_Call, visit_Include and macro_def of jinja2/compiler.py with 3.1.
2. See that Jinja's code still calls `escape` and `Macro` by these names, and Macro with the same arguments: the next test.
3. Run tests/theme: every template must give what plain Jinja gives.
"""


def test_constant_calls_are_made_once_when_the_template_is_compiled() -> None:
    env = environment(FastEnvironment, "<p>{{ _('word') }}</p>{{ _(text) }}")
    calls: list[str] = []

    def gettext(text: str) -> Markup:
        calls.append(text)
        return Markup("<b>") + text

    env.globals["_"] = gettext
    template = env.get_template("page")
    assert [template.render(text=text) for text in "ab"] == ["<p><b>word</p><b>a", "<p><b>word</p><b>b"]
    assert calls == ["word", "a", "b"]


def test_templates_call_the_faster_functions() -> None:
    env = environment(FastEnvironment, "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(text) }}")
    calls: list[object] = []

    def escape_value(value: object) -> str:
        calls.append(value)
        return str(escape(value))

    env.escape_value = escape_value  # type: ignore[attr-defined]
    page = env.get_template("page")
    assert page.render(**VALUES) == escape(VALUES["text"])
    assert calls == [VALUES["text"], escape(VALUES["text"])]
    macro = env.get_template("macros").module.plain  # type: ignore[attr-defined]
    assert isinstance(macro, Macro)
    assert type(macro) is not Macro


def test_templates_that_import_each_other_where_they_need_it_are_compiled() -> None:
    one = "{% from 'two' import b %}{% macro a(x) %}a{{ x }}{{ b('1') }}{% endmacro %}"
    two = "{% macro b(x) %}{% from 'one' import a %}b{{ a('2') if x == 'deep' else x }}{% endmacro %}"
    page = "{% from 'one' import a %}{% from 'two' import b %}{{ a('3') }}{{ b('deep') }}"
    env = FastEnvironment(loader=DictLoader({"one": one, "two": two, "page": page}))
    assert env.get_template("page").render() == "a3b1ba2b1"


def test_templates_that_import_each_other_at_once_fail_as_they_do_in_jinja() -> None:
    files = {name: "{% from '" + other + "' import m %}{{ m('x') }}" for name, other in ("ab", "ba")}
    for kind in (FastEnvironment, Environment):
        with pytest.raises(RecursionError):
            kind(loader=DictLoader(files)).get_template("a").render()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>\n  <b>\n\t{{ 1 }} x\n  </b>", "<p>\n<b>\n1 x\n</b>"),
        ("<pre>\n  kept", "<pre>\n  kept"),
        ("<textarea>\n  kept", "<textarea>\n  kept"),
        ("<presence>\n  not kept", "<presence>\nnot kept"),
    ],
)
def test_the_indentation_of_a_template_does_not_reach_the_page(source: str, shown: str) -> None:
    assert FastEnvironment().from_string(source).render() == shown
