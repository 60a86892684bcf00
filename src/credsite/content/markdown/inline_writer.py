"""Writes what inlines.py has read as elements of Python-Markdown's tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from credsite.content.markdown.addresses import BARE_EMAIL
from credsite.content.markdown.delimiters import Run
from credsite.content.markdown.unusual import SHORTCODE, Oddity


class Open(NamedTuple):
    tag: str
    attributes: dict[str, str]


class Close(NamedTuple):
    tag: str


class Raw(NamedTuple):
    html: str


class Address(NamedTuple):
    """An address that becomes a link, unless it stands in one."""

    url: str
    text: str


Piece = str | Element | Run | Open | Close | Raw | Address


class InlineWriter:
    """Builds the elements that pieces stand for."""

    def __init__(
        self, element: Element, stash: Callable[[str], str], report: Callable[[Oddity, str], None]
    ) -> None:
        self._stash = stash
        self._report = report
        self._elements = [element]
        self._words: list[str] = []
        self._images = 0  # how many images the current place is in the description of
        self._links = 0

    def write(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, str):
                self._words.append(piece)
            elif isinstance(piece, Run):
                for tag in piece.closed:
                    self._close(tag)
                if piece.count:
                    self._words.append(piece.sign * piece.count)
                for tag in reversed(piece.opened):
                    self._open(tag, {})
            else:
                self._write_other(piece)
        self._flush()

    def _write_other(self, piece: Element | Open | Close | Raw | Address) -> None:
        match piece:
            case Open(tag, attributes):
                self._open(tag, attributes)
            case Close(tag):
                self._close(tag)
            case Address(url, text):
                if self._links:
                    self._words.append(text)
                else:
                    self._open("a", {"href": literal(url)})
                    self._words.append(text)
                    self._close("a")
            case Raw(source):
                start = source[:3].lower()
                self._links = max(0, self._links + (start in ("<a>", "<a ", "<a\n")) - (start == "</a"))
                self._words.append(source if self._images else self._stash(source))
            case Element(tag="br") if self._images:
                self._words.append(" ")
            case Element():
                self._flush()
                self._elements[-1].append(piece)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        if tag == "img":
            # Of an image in the description of another, only its own description is kept.
            self._elements.append(self._elements[-1] if self._images else Element(tag, attributes))
            self._images += 1
            return
        self._links += tag == "a"
        self._elements.append(SubElement(self._elements[-1], tag, attributes))

    def _close(self, tag: str) -> None:
        self._flush()
        element = self._elements.pop()
        self._links -= tag == "a"
        if tag != "img":
            return
        self._images -= 1
        if not self._images:
            element.set("alt", "".join(element.itertext()).replace("\n", " "))
            del element[:]
            element.text = None
            self._elements[-1].append(element)

    def _flush(self) -> None:
        """Write the words read so far, with links in place of the e-mail addresses among them."""
        if not self._words:
            return
        words = "".join(self._words)
        self._words.clear()
        if ":" in words and (found := SHORTCODE.search(words)):
            self._report(Oddity.OTHER_PROGRAM, found[0])
        element = self._elements[-1]
        at = 0
        if "@" in words and not self._links and not self._images:
            for found in BARE_EMAIL.finditer(words):
                address = found[0]
                if address[-1] in "-_":
                    continue
                append_text(element, literal(words[at : found.start()]))
                scheme = "" if address.lower().startswith("mailto:") else "mailto:"
                SubElement(element, "a", {"href": literal(scheme + address)}).text = literal(address)
                at = found.end()
        append_text(element, literal(words[at:]))


def append_text(element: Element, text: str) -> None:
    """Add ``text`` at the end of ``element``."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def literal(text: str) -> str:
    """``text`` such that Python-Markdown's serializer takes no part of it for an entity."""
    return text.replace("&", "&amp;")
