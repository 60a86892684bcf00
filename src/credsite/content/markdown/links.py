"""The parts of links: labels, destinations, titles, definitions, and addresses that stand in a text as they are."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final, NamedTuple

PUNCTUATION: Final = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
"""ASCII punctuation, as it is written in a set of characters of a regular expression."""
ENTITY: Final = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED: Final = re.compile(rf"\\([{PUNCTUATION}])|{ENTITY.pattern}")
_MARKUP: Final = re.compile(rf"{_ESCAPED.pattern}|&")

_LABEL: Final = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_SPACE: Final = re.compile(r" *+(?:\n *+)?+")
_IN_BRACKETS: Final = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_PLAIN: Final = re.compile(rf"(?:[^ ()\\\0-\x1f\x7f]|\\[{PUNCTUATION}]|\\(?=[^\s{PUNCTUATION}]))++")
_TITLES: Final = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL),
    "(": re.compile(r"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL),
}
_MAX_PARENTHESES: Final = 32
_LINE_END: Final = re.compile(r" *+(?:\n|\Z)")

# Beyond CommonMark: an address with spaces in it that is a file or a path, as many editors write it.
_SPACED: Final = re.compile(
    r"""\( *+((?:[^\s()<>"'\\]+ )+[^\s()<>"'\\]+)(?: +(?:"([^"\\\n]*)"|'([^'\\\n]*)'))? *\)"""
)
_ADDRESS: Final = re.compile(r"(?:[A-Za-z][\w+.\-]*:|\.{0,2}/).*|.*\.[A-Za-z][A-Za-z0-9]{1,4}(?:[?#].*)?")


class Target(NamedTuple):
    """Where a link leads: its URL and its title, both as values of HTML attributes; ``""`` for no title."""

    url: str
    title: str = ""


class Found(NamedTuple):
    """What was read at a place of a text, and where it ends there."""

    target: Target
    end: int
    spaced: bool = False
    """Whether the address has spaces in it, which only credsite accepts."""


def unescape(text: str) -> str:
    """``text`` without the backslashes before punctuation, and with characters in place of entities."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or decode_entity(found[0]), text)


def _attribute(text: str) -> str:
    """``text`` as the value of an HTML attribute: without backslashes before punctuation, and with entities as written.

    So a problem with a link can be found in the source by what the attribute says.
    """
    if "\\" not in text and "&" not in text:
        return text
    return _MARKUP.sub(
        lambda found: (found[1] or found[0]).replace("&", "&amp;") if len(found[0]) < 3 else found[0], text
    )


def decode_entity(entity: str) -> str:
    """The characters that ``entity`` (``&name;`` or ``&#number;``) stands for, or itself where HTML has no such name."""
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)


def normalize_label(label: str) -> str:
    """``label`` as it is compared with others: without regard to case and white space."""
    return " ".join(label.split()).casefold()


def read_label(text: str, at: int) -> tuple[str, int] | None:
    """The label in the brackets that begin at ``at``, and where it ends."""
    found = _LABEL.match(text, at)
    return (found[1], found.end()) if found else None


def read_destination(text: str, at: int) -> tuple[str, int] | None:
    """The destination of a link that begins at ``at``, and where it ends."""
    if text.startswith("<", at):
        found = _IN_BRACKETS.match(text, at)
        return (_attribute(found[1]), found.end()) if found else None
    end, depth = at, 0
    while True:
        if found := _PLAIN.match(text, end):
            end = found.end()
        character = text[end : end + 1]
        if character == "(" and depth < _MAX_PARENTHESES:
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        else:
            break
        end += 1
    return (_attribute(text[at:end]), end) if not depth else None


def read_title(text: str, at: int) -> tuple[str, int] | None:
    """The title of a link that begins at ``at``, and where it ends."""
    pattern = _TITLES.get(text[at : at + 1])
    found = pattern.match(text, at) if pattern else None
    if found is None or "\n\n" in found[1]:
        return None
    return _attribute(found[1]), found.end()


def read_inline_target(text: str, at: int) -> Found | None:
    """What stands in the parentheses that begin at ``at`` behind the text of a link."""
    start = _skip_space(text, at + 1)
    destination = read_destination(text, start)
    if destination is not None:
        url, end = destination
        after = _skip_space(text, end)
        title = ""
        if after > end and (read := read_title(text, after)) is not None:
            title, end = read
            after = _skip_space(text, end)
        if text.startswith(")", after):
            return Found(Target(url, title), after + 1)
    spaced = _SPACED.match(text, at)
    if spaced and _ADDRESS.fullmatch(spaced[1]):
        return Found(
            Target(_attribute(spaced[1]), _attribute(spaced[2] or spaced[3] or "")), spaced.end(), True
        )
    return None


def read_definition(text: str, at: int) -> tuple[str, Target, int] | None:
    """The definition of a link (``[label]: address "title"``) that begins at ``at``: label, target and its end."""
    label = read_label(text, at)
    if label is None or not label[0].strip() or not text.startswith(":", label[1]):
        return None
    start = _skip_space(text, label[1] + 1)
    destination = read_destination(text, start)
    if destination is None or destination[1] == start:
        return None
    url, end = destination
    line_end = _LINE_END.match(text, end)
    after = _skip_space(text, end)
    title = read_title(text, after) if after > end else None
    if title is not None and (whole := _LINE_END.match(text, title[1])):
        return normalize_label(label[0]), Target(url, title[0]), whole.end()
    return (normalize_label(label[0]), Target(url), line_end.end()) if line_end else None


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
