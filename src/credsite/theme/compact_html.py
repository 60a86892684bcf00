"""Leaves out of templates what a page does not need: line ends beside blocks, and end tags that HTML lets one omit.

This happens when a template is compiled, so it costs nothing when pages are rendered, and templates stay easy to read.
It changes tokens and not the source, so that errors have the lines of the file.

Sources: https://html.spec.whatwg.org/#optional-tags, and for white space beside blocks https://www.w3.org/TR/css-text-3/#white-space-rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_tag_start: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)").match
_BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        """html head title base meta link body header footer main nav section article aside div p h1 h2 h3 h4 h5 h6
        ul ol li dl dt dd table caption thead tbody tfoot tr th td form fieldset legend details summary option
        figure figcaption blockquote template script hr br""",
    )
)
"""Elements beside which browsers drop white space, and those that show nothing."""
_OPTIONAL_END_TAGS: Final = frozenset(("li", "dt", "dd", "tr", "th", "td", "thead", "tbody", "option"))
"""Elements that end where the next one begins or their parent ends, because their parents contain nothing else."""
_VERBATIM: Final = frozenset(("pre", "textarea", "script", "style"))
"""Elements in which white space may have a meaning."""


class CompactHtml(Extension):
    """The Jinja extension. Messages between ``{% trans %}`` and ``{% endtrans %}`` stay as translators know them."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        text = _Text()
        is_message = False
        before = ""
        for token in stream:
            if before == "block_begin" and token.type == "name":
                is_message = token.value == "trans" or (is_message and token.value != "endtrans")
            before = token.type
            if token.type != "data" or is_message:
                yield token
            elif value := "".join(text.compact(token.value)):
                yield Token(token.lineno, token.type, value)


class _Text:
    """The HTML of a template in the order of its file. Tags may begin in one piece and end in another.

    ``tag`` is the name of the element in whose tag the last piece ended, and ``verbatim`` that of the element whose
    content it is.
    """

    def __init__(self) -> None:
        self._tag = ""
        self._verbatim = ""

    def compact(self, text: str) -> Iterable[str]:
        position = 0
        while position < len(text):
            if self._tag:
                position, part = self._rest_of_tag(text, position)
            elif self._verbatim:
                position, part = self._content(text, position)
            else:
                position, part = self._until_tag(text, position)
            yield part

    def _rest_of_tag(self, text: str, position: int) -> tuple[int, str]:
        end = text.find(">", position) + 1
        if not end:
            return len(text), text[position:]
        part, name = text[position:end], self._tag
        self._tag = ""
        if name in _VERBATIM:
            self._verbatim = name
            return end, part
        return _after_block(text, end, name.removeprefix("/")), part

    def _content(self, text: str, position: int) -> tuple[int, str]:
        end = text.lower().find(f"</{self._verbatim}", position)
        if end < 0:
            return len(text), text[position:]
        self._verbatim = ""
        return end, text[position:end]

    def _until_tag(self, text: str, position: int) -> tuple[int, str]:
        start = text.find("<", position)
        if start < 0:
            return len(text), text[position:]
        tag = _tag_start(text, start)
        if tag is None:
            return start + 1, text[position : start + 1]
        name, is_end = tag[1].lower(), tag[0][1] == "/"
        before = text[position:start].rstrip("\n") if name in _BLOCKS else text[position:start]
        end = text.find(">", start) + 1
        if is_end and name in _OPTIONAL_END_TAGS and end:
            return _after_block(text, end, name), before
        self._tag = f"/{name}" if is_end else name
        return tag.end(), before + tag[0]


def _after_block(text: str, end: int, name: str) -> int:
    """Where the text goes on behind the tag of an element that ends at ``end``."""
    while name in _BLOCKS and text.startswith("\n", end):
        end += 1
    return end
