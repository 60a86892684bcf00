"""Random texts mean to the converter what they mean to another program that follows CommonMark."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from credsite.content.markdown.converter import Converter

REFERENCE = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False}).enable(["table", "strikethrough"])
CONVERTER = Converter()

# A table whose head is indented less than the item or the quotation above it, about which programs do not agree.
UNDECIDED = re.compile(r"^ *(?:[-*+>]|\d+[.)]).*\n(?:.+\n)*? *\|?-", re.MULTILINE)

LINES = [
    "word", "two words ", "", "", "- a", "-", "* b", "+ c", "- - d", "1. e", "2. f", "1) g", "10. h", "> i", ">", "> - j", ">> k",
    "```", "~~~", "````", "```py", "| a | b |", "|---|:-:|", "a | b", "-|-", "| 1 | 2 |", "| \\| | `x` | y |", "# l", "#m", "## n ##", "---",
    "***", "===", "- - -", "b  ", "c\\", "[x]",  "[p](q", "r)", "<div>", "</div>", "<!-- s -->",
]  # fmt: skip
WORDS = [
    "a", "b c", " ", " ", ".", "(", ")", "*", "**", "***", "_", "__", "~~", "`", "``", "\\", "\\*", "[", "![i](p.png)", "]", "](", "[x]", "](/u)",
    "](<u v>)", "](u 't')", "&amp;", "&nosuch;", "&#65;", "<i>", "</i>", "<", ">", "\n", "  \n", "“", "é", "1",
]  # fmt: skip


class Outline(HTMLParser):
    """Tags and words, without the white space that makes no difference."""

    BLOCKS = re.compile(r"h\d|p|ul|ol|li|blockquote|pre|hr|table|t[rhd]|thead|tbody|br|div")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.is_code = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = self.is_code or tag == "pre"
        tag = "del" if tag == "s" else tag
        given = {name: unquote(value or "").replace("\n", " ") for name, value in attrs}
        if "style" in given:
            given["align"] = given.pop("style").removeprefix("text-align:")
        self._tag(tag, f"<{tag}{sorted(given.items()) or ''}>")

    def handle_endtag(self, tag: str) -> None:
        self.is_code = self.is_code and tag != "pre"
        tag = "del" if tag == "s" else tag
        self._tag(tag, f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self._tag("hr", f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if self.is_code:
            self.text += "\n".join(line.rstrip() for line in data.rstrip().split("\n"))
        else:
            words = re.sub(r"[ \n]+", " ", data)
            self.text += words.lstrip(" ") if self.text[-1:] in ("", "\n") else words

    def _tag(self, tag: str, written: str) -> None:
        if self.BLOCKS.fullmatch(tag):
            self.text = self.text.rstrip(" ")
            self.text += ("" if self.text[-1:] in ("", "\n") else "\n") + written + "\n"
        else:
            self.text += written


def outline(html: str) -> str:
    return Outline(html).text.strip()


def check(text: str) -> None:
    assert outline(CONVERTER.convert(text)) == outline(REFERENCE.render(text))


# Lines that are indented by four spaces are left out: the other program does not always take them for words where a
# paragraph goes on in them.
@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(["", "", " ", "  ", "   "]), st.sampled_from(LINES)), max_size=9)
)  # fmt: skip
@example([("", "You need:"), ("", "- a"), ("  ", "- a"), ("", "| a | b |"), ("", "|---|:-:|")])
@example([("", "1. e"), ("   ", "```"), ("   ", "word"), ("   ", "```"), ("", "2. f")])
def test_blocks(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(space + line for space, line in lines)
    assume(not UNDECIDED.search(text))
    check(f"[x]: y 'z'\n\n{text}")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
@example("**bold**text, a_b_c and *a **b** c*")
def test_words(text: str) -> None:
    assume(
        "~~~" not in text
        and "\\~" not in text
        and "\\ " not in text
        and "\n " not in text
        and not re.search(r"\n\s*\n", text)
    )
    check(f"x{text}x")
