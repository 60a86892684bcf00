"""A list of problems as JSON, as workflow commands of GitHub, as CSV, and as lines such as compilers write."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from credsite.problems.excerpts import Excerpt, Excerpts, harmless
from credsite.problems.model import Place, Problem, Severity
from credsite.problems.tables import csv_text

VERSION: Final = 1
"""Of the shape of the JSON: another number where a key is taken away or means something else."""
Where = Callable[[str], str]
"""Gives a file's path as the reader sees it, from its path in the site."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_HEADINGS: Final = (
    "severity", "code", "path", "line", "column", "message", "suggestion", "allowed", "other", "excerpt",
)  # fmt: skip


def to_json(problems: Iterable[Problem], excerpts: Excerpts) -> str:
    """An object with ``version``, ``counts`` by severity, and ``problems``, of which each has all its keys.

    Numbers of lines and columns count from 1 and are null where there is none. In ``excerpt``, ``start`` and ``end``
    count the characters (code points) of its ``text`` from 0.
    """
    found = list(problems)
    counts = Counter(problem.severity for problem in found)
    whole = {
        "version": VERSION,
        "counts": {severity.value: counts[severity] for severity in Severity},
        "problems": [_object(problem, excerpts) for problem in found],
    }
    # What no text can hold, such as half of a file's name, must not make the whole unreadable.
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode() + "\n"


def _object(problem: Problem, excerpts: Excerpts) -> dict[str, Any]:
    return {
        **_place(problem.place),
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "suggestion": problem.suggestion or None,
        "allowed": list(problem.allowed),
        "other": problem.other and _place(problem.other),
        "excerpt": _excerpt(excerpts.of(problem.place)),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line or None, "column": place.column or None}


def _excerpt(found: Excerpt | None) -> dict[str, Any] | None:
    return None if found is None else {"text": found.text, "start": found.start, "end": found.end}


def to_github(problems: Iterable[Problem], where: Where) -> str:
    """A workflow command for each problem, which GitHub shows beside the line in a pull request."""
    return "".join(f"{_command(problem, where)}\n" for problem in problems)


def _command(problem: Problem, where: Where) -> str:
    place = problem.place
    properties = {"file": where(place.path), "line": place.line, "col": place.column, "title": problem.code}
    written = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value)
    message = told(problem)
    if problem.other is not None:
        message += f" The other place: {replace(problem.other, path=where(problem.other.path))}"
    return f"::{_COMMANDS[problem.severity]} {written}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    for sign in f"%\r\n{also}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def to_lines(problems: Iterable[Problem]) -> str:
    """``path:line:column: severity: message [code]`` for each problem, which editors lead to the place from."""
    return "".join(f"{_line(problem)}\n" for problem in problems)


def _line(problem: Problem) -> str:
    place = replace(problem.place, line=problem.place.line or 1, column=problem.place.column or 1)
    severity = "info" if problem.severity is Severity.ADVICE else problem.severity.value
    message = " ".join(told(problem).split())
    return harmless(f"{place}: {severity}: {message} [{problem.code}]")


def to_csv(problems: Iterable[Problem], excerpts: Excerpts) -> str:
    """A table for spreadsheets, with a heading."""
    rows = []
    for problem in problems:
        place, excerpt = problem.place, excerpts.of(problem.place)
        rows.append(
            (
                problem.severity.value,
                problem.code,
                place.path,
                str(place.line or ""),
                str(place.column or ""),
                problem.message,
                problem.suggestion,
                ", ".join(problem.allowed),
                str(problem.other or ""),
                excerpt.text.strip() if excerpt else "",
            )
        )
    return csv_text(_HEADINGS, rows)


def told(problem: Problem) -> str:
    """The message with everything that helps to mend the problem, as one text."""
    parts = [problem.message]
    if problem.suggestion:
        parts.append(f"Did you mean `{problem.suggestion}`?")
    if problem.allowed:
        parts.append(f"It can be: {', '.join(problem.allowed)}.")
    return " ".join(parts)
