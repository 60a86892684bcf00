"""Turns blocks into the elements of Python-Markdown's tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from credsite.content.markdown.blocks import (
    Block,
    Definition,
    DefinitionList,
    FencedCode,
    Footnote,
    HeadingBlock,
    HtmlBlock,
    IndentedCode,
    Item,
    Leaf,
    List,
    Paragraph,
    Quotation,
    Rule,
    TableBlock,
    TermBlock,
)
from credsite.content.markdown.inline_writer import append_text, literal
from credsite.content.markdown.inlines import InlineReader
from credsite.content.markdown.tables import split_row
from credsite.content.markdown.unusual import Oddity

# An image, or words in one element, on lines of their own: that they are a paragraph makes no difference to what is seen.
_WORDS_ONLY: Final = re.compile(
    r"\s*<(?:img|wbr|br)\b[^<>]*>\s*|\s*<(a|abbr|b|bdi|bdo|cite|del|em|i|ins|mark|q|small|span|strong|u)\b[^<>]*>.*</\1>\s*",
    re.DOTALL | re.IGNORECASE,
)
_TASK: Final = re.compile(r"\[([ xX])\] +(?=\S)")


class TreeWriter:
    """Writes blocks. The text of each is read by ``inlines``, raw HTML goes to ``stash``, which gives a placeholder.

    ``has_lines`` is whether the numbers of the blocks' lines are those of the source; in a footnote they are not.
    """

    def __init__(self, inlines: InlineReader, stash: Callable[[str], str], has_lines: bool) -> None:
        self._inlines = inlines
        self._stash = stash
        self._has_lines = has_lines

    def write(self, parent: Element, blocks: list[Block], tight: bool = False) -> None:
        """Add ``blocks`` to ``parent``; where they are ``tight``, the paragraphs among them without elements of their own."""
        for block in blocks:
            match block:
                case Paragraph():
                    self._write_paragraph(parent, block, tight)
                case List():
                    self._write_list(parent, block)
                case HeadingBlock():
                    self._write_text(SubElement(parent, f"h{block.level}"), block)
                case Quotation():
                    self.write(SubElement(parent, "blockquote"), block.children)
                case Rule():
                    SubElement(parent, "hr")
                case IndentedCode() | FencedCode():
                    _write_code(parent, block)
                case HtmlBlock():
                    self._write_html(parent, "\n".join(block.lines).rstrip("\n"))
                case TableBlock():
                    self._write_table(parent, block)
                case DefinitionList():
                    self._write_definitions(parent, block)
                case _:
                    assert isinstance(block, Footnote)

    def _line_of(self, number: int) -> int:
        return number if self._has_lines else 0

    def _write_text(self, element: Element, leaf: Leaf) -> None:
        self._inlines.write(element, "\n".join(leaf.lines), self._line_of(leaf.start))

    def _write_paragraph(self, parent: Element, paragraph: Paragraph, tight: bool) -> None:
        if not tight:
            element = SubElement(parent, "p")
            element.text = ""  # the extension for footnotes adds to it
            self._write_text(element, paragraph)
            return
        if len(parent):
            append_text(parent, "\n")
        self._write_text(parent, paragraph)

    def _write_html(self, parent: Element, html: str) -> None:
        if parent.text and not len(parent):
            append_text(parent, "\n")
        # The element only holds the place: Python-Markdown puts the HTML itself instead of it.
        SubElement(parent, "p").text = self._stash(f"<p>{html}</p>" if _WORDS_ONLY.fullmatch(html) else html)

    def _write_list(self, parent: Element, block: List) -> None:
        element = SubElement(parent, "ul" if block.first_number is None else "ol")
        if block.first_number not in (None, 1):
            element.set("start", str(block.first_number))
        tight = not block.is_loose
        for item in block.children:
            assert isinstance(item, Item)
            li = SubElement(element, "li")
            if _draw_box(item):
                li.set("class", "task")
            self.write(li, item.children, tight)

    def _write_table(self, parent: Element, table: TableBlock) -> None:
        element = SubElement(parent, "table")
        head, *rows = table.lines
        self._write_row(SubElement(element, "thead"), "th", split_row(head), table, table.start)
        if rows:
            body = SubElement(element, "tbody")
            for number, row in enumerate(rows, table.start + 2):
                self._write_row(body, "td", split_row(row), table, number)

    def _write_row(self, parent: Element, tag: str, cells: list[str], table: TableBlock, number: int) -> None:
        row = SubElement(parent, "tr")
        alignments, line = table.alignments, self._line_of(number)
        self._inlines.expansion.add_cells(max(0, len(alignments) - len(cells)), table.lines[0])
        for column, alignment in enumerate(alignments):
            cell = SubElement(row, tag, {"align": alignment} if alignment else {})
            if column < len(cells):
                self._inlines.write(cell, cells[column], line)
        left_out = [cell for cell in cells[len(alignments) :] if cell]
        if left_out:
            self._inlines.line = line
            self._inlines.report(Oddity.CELLS, left_out[0])

    def _write_definitions(self, parent: Element, block: DefinitionList) -> None:
        element = SubElement(parent, "dl")
        for child in block.children:
            if isinstance(child, TermBlock):
                self._write_text(SubElement(element, "dt"), child)
            elif isinstance(child, Definition):
                self.write(SubElement(element, "dd"), child.children, tight=not child.is_loose)


def _draw_box(item: Item) -> bool:
    """Put a box in place of the ``[ ]`` or ``[x]`` of a task. False where ``item`` is none.

    The box is a character, which screen readers read out in their language: nobody can tick it on the page.
    """
    first = item.children[0] if item.children else None
    if not isinstance(first, Paragraph) or not first.lines[0].startswith("["):
        return False
    found = _TASK.match(first.lines[0])
    if found is None:
        return False
    box = "\N{BALLOT BOX}" if found[1] == " " else "\N{BALLOT BOX WITH CHECK}"
    first.lines[0] = f"{box} {first.lines[0][found.end() :]}"
    return True


def _write_code(parent: Element, block: IndentedCode | FencedCode) -> None:
    code = SubElement(SubElement(parent, "pre"), "code")
    language = block.info.split()[:1] if isinstance(block, FencedCode) else []
    if language:
        code.set("class", f"language-{literal(language[0])}")
    code.text = literal("\n".join(block.lines))
