"""What is converted is what Python-Markdown with all its extensions gives."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from credsite.content.markdown.converter import Converter, new_parser
from credsite.content.markdown.limits import find_too_complex

SIGNS = [
    "a", "b ", "word ", "é", "\n", "\n\n", "    ", "\t", "\t\n", " ", "  \n", "\u2028", "\xa0", "#", "# ", "- ", "+ ", "1. ",
    "> ", "---\n", "===\n", ": ", ":", ": x\n", "\n: ", "é: ", "|", "\\|", "|-|-|\n", "a|b\n", "*", "**", "_", "__", "`", "``",
    "```\n", "~~~\n", "\\", "[a]", "[", "]", "(b)", "![", "[a]: c", "[^1]", "[^1]: ", "[^1]:: ", "<", "</", ">", "<a ", "<b>",
    "</b>", "<div>", "</div>", "<hr>", "<!--", "-->", "<?", "?>", "<x@y.example>", "<http://a.example>", "&", "&#", "&#12",
    "&amp;", ";", "'", '"', "=", "{", "}",
]  # fmt: skip
# What most texts are made of, and what comes close to it.
WORDS = [
    "Plain words", " and more, ", "(really)", "on\ntwo lines", ". ", "\n", "\n\n", " ", "  \n", "**bold**", "**Day 1.** ", "*em*",
    "***both***", "**", "*", "_em_", "[a link](course:x)", "[two\nlines](a/b_c*d.html#e)", "[t](u (v))", "![image](a.png)",
    "[", "](x)", "[^1](x)", "`", "`code`", "\\", "&", "<br>", "## Heading\n\n", "# *Em* heading #\n\n", "- one\n- two\n\n",
    "\n\n- one\n\n- two\n    - three **strong**\n\n", "\n\n1. **one** a\n2. two\n", "    more\n", "\n\n> **said** so\n", "| a | *b* |\n|---|:-:|\n",
    "\n===\n", "\n---\n", "\n: is what\n", "\n\n```\ncode\n```\n\n", "\n\n    code \n\n\n", "[^1]: note *x*\n", "[a link]: y\n", "“Oh”", "é", "2",
]  # fmt: skip


def python_markdown(text: str) -> str:
    return new_parser(has_fences=True).convert(text)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
@example("<hr>x  <div>y</div>")
@example("[^1]\n\n[^1]:: x\n")
@example("<hr>&#12: x\n")
@example("a\t\nb")
@example("> a\n> : b")
@example("<p>a</p>: b")
def test_a_new_converter_gives_what_the_full_parser_gives(text: str) -> None:
    assume(find_too_complex(text) is None)
    assert Converter().convert(text) == python_markdown(text)


CONVERTER = Converter()


@settings(deadline=None, max_examples=1000)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
@example("**a  \nb**")
@example("*a* **b** [c](d)")
@example("(*a*), **b**: [c](d).")
@example("*em**em*[t](course:x)")  # of which Python-Markdown makes nonsense
@example("x <a   \n-->&#")
@example("- **a** b\n\n    - c")
@example("    a \n\n\n\nb")
def test_prose_is_read_as_python_markdown_reads_it(text: str) -> None:
    assume(find_too_complex(text) is None)
    assert CONVERTER.convert(text) == python_markdown(text)
