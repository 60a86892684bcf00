"""Explains errors of the YAML parser to editors: a sentence, and the position of the mistake itself.

A parser stops where it cannot go on, which is often after the mistake or on a later line. The characters of the line tell
more, so they are looked at first. The parser's message decides only where they say nothing.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

import yaml
from yaml.reader import ReaderError

from credsite.core.text import CONTROL_CHARACTERS
from credsite.problems.invisible import invisible_advice
from credsite.problems.model import Location, Problem

_LINE_START: Final = re.compile(
    r"(?P<indent> *(?:- +)*)(?:(?P<key>[^\s\"'#\[{&*!|>%@`,:-][^:\"'{}\[\]]*):[ \t]+)?"
)
_KEY_LINE: Final = re.compile(r" *(?:- +)*(?:[^\s:#\"'-][^:]*|\"[^\"]*\"|'[^']*'):(?:[ \t]|$)")
LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what the parser counts as the end of a line
_TAB: Final = re.compile(r" *(?:- *)?\t")
QUOTE_IT: Final = 'Put the whole text between "quotation marks".'
OR_QUOTE_IT: Final = QUOTE_IT[0].lower() + QUOTE_IT[1:]
"""The same behind a colon."""
_OTHER_QUOTES: Final = tuple("\u201c\u201d\u201e\u201a\u2018\u2019\u00ab\u00bb\u2039\u203a")
"""Quotation marks of word processors."""
_OTHER_COLON: Final = re.compile("[\uff1a\ufe55\u2236\ua789]")
ALIAS_MESSAGE: Final = f"A value may not begin with & or *, which have a special meaning in YAML. {QUOTE_IT}"
TOO_DEEP_MESSAGE: Final = "The keys are nested too deeply. Write them flat."
CONTROL_CHARACTER: Final = re.compile(f"[{CONTROL_CHARACTERS}]")
CONTROL_MESSAGE: Final = "There is an invisible control character here, which no page can show. Delete it, and write the words again."


class _Mistake(NamedTuple):
    """A problem's sentence and code. ``line`` and ``column`` count from 0, within the text."""

    message: str
    line: int
    column: int
    code: str = "yaml-syntax"


def syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    """The problem for an error that PyYAML raised for ``text``, which begins on line ``first_line`` of the file at ``path``."""
    if isinstance(error, ReaderError) and (control := CONTROL_CHARACTER.search(text)):
        before = text[: control.start()]
        line, column = before.count("\n"), len(before) - before.rfind("\n")
        return Problem("yaml-syntax", CONTROL_MESSAGE, Location(path, first_line + line, column))
    mistake = _explain(error, text)
    start = (
        LINE_BREAK.split(text)[mistake.line].partition(":") if mistake.code == "yaml-syntax" else ("",) * 3
    )
    advice = invisible_advice(f"{start[0]}{start[1]}{start[2][:1]}")
    if advice:
        mistake = mistake._replace(message=f"{mistake.message} {advice}")
    location = Location(path, first_line + mistake.line, mistake.column + 1)
    return Problem(mistake.code, mistake.message, location)


def _explain(error: Any, text: str) -> _Mistake:
    """The mistake in ``text`` for which PyYAML raised ``error``, a ``yaml.YAMLError``."""
    parser_message = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    lines = LINE_BREAK.split(text)
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened: Any = getattr(error, "context_mark", None) or mark
    line, column = (min(mark.line, len(lines) - 1), mark.column) if mark is not None else (0, 0)
    if tab := _TAB.match(lines[line]):
        message = (
            "This line is indented with a tab. YAML allows only spaces: replace the tab with two spaces."
        )
        return _Mistake(message, line, tab.end() - 1, "yaml-tab")
    if "nest" in parser_message or "depth" in parser_message:
        return _Mistake(TOO_DEEP_MESSAGE, line, column, "yaml-too-deep")
    if "simple key" in parser_message:
        return _no_colon(lines, opened.line, opened.column)
    if "quoted scalar" in parser_message and (
        "end of stream" in parser_message or "document" in parser_message
    ):
        return _unclosed(lines[opened.line][opened.column], opened.line, opened.column)
    if ("flow sequence" in parser_message or "flow mapping" in parser_message) and opened.line != mark.line:
        if comment := _comment_in_brackets(lines, opened.line, opened.column):
            return comment
        return _unclosed(lines[opened.line][opened.column], opened.line, opened.column)
    mistake = _unclosed_above(lines, line, column) or _from_first_character(
        lines, line, column, parser_message
    )
    if mistake is not None:
        return mistake
    if "flow" in parser_message:
        return _Mistake(
            "A comma is missing here, or the bracket or brace is closed in the wrong place.", line, column
        )
    if "mapping values are not allowed" in parser_message:
        return _colon(lines, line, column)
    return _other(parser_message, lines, line, column)


def _no_colon(lines: list[str], line: int, column: int) -> _Mistake:
    if re.search(r"[^\s:]:\S", lines[line][column:]):
        return _Mistake(
            "The colon after a key needs a space after it, as in `title: First aid`.", line, column
        )
    if lines[line][:column].strip() == "" and column and _above(lines, line).startswith("-"):
        return _Mistake(
            "Each value of a list begins with a hyphen and a space, as in `- online`.", line, column
        )
    message = "A key needs a colon and a space after it, as in `title: First aid`."
    if other := _OTHER_COLON.search(lines[line]):
        return _Mistake(
            f"{message} The sign `{other[0]}` is another one: type it again.", line, other.start()
        )
    if re.match(r"\w+ *=", lines[line][column:]):
        return _Mistake(f"{message} Write a colon in place of the equals sign.", line, column)
    if _above(lines, line):
        message += " If this belongs to the text above, indent it by two spaces."
    return _Mistake(message, line, column)


def _above(lines: list[str], line: int) -> str:
    return next((above.strip() for above in reversed(lines[:line]) if above.strip()), "")


def _unclosed(character: str, line: int, column: int) -> _Mistake:
    names = {"[": ("bracket", "]"), "{": ("brace", "}")}
    name, closing = names.get(character, ("quotation mark", character))
    message = f"The {name} that opens here is never closed. Write `{closing}` where the {'list' if character == '[' else 'text'} ends."
    return _Mistake(message, line, column)


def _comment_in_brackets(lines: list[str], line: int, column: int) -> _Mistake | None:
    """A ``#`` in a text because of which the bracket that opens at this place is not closed: ``[drills #8, nails]``."""
    closing = {"[": "]", "{": "}"}.get(lines[line][column])
    comment = re.compile(r"[ \t]#").search(lines[line], column)
    if closing is None or comment is None or closing not in lines[line][comment.end() :]:
        return None
    message = (
        "This # begins a comment, so that the words behind it are lost, and the "
        f"{'bracket' if closing == ']' else 'brace'} is not closed. Put the text that it is part of "
        'between "quotation marks".'
    )
    return _Mistake(message, line, comment.end() - 1)


def _unclosed_above(lines: list[str], line: int, column: int) -> _Mistake | None:
    """A quotation mark that is closed by mistake by the first one of a later line, so that the parser fails on the rest."""
    for above in range(line - 1, -1, -1):
        start = _value_start(lines[above])
        character = lines[above][start : start + 1]
        if character in ('"', "'") and lines[above].count(character) == 1:
            closes = lines[line].find(character)
            between = any(character in between_line for between_line in lines[above + 1 : line])
            if not between and 0 <= closes < column and _KEY_LINE.match(lines[line]):
                return _unclosed(character, above, start)
            return None
    return None


def _value_start(line: str) -> int:
    match = _LINE_START.match(line)
    return match.end() if match else 0


def _from_first_character(lines: list[str], line: int, column: int, parser_message: str) -> _Mistake | None:
    """The mistake that the first character of the line's value explains, if the parser stopped at it or after it."""
    if "cannot start any token" in parser_message and (character := lines[line][column : column + 1]) in (
        "@",
        "`",
        "%",
    ):
        return _may_not_begin(character, line, column)
    if "tag" in parser_message:
        return _may_not_begin("!", line, column)
    start = _value_start(lines[line])
    value = lines[line][start:]
    if column < start or not value:
        return None
    character = value[0]
    if character in "&*":
        return _Mistake(_alias_message(lines[line], start), line, start, "yaml-alias")
    if character in "!,]}" or value.startswith(("- ", "? ")):
        return _may_not_begin(character, line, start)
    if character in "|>" and "block scalar" in parser_message:
        message = f"After `{character}` the text begins on the next line, indented by two spaces. Or leave `{character}` out."
        return _Mistake(message, line, start)
    if character == '"' and ("escape" in parser_message or "hexdec" in parser_message):
        message = (
            "A backslash between \"double\" quotation marks has a special meaning. Use 'single' ones here."
        )
        return _Mistake(message, line, column)
    if "flow" in parser_message or column <= start:
        return _in_braces(character, line, start) if "hashable" in parser_message else None
    closing = value.find(character, 1)
    if character == "'" and closing > 0:
        message = "An apostrophe ends a text between 'single' quotation marks. Put the text between \"double\" ones."
        return _Mistake(message, line, start + closing)
    if character == '"' and closing > 0:
        message = (
            "The text ends at this quotation mark, but the line goes on. "
            "Put the whole text between 'single' quotation marks."
        )
        return _Mistake(message, line, start + closing)
    return _in_braces(character, line, start) if character in "[{" else None


def _alias_message(line: str, start: int) -> str:
    """What to do about a ``*`` or ``&`` at ``start``: with a space behind it and nothing before it, it is meant as a bullet."""
    if line[start : start + 2] == "* " and not line[:start].strip(" -"):
        return f"Items of a list begin with a hyphen, not with `*`: write `- {line[start + 2 :].strip()}`."
    return ALIAS_MESSAGE


def _may_not_begin(character: str, line: int, column: int) -> _Mistake:
    named = "a backtick" if character == "`" else f"`{character}`"
    return _Mistake(f"A value may not begin with {named}. {QUOTE_IT}", line, column)


def _in_braces(character: str, line: int, column: int) -> _Mistake | None:
    if character not in ("[", "{"):
        return None
    what = "brackets are a list" if character == "[" else "braces are a block of keys"
    return _Mistake(
        f"A value that begins with `{character}` is read as if its {what}. {QUOTE_IT}", line, column
    )


def _colon(lines: list[str], line: int, column: int) -> _Mistake:
    """A colon where none is expected: after a key that lacks its own, in a key that is indented too far, or in a text."""
    start = len(lines[line]) - len(lines[line].lstrip())
    first = _LINE_START.match(lines[line])
    if (
        first is None
        or first["key"] is None
        or first.end("key") == column
        or _value_start(lines[line]) > column
    ):
        above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), None)
        if above is not None and (below_item := _below_item(lines, line, above)):
            return _Mistake(below_item, line, start)
        if above is not None and not _KEY_LINE.match(lines[above]):
            indent = len(lines[above]) - len(lines[above].lstrip())
            return _no_colon(lines, above, indent)
        if above is not None:
            message = (
                "This line is indented too far: a key begins in the same column as the key above it. "
                f"If it belongs to the text above: {OR_QUOTE_IT}"
            )
            return _Mistake(message, line, start)
    value = lines[line][_value_start(lines[line]) :]
    if value[:1] in _OTHER_QUOTES:
        message = (
            f"A colon and a space in a text are read as a new key. The quotation marks {value[0]} do not count in YAML: "
            'put the whole text between "straight" ones.'
        )
        return _Mistake(message, line, column)
    return _Mistake(f"A colon and a space in a text are read as a new key. {QUOTE_IT}", line, column)


def _below_item(lines: list[str], line: int, above: int) -> str:
    """What is wrong with a line that looks like a key or an item, below an item of a list that is a text; or ""."""
    item = re.match(r"( *)- +(?![\"'|>\[{])(?!.*:(?:\s|$))", lines[above])
    if item is None:
        return ""
    column = len(item[1]) + 1
    if re.match(r" *- ", lines[line]):
        return (
            f"This item is indented further than the one above it. Begin it in column {column}, as that does."
        )
    return (
        "This line looks like a key, but the item of the list above it is a text and has no keys. Begin the line in the "
        f"same column as the entry's other keys. If it belongs to the text above: {OR_QUOTE_IT}"
    )


def _other(parser_message: str, lines: list[str], line: int, column: int) -> _Mistake:
    if "single document" in parser_message or (
        "document start" in parser_message and lines[0].startswith("%")
    ):
        message = "Only `key: value` lines are allowed here."
        if lines[line].startswith("---"):
            message += " Delete this line."
        return _Mistake(message, 0 if lines[0].startswith("%") else line, 0)
    if any(words in parser_message for words in ("block mapping", "block collection", "document start")):
        message = (
            "This line is not lined up with the lines before it: keys of one block begin in the same column."
        )
        return _Mistake(message, line, column)
    return _Mistake(
        "This line is not YAML that can be understood. Check its quotation marks, colons and indentation.",
        line,
        column,
    )
