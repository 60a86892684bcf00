"""The HTML of texts that are made of nothing but simple blocks, without a tree between.

Most texts of a catalogue are paragraphs, headings, flat lists, quotations and tables of plain words, with some of them
strong or linked. What Python-Markdown gives for these is written here at once, in a third of the time. Whatever might
mean something else to it is none of this module's business, however simple it looks: then there is no HTML from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from credsite.content.markdown.lean import escaped, is_plain, is_unmarked, marked_up

_NEVER: Final = ("\\", "`", "<", "\t", " \n")
"""What no simple text holds: other markup, and blanks that may have a meaning."""
_GAP: Final = re.compile(r"\n{2,}")
_HEADING: Final = re.compile(r"(#{1,6})([^#|]+)")
_ITEM: Final = re.compile(r"(?:\d+\.|[*+-]) (.*)")
_RULER: Final = frozenset("|:- ")
_ALIGNED: Final = {(True, True): "center", (True, False): "left", (False, True): "right"}
"""How a column is aligned, by where the line below its head has colons."""


def direct_html(text: str) -> str | None:
    """The HTML of ``text``, whose line ends are ``\\n``. None where it may hold more than simple blocks."""
    if any(sign in text for sign in _NEVER):
        return None
    written: list[str] = []
    last = ""
    for block in _GAP.split(text.strip("\n")):
        rest = block
        while rest:
            kind, html, rest = _block(rest)
            # A list, or a quotation, behind another of its kind goes on with that.
            if html is None or (kind == last and kind in ("list", "quotation")):
                return None
            written.append(html)
            last = kind
    return "\n".join(written)


def _block(block: str) -> tuple[str, str | None, str]:
    """What the block begins with, its HTML, and what is left of it behind that."""
    if is_plain(block):
        return "paragraph", _element("p", block), ""
    match block[0]:
        case "#":
            line, _, rest = block.partition("\n")
            return "heading", _heading(line), rest
        case ">":
            return "quotation", _quotation(block), ""
        case "|":
            return "table", _table(block), ""
    return "list", _list(block), ""


def _heading(line: str) -> str | None:
    found = _HEADING.fullmatch(line)
    title = found[2].strip() if found else ""
    return _element(f"h{len(found[1])}", title) if found and title else None


def _list(block: str) -> str | None:
    items: list[str] = []
    for line in block.split("\n"):
        if found := _ITEM.fullmatch(line):
            items.append(found[1])
        elif items:
            items[-1] += f"\n{line}"
        else:
            return None
    if not all(map(is_plain, items)):
        return None
    return _around("ol" if block[0].isdigit() else "ul", [_element("li", item) for item in items])


def _quotation(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line.startswith("> ") or line == ">" for line in lines):
        return None
    paragraphs = _GAP.split("\n".join(line[2:] for line in lines))
    if not all(map(is_plain, paragraphs)):
        return None
    return _around("blockquote", [_element("p", paragraph) for paragraph in paragraphs])


def _table(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line[0] == "|" == line[-1] for line in lines):
        return None
    head, ruler, *rows = [line[1:-1].split("|") for line in lines] if len(lines) > 2 else ([], [])
    if len(head) < 2 or not _RULER.issuperset("".join(ruler)):
        return None
    if any(len(row) != len(head) for row in (ruler, *rows)):
        return None
    aligned = [_alignment(cell.strip(" ")) for cell in ruler]
    return _around(
        "table",
        [
            _around("thead", [_row("th", head, aligned)]),
            _around("tbody", [_row("td", row, aligned) for row in rows]),
        ],
    )


def _alignment(cell: str) -> str:
    found = _ALIGNED.get((cell.startswith(":"), cell.endswith(":")))
    return f' align="{found}"' if found else ""


def _row(tag: str, cells: Iterable[str], aligned: Iterable[str]) -> str | None:
    return _around(
        "tr",
        [_element(tag, cell.strip(" "), align) for cell, align in zip(cells, aligned, strict=True)],
    )


def _around(tag: str, inner: list[str | None]) -> str | None:
    if None in inner:
        return None
    lines = "\n".join(one for one in inner if one is not None)
    return f"<{tag}>\n{lines}\n</{tag}>"


def _element(tag: str, text: str, attributes: str = "") -> str | None:
    """An element of words, some of which may be strong, emphasised or linked. None where there may be more in them."""
    html = escaped(text) if is_unmarked(text) else marked_up(text)
    return None if html is None else f"<{tag}{attributes}>{html}</{tag}>"
