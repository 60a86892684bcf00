"""Merge conflicts that nobody has resolved: Git, and programs like it, write both versions of some lines into a file.

``<<<<<<< ours``, ``=======`` and ``>>>>>>> theirs`` stand around them, and ``||||||| base`` before the version that both
were made from. A line of these may also be all that is left.
"""

from __future__ import annotations

import re
from typing import Final

from credsite.problems.codes import CODES
from credsite.problems.model import MAX_PER_FILE, Location, Problem

MERGE_CONFLICT: Final = "merge-conflict"
_MARKER: Final = re.compile(r"([<|=>])\1{6}(?:[ \t]+(?P<label>.*?))?[ \t]*$")
_LABEL: Final = re.compile(r"\S*|[0-9a-f]{7,40}\b.*|Stashed changes|Updated upstream|branch '.*")
"""What Git writes behind a marker: the name of a branch, or a commit with its message."""
_MESSAGE: Final = (
    f"{CODES[MERGE_CONFLICT].meaning} Keep the lines that are right, and delete the others, also those that begin with "
    "<<<<<<<, |||||||, ======= or >>>>>>>. If visitors are to see such lines, indent them by four spaces."
)
_FRONT_MATTER_LINE: Final = re.compile(r"---[ \t]*")


def without_conflicts(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text of a file without its unresolved merge conflicts, each of which is a problem at its first line.

    Of a conflict's versions, the first stays. Lines keep their numbers: what is left out becomes empty lines.
    """
    if not ("<<<<<<<" in text or ">>>>>>>" in text or "=======" in text or "|||||||" in text):
        return text, []
    lines = text.split("\n")
    body = _first_line_of_body(lines, path)
    places: list[int] = []
    left_out: list[int] = []
    version: list[int] = []
    """The lines since the last marker of a conflict that has not ended, unless they are its first version."""
    is_open = False
    for number, line in enumerate(lines):
        match = _MARKER.match(line)
        if match is None:
            version += [number] if is_open and version else []
        elif match[1] == "<" or is_open or _is_left_over(lines, number, match, is_body=number >= body):
            if match[1] == "<" or not is_open:
                places.append(number)
            is_open = match[1] == "<" or (is_open and match[1] != ">")
            # Where the end is missing, nobody knows where the last version ends, so that it stays.
            left_out += [*version, number]
            version = [number] if is_open and match[1] != "<" else []
    for number in left_out:
        lines[number] = ""
    problems = [
        Problem(MERGE_CONFLICT, _MESSAGE, Location(path, number + 1, 1))
        for number in places[: MAX_PER_FILE + 1]
    ]
    return ("\n".join(lines), problems) if problems else (text, [])


def _is_left_over(lines: list[str], number: int, match: re.Match[str], *, is_body: bool) -> bool:
    """Whether a line outside of conflicts is the rest of one, and not a heading, a quotation or a table."""
    label = match["label"] or ""
    before = lines[number - 1].strip() if number else ""
    after = lines[number + 1].strip() if number + 1 < len(lines) else ""
    match match[1]:
        case "=":
            return not label and (not is_body or not before)
        case "|":
            return bool(label) and "|" not in label
        case _:
            is_quotation = before.startswith(">") or after.startswith(">")
            return not is_body or (not is_quotation and _LABEL.fullmatch(label) is not None)


def _first_line_of_body(lines: list[str], path: str) -> int:
    """The number, from 0, of the first line after the front matter; where there is no body, of the line after the last."""
    if path.endswith(".yaml"):
        return len(lines)
    closers = (number for number, line in enumerate(lines) if number and _FRONT_MATTER_LINE.fullmatch(line))
    return next(closers, 0)
