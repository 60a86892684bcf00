"""Words that YAML reads in another way than the editor who typed them: as a comment, or as part of the text above.

``title: Room #4`` is the title "Room" with a comment, and a list item that is one space too far to the right belongs to
the item above it. Neither is an error of YAML. This looks at the marks of PyYAML's nodes, and only where a text has a
comment behind a value, or a value that goes on in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import yaml
from pydantic import BaseModel

from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.introspection import description, find_field, is_prose, key_name, known_keys, last_name
from credsite.schema.yaml.error_messages import LINE_BREAK, OR_QUOTE_IT, QUOTE_IT
from credsite.schema.yaml.loader import NULL_TAG, LoadedYaml

COMMENT: Final = "yaml-comment-in-text"
JOINED: Final = "yaml-joined-lines"

_COMMENT: Final = re.compile(r"[ \t]+(?=#)")
_LIST_ITEM: Final = re.compile(r"[-*✓✔☑☐►▶→][ \t]|-(?:$|[^\W\d_])|[•‣◦▪●]")
_RULE: Final = re.compile(r"-{3,}$|={3,}$|\*{3,}$|_{3,}$")
_NUMBERED: Final = re.compile(r"(?:\d{1,3}|[A-Za-z])[.)][ \t]")
_DASH: Final = re.compile(r"[-–—+][ \t]")
_KEY: Final = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?P<value>.*)")
_SUSPECT: Final = re.compile(r"\n[ \t]*(?:[^\w\s(\"'&]|\w[\w-]*[:.)])")
"""What all lines begin with that look as if something else were to begin in them."""
_COMMENT_ADVICE: Final = 'A # begins a comment, which is ignored: put the text between "quotation marks".'
_WRAPPED: Final = 60
"""How many characters a line has at least that ends because the next word did not fit."""
_MAX_SUGGESTION: Final = 200


def lost_text_problems(
    document: LoadedYaml, text: str, path: str, first_line: int, model: type[BaseModel]
) -> list[Problem]:
    """What an editor wrote in ``text``, the keys of a ``model``, that is not read as it was probably meant.

    ``document`` is what was read from it. The problems have their lines and columns, and the keys that they are about.
    """
    has_comments = " #" in text or "\t#" in text
    if document.root is None or not (has_comments or _may_join_lines(document.long_scalars, text)):
        return []
    keys = frozenset(document.data if isinstance(document.data, dict) else ())
    finder = _Finder(LINE_BREAK.split(text), path, first_line, model, has_comments, keys)
    return list(finder.problems(document.root, (), 0))


def _may_join_lines(long_scalars: Sequence[yaml.Node], text: str) -> bool:
    """A quick test, which is also true of some texts that are as they were meant."""
    return any(
        node.style not in ("|", ">")
        and (
            _SUSPECT.search(text, node.start_mark.index, node.end_mark.index) is not None
            or _character_before(text, node.start_mark.index) in ("[", ",")
        )
        for node in long_scalars
        if isinstance(node, yaml.ScalarNode)
    )


def _character_before(text: str, at: int) -> str:
    """The last character before ``at`` that is no white space; ``""`` where there is none."""
    at -= 1
    while at >= 0 and text[at].isspace():
        at -= 1
    return text[at] if at >= 0 else ""


def with_lost_text(problems: list[Problem], lost: list[Problem]) -> list[Problem]:
    """The ``problems`` of a file's values, with those of its ``lost`` texts.

    Where a comment is why a value is missing, that is one problem and not two.
    """
    missing = {problem.location.key for problem in problems if problem.code == "missing-key"}
    comments = {problem.location.key: problem for problem in lost if problem.code == COMMENT}
    return [
        *(
            replace(problem, message=f"{problem.message} {_COMMENT_ADVICE}")
            if problem.code == "missing-key" and problem.location.key in comments
            else problem
            for problem in problems
        ),
        *(problem for problem in lost if problem.code != COMMENT or problem.location.key not in missing),
    ]


@dataclass(frozen=True, slots=True)
class _Finder:
    lines: list[str]
    path: str
    first_line: int
    model: type[BaseModel]
    has_comments: bool
    keys: frozenset[str]
    """The keys of the outermost block."""

    def problems(
        self, node: yaml.Node, key: KeyPath, indent: int, *, in_brackets: bool = False
    ) -> Iterator[Problem]:
        """The problems of a node at ``key``, whose key or hyphen is in column ``indent``.

        ``in_brackets`` is true of the items of a list such as ``[a, b]``.
        """
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                yield from self.problems(value, (*key, name.value), name.start_mark.column)
        elif isinstance(node, yaml.SequenceNode):
            inner = indent if node.flow_style else node.start_mark.column
            for number, value in enumerate(node.value):
                yield from self.problems(value, (*key, number), inner, in_brackets=bool(node.flow_style))
        elif isinstance(node, yaml.ScalarNode):
            if self.has_comments and not node.style:
                yield from self._comment_problems(node, key)
            if node.start_mark.line != node.end_mark.line and node.style in (None, "", '"', "'"):
                found = list(self._joined_problems(node, key, indent))
                yield from found
                if not found and in_brackets and not node.style:
                    yield from self._comma_problem(node, key)

    def _comment_problems(self, node: yaml.ScalarNode, key: KeyPath) -> Iterator[Problem]:
        line, column = node.end_mark.line, node.end_mark.column
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        gap = _COMMENT.match(rest)
        if gap is None:
            return
        comment = rest[gap.end() :].rstrip()
        name = key_name(key) if key else "the text"
        if not node.value:
            if not self._is_meant_as_value(comment, key):
                return
            message = f"This # begins a comment, which is ignored, so that {name} is empty. {QUOTE_IT}"
        elif self._is_note(node, comment, key):
            return
        else:
            message = (
                f"This # begins a comment: the words behind it are not part of {name}, and nobody sees them. "
                f"{QUOTE_IT} If it is a note, put it on a line of its own."
            )
        whole = node.value + rest.rstrip() if node.value else comment
        suggestion = "" if comment[1:2].isspace() and not node.value else self._quoted_line(whole, key)
        place = Location(self.path, self.first_line + line, column + gap.end() + 1, key)
        yield Problem(COMMENT, message, place, suggestion=suggestion)

    def _is_meant_as_value(self, comment: str, key: KeyPath) -> bool:
        """Whether a comment stands where a value is missing: ``title: # to be written`` is a note, unless a value is needed."""
        field = find_field(self.model, key)
        is_needed = isinstance(key[-1], int) or (field is not None and field.is_required())
        return is_needed or (not comment[1:2].isspace() and is_prose(self.model, key, ""))

    def _is_note(self, node: yaml.ScalarNode, comment: str, key: KeyPath) -> bool:
        if node.tag == NULL_TAG or not is_prose(self.model, key, node.value):
            return True
        explanation = description(self.model, key)  # `credsite new` writes it behind the values of blocks
        return bool(explanation) and comment.lstrip("# ").startswith(explanation)

    def _quoted_line(self, value: str, key: KeyPath) -> str:
        quoted = quote_scalar(value)
        lead = "- " if isinstance(key[-1], int) else f"{key[-1]}: "
        return f"{lead}{quoted}" if "\n" not in value and len(quoted) <= _MAX_SUGGESTION else ""

    def _joined_problems(self, node: yaml.ScalarNode, key: KeyPath, indent: int) -> Iterator[Problem]:
        """The first line of a value's further lines that looks as if something else were to begin in it."""
        first, last = node.start_mark.line, node.end_mark.line
        opening = self.lines[first][node.start_mark.column :].lstrip("\"'")
        further = [
            (number, self.lines[number].strip(" \t"))
            for number in range(first + 1, min(last + 1, len(self.lines)))
        ]
        texts = [opening, *(text for _, text in further)]
        for position, (number, text) in enumerate(further, 1):
            column = len(self.lines[number]) - len(self.lines[number].lstrip(" \t"))
            message = suggestion = ""
            if self._is_item(texts, position):
                message = self._item_message(key, indent)
            elif _RULE.match(text):
                message = (
                    f"This line is read as part of the text of {self._owner(key)}. If the keys end here, begin it in "
                    f"column 1. If it is text: {OR_QUOTE_IT}"
                )
            elif (match := _KEY.match(text)) and self._is_key(
                match, column, indent, is_quoted=bool(node.style)
            ):
                message = (
                    f"This line looks like a key, but it is read as part of the text of {self._owner(key)}. "
                    f"Begin it in the same column as `{last_name(key) or 'title'}`, with a space after its colon."
                )
                suggestion = f"{match['key']}: {match['value'].strip()}"
            if not message:
                continue
            if node.style:
                suggestion = ""
                message = (
                    f"This line is read as part of the text of {self._owner(key)}, because the quotation mark that "
                    f"opens in line {self.first_line + first} is not closed before it. Close it at the end of that text."
                )
            place = Location(self.path, self.first_line + number, column + 1, key)
            opens = Location(self.path, self.first_line + first, node.start_mark.column + 1)
            yield Problem(JOINED, message, place, suggestion=suggestion, related=opens)
            return

    def _comma_problem(self, node: yaml.ScalarNode, key: KeyPath) -> Iterator[Problem]:
        """That there is no comma between an item of a list in brackets and the line below it."""
        if len(self.lines[node.start_mark.line].rstrip()) >= _WRAPPED:
            return  # one text that is wrapped
        line = next(
            number
            for number in range(node.start_mark.line + 1, len(self.lines))
            if self.lines[number].strip()
        )
        text = self.lines[line]
        message = (
            f"This line is read as part of the text of {self._owner(key)}, because no comma stands before it. If another "
            f"item begins here, put a comma at the end of the line above. If it is one text: {OR_QUOTE_IT}"
        )
        column = len(text) - len(text.lstrip(" \t")) + 1
        yield Problem(JOINED, message, Location(self.path, self.first_line + line, column, key))

    def _is_item(self, texts: Sequence[str], position: int) -> bool:
        """Whether the line at ``position`` of a value's ``texts`` looks like an item of a list."""
        text = texts[position]
        if _LIST_ITEM.match(text):
            return True
        # A sentence that is wrapped may go on with a dash or a number.
        for pattern in (_NUMBERED, _DASH):
            if pattern.match(text):
                ends_sentence = texts[position - 1].rstrip().endswith((".", ";", "!", "?"))
                return ends_sentence or any(
                    pattern.match(other) for at, other in enumerate(texts) if at != position
                )
        return False

    def _is_key(self, match: re.Match[str], column: int, indent: int, *, is_quoted: bool) -> bool:
        value = match["value"]
        if match["key"] in known_keys(self.model):
            # A quoted sentence may have such a word at the start of a line. A key that is swallowed is missing.
            return (
                column <= indent or match["key"] not in self.keys if is_quoted else not value.startswith("//")
            )
        return is_quoted and column <= indent and (not value or value[0] in " \t")

    def _owner(self, key: KeyPath) -> str:
        return key_name(key) if key else "the line above"

    def _item_message(self, key: KeyPath, indent: int) -> str:
        quote_it = 'If it is one text, put all of it between "quotation marks".'
        if key and isinstance(key[-1], int):
            return (
                "This line is indented further than the list's other items, so that it is read as part of the text of "
                f"{self._owner(key)}. Begin it in column {indent + 1}, as they do. {quote_it}"
            )
        return (
            f"This line looks like an item of a list, but it is read as part of the text of {self._owner(key)}. "
            f"If it is a list, put nothing behind `{last_name(key) or 'title'}:`, and begin each item on a line of its own. {quote_it}"
        )


def quote_scalar(text: str) -> str:
    """``text`` between quotation marks, as YAML has them."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
