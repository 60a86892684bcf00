"""Python-Markdown's busiest parts, made quick for what most texts are: plain words in plain blocks.

Each gives what the part gives that it stands in for, which the tests try on texts of all kinds. They rest on what
Python-Markdown documents, that is the names and the order of its processors, and not on its insides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, AtomicString

_BLOCKS: Final = frozenset(BLOCK_LEVEL_ELEMENTS)
_VOID: Final = frozenset({"br", "hr", "img"})
# A line that begins like this, with a word that may stand behind quotation marks or the like, or with a link, opens no
# block but a paragraph, nor does it make the line before it a heading or the head of a table.
_WORD: Final = re.compile(r"[*_(\"'\u2018\u201c]*(?:[^\W\d_]|\d+(?![\d.])|\[[^\[\]]*\]\()")
_NEXT: Final = re.compile(rf"\n *+(?!{_WORD.pattern})")
"""The end of a line that another line follows, of which that cannot be said."""
_SIGN: Final = re.compile(r"[\\`\[<&*_](?!(?<=&)\s)")
"""What all inline patterns begin with, but that of a line break. No entity begins with a blank."""
_INNER: Final = r"\\`\[\]<>&*_^"
_WORDS: Final = rf"[^\s{_INNER}](?:[^{_INNER}]*[^\s{_INNER}])?"
_SIMPLE: Final = re.compile(
    rf"(?<![^\s(])(?:\*\*({_WORDS})\*\*|\*({_WORDS})\*|\[({_WORDS})\]\(([\w:/.#?=~+,;%\-]+)\))(?![^\s.,;:!?)])"
)
"""Strong or emphasised words or a link, nothing else in them, and no other sign beside them."""
_AMPERSAND: Final = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


def made_lean(parser: Markdown) -> Markdown:
    """``parser`` itself, whose output is HTML, with its busiest parts replaced."""
    blocks = Blocks(parser)
    blocks.blockprocessors = parser.parser.blockprocessors
    for processor in blocks.blockprocessors:
        processor.parser = blocks
    parser.parser = blocks
    parser.preprocessors.register(Whitespace(parser), "normalize_whitespace", 30)
    parser.treeprocessors.register(Inline(parser), "inline", 20)
    parser.treeprocessors.deregister("prettify")
    parser.serializer = serialised
    return parser


class Whitespace(NormalizeWhitespace):
    """Looks for lines of blanks only where a line ends in one."""

    def run(self, lines: list[str]) -> list[str]:
        if any(line.endswith((" ", "\t")) for line in lines):
            return super().run(lines)
        source = "\n".join(lines)
        return f"{source}\n\n".expandtabs(self.md.tab_length).split("\n")


class Blocks(BlockParser):
    """Takes blocks of plain lines for the paragraphs that they are, before it asks all the others."""

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        processors = tuple(self.blockprocessors)
        paragraph = processors[-1]
        while blocks:
            block = blocks[0]
            if is_plain(block):
                paragraph.run(parent, blocks)
                continue
            for processor in processors:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


def is_plain(block: str) -> bool:
    return _WORD.match(block) is not None and _NEXT.search(block) is None


class Inline(InlineProcessor):
    """Looks only at texts that hold more than simple markup; the others are put aside meanwhile."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        texts: list[tuple[Element, str | None]] = []
        tails: list[tuple[Element, str]] = []
        left = False
        for element in list(tree.iter()):
            if text := element.text:
                if is_unmarked(text) or _has_become_content(text, element):
                    texts.append((element, element.text))
                    element.text = None
                else:
                    left = True
            if tail := element.tail:
                if is_unmarked(tail):
                    tails.append((element, tail))
                    element.tail = None
                else:
                    left = True
        if left:
            super().run(tree, ancestors)
        for element, kept in texts:
            element.text = kept
        for element, tail in tails:
            element.tail = tail
        return tree


def is_unmarked(text: str) -> bool:
    return _SIGN.search(text) is None and "  \n" not in text


def simple_pieces(text: str) -> list[str]:
    """The words of ``text`` before its first markup, then for each markup the strong, the emphasised or the linked
    words, the address and the words behind. Nothing where there is none, or where some is not simple."""
    pieces = _SIMPLE.split(text)
    return pieces if len(pieces) > 1 and not any(map(_SIGN.search, pieces[::5])) else []


def marked_up(text: str) -> str | None:
    """The HTML of ``text``, where its markup is simple."""
    first, *pieces = simple_pieces(text) or [""]
    if not pieces:
        return None
    html = escaped(first)
    for at in range(0, len(pieces), 5):
        strong, emphasised, linked, address, tail = pieces[at : at + 5]
        if linked:
            html += f'<a href="{escaped(address)}">{escaped(linked)}</a>'
        elif strong:
            html += f"<strong>{escaped(strong)}</strong>"
        else:
            html += f"<em>{escaped(emphasised)}</em>"
        html += escaped(tail)
    return html


def _has_become_content(text: str, element: Element) -> bool:
    """Whether ``text`` has nothing but simple markup, and now is the content of ``element``."""
    if len(element) or isinstance(text, AtomicString) or "  \n" in text:
        return False
    first, *pieces = simple_pieces(text) or [""]
    if not pieces:
        return False
    element.text = first
    for at in range(0, len(pieces), 5):
        strong, emphasised, linked, address, tail = pieces[at : at + 5]
        child = SubElement(element, "strong" if strong else "em" if emphasised else "a")
        child.text = strong or emphasised or linked
        child.tail = tail
        if linked:
            child.set("href", address)
    return True


def serialised(root: Element) -> str:
    """The HTML of ``root``, with line ends between its blocks and behind its ``br``."""
    if root.tag != Markdown.doc_tag:
        return to_html_string(root)  # a piece, such as markup that stands in the attribute of a tag
    pieces: list[str] = []
    _write_block(root, pieces.append)
    return "".join(pieces)


def _write_block(block: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = block.tag, block.text, block.tail
    if tag == "pre":
        _end_code(block)
    elif len(block) and block[0].tag in _BLOCKS and not (text and text.strip()):
        text = "\n"
    write(_start(block))
    if text:
        write(escaped(text))
    for child in block:
        if child.tag in _BLOCKS and tag != "pre":
            _write_block(child, write)
        else:
            _write_inline(child, write)
    if tag not in _VOID:
        write(f"</{tag}>")
    write(escaped(tail) if tail and tail.strip() else "\n")


def _end_code(pre: Element) -> None:
    """A block of code ends in one line end."""
    code = pre[0] if len(pre) else None
    if code is not None and code.tag == "code" and not len(code) and code.text is not None:
        code.text = AtomicString(code.text.rstrip() + "\n")


def _write_inline(element: Element, write: Callable[[str], None]) -> None:
    # Not by recursion: nothing limits how deep emphasis goes.
    stack: list[Element | str] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            write(one)
            continue
        tag, tail = one.tag, one.tail
        write(_start(one))
        if one.text:
            write(escaped(one.text))
        if tag == "br":
            tail = f"\n{tail}" if tail and tail.strip() else "\n"
        if tail:
            stack.append(escaped(tail))
        if tag not in _VOID:
            stack.append(f"</{tag}>")
        stack.extend(reversed(one))


def _start(element: Element) -> str:
    attributes = element.items()
    if not attributes:
        return f"<{element.tag}>"
    written = (f' {name}="{escaped(value).replace(chr(34), "&quot;")}"' for name, value in sorted(attributes))
    return f"<{element.tag}{''.join(written)}>"


def escaped(text: str) -> str:
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
