"""Writes the HTML of simple texts directly, without reading them into blocks and elements.

Most texts of a catalogue are paragraphs, headings, flat lists, quotations and tables of plain words, some of them
strong or linked. This module writes what converter.py would write for these, several times as fast. As soon as
something in a text could mean more, it gives up, however simple that looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from credsite.content.markdown.addresses import BARE_START, may_have_bare_addresses, read_bare_address

_NEVER: Final = ("\\", "`", "<", "\t", "  \n")
"""What no simple text holds: other markup, and white space that may have a meaning."""
_BLANK_LINES: Final = re.compile(r"\n{2,}")
_HEADING: Final = re.compile(r"(#{1,6}) ([^#|]+)")
_ITEM: Final = re.compile(r"(?:(\d{1,9})\.|([*+-])) (.*)")
_RULER_CELL: Final = re.compile(r" *:?-+:? *")
_ALIGNMENTS: Final = {(True, True): "center", (True, False): "left", (False, True): "right"}
"""How a column is aligned: whether the line below its head begins and ends with a colon there."""

# A line that begins like this, with a word that may follow quotation marks or the like, or with a link, opens no block
# but a paragraph, and does not turn the line before it into a heading or the head of a table.
_WORD: Final = re.compile(r"[*_(\"'\u2018\u201c]*(?:[^\W\d_]|\d+(?![\d.)])|\[[^\[\]]*\]\()")
_OTHER_LINE: Final = re.compile(rf"\n *+(?!{_WORD.pattern})")
"""The end of a line before a line that may begin something else."""
_INDENTED: Final = re.compile(r"\n +")
_MARKUP: Final = re.compile(r"[\\`\[<&*_~@](?!(?<=&)\s)")
"""What all inline markup begins with, except line breaks and bare addresses. No entity begins with a space."""
_BARE_START: Final = re.compile(BARE_START)
_NOT_IN_WORDS: Final = r"\\`\[\]<>&*_^~@"
_WORDS: Final = rf"[^\s{_NOT_IN_WORDS}](?:[^{_NOT_IN_WORDS}]*[^\s{_NOT_IN_WORDS}])?"
_SIMPLE_MARKUP: Final = re.compile(
    rf"(?:\*(?<![^\s(]\*)(?:\*({_WORDS})\*\*|({_WORDS})\*)|\[(?<![^\s(]\[)({_WORDS})\]\(([\w:/.#?=~+,;%\-]+)\))"
    r"(?![^\s.,;:!?)])"
)
"""Strong words, emphasised words or a link, with nothing else inside and no other markup beside them.

What stands before is looked at only behind a sign: `re` finds the signs themselves several times as fast.
"""
_AMPERSAND: Final = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


_INTERRUPTING: Final = ("- ", "* ", "+ ", "1. ", "> ", "|", "#")
"""How a block begins that may stand right below a paragraph, where it is one that this module knows."""


def direct_html(text: str) -> str | None:
    """The HTML of ``text``, whose line ends are ``\\n``. None where it may hold more than simple blocks."""
    if any(sign in text for sign in _NEVER):
        return None
    written: list[str] = []
    last = ""
    if " \n" in text:
        text = text.replace(" \n", "\n")
    for block in text.split("\n\n"):
        rest = block.lstrip("\n").rstrip(" \n")
        while rest:
            kind, html, rest = _first_block(rest)
            # Two lists in a row may be one.
            if html is None or kind == last == "list":
                return None
            written.append(html)
            last = kind
    return "\n".join(written)


def _first_block(block: str) -> tuple[str, str | None, str]:
    """The kind of the first block in ``block``, its HTML (None where it is not simple), and the rest of the text."""
    if _WORD.match(block) is not None:
        other = _OTHER_LINE.search(block)
        if other is None:
            return "paragraph", _element("p", block), ""
        paragraph, rest = block[: other.start()], block[other.start() + 1 :]
        # The last line of the paragraph may be the head of a table.
        is_over = rest.startswith(_INTERRUPTING) and not (rest[0] == "|" and "|" in paragraph)
        return "paragraph", _element("p", paragraph) if is_over else None, rest
    match block[0]:
        case "#":
            line, _, rest = block.partition("\n")
            return "heading", _heading(line), rest
        case ">":
            return "quotation", _quotation(block), ""
        case "|":
            return "table", _table(block), ""
    return "list", _list(block), ""


def _is_plain(block: str) -> bool:
    """Whether every line of ``block`` begins with a word, so that all of it is one paragraph."""
    return _WORD.match(block) is not None and _OTHER_LINE.search(block) is None


def _heading(line: str) -> str | None:
    found = _HEADING.fullmatch(line)
    title = found[2].strip(" ") if found else ""
    return _element(f"h{len(found[1])}", title) if found and title else None


def _list(block: str) -> str | None:
    items: list[str] = []
    bullets: set[str | None] = set()  # None for a number
    for line in block.split("\n"):
        if found := _ITEM.fullmatch(line):
            bullets.add(found[2])
            items.append(found[3])
        elif items:
            items[-1] += f"\n{line}"
        else:
            return None
    if len(bullets) > 1 or not all(map(_is_plain, items)):
        return None
    html = [_element("li", item) for item in items]
    if None not in bullets:
        return _parent("ul", html)
    first = int(block.partition(".")[0])
    return _parent("ol", html, "" if first == 1 else f' start="{first}"')


def _quotation(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line.startswith("> ") or line == ">" for line in lines):
        return None
    paragraphs = _BLANK_LINES.split("\n".join(line[2:] for line in lines))
    if not all(map(_is_plain, paragraphs)):
        return None
    return _parent("blockquote", [_element("p", paragraph) for paragraph in paragraphs])


def _table(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line[:1] == "|" == line[-1:] for line in lines):
        return None
    head, ruler, *rows = [line[1:-1].split("|") for line in lines] if len(lines) > 2 else ([], [])
    if len(head) < 2 or not all(map(_RULER_CELL.fullmatch, ruler)):
        return None
    if any(len(row) != len(head) for row in (ruler, *rows)):
        return None
    alignments = [_alignment(cell.strip(" ")) for cell in ruler]
    return _parent(
        "table",
        [
            _parent("thead", [_row("th", head, alignments)]),
            _parent("tbody", [_row("td", row, alignments) for row in rows]),
        ],
    )


def _alignment(cell: str) -> str:
    found = _ALIGNMENTS.get((cell.startswith(":"), cell.endswith(":")))
    return f' align="{found}"' if found else ""


def _row(tag: str, cells: Iterable[str], alignments: Iterable[str]) -> str | None:
    pairs = zip(cells, alignments, strict=True)
    return _parent("tr", [_element(tag, cell.strip(" "), alignment) for cell, alignment in pairs])


def _parent(tag: str, children: list[str | None], attributes: str = "") -> str | None:
    """An element of other elements, each on a line of its own. None where one of these is None."""
    if None in children:
        return None
    lines = "\n".join(child for child in children if child is not None)
    return f"<{tag}{attributes}>\n{lines}\n</{tag}>"


def _element(tag: str, text: str, attributes: str = "") -> str | None:
    """An element of words, some of which may be strong, emphasised or linked. None where there may be more in them."""
    html = _inline(text)
    return None if html is None else f"<{tag}{attributes}>{html}</{tag}>"


def _inline(text: str) -> str | None:
    """The HTML of ``text``, which may hold simple markup. None where it may hold more."""
    if "\n " in text:
        text = _INDENTED.sub("\n", text)
    if _MARKUP.search(text) is None:
        return _plain(text)
    first, *pieces = _SIMPLE_MARKUP.split(text)
    html = _plain(first)
    if _MARKUP.search(first) is not None:
        return None
    for at in range(0, len(pieces), 5):
        strong, emphasised, linked, address, after = pieces[at : at + 5]
        if _MARKUP.search(after) is not None:
            return None
        if linked:
            html += f'<a href="{_escape(address)}">{_escape(linked)}</a>'
        elif strong:
            html += f"<strong>{_plain(strong)}</strong>"
        else:
            html += f"<em>{_plain(emphasised)}</em>"
        html += _plain(after)
    return html


def _plain(text: str) -> str:
    """The HTML of ``text``, which has no markup but may have addresses."""
    if not may_have_bare_addresses(text):
        return _escape(text)
    html, at = "", 0
    for found in _BARE_START.finditer(text):
        address = read_bare_address(text, found.start()) if found.start() >= at else None
        if address is not None:
            url, end = address
            html += f'{_escape(text[at : found.start()])}<a href="{_escape(url)}">{_escape(text[found.start() : end])}</a>'
            at = end
    return html + _escape(text[at:])


def _escape(text: str) -> str:
    """``text``, which holds no ``<``, as it is written in HTML. Entities stay."""
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text
