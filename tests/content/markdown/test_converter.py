"""Markdown means what CommonMark and GitHub mean by it, in each of its parts; and lists of definitions are added."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from credsite.content.markdown.converter import Converter
from credsite.content.markdown.limits import find_too_complex
from tests.content.markdown.fragments import SIGNS, WORDS

CONVERTER = Converter()


def converted(text: str) -> str:
    """The HTML of ``text`` by both ways, on one line."""
    html = CONVERTER.convert_fully(text)
    assert CONVERTER.convert(text) == html
    return re.sub(r"(?<=>)(?<!code>)\n|\n(?=<(?!/code>))", "", html)


def check(cases: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "html"), cases)


@check(
    [
        ("You need:\n- flour\n- salt", "<p>You need:</p><ul><li>flour</li><li>salt</li></ul>"),
        ("Steps:\n1. mix\n2. bake", "<p>Steps:</p><ol><li>mix</li><li>bake</li></ol>"),
        ("Steps:\n1) mix\n2) bake", "<p>Steps:</p><ol><li>mix</li><li>bake</li></ol>"),
        ("Founded in\n1986. A good year.", "<p>Founded in\n1986. A good year.</p>"),
        ("Rooms\n-\nmore", "<h2>Rooms</h2><p>more</p>"),
        ("Day 1\n* a\n+ b", "<p>Day 1</p><ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("7. seven\n8. eight", '<ol start="7"><li>seven</li><li>eight</li></ol>'),
        ("0. zero", '<ol start="0"><li>zero</li></ol>'),
        ("1. one\n1) other", "<ol><li>one</li></ol><ol><li>other</li></ol>"),
        ("- a\n1. b\n- c", "<ul><li>a</li></ul><ol><li>b</li></ol><ul><li>c</li></ul>"),
        ("-no item\n1.no item", "<p>-no item\n1.no item</p>"),
        ("- one\n\n\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("- one\n- two\n\nText", "<ul><li>one</li><li>two</li></ul><p>Text</p>"),
        ("- one\nlazy\n- two", "<ul><li>one\nlazy</li><li>two</li></ul>"),
        ("-\n- two", "<ul><li></li><li>two</li></ul>"),
        ("-\n\n  text", "<ul><li></li></ul><p>text</p>"),
        ("1234567890. not a number of an item", "<p>1234567890. not a number of an item</p>"),
    ],
)
def test_lists(text: str, html: str) -> None:
    assert converted(text) == html


@pytest.mark.parametrize("indent", [2, 3, 4, 5])
def test_items_nest_at_any_indentation_that_previews_accept(indent: int) -> None:
    space = " " * indent
    html = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    assert converted(f"- a\n{space}- b\n{space * 2}- c\n- d") == html


@check(
    [
        ("1. a\n   - b\n   - c\n2. d", "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("- a\n  1. b\n  2. c", "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>"),
        ("1. a\n  - b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("10. a\n    - b", '<ol start="10"><li>a<ul><li>b</li></ul></li></ol>'),
        ("- a\n - b\n  - c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("- a\n\n  more\n- b", "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>"),
        ("- a\n  - b\n\n  c", "<ul><li><p>a</p><ul><li>b</li></ul><p>c</p></li></ul>"),
        ("- a\n\n      code", "<ul><li><p>a</p><pre><code>code\n</code></pre></li></ul>"),
        ("- a\n  > said\n- b", "<ul><li>a<blockquote><p>said</p></blockquote></li><li>b</li></ul>"),
        ("- # Head\n- b", "<ul><li><h1>Head</h1></li><li>b</li></ul>"),
        ("- - a\n  - b", "<ul><li><ul><li>a</li><li>b</li></ul></li></ul>"),
        ("1. - a\n   - b", "<ol><li><ul><li>a</li><li>b</li></ul></li></ol>"),
        ("\t- a\n", "<pre><code>- a\n</code></pre>"),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (
            "- a\n  ```sh\n  x\n\n  y\n  ```\n- b",
            '<ul><li>a<pre><code class="language-sh">x\n\ny\n</code></pre></li><li>b</li></ul>',
        ),
        (
            "1. Table:\n   | a | b |\n   |---|---|\n   | 1 | 2 |",
            "<ol><li>Table:<table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></li></ol>",
        ),
    ],
)
def test_blocks_in_items(text: str, html: str) -> None:
    assert converted(text) == html


@check(
    [
        ("- [ ] open\n- [x] done", '<ul><li class="task">☐ open</li><li class="task">☑ done</li></ul>'),
        ("1. [X] **done**", '<ol><li class="task">☑ <strong>done</strong></li></ol>'),
        ("- [ ] a\n\n- [x] b", '<ul><li class="task"><p>☐ a</p></li><li class="task"><p>☑ b</p></li></ul>'),
        ("- a\n  - [ ] b", '<ul><li>a<ul><li class="task">☐ b</li></ul></li></ul>'),
        ("- [y] a\n- []\n- [ ]", "<ul><li>[y] a</li><li>[]</li><li>[ ]</li></ul>"),
        ("[ ] no item", "<p>[ ] no item</p>"),
        ("- [x](a.md) link", '<ul><li><a href="a.md">x</a> link</li></ul>'),
    ],
)
def test_tasks(text: str, html: str) -> None:
    assert converted(text) == html


@check(
    [
        ("Text\n# Head", "<p>Text</p><h1>Head</h1>"),
        ("## Head\nText", "<h2>Head</h2><p>Text</p>"),
        ("#hashtag and ##more", "<p>#hashtag and ##more</p>"),
        ("#5 is a room", "<p>#5 is a room</p>"),
        ("# C#", "<h1>C#</h1>"),
        ("## Head ##  ", "<h2>Head</h2>"),
        ("   ### Head", "<h3>Head</h3>"),
        ("####### seven", "<p>####### seven</p>"),
        ("\\## no", "<p>## no</p>"),
        ("Two\nlines\n===", "<h1>Two\nlines</h1>"),
        ("Head\n---\nText", "<h2>Head</h2><p>Text</p>"),
        ("Text\n\n---\n***\n_ _ _", "<p>Text</p><hr><hr><hr>"),
        ("Text\n***\nmore", "<p>Text</p><hr><p>more</p>"),
        ("- a\n***\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
    ],
)
def test_headings_and_rules(text: str, html: str) -> None:
    assert converted(text) == html


@check(
    [
        ("Text\n> said\nmore", "<p>Text</p><blockquote><p>said\nmore</p></blockquote>"),
        ("> one\n\n> two", "<blockquote><p>one</p></blockquote><blockquote><p>two</p></blockquote>"),
        ("> one\n>\n> two", "<blockquote><p>one</p><p>two</p></blockquote>"),
        (">no space\n> - item", "<blockquote><p>no space</p><ul><li>item</li></ul></blockquote>"),
        ("> > deep", "<blockquote><blockquote><p>deep</p></blockquote></blockquote>"),
        (
            "> ```\n> a > b\n> ```",
            "<blockquote><pre><code>a &gt; b\n</code></pre></blockquote>",
        ),
        ("> # Head\n> Text", "<blockquote><h1>Head</h1><p>Text</p></blockquote>"),
    ],
)
def test_quotations(text: str, html: str) -> None:
    assert converted(text) == html


@check(
    [
        ("Text\n```\ncode\n```\nmore", "<p>Text</p><pre><code>code\n</code></pre><p>more</p>"),
        ("~~~\n```\n~~~", "<pre><code>```\n</code></pre>"),
        ("````\n```\n````", "<pre><code>```\n</code></pre>"),
        ("```js title\nx\n```", '<pre><code class="language-js">x\n</code></pre>'),
        ("  ```\n  x\n y\n  ```", "<pre><code>x\ny\n</code></pre>"),
        ("```\n\nx\n\n\ny\n```", "<pre><code>\nx\n\n\ny\n</code></pre>"),
        ("```\nnever closed\n\n- x", "<pre><code>never closed\n\n- x\n</code></pre>"),
        ("``` a`b", "<p>``` a`b</p>"),
        ("    a\n\n      b", "<pre><code>a\n\n  b\n</code></pre>"),
        ("Text\n    goes on", "<p>Text\ngoes on</p>"),
        ("    <b>&amp;", "<pre><code>&lt;b&gt;&amp;amp;\n</code></pre>"),
    ],
)
def test_code(text: str, html: str) -> None:
    assert converted(text) == html


def table(head: str, *rows: str) -> str:
    def row(tag: str, cells: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells.split(" / ")) + "</tr>"

    body = f"<tbody>{''.join(row('td', each) for each in rows)}</tbody>" if rows else ""
    return f"<table><thead>{row('th', head)}</thead>{body}</table>"


@check(
    [
        ("The days\n| day | what |\n| --- | --- |\n| 1 | dough |", f"<p>The days</p>{table('day / what', '1 / dough')}"),
        ("a | b\n--|--\n1 | 2\n3", table("a / b", "1 / 2", "3 / ")),
        ("| a |\n|---|\n| 1 |\n\nText", table("a", "1") + "<p>Text</p>"),
        ("| a | b |\n|-|-|\n| 1 | 2 |\n- x", table("a / b", "1 / 2") + "<ul><li>x</li></ul>"),
        ("| a | b |\n|-|-|\n> x", table("a / b") + "<blockquote><p>x</p></blockquote>"),
        ("| a | b |\n|-|-|\n| x \\| y | `\\|` |", table("a / b", "x | y / <code>|</code>")),
        ("| a | b |\n|-|-|\n| *x* | [y](z) |", table("a / b", '<em>x</em> / <a href="z">y</a>')),
        ("| a | b |\n|---|\n| 1 | 2 |", "<p>| a | b |\n|---|\n| 1 | 2 |</p>"),
        ("| a | b |\n| - - | - |", "<p>| a | b |\n| - - | - |</p>"),
        ("one | two, in a sentence", "<p>one | two, in a sentence</p>"),
    ],
)  # fmt: skip
def test_tables(text: str, html: str) -> None:
    assert converted(text) == html


def test_columns_are_aligned() -> None:
    html = converted("| a | b | c |\n|:--|:-:|--:|\n| 1 |")
    assert re.findall(r'<th align="(\w+)">', html) == ["left", "center", "right"]


@check(
    [
        ("Term\n: Meaning", "<dl><dt>Term</dt><dd>Meaning</dd></dl>"),
        ("A\n: one\nB\n: two", "<dl><dt>A</dt><dd>one</dd><dt>B</dt><dd>two</dd></dl>"),
        ("A\nB\n: one\n: two", "<dl><dt>A</dt><dt>B</dt><dd>one</dd><dd>two</dd></dl>"),
        ("A\n\n: one", "<dl><dt>A</dt><dd><p>one</p></dd></dl>"),
        ("A\n: one\n\n    - x", "<dl><dt>A</dt><dd><p>one</p><ul><li>x</li></ul></dd></dl>"),
        ("A\n: one\ngoes on\n\nText", "<dl><dt>A</dt><dd>one\ngoes on</dd></dl><p>Text</p>"),
        ("- A\n  : one", "<ul><li><dl><dt>A</dt><dd>one</dd></dl></li></ul>"),
        (": nothing", "<p>: nothing</p>"),
        ("## Head\n: nothing", "<h2>Head</h2><p>: nothing</p>"),
        ("Text :smile: 9:30 : x", "<p>Text :smile: 9:30 : x</p>"),
    ],
)
def test_definitions(text: str, html: str) -> None:
    assert converted(text) == html


@check(
    [
        ("**bold**text and __bold__", "<strong>bold</strong>text and <strong>bold</strong>"),
        ("un**frigging**believable", "un<strong>frigging</strong>believable"),
        ("snake_case_name __init__.py", "snake_case_name <strong>init</strong>.py"),
        ("a*b*c a_b_c", "a<em>b</em>c a_b_c"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("*a __b__*", "<em>a <strong>b</strong></em>"),
        ("2 * 3 * 4 ** 5", "2 * 3 * 4 ** 5"),
        ("** no ** and * no *", "** no ** and * no *"),
        ("*(a)* **“b”**.", "<em>(a)</em> <strong>“b”</strong>."),
        ("*one\ntwo*", "<em>one\ntwo</em>"),
        ("*a `*` b*", "<em>a <code>*</code> b</em>"),
        ("*a [b*](c)", '*a <a href="c">b*</a>'),
        ("**a [b](c)**", '<strong>a <a href="c">b</a></strong>'),
        ("~~gone~~ and~~gone~~", "<del>gone</del> and<del>gone</del>"),
        ("~one~ a~b~c 5~10 and 20~30", "<del>one</del> a~b~c 5~10 and 20~30"),
        ("a ~~~three~~~ ~~a~", "a ~~~three~~~ ~~a~"),
        ("~~a **b**~~", "<del>a <strong>b</strong></del>"),
    ],
)
def test_emphasis(text: str, html: str) -> None:
    assert converted(text) == f"<p>{html}</p>"


@check(
    [
        (r"\*a\* \~ \: \, \| \< \& \" \' \@ \$ \% \^ \= \; \? \/", "*a* ~ : , | &lt; &amp; \" ' @ $ % ^ = ; ? /"),
        (r"\a \é C:\dir", r"\a \é C:\dir"),
        (r"`\*`", r"<code>\*</code>"),
        ("a\\\nb", "a<br>b"),
        ("a  \nb", "a<br>b"),
        ("a \n  b", "a\nb"),
        ("a\\", "a\\"),
        ("&copy; &#169; &#xA9; &nosuch; &amp;lt; R&D", "© © © &amp;nosuch; &amp;lt; R&amp;D"),
        ("&notit; &copy", "&amp;notit; &amp;copy"),
        ("``a ` b`` ` c ` `  `", "<code>a ` b</code> <code>c</code> <code>  </code>"),
        ("`a\nb` ``c`", "<code>a b</code> ``c`"),
        ("a <b>*c*</b> <i", "a <b><em>c</em></b> &lt;i"),
        ("3 < 4 > 2", "3 &lt; 4 &gt; 2"),
    ],
)  # fmt: skip
def test_escapes_code_and_html(text: str, html: str) -> None:
    assert converted(text) == f"<p>{html}</p>"


@check(
    [
        ("[a](b.md)", '<a href="b.md">a</a>'),
        ('[a](b "c \\" d")', '<a href="b" title="c &quot; d">a</a>'),
        ("[a](b 'c') [a](b (c))", '<a href="b" title="c">a</a> <a href="b" title="c">a</a>'),
        ("[a](<b c.md>) [a](<>)", '<a href="b c.md">a</a> <a href="">a</a>'),
        ("[a](b(c)d) [a](b\\)c)", '<a href="b(c)d">a</a> <a href="b)c">a</a>'),
        ("[a [b] c](d) [a \\] b](c)", '<a href="d">a [b] c</a> <a href="c">a ] b</a>'),
        ("[**a** `]`](b)", '<a href="b"><strong>a</strong> <code>]</code></a>'),
        ("[a [b](c) d](e)", '[a <a href="c">b</a> d](e)'),
        ("[a] (b) [a](b c)", "[a] (b) [a](b c)"),
        ("[a](my file.pdf)", '<a href="my file.pdf">a</a>'),
        ("[optional](bring your own)", "[optional](bring your own)"),
        ("![a *b*](c.png 'd')", '<img alt="a b" src="c.png" title="d">'),
        ("[![a](b.png)](c)", '<a href="c"><img alt="a" src="b.png"></a>'),
        ("!\\[a](b)", "![a](b)"),
        ("[a]( b )", '<a href="b">a</a>'),
        ("[a](\nb\n'c')", '<a href="b" title="c">a</a>'),
        ("[ß and\n more][Q]\n\n[q]: <x y> 'z'", '<a href="x y" title="z">ß and\nmore</a>'),
        ("[One] [one][] [x][ONE]\n\n[one]: u", '<a href="u">One</a> <a href="u">one</a> <a href="u">x</a>'),
        ("[none] [none][] [x][none]", "[none] [none][] [x][none]"),
        ("[a]: b\n[a]", '<a href="b">a</a>'),
        ("[a]\n\n> [a]: b", '<a href="b">a</a></p><blockquote></blockquote><p>'),
        ("<https://a.example/?b&c> <me+you@a.example>",
         '<a href="https://a.example/?b&amp;c">https://a.example/?b&amp;c</a> <a href="mailto:me+you@a.example">me+you@a.example</a>'),
    ],
)  # fmt: skip
def test_links(text: str, html: str) -> None:
    assert converted(text).removesuffix("<p></p>").removesuffix("<p>") == f"<p>{html}</p>".removesuffix(
        "<p></p>"
    )


def link(address: str, url: str = "") -> str:
    return f'<a href="{url or address}">{address}</a>'


@check(
    [
        ("See https://a.example.", f"See {link('https://a.example')}."),
        ("(see http://a.example/b_(c))", f"(see {link('http://a.example/b_(c)')})"),
        ("https://a.example/?b=1&c=2, then", f"{link('https://a.example/?b=1&amp;c=2')}, then"),
        ("www.a.example/b! Www.c.example", f"{link('www.a.example/b', 'http://www.a.example/b')}! {link('Www.c.example', 'http://Www.c.example')}"),
        ("**https://a.example**", f"<strong>{link('https://a.example')}</strong>"),
        ("“https://a.example”", f"“{link('https://a.example')}”"),
        ("https://a.example/&copy;", f"{link('https://a.example/')}©"),
        ("https://a.example/a_b_c *d*", f"{link('https://a.example/a_b_c')} <em>d</em>"),
        ("[https://a.example]", f"[{link('https://a.example')}]"),
        ("[see https://a.example](b)", '<a href="b">see https://a.example</a>'),
        ("`https://a.example`", "<code>https://a.example</code>"),
        ("<b>https://a.example</b>", f"<b>{link('https://a.example')}</b>"),
        ("<a href='b'>https://a.example</a>", "<a href='b'>https://a.example</a>"),
        ("http:// www. https://_ xhttps://a.example awww.b.example", "http:// www. https://_ xhttps://a.example awww.b.example"),
        ("HTTPS://A.example", link("HTTPS://A.example")),
        ("ask@college.example, or", f"{link('ask@college.example', 'mailto:ask@college.example')}, or"),
        ("or me.you+x@a-b.example.", f"or {link('me.you+x@a-b.example', 'mailto:me.you+x@a-b.example')}."),
        ("mailto:ask@college.example", link("mailto:ask@college.example")),
        ("_ask@college.example_", f"<em>{link('ask@college.example', 'mailto:ask@college.example')}</em>"),
        ("a@b @you me@ 5@6.", "a@b @you me@ 5@6."),
        ("[ask@a.example](b)", '<a href="b">ask@a.example</a>'),
        ("ftp://a.example course:x", "ftp://a.example course:x"),
    ],
)  # fmt: skip
def test_bare_addresses(text: str, html: str) -> None:
    assert converted(text) == f"<p>{html}</p>"


@check(
    [
        ("<div>\n*a*\n\n*b*\n\n</div>", "<div>*a*<p><em>b</em></p></div>"),
        ("<details><summary>More</summary>\n\n- a\n\n</details>", "<details><summary>More</summary><ul><li>a</li></ul></details>"),
        ("Text\n<p>raw</p>", "<p>Text</p><p>raw</p>"),
        ("<!-- a\n\nb -->\nText", "<!-- a\n\nb --><p>Text</p>"),
        ("<img src=a.png alt=b>", "<p><img src=a.png alt=b></p>"),
        ("- <div>a</div>\n- b", "<ul><li><div>a</div></li><li>b</li></ul>"),
    ],
)  # fmt: skip
def test_raw_html(text: str, html: str) -> None:
    assert converted(text) == html


def test_footnotes_are_numbered_as_the_text_names_them() -> None:
    html = converted(
        "One[^b], two[^a], three[^B].\n\n[^a]: *First*\n[^b]: Second\n\n    - more\n\n[^c]: Third[^none]"
    )
    assert re.findall(r'<sup id="(.*?)">.*?>(\d)</a>', html) == [
        ("fnref:1", "1"),
        ("fnref:2", "2"),
        ("fnref2:1", "1"),
    ]
    notes = re.findall(r'<li id="fn:\d">(.*?)</li>(?=<li id|</ol></div>)', html)
    assert [re.sub(r"&#160;|<a .*?</a>", "", note) for note in notes] == [
        "<p>Second</p><ul><li>more</li></ul><p></p>",
        "<p><em>First</em></p>",
        "<p>Third[^none]</p>",
    ]  # fmt: skip


def test_a_link_is_defined_for_footnotes_too() -> None:
    html = converted("a[^1]\n\n[^1]: see [b]\n\n[b]: c.md")
    assert '<a href="c.md">b</a>' in html


def test_what_one_text_defines_is_not_known_in_the_next() -> None:
    converted("[a][b][^1]\n\n[b]: c\n\n[^1]: d")
    assert converted("[a][b][^1]") == "<p>[a][b][^1]</p>"


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)
    | st.lists(st.sampled_from(WORDS), max_size=20).map("".join)
)
def test_the_converter_can_be_used_again_and_the_short_cut_agrees(text: str) -> None:
    assume(find_too_complex(text) is None)
    html = CONVERTER.convert(text)
    assert html == Converter().convert_fully(text)


@pytest.mark.parametrize(("text", "loaded"), [("Words, *more*\n\n- and", set()), ("`Code`", {"markdown"})])
def test_python_markdown_is_loaded_only_for_texts_that_need_it(text: str, loaded: set[str]) -> None:
    code = (
        "import sys; from credsite.content.markdown.converter import Converter; Converter().convert(sys.argv[1]);"
        "print({'markdown', 'pygments'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    assert done.stdout == f"{loaded}\n"
