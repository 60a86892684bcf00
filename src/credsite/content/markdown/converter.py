"""Markdown to HTML that is not safe yet: Python-Markdown, with the rules of CommonMark and GitHub in place of its own.

:class:`CommonMark` is an extension of Python-Markdown. It reads the blocks of a text and the markup in them; footnotes,
the form of the HTML and all that follows are left to Python-Markdown. Simple texts do without all of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension, FootnoteInlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor

from credsite.content.markdown.block_reader import BlockReader
from credsite.content.markdown.direct import direct_html
from credsite.content.markdown.inlines import InlineReader
from credsite.content.markdown.links import Target, normalize_label
from credsite.content.markdown.tree import TreeWriter

_REFERENCE: Final = re.compile(r"\[\^([^\[\]]+)\](?!:)")
_ANY: Final = re.compile(r"(.*)", re.DOTALL)


class Converter:
    """The parser of one thread. After an exception from :meth:`convert` the object cannot be used any more.

    ``unusual`` is what the last text holds that other programs read in another way: why, and the piece of text.
    """

    def __init__(self) -> None:
        self._rules = CommonMark()
        self._parser = Markdown(extensions=[self._rules], output_format="html")
        self.unusual: list[tuple[str, str]] = []

    def convert(self, text: str) -> str:
        """The HTML of ``text``. RecursionError where it is nested too deeply."""
        direct = direct_html(text)
        if direct is not None:
            self.unusual = []
            return direct
        return self.convert_fully(text)

    def convert_fully(self, text: str) -> str:
        """As :meth:`convert`, but without a short cut for simple texts."""
        self._parser.reset()
        converted = self._parser.convert(text)
        self.unusual = self._rules.unusual
        return converted


class CommonMark(Extension):
    """Lets Python-Markdown read what CommonMark and GitHub define, and lists of definitions."""

    def __init__(self) -> None:
        super().__init__()
        self.unusual: list[tuple[str, str]] = []
        self.references: dict[str, Target] = {}
        self.footnotes = _Footnotes()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        self.footnotes.extendMarkdown(md)
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("inline")
        md.treeprocessors.deregister("unescape")
        md.postprocessors.register(_RawHtml(md), "raw_html", 30)
        md.parser.blockprocessors.register(_Blocks(md, self), "commonmark", 1000)

    def reset(self) -> None:
        """Forget the text before."""
        self.references = {}
        self.unusual = []


class _Blocks(BlockProcessor):
    """Reads all blocks of a text, or of a footnote, at once."""

    def __init__(self, md: Markdown, rules: CommonMark) -> None:
        super().__init__(md.parser)
        self._md = md
        self._rules = rules
        self._mark = FootnoteInlineProcessor("", rules.footnotes)

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = "\n\n".join(blocks)
        blocks.clear()
        rules = self._rules
        footnotes: dict[str, str] = {}
        read = BlockReader(rules.references, footnotes).read(text)
        if footnotes:
            for label in _in_order(text, footnotes):
                rules.footnotes.setFootnote(label, footnotes[label])
        stash = self._md.htmlStash.store
        inlines = InlineReader(
            rules.references, stash, self._footnote, lambda why, piece: rules.unusual.append((why, piece))
        )
        TreeWriter(inlines, stash).write(parent, read)

    def _footnote(self, label: str) -> Element | None:
        """The reference to the footnote ``label``."""
        if label not in self._rules.footnotes.footnotes:
            return None
        found = _ANY.match(label)
        assert found is not None
        mark, _, _ = self._mark.handleMatch(found, label)
        return mark if isinstance(mark, Element) else None


def _in_order(text: str, footnotes: dict[str, str]) -> Iterator[str]:
    """The labels of ``footnotes`` in the order in which the text, and then the footnotes themselves, refer to them."""
    left = dict(footnotes)
    for found in _REFERENCE.finditer(text):
        label = normalize_label(found[1])
        if left.pop(label, None) is not None:
            yield label
    yield from left


class _RawHtml(RawHtmlPostprocessor):
    """Puts raw HTML where its placeholder is."""

    def isblocklevel(self, html: str) -> bool:  # noqa: ARG002
        """Whether no paragraph stays around what is all of one: CommonMark adds none to raw HTML."""
        return True


class _Footnotes(FootnoteExtension):
    """Footnotes with ids by number: an author's label may hold spaces, which an id may not."""

    def __init__(self) -> None:
        super().__init__(BACKLINK_TITLE="")

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The footnotes, in which the space before a link back stands behind what has been read of the text already."""
        div = super().makeFootnotesDiv(root)
        for paragraph in div.iterfind("ol/li/p[last()]") if div is not None else ():
            text = paragraph.text or ""
            if len(paragraph) > 1 and text.endswith(NBSP_PLACEHOLDER):
                paragraph.text = text.removesuffix(NBSP_PLACEHOLDER)
                paragraph[-2].tail = (paragraph[-2].tail or "") + NBSP_PLACEHOLDER
        return div

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        return f"fn:{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        return self.unique_ref(f"fnref:{self._number(id)}", found)

    def _number(self, label: str) -> int:
        return list(self.footnotes).index(label) + 1
