"""What an editor probably meant where YAML cannot be read: a sentence, and the place of the mistake itself.

A parser stops where it can go on no longer, which is often behind the mistake or on a later line. The line's own
signs tell more, so they are looked at first; what the parser says decides only where they do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_LEAD: Final = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[^\s\"'#\[{&*!|>%@`,:-][^:\"'{}\[\]]*):[ \t]+)?")
_KEY_LINE: Final = re.compile(r" *(?:- +)*(?:[^\s:#\"'-][^:]*|\"[^\"]*\"|'[^']*'):(?:[ \t]|$)")
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what the parser counts as the end of a line
_TAB: Final = re.compile(r" *(?:- *)?\t")
_QUOTE_IT: Final = 'Put the whole text between "quotation marks".'
ALIAS_MESSAGE: Final = f"A value may not begin with & or *, which have a special meaning in YAML. {_QUOTE_IT}"
TOO_DEEP_MESSAGE: Final = "The keys are nested too deeply. Write them flat."


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """A problem's code and sentence. ``line`` and ``column`` count from 0, within the text."""

    code: str
    message: str
    line: int
    column: int


def explain_error(error: Any, text: str) -> YamlMistake:
    """What to say of ``error``, a ``yaml.YAMLError`` that PyYAML raised for ``text``."""
    said = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    lines = _BREAK.split(text)
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened: Any = getattr(error, "context_mark", None) or mark
    line, column = (min(mark.line, len(lines) - 1), mark.column) if mark is not None else (0, 0)
    if tab := _TAB.match(lines[line]):
        message = (
            "This line is indented with a tab. YAML allows only spaces: replace the tab with two spaces."
        )
        return YamlMistake("yaml-tab", message, line, tab.end() - 1)
    if "nest" in said or "depth" in said:
        return YamlMistake("yaml-too-deep", TOO_DEEP_MESSAGE, line, column)
    if "simple key" in said:
        return _no_colon(lines, opened.line, opened.column)
    if "quoted scalar" in said and ("end of stream" in said or "document" in said):
        return _unclosed(lines[opened.line][opened.column], opened.line, opened.column)
    if ("flow sequence" in said or "flow mapping" in said) and opened.line != mark.line:
        return _unclosed(lines[opened.line][opened.column], opened.line, opened.column)
    found = _unclosed_above(lines, line, column) or _sign(lines, line, column, said)
    if found is not None:
        return found
    if "flow" in said:
        return _syntax(
            "A comma is missing here, or the bracket or brace is closed in the wrong place.", line, column
        )
    if "mapping values are not allowed" in said:
        return _colon(lines, line, column)
    return _other(said, lines, line, column)


def _syntax(message: str, line: int, column: int) -> YamlMistake:
    return YamlMistake("yaml-syntax", message, line, column)


def _no_colon(lines: list[str], line: int, column: int) -> YamlMistake:
    if re.search(r"[^\s:]:\S", lines[line][column:]):
        return _syntax(
            "The colon after a key needs a space behind it, as in `title: First aid`.", line, column
        )
    if lines[line][:column].strip() == "" and column and _above(lines, line).startswith("-"):
        return _syntax(
            "Each value of a list begins with a hyphen and a space, as in `- online`.", line, column
        )
    message = "A key needs a colon and a space behind it, as in `title: First aid`."
    if _above(lines, line):
        message += " If this belongs to the text above, indent it by two spaces."
    return _syntax(message, line, column)


def _above(lines: list[str], line: int) -> str:
    return next((found.strip() for found in reversed(lines[:line]) if found.strip()), "")


def _unclosed(sign: str, line: int, column: int) -> YamlMistake:
    names = {"[": "bracket", "{": "brace"}
    return _syntax(f"The {names.get(sign, 'quotation mark')} that opens here is never closed.", line, column)


def _unclosed_above(lines: list[str], line: int, column: int) -> YamlMistake | None:
    """A quotation mark that a later line's first one closed by mistake, so that the parser fell over the rest."""
    for above in range(line - 1, -1, -1):
        start = _value_start(lines[above])
        sign = lines[above][start : start + 1]
        if sign in ('"', "'") and lines[above].count(sign) == 1:
            closes = lines[line].find(sign)
            between = any(sign in found for found in lines[above + 1 : line])
            if not between and 0 <= closes < column and _KEY_LINE.match(lines[line]):
                return _unclosed(sign, above, start)
            return None
    return None


def _value_start(line: str) -> int:
    match = _LEAD.match(line)
    return match.end() if match else 0


def _sign(lines: list[str], line: int, column: int, said: str) -> YamlMistake | None:
    """What the first sign of the line's value says, where the parser stopped at it or behind it."""
    if "cannot start any token" in said and (sign := lines[line][column : column + 1]) in ("@", "`", "%"):
        return _may_not_begin(sign, line, column)
    if "tag" in said:
        return _may_not_begin("!", line, column)
    start = _value_start(lines[line])
    value = lines[line][start:]
    if column < start or not value:
        return None
    sign = value[0]
    if sign in "&*":
        return YamlMistake("yaml-alias", ALIAS_MESSAGE, line, start)
    if sign in "!,]}" or value.startswith(("- ", "? ")):
        return _may_not_begin(sign, line, start)
    if sign in "|>" and "block scalar" in said:
        message = (
            f"After `{sign}` the text begins on the next line, indented by two spaces. Or leave `{sign}` out."
        )
        return _syntax(message, line, start)
    if sign == '"' and ("escape" in said or "hexdec" in said):
        message = (
            "A backslash between \"double\" quotation marks has a special meaning. Use 'single' ones here."
        )
        return _syntax(message, line, column)
    if "flow" in said or column <= start:
        return _in_braces(sign, line, start) if "hashable" in said else None
    closing = value.find(sign, 1)
    if sign == "'" and closing > 0:
        message = "An apostrophe ends a text between 'single' quotation marks. Put the text between \"double\" ones."
        return _syntax(message, line, start + closing)
    if sign == '"' and closing > 0:
        message = (
            "The text ends at this quotation mark, but the line goes on. "
            "Put the whole text between 'single' quotation marks."
        )
        return _syntax(message, line, start + closing)
    return _in_braces(sign, line, start) if sign in "[{" else None


def _may_not_begin(sign: str, line: int, column: int) -> YamlMistake:
    named = "a backtick" if sign == "`" else f"`{sign}`"
    return _syntax(f"A value may not begin with {named}. {_QUOTE_IT}", line, column)


def _in_braces(sign: str, line: int, column: int) -> YamlMistake | None:
    if sign not in ("[", "{"):
        return None
    what = "brackets are a list" if sign == "[" else "braces are a block of keys"
    return _syntax(f"A value that begins with `{sign}` is read as if its {what}. {_QUOTE_IT}", line, column)


def _colon(lines: list[str], line: int, column: int) -> YamlMistake:
    """A colon where none is expected: behind a key without one, in a key that is indented too far, or in a text."""
    start = len(lines[line]) - len(lines[line].lstrip())
    first = _LEAD.match(lines[line])
    if (
        first is None
        or first["key"] is None
        or first.end("key") == column
        or _value_start(lines[line]) > column
    ):
        above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), None)
        if above is not None and not _KEY_LINE.match(lines[above]):
            indent = len(lines[above]) - len(lines[above].lstrip())
            return _no_colon(lines, above, indent)
        if above is not None:
            message = "This line is indented too far: a key begins in the same column as the key above it."
            return _syntax(message, line, start)
    return _syntax(f"A colon and a space in a text are read as a new key. {_QUOTE_IT}", line, column)


def _other(said: str, lines: list[str], line: int, column: int) -> YamlMistake:
    if "single document" in said or ("document start" in said and lines[0].startswith("%")):
        return _syntax("Only `key: value` lines may stand here.", 0 if lines[0].startswith("%") else line, 0)
    if any(words in said for words in ("block mapping", "block collection", "document start")):
        message = (
            "This line is not lined up with the lines before it: keys of one block begin in the same column."
        )
        return _syntax(message, line, column)
    return _syntax(
        "This line is not YAML that can be understood. Check its quotation marks, colons and indentation.",
        line,
        column,
    )
