"""Reads a Markdown text into blocks, by the rules of CommonMark, and those of GitHub for tables and footnotes.

Lists of definitions are the only blocks beside these. The time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from credsite.content.markdown.blocks import (
    INDENT,
    Block,
    Container,
    Definition,
    DefinitionList,
    FencedCode,
    Footnote,
    HeadingBlock,
    HtmlBlock,
    IndentedCode,
    Item,
    Leaf,
    Line,
    List,
    Paragraph,
    Quotation,
    Rule,
    TableBlock,
    TermBlock,
)
from credsite.content.markdown.html_syntax import TAG
from credsite.content.markdown.limits import TooDeepError
from credsite.content.markdown.links import Target, normalize_label, unescape
from credsite.content.markdown.tables import alignments_of, split_row
from credsite.content.markdown.unusual import Oddity, Report, syntax_of_other_programs

MAX_DEPTH: Final = 100
"""Blocks inside each other. A level of a list is two: the list, and its item."""

_HEADING: Final = re.compile(r"(#{1,6})(?: +|\Z)")
_ALMOST_HEADING: Final = re.compile(r"#{2,6}[^\s#]")
_ATTRIBUTES: Final = re.compile(r"\{:? *[#.][\w\-][^{}]*\}\Z")
_HEADING_END: Final = re.compile(r"(?:^|(?<= ))#+ *\Z")
_UNDERLINE: Final = re.compile(r"(=+|-+) *\Z")
_FENCE: Final = re.compile(r"(`{3,})([^`]*)\Z|(~{3,})(.*)\Z", re.DOTALL)
_ITEM: Final = re.compile(r"(?:([*+-])|(\d{1,9})([.)]))(?= |\Z)")
_FOOTNOTE: Final = re.compile(r"\[\^([^\[\]]+)\]: *")
_DEFINITION: Final = re.compile(r": {1,3}(?=\S)")
_BLOCK_TAGS: Final = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
_HTML_STARTS: Final = {
    1: re.compile(r"<(?:script|pre|textarea|style)(?:\s|>|\Z)", re.IGNORECASE),
    2: re.compile("<!--"),
    3: re.compile(r"<\?"),
    4: re.compile("<![A-Za-z]"),
    5: re.compile(r"<!\[CDATA\["),
    6: re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|\Z)", re.IGNORECASE),
    7: re.compile(rf"(?:{TAG}) *\Z"),
}


class BlockReader:
    """Reads one text. ``references`` and ``footnotes`` are filled with what the text defines.

    ``definitions`` are the labels of link definitions, as written, and the numbers of their lines; ``notes`` are those of
    footnotes. What is probably not meant as it is read goes to ``report``.
    """

    def __init__(self, references: dict[str, Target], footnotes: dict[str, str], report: Report) -> None:
        self._references = references
        self._footnotes = footnotes
        self._report = report
        self.definitions: list[tuple[str, int]] = []
        self.notes: list[tuple[str, int]] = []
        self._open: list[Block] = [Container()]
        self._matched = 1  # how many of the open blocks the current line goes on in

    def read(self, text: str) -> list[Block]:
        """The blocks of ``text``, which has no tabs. TooDeepError where they are nested too deeply."""
        root = Container()
        self._open = [root]
        for number, line in enumerate(text.split("\n"), 1):
            try:
                self._read_line(Line(line, number))
            except RecursionError:
                raise TooDeepError(line) from None
        self._close_to(1)
        return root.children

    def _read_line(self, line: Line) -> None:
        stack = self._open
        matched = 1
        while matched < len(stack) and stack[matched].continues(line):
            matched += 1
        self._matched = matched
        if not stack[matched - 1].verbatim:
            self._start_blocks(line)
        if not line.used:
            self._add_text(line)

    def _start_blocks(self, line: Line) -> None:
        """Open the blocks that begin in ``line``."""
        while not line.blank and not line.used:
            if line.indent >= INDENT:
                if self._open[-1].__class__ is not Paragraph:
                    line.skip(INDENT)
                    self._push(IndentedCode(line.number))
                return
            starts = _STARTS.get(line.text[line.first])
            if starts is None or not any(start(self, line) for start in starts):
                return
            if isinstance(self._open[-1], Leaf):
                return

    def _add_text(self, line: Line) -> None:
        tip = self._open[-1]
        if self._matched < len(self._open):
            if not line.blank and isinstance(tip, Leaf) and tip.goes_on_lazily:
                tip.add(line)
                if isinstance(tip, Paragraph):
                    tip.lazy = True
                    if line.text[line.first] in "|-:":
                        self._report_table(tip.lines, line.number)
                return
            self._close_to(self._matched)
            tip = self._open[-1]
        if isinstance(tip, Leaf):
            if isinstance(tip, Paragraph):
                tip.lazy = False
            if tip.add(line):
                self._close_to(len(self._open) - 1)
        elif not line.blank:
            paragraph = Paragraph(line.number)
            self._push(paragraph)
            other = syntax_of_other_programs(line.words) if line.text[line.first] in "[!?:{" else None
            if other is not None:
                self._report(Oddity.OTHER_PROGRAM, other, line.number)
            paragraph.add(line)

    @property
    def _container(self) -> Block:
        """The innermost block that the current line goes on in."""
        return self._open[self._matched - 1]

    def _push(self, block: Block) -> None:
        """Open ``block`` in the innermost block that the line goes on in, or in the next around it that may hold it."""
        self._close_to(self._matched)
        stack = self._open
        while not stack[-1].may_hold(block):
            self._close_to(len(stack) - 1)
        parent = stack[-1]
        assert isinstance(parent, Container)
        parent.children.append(block)
        stack.append(block)
        if len(stack) > MAX_DEPTH:
            raise RecursionError
        self._matched = len(stack)

    def _add(self, leaf: Leaf, line: Line) -> bool:
        """Add a ``leaf`` of one line."""
        self._push(leaf)
        self._close_to(len(self._open) - 1)
        self._matched = len(self._open)
        line.used = True
        return True

    def _close_to(self, depth: int) -> None:
        """Close all open blocks but the outer ``depth``."""
        stack = self._open
        while len(stack) > depth:
            block = stack.pop()
            parent = stack[-1]
            assert isinstance(parent, Container)
            match block:
                case Paragraph():
                    self.definitions += block.take_definitions(self._references)
                    if not block.lines:
                        parent.children.pop()
                case Footnote():
                    label = normalize_label(block.label)
                    self._footnotes.setdefault(label, "\n".join(block.lines).strip("\n"))
                    self.notes.append((block.label, block.start))
                case FencedCode() if not block.closed:
                    self._report(Oddity.OPEN_CODE, block.fence, block.start)
                case Container() if block.children:
                    block.end = max(block.end, block.children[-1].end)
                case _:
                    pass

    # Each of the following opens a block where the line begins one.

    def _quotation(self, line: Line) -> bool:
        self._push(Quotation(line.number))
        line.move(line.first + 1)
        line.skip(1)
        return True

    def _heading(self, line: Line) -> bool:
        found = _HEADING.match(line.text, line.first)
        if found is None:
            if _ALMOST_HEADING.match(line.text, line.first):
                self._report(Oddity.HEADING, line.words.rstrip(), line.number)
            return False
        title = _HEADING_END.sub("", line.text[found.end() :]).strip(" ")
        if title.endswith("}") and (attributes := _ATTRIBUTES.search(title)):
            self._report(Oddity.OTHER_PROGRAM, attributes[0], line.number)
        return self._add(HeadingBlock(line.number, len(found[1]), [title]), line)

    def _fence(self, line: Line) -> bool:
        found = _FENCE.match(line.text, line.first)
        if found is None:
            return False
        info = unescape((found[2] or found[4] or "").strip())
        self._push(FencedCode(line.number, found[1] or found[3], line.indent, info))
        line.used = True
        return True

    def _html(self, line: Line) -> bool:
        for condition, pattern in _HTML_STARTS.items():
            if pattern.match(line.text, line.first):
                if condition == 7 and self._open[-1].__class__ is Paragraph:
                    return False
                self._push(HtmlBlock(line.number, condition))
                return True
        return False

    def _setext_heading(self, line: Line) -> bool:
        paragraph = self._container
        found = _UNDERLINE.match(line.text, line.first)
        if found is None or not isinstance(paragraph, Paragraph):
            return False
        self.definitions += paragraph.take_definitions(self._references)
        if not paragraph.lines:
            return False
        self._take_paragraph()
        heading = HeadingBlock(paragraph.start, 1 if found[1][0] == "=" else 2, paragraph.lines)
        self._add(heading, line)
        heading.end = line.number
        return True

    def _rule(self, line: Line) -> bool:
        words = line.words
        signs = words.count(words[0])
        return signs >= 3 and signs + words.count(" ") == len(words) and self._add(Rule(line.number), line)

    def _item(self, line: Line) -> bool:
        found = _ITEM.match(line.text, line.first)
        if found is None:
            return False
        container = self._container
        spaces = len(line.text) - found.end() - len(line.text[found.end() :].lstrip(" "))
        blank = found.end() + spaces == len(line.text)
        number = int(found[2]) if found[2] else None
        if isinstance(container, Paragraph) and (blank or number not in (None, 1)):
            return False
        if blank or spaces > INDENT:
            spaces = 1
        marker = found[1] or found[3]
        if not isinstance(container, List) or container.marker != marker:
            self._push(List(line.number, marker, number))
        self._push(Item(line.number, line.indent + len(found[0]) + spaces))
        line.move(found.end())
        line.skip(spaces)
        return True

    def _footnote(self, line: Line) -> bool:
        found = _FOOTNOTE.match(line.text, line.first)
        if found is None:
            return False
        self._push(Footnote(line.number, found[1]))
        line.move(found.end())
        return True

    def _table(self, line: Line) -> bool:
        paragraph = self._container
        if not isinstance(paragraph, Paragraph):
            return False
        alignments = alignments_of(line.words)
        if alignments is None:
            return False
        head = split_row(paragraph.lines[-1])
        if len(head) != len(alignments):
            if len(head) > 1:
                self._report(Oddity.TABLE_COLUMNS, line.words.rstrip(), line.number)
            return False
        table = TableBlock(line.number - 1, paragraph.lines.pop(), alignments)
        if paragraph.lines:
            paragraph.end -= 1
            self._matched -= 1
        else:
            self._take_paragraph()
        self._push(table)
        table.end = line.number
        line.used = True
        return True

    def _report_table(self, lines: list[str], number: int) -> None:
        """Report a table that is taken for words of the item or the quotation above it."""
        head, ruler = lines[-2:] if len(lines) > 1 else ("", "")
        alignments = alignments_of(ruler)
        if alignments is not None and len(alignments) == len(split_row(head)) > 1:
            self._report(Oddity.TABLE_IN_WORDS, ruler.rstrip(), number)

    def _definition(self, line: Line) -> bool:
        found = _DEFINITION.match(line.text, line.first)
        container, tip = self._container, self._open[-1]
        if found is None or not isinstance(container, (Container, Paragraph)):
            return False
        apart = False
        if isinstance(container, Paragraph):
            self.definitions += container.take_definitions(self._references)
            if not container.lines:
                return False
            self._take_paragraph()
            self._push_terms(container)
        elif isinstance(container, DefinitionList):
            term = None
            if isinstance(tip, Paragraph) and tip.lazy and len(tip.lines) > 1:
                # This line belonged to the definition above only because nothing said yet that it is a term.
                term = Paragraph(line.number - 1, [tip.lines.pop()])
                tip.end -= 1
            self._close_to(self._matched)
            apart = line.number > container.children[-1].end + 1 and term is None
            if term is not None:
                self._push_terms(term)
        elif container.children and isinstance(container.children[-1], Paragraph):
            self._close_to(self._matched)
            paragraph = container.children.pop()
            assert isinstance(paragraph, Paragraph)
            self._push_terms(paragraph)
            apart = True
        else:
            return False
        self._push(Definition(line.number, apart))
        line.move(found.end())
        return True

    def _take_paragraph(self) -> None:
        """Remove the paragraph that is open."""
        self._open.pop()
        parent = self._open[-1]
        assert isinstance(parent, Container)
        parent.children.pop()
        self._matched = len(self._open)

    def _push_terms(self, paragraph: Paragraph) -> None:
        """Open a list of definitions, or the one just before it again, and add a term for each line."""
        parent = self._open[-1]
        assert isinstance(parent, Container)
        if not isinstance(parent, DefinitionList):
            if parent.children and isinstance(parent.children[-1], DefinitionList):
                self._open.append(parent.children[-1])
                self._matched = len(self._open)
            else:
                self._push(DefinitionList(paragraph.start))
        for number, term in enumerate(paragraph.lines, paragraph.start):
            self._push(TermBlock(number, [term.strip(" ")]))
            self._close_to(len(self._open) - 1)
            self._matched = len(self._open)


_STARTS: Final[dict[str, tuple[Callable[[BlockReader, Line], bool], ...]]] = {
    ">": (BlockReader._quotation,),
    "#": (BlockReader._heading,),
    "`": (BlockReader._fence,),
    "~": (BlockReader._fence,),
    "<": (BlockReader._html,),
    "=": (BlockReader._setext_heading,),
    "-": (BlockReader._setext_heading, BlockReader._rule, BlockReader._table, BlockReader._item),
    "*": (BlockReader._rule, BlockReader._item),
    "_": (BlockReader._rule,),
    "+": (BlockReader._item,),
    **dict.fromkeys("0123456789", (BlockReader._item,)),
    "[": (BlockReader._footnote,),
    "|": (BlockReader._table,),
    ":": (BlockReader._table, BlockReader._definition),
}
"""What may begin with a character, in the order in which it is tried."""
