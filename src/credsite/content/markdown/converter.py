"""Markdown to HTML that is not safe yet. Texts that are not simple go to Python-Markdown.

Python-Markdown tries every pattern on every piece of text, so most of its time goes into syntax that is not there.
A pattern whose first character (``[``, ``<``, ``|``, ...) does not occur in the text cannot match it; to leave it out
changes the speed and nothing else. Few combinations occur in practice, and the parser for each is kept.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Final, NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from credsite.content.markdown.direct import direct_html

MAX_PARSERS: Final = 32
"""How many parsers are kept. One takes some tens of kilobytes, and a tenth of a millisecond to build."""

_COLON: Final = re.compile(r":[ \t]")
# A definition's line begins with ": ", also in a quotation or a list. The colon comes first in the pattern so that the
# search can leap from one to the next.
_DEFINITION: Final = re.compile(r":(?<=[\s>*+.:\-]:)[ \t]")


class Syntax(NamedTuple):
    """Which syntax a text can hold, judged by its characters: never too little, sometimes too much."""

    code: bool
    escapes: bool
    links: bool
    images: bool
    html: bool
    entities: bool
    breaks: bool
    emphasis: bool
    tables: bool
    fences: bool
    definitions: bool
    footnotes: bool


_INLINE: Final = {
    "code": ("backtick",),
    "escapes": ("escape",),
    "links": ("reference", "link", "short_reference"),
    "images": ("image_link", "image_reference", "short_image_ref"),
    "html": ("autolink", "automail", "html"),
    "entities": ("entity",),
    "breaks": ("linebreak",),
    "emphasis": ("em_strong",),
}
"""Python-Markdown's names of the inline patterns that read each syntax."""


def syntax_of(text: str) -> Syntax:
    """The syntax that ``text`` can hold. Its line ends are ``\\n``."""
    links = "[" in text
    # Raw HTML ends the line that it stands in: what follows it is the start of another line.
    html = "<" in text
    return Syntax(
        code="`" in text,
        escapes="\\" in text,
        links=links,
        images=links and "![" in text,
        html=html,
        entities="&" in text,
        breaks=html or " \n" in text or "\t\n" in text,  # a tab becomes up to four spaces
        emphasis="*" in text or "_" in text,
        tables="|" in text,
        fences="```" in text or "~~~" in text,
        definitions=text.startswith(":") or (_COLON if html else _DEFINITION).search(text) is not None,
        footnotes=links and "[^" in text,
    )


class Converter:
    """The parsers of one thread. After an exception from :meth:`convert` the object cannot be used any more."""

    def __init__(self) -> None:
        self._parsers: OrderedDict[Syntax, Markdown] = OrderedDict()

    def convert(self, text: str) -> str:
        """The HTML of ``text``. RecursionError where it is nested too deeply."""
        direct = direct_html(text)
        if direct is not None:
            return direct
        syntax = syntax_of(text)
        parser = self._parsers.get(syntax)
        if parser is None:
            parser = self._parsers[syntax] = parser_for(syntax)
            if len(self._parsers) > MAX_PARSERS:
                self._parsers.popitem(last=False)
        else:
            self._parsers.move_to_end(syntax)
            parser.reset()
        return parser.convert(text)


def parser_for(syntax: Syntax) -> Markdown:
    """Python-Markdown with the parts that ``syntax`` needs."""
    extensions: list[Extension] = []
    if syntax.tables:
        extensions.append(TableExtension(use_align_attribute=True))
    if syntax.fences:
        # Here, because it brings in the whole of Pygments where that is installed.
        from markdown.extensions.fenced_code import FencedCodeExtension

        extensions.append(FencedCodeExtension())
    if syntax.definitions:
        extensions.append(DefListExtension())
    if syntax.footnotes:
        extensions.append(_Footnotes())
    parser = Markdown(extensions=extensions, output_format="html")
    for name, patterns in _INLINE.items():
        if not getattr(syntax, name):
            for pattern in patterns:
                parser.inlinePatterns.deregister(pattern)
    if not syntax.html and not syntax.entities:
        parser.preprocessors.deregister("html_block")
    if not syntax.escapes:
        parser.treeprocessors.deregister("unescape")
    return parser


class _Footnotes(FootnoteExtension):
    """Footnotes with ids by number: an author's label may hold spaces, which an id may not."""

    def __init__(self) -> None:
        super().__init__(BACKLINK_TITLE="")

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        return f"fn:{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        return self.unique_ref(f"fnref:{self._number(id)}", found)

    def _number(self, label: str) -> int:
        return list(self.footnotes).index(label) + 1
