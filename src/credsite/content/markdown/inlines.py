"""Turns the text of a paragraph, a heading or a cell into HTML elements, by the rules of CommonMark and GitHub.

The time is linear in the length of the text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from credsite.content.markdown.addresses import BARE_START, may_have_bare_addresses, read_bare_address
from credsite.content.markdown.delimiters import Run, Runs, unused_signs
from credsite.content.markdown.html_syntax import ENDS, TAG
from credsite.content.markdown.inline_writer import Address, Close, InlineWriter, Open, Piece, Raw, literal
from credsite.content.markdown.limits import Expansion
from credsite.content.markdown.links import (
    ENTITY,
    PUNCTUATION,
    Target,
    decode_entity,
    normalize_label,
    read_inline_target,
    read_label,
)
from credsite.content.markdown.unusual import Oddity, Report

_SPECIAL: Final = re.compile(r"(?<! ) *\n *|[\\<&\]]|!?\[|`+|\*+|_+|~+")
_SPECIAL_OR_ADDRESS: Final = re.compile(f"{_SPECIAL.pattern}|{BARE_START}")
_ESCAPE: Final = re.compile(rf"\\([{PUNCTUATION}])|\\\n *")
_TICKS: Final = re.compile("`+")
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>\0-\x1f]*)>")
_AUTOMAIL: Final = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*)>"
)
_TAG: Final = re.compile(TAG)
_IN_PARENTHESES: Final = re.compile(r"\([^()\n]{1,200}\)")
_FOOTNOTE_ONLY: Final = re.compile(r"\[\^[\w\-]{1,40}\](?![(\[:])")
_FOOTNOTE: Final = re.compile(r"\[\^([^\[\]]+)\]")


class _Bracket:
    """A ``[`` or ``![`` that nothing closes yet. ``place`` is its index in the pieces, ``start`` where its text begins."""

    __slots__ = ("below", "has_brackets", "image", "place", "start")

    def __init__(self, place: int, start: int, image: bool, below: Run | None) -> None:
        self.place = place
        self.start = start
        self.image = image
        self.below = below
        self.has_brackets = False


class InlineReader:
    """Reads the inline markup of one text after another.

    ``references`` are the targets of link definitions by label, ``stash`` gives the placeholder of raw HTML, ``footnote``
    the element of a reference to a footnote, or None where there is no such footnote. What is probably not meant as it is
    read goes to ``report``. ``used`` gets the labels of the link definitions that links use, and ``expansion`` counts
    how much these add.
    """

    def __init__(
        self,
        references: Mapping[str, Target],
        used: set[str],
        expansion: Expansion,
        stash: Callable[[str], str],
        footnote: Callable[[str], Element | None],
        report: Report,
    ) -> None:
        self.references = references
        self.used = used
        self.expansion = expansion
        self._stash = stash
        self.footnote = footnote
        self._report = report
        self.line = 0

    def report(self, oddity: Oddity, piece: str, lines_before: int = 0) -> None:
        """Say what is unusual about ``piece``, which has ``lines_before`` lines of the text before it."""
        self._report(oddity, piece, self.line and self.line + lines_before)

    def write(self, element: Element, text: str, line: int) -> None:
        """Add the content of ``text``, which begins in line number ``line`` (0: not known), to ``element``."""
        self.line = line
        text = text.strip(" \n")
        addresses = may_have_bare_addresses(text)
        has_markup = (_SPECIAL_OR_ADDRESS if addresses else _SPECIAL).search(text) is not None
        InlineWriter(element, self._stash, self.report).write(
            _TextReader(self, text, addresses).read() if has_markup else [text]
        )


class _TextReader:
    """Reads one text into pieces."""

    def __init__(self, reader: InlineReader, text: str, addresses: bool) -> None:
        self._reader = reader
        self._text = text
        self._special = _SPECIAL_OR_ADDRESS if addresses else _SPECIAL
        self._at = 0
        self._pieces: list[Piece] = []
        self._runs = Runs()
        self._has_runs = False
        self._brackets: list[_Bracket] = []
        self._in_link = 0  # how many of the brackets cannot be links because there is one inside
        self._ticks: dict[int, list[int]] | None = None
        self._endless: set[str] = set()  # what begins HTML that never ends
        self._counted = self._lines = 0  # up to which place lines have been counted, and how many there are

    def read(self) -> list[Piece]:
        text, pieces = self._text, self._pieces
        while found := self._special.search(text, self._at):
            if found.start() > self._at:
                pieces.append(text[self._at : found.start()])
            self._at = found.end()
            self._read_special(found[0], found.start())
        pieces.append(text[self._at :])
        self._runs.match(None)
        if self._has_runs and (unused := unused_signs(piece for piece in pieces if isinstance(piece, Run))):
            start, end = unused
            self._report(Oddity.SIGNS, text[start:end], start)
        return pieces

    def _read_special(self, sign: str, start: int) -> None:
        match sign[0]:
            case "*" | "_" | "~":
                run = Run(self._text, start, self._at)
                self._pieces.append(run)
                self._runs.append(run)
                self._has_runs = True
            case "[":
                self._open_bracket(start, image=False)
            case "!":
                self._open_bracket(start, image=True)
            case "]":
                self._close_bracket(start)
            case "`":
                self._code(start)
            case "\\":
                self._escape(start)
            case "<":
                self._html(start)
            case "&":
                self._entity(start)
            case "h" | "H" | "w" | "W":
                self._address(sign, start)
            case _:
                self._line_end(sign)

    def _line_end(self, sign: str) -> None:
        if sign.index("\n") >= 2:
            self._pieces.append(Element("br"))
        else:
            self._pieces.append("\n")

    def _escape(self, start: int) -> None:
        found = _ESCAPE.match(self._text, start)
        if found is None:
            self._pieces.append("\\")
            return
        self._at = found.end()
        self._pieces.append(found[1] or Element("br"))

    def _entity(self, start: int) -> None:
        found = ENTITY.match(self._text, start)
        self._at = found.end() if found else start + 1
        self._pieces.append(decode_entity(found[0]) if found else "&")

    def _code(self, start: int) -> None:
        length = self._at - start
        if self._ticks is None:
            self._ticks = {}
            for found in _TICKS.finditer(self._text):
                self._ticks.setdefault(found.end() - found.start(), []).append(found.start())
        places = self._ticks.get(length, [])
        next_place = bisect.bisect_left(places, self._at)
        if next_place == len(places):
            self._pieces.append("`" * length)
            return
        code = self._text[self._at : places[next_place]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = literal(code)
        self._pieces.append(element)
        self._at = places[next_place] + length

    def _html(self, start: int) -> None:
        text = self._text
        if found := _TAG.match(text, start):
            self._pieces.append(Raw(found[0]))
            self._at = found.end()
        elif found := _AUTOLINK.match(text, start):
            self._pieces.append(Address(found[1], found[1]))
            self._at = found.end()
        elif found := _AUTOMAIL.match(text, start):
            self._pieces.append(Address(f"mailto:{found[1]}", found[1]))
            self._at = found.end()
        elif end := self._end_of_other_html(start):
            self._pieces.append(Raw(text[start:end]))
            self._at = end
        else:
            self._pieces.append("<")

    def _end_of_other_html(self, start: int) -> int | None:
        """Where a comment or the like that begins at ``start`` ends."""
        text = self._text
        for beginning, ending in ENDS.items():
            if not text.startswith(beginning, start):
                continue
            if beginning == "<!":
                if not text[start + 2 : start + 3].isalpha():
                    return None
            elif beginning == "<!--" and (short := re.match(r"-?>", text[start + 4 : start + 6])):
                return start + 4 + short.end()
            if beginning in self._endless:
                return None
            end = text.find(ending, start + len(beginning))
            if end < 0:
                self._endless.add(beginning)
                return None
            return end + len(ending)
        return None

    def _address(self, sign: str, start: int) -> None:
        address = read_bare_address(self._text, start, in_brackets=bool(self._brackets))
        if address is None:
            self._pieces.append(sign)
            return
        url, self._at = address
        self._pieces.append(Address(url, self._text[start : self._at]))

    def _open_bracket(self, start: int, image: bool) -> None:
        found = _FOOTNOTE.match(self._text, start + image)
        if found and (mark := self._reader.footnote(normalize_label(found[1]))) is not None:
            self._pieces += ["!", mark] if image else [mark]
            self._at = found.end()
            return
        if found and _FOOTNOTE_ONLY.match(self._text, found.start()):
            self._report(Oddity.NO_FOOTNOTE, found[0], start)
        if self._brackets:
            self._brackets[-1].has_brackets = True
        self._brackets.append(_Bracket(len(self._pieces), self._at, image, self._runs.last))
        self._pieces.append("![" if image else "[")

    def _close_bracket(self, start: int) -> None:
        bracket = self._brackets.pop() if self._brackets else None
        is_inactive = bracket is not None and not bracket.image and len(self._brackets) < self._in_link
        self._in_link = min(self._in_link, len(self._brackets))
        target = self._target(bracket, start) if bracket is not None and not is_inactive else None
        if bracket is None or target is None:
            self._pieces.append("]")
            return
        self._runs.match(bracket.below)
        tag = "img" if bracket.image else "a"
        attributes = {"src" if bracket.image else "href": target.url}
        if target.title:
            attributes["title"] = target.title
        self._pieces[bracket.place] = Open(tag, attributes)
        self._pieces.append(Close(tag))
        if not bracket.image:
            self._in_link = len(self._brackets)

    def _target(self, bracket: _Bracket, end: int) -> Target | None:
        """Where the link or image leads whose text ends at ``end``; moves behind it."""
        text = self._text
        if text.startswith("(", end + 1):
            found = read_inline_target(text, end + 1)
            if found is not None:
                if found.spaced:
                    self._report(Oddity.SPACES, text[end + 2 : found.end - 1], end)
                self._at = found.end
                return found.target
            words = _IN_PARENTHESES.match(text, end + 1)
            if words is not None:
                self._report(Oddity.NO_LINK, f"]{words[0]}", end)
        if not self._reader.references:
            return None
        label = read_label(text, end + 1)
        if label is not None and label[0].strip():
            name = label[0]
        elif bracket.has_brackets:
            return None
        else:
            name = text[bracket.start : end]
        name = normalize_label(name) if len(name) < 1000 else ""
        target = self._reader.references.get(name)
        if target is not None:
            self._reader.used.add(name)
            self._reader.expansion.add_address(len(target.url) + len(target.title), text[bracket.start : end])
            self._at = label[1] if label is not None else self._at
        return target

    def _report(self, oddity: Oddity, piece: str, at: int) -> None:
        counted = self._counted if at >= self._counted else 0  # most are reported in the order of the text
        self._lines = (self._lines if counted else 0) + self._text.count("\n", counted, at)
        self._counted = at
        self._reader.report(oddity, piece, self._lines)
