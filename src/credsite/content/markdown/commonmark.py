"""Python-Markdown with the rules of CommonMark and GitHub in place of its own.

:class:`CommonMark` is an extension of Python-Markdown. It reads the blocks of a text and the markup in them. Footnotes,
and turning the elements into HTML, are left to Python-Markdown.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension, FootnoteInlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor

from credsite.content.markdown.block_reader import BlockReader
from credsite.content.markdown.blocks import Block
from credsite.content.markdown.inlines import InlineReader
from credsite.content.markdown.limits import Expansion
from credsite.content.markdown.links import Target, normalize_label
from credsite.content.markdown.tree import TreeWriter
from credsite.content.markdown.unusual import Oddity, Unusual, ignore

_REFERENCE: Final = re.compile(r"\[\^([^\[\]]+)\](?!:)")
_ADDRESS: Final = re.compile(r"[/.:#]|\A\Z")
_ANY: Final = re.compile(r"(.*)", re.DOTALL)


class FullParser:
    """The parser for any text. After an exception from :meth:`convert` the object cannot be used any more."""

    def __init__(self) -> None:
        self._rules = CommonMark()
        self._parser = Markdown(extensions=[self._rules], output_format="html")

    def convert(self, text: str) -> tuple[str, list[Unusual]]:
        """The HTML of ``text``, and what is unusual in it. RecursionError where it is nested too deeply."""
        self._parser.reset()
        converted = self._parser.convert(text)
        self._rules.report_unused()
        return converted, self._rules.unusual


class CommonMark(Extension):
    """Lets Python-Markdown read what CommonMark and GitHub define, and lists of definitions."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = _Footnotes()
        self.reset()

    def reset(self) -> None:
        """Forget the text before."""
        self.references: dict[str, Target] = {}
        self.used: set[str] = set()
        self.expansion = Expansion()
        self.unusual: list[Unusual] = []
        self._reader: BlockReader | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take the place of all that Python-Markdown reads by itself."""
        md.registerExtension(self)
        self.notes.extendMarkdown(md)
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("inline")
        md.treeprocessors.deregister("unescape")
        md.postprocessors.register(_RawHtml(md), "raw_html", 30)
        md.parser.blockprocessors.register(_Blocks(md, self), "commonmark", 1000)

    def report(self, oddity: Oddity, piece: str, line: int) -> None:
        """Note something unusual."""
        self.unusual.append(Unusual(oddity, piece, line))

    def read(self, text: str) -> tuple[list[Block], bool]:
        """The blocks of ``text``, and whether it is the whole text; then all link definitions and footnotes are known."""
        footnotes: dict[str, str] = {}
        if self._reader is not None:  # a footnote, which Python-Markdown lets us read after the text
            return BlockReader({}, footnotes, ignore).read(text), False
        self._reader = BlockReader(self.references, footnotes, self.report)
        blocks = self._reader.read(text)
        if footnotes:
            self._read_footnotes(text, footnotes)
        return blocks, True

    def _read_footnotes(self, text: str, footnotes: dict[str, str]) -> None:
        """Find what is defined in footnotes, and give all footnotes to Python-Markdown, in the order of their numbers."""
        unread = list(footnotes.values())
        for footnote in unread:
            inner: dict[str, str] = {}
            BlockReader(self.references, inner, ignore).read(footnote)
            unread += (inner[label] for label in inner if label not in footnotes)
            footnotes.update((label, inner[label]) for label in inner if label not in footnotes)
        left = dict(footnotes)
        for found in _REFERENCE.finditer(text):
            label = normalize_label(found[1])
            if left.pop(label, None) is not None:
                self.notes.setFootnote(label, footnotes[label])
        for label in left:
            self.notes.setFootnote(label, footnotes[label])

    def report_unused(self) -> None:
        """Note the definitions of links and the footnotes that the text does not refer to."""
        if self._reader is None:
            return
        for label, line in self._reader.definitions:
            name = normalize_label(label)
            if name not in self.used and not _ADDRESS.search(self.references[name].url):
                self.report(Oddity.DEFINITION, f"[{label}]", line)
        for label, line in self._reader.notes:
            if normalize_label(label) not in self.notes.footnote_order:
                self.report(Oddity.FOOTNOTE, f"[^{label}]", line)


class _Blocks(BlockProcessor):
    """Reads all blocks of a text, or of a footnote, at once."""

    def __init__(self, md: Markdown, rules: CommonMark) -> None:
        super().__init__(md.parser)
        self._rules = rules
        self._stash = md.htmlStash.store
        self._mark = FootnoteInlineProcessor("", rules.notes)

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = "\n\n".join(blocks)
        blocks.clear()
        rules = self._rules
        read, is_whole = rules.read(text)
        inlines = InlineReader(
            rules.references, rules.used, rules.expansion, self._stash, self._footnote, rules.report
        )
        TreeWriter(inlines, self._stash, has_lines=is_whole).write(parent, read)

    def _footnote(self, label: str) -> Element | None:
        """The reference to the footnote ``label``."""
        if label not in self._rules.notes.footnotes:
            return None
        found = _ANY.match(label)
        assert found is not None
        mark, _, _ = self._mark.handleMatch(found, label)
        return mark if isinstance(mark, Element) else None


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
        for note in div.iterfind("ol/li") if div is not None else ():
            paragraph = (note.findall("p") or [note])[-1]
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
