"""The kinds of blocks that a Markdown text is made of, and which lines belong to each of them.

A text is read line by line. A block that is open says of each line whether it goes on in it, and moves the line's cursor
behind what it has used: the ``>`` of a quotation, the indentation of a list's item.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import ClassVar, Final

from credsite.content.markdown.links import Target, read_definition

_SPACES: Final = re.compile(" *")
_FENCE_END: Final = re.compile(r"(`{3,}|~{3,}) *\Z")
_HTML_ENDS: Final = {
    1: re.compile(r"</(?:script|pre|textarea|style)>", re.IGNORECASE),
    2: re.compile("-->"),
    3: re.compile(r"\?>"),
    4: re.compile(">"),
    5: re.compile(r"\]\]>"),
}
INDENT: Final = 4
"""Columns from which on an indented line is code. Definitions and footnotes go on in lines that are indented so far."""


class Line:
    """A line and how far it has been read: ``at`` is the cursor, ``first`` the next character that is no space.

    ``used`` is whether nothing of it is left to be read.
    """

    __slots__ = ("at", "blank", "first", "indent", "number", "text", "used")

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self.number = number
        self.used = False
        self.move(0)

    def move(self, at: int) -> None:
        """Set the cursor."""
        self.at = at
        found = _SPACES.match(self.text, at)
        self.first = found.end() if found else at
        self.indent = self.first - at
        self.blank = self.first >= len(self.text)

    def skip(self, columns: int) -> None:
        """Move the cursor over spaces, ``columns`` at most."""
        self.move(self.at + min(columns, self.indent))

    @property
    def rest(self) -> str:
        """What follows the cursor."""
        return self.text[self.at :]

    @property
    def words(self) -> str:
        """What follows the spaces behind the cursor."""
        return self.text[self.first :]


class Block:
    """A block. ``start`` and ``end`` are the numbers of its first and last line."""

    __slots__ = ("end", "start")

    verbatim: ClassVar = False
    """Whether the lines that belong to it are taken as they are, whatever they look like."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start

    def continues(self, line: Line) -> bool:
        """Whether ``line`` goes on in this block, which is open."""
        raise NotImplementedError

    def may_hold(self, block: Block) -> bool:
        """Whether ``block`` may stand in this one."""
        raise NotImplementedError


class Container(Block):
    """A block of other blocks; as such, the whole text."""

    __slots__ = ("children",)

    def __init__(self, start: int = 0) -> None:
        super().__init__(start)
        self.children: list[Block] = []

    def continues(self, line: Line) -> bool:  # noqa: ARG002
        return True

    def may_hold(self, block: Block) -> bool:
        return not isinstance(block, (Item, TermBlock, Definition))


class Quotation(Container):
    def continues(self, line: Line) -> bool:
        if line.indent >= INDENT or not line.text.startswith(">", line.first):
            return False
        line.move(line.first + 1)
        line.skip(1)
        self.end = line.number
        return True


class List(Container):
    """A list. ``marker`` is its bullet, or what follows its numbers; ``first_number`` is None where it has bullets."""

    __slots__ = ("first_number", "marker")

    def __init__(self, start: int, marker: str, first_number: int | None) -> None:
        super().__init__(start)
        self.marker = marker
        self.first_number = first_number

    def may_hold(self, block: Block) -> bool:
        return isinstance(block, Item)

    @property
    def is_loose(self) -> bool:
        """Whether there are blank lines between its items, or between the blocks of one of them."""
        return _has_gaps(self.children) or any(
            isinstance(item, Item) and _has_gaps(item.children) for item in self.children
        )


class Item(Container):
    """An item of a list. ``offset`` is how many columns its blocks are indented by."""

    __slots__ = ("offset",)

    def __init__(self, start: int, offset: int) -> None:
        super().__init__(start)
        self.offset = offset

    def continues(self, line: Line) -> bool:
        if line.blank:
            return bool(self.children)
        if line.indent < self.offset:
            return False
        line.skip(self.offset)
        return True


class DefinitionList(Container):
    def may_hold(self, block: Block) -> bool:
        return isinstance(block, (TermBlock, Definition))


class Definition(Container):
    """What a term means. ``apart`` is whether a blank line stands before it."""

    __slots__ = ("apart",)

    def __init__(self, start: int, apart: bool) -> None:
        super().__init__(start)
        self.apart = apart

    def continues(self, line: Line) -> bool:
        if line.blank:
            return bool(self.children)
        if line.indent < INDENT:
            return False
        line.skip(INDENT)
        return True

    @property
    def is_loose(self) -> bool:
        """Whether its paragraphs are paragraphs of their own."""
        return self.apart or _has_gaps(self.children)


class Leaf(Block):
    """A block of text."""

    __slots__ = ("lines",)

    def __init__(self, start: int, lines: list[str] | None = None) -> None:
        super().__init__(start)
        self.lines = lines or []

    def continues(self, line: Line) -> bool:  # noqa: ARG002
        return False

    def may_hold(self, block: Block) -> bool:  # noqa: ARG002
        return False

    def add(self, line: Line) -> bool:
        """Take ``line``. True where the block ends with it."""
        self.lines.append(line.words)
        self.end = line.number
        return False

    @property
    def goes_on_lazily(self) -> bool:
        """Whether a line of text belongs to it although the markers of the blocks around it are missing."""
        return False


class Paragraph(Leaf):
    """A paragraph. ``lazy`` is whether its last line was added without the markers of the blocks around it."""

    __slots__ = ("lazy",)

    def __init__(self, start: int, lines: list[str] | None = None) -> None:
        super().__init__(start, lines)
        self.lazy = False

    def continues(self, line: Line) -> bool:
        return not line.blank

    @property
    def goes_on_lazily(self) -> bool:
        return True

    def take_definitions(self, references: dict[str, Target]) -> list[tuple[str, int]]:
        """Move the definitions of links at its beginning into ``references``. Their labels as written, and lines."""
        taken: list[tuple[str, int]] = []
        if not self.lines or not self.lines[0].startswith("["):
            return taken
        text = "\n".join(self.lines)
        at = 0
        while text.startswith("[", at) and (found := read_definition(text, at)) is not None:
            taken.append((text[at + 1 : text.index("]:", at)], self.start))
            label, target, end = found
            references.setdefault(label, target)
            self.start += text.count("\n", at, end)
            at = end
        if at:
            self.lines = text[at:].split("\n") if at < len(text) else []
        return taken


class HeadingBlock(Leaf):
    __slots__ = ("level",)

    def __init__(self, start: int, level: int, lines: list[str]) -> None:
        super().__init__(start, lines)
        self.level = level


class Rule(Leaf):
    """A line across the page."""


class TermBlock(Leaf):
    """A term of a list of definitions."""


class IndentedCode(Leaf):
    verbatim = True

    def continues(self, line: Line) -> bool:
        if line.indent >= INDENT:
            line.skip(INDENT)
            return True
        return line.blank

    def add(self, line: Line) -> bool:
        self.lines.append(line.rest)
        if not line.blank:
            self.end = line.number
        return False


class FencedCode(Leaf):
    """Code between fences. ``fence`` is the opening one, ``offset`` its indentation, ``info`` what follows it."""

    __slots__ = ("closed", "fence", "info", "offset")
    verbatim = True

    def __init__(self, start: int, fence: str, offset: int, info: str) -> None:
        super().__init__(start)
        self.fence = fence
        self.offset = offset
        self.info = info
        self.closed = False

    def continues(self, line: Line) -> bool:  # noqa: ARG002
        return True

    def add(self, line: Line) -> bool:
        self.end = line.number
        if line.indent < INDENT and line.text.startswith(self.fence, line.first):
            self.closed = _FENCE_END.match(line.text, line.first) is not None
        if not self.closed:
            line.skip(self.offset)
            self.lines.append(line.rest)
        return self.closed


class HtmlBlock(Leaf):
    """Raw HTML. ``condition`` is the number of the rule in CommonMark by which it begins and ends."""

    __slots__ = ("condition",)
    verbatim = True

    def __init__(self, start: int, condition: int) -> None:
        super().__init__(start)
        self.condition = condition

    def continues(self, line: Line) -> bool:
        return not line.blank or self.condition in _HTML_ENDS

    def add(self, line: Line) -> bool:
        self.lines.append(line.rest)
        self.end = line.number
        end = _HTML_ENDS.get(self.condition)
        return end is not None and end.search(line.text, line.at) is not None


class TableBlock(Leaf):
    """A table. ``lines`` are its rows, the head first, without the line below the head; one alignment for each column."""

    __slots__ = ("alignments",)

    def __init__(self, start: int, head: str, alignments: list[str]) -> None:
        super().__init__(start, [head])
        self.alignments = alignments

    def continues(self, line: Line) -> bool:
        return not line.blank


class Footnote(Leaf):
    """A footnote, whose ``lines`` are Markdown."""

    __slots__ = ("label",)
    verbatim = True

    def __init__(self, start: int, label: str) -> None:
        super().__init__(start)
        self.label = label

    def continues(self, line: Line) -> bool:
        return line.blank or line.indent >= INDENT

    def add(self, line: Line) -> bool:
        line.skip(INDENT)
        self.lines.append(line.rest)
        if not line.blank:
            self.end = line.number
        return False

    @property
    def goes_on_lazily(self) -> bool:
        return bool(self.lines) and bool(self.lines[-1].strip())


def _has_gaps(blocks: list[Block]) -> bool:
    return any(after.start > before.end + 1 for before, after in pairwise(blocks))
