"""Problems as JSON, as workflow commands for GitHub, as a Code Quality report for GitLab, as CSV, as SARIF, and as lines like those of a compiler.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 27 March 2020, the format in
which tools of continuous integration exchange their findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from credsite.core.hashing import combined_digest
from credsite.problems.codes import CODES, ProblemCode, meaning_of
from credsite.problems.excerpts import Excerpt, ExcerptFinder, terminal_safe
from credsite.problems.explanations import Explanation, explanations
from credsite.problems.groups import Selection
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.suggestions import list_allowed, with_suggestion
from credsite.problems.tables import csv_text, json_document, without_steering

FORMAT_VERSION: Final = 1
"""The version of the JSON format. It changes when a key is removed or gets another meaning."""
DisplayPath = Callable[[str], str]
"""Turns the path of a file in the site into the path that the reader of the output needs."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_SARIF_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SARIF_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_CODE_QUALITY: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}
_HEADINGS: Final = (
    "severity", "code", "path", "line", "column", "message", "suggestion", "allowed", "other", "excerpt",
)  # fmt: skip


def problems_to_json(
    problems: Iterable[Problem], excerpts: ExcerptFinder, selection: Selection | None = None
) -> str:
    """An object with ``version``, ``counts`` by severity, and ``problems``, each with the same keys.

    ``filtered`` says which problems were asked for, and how many others there are; it is null where all are there.

    Lines and columns count from 1 and are null where there are none. In ``excerpt``, ``start`` and ``end`` count the
    characters (code points) of its ``text`` from 0.
    """
    problems = list(problems)
    counts = Counter(problem.severity for problem in problems)
    return json_document(
        {
            "version": FORMAT_VERSION,
            "counts": {severity.value: counts[severity] for severity in Severity},
            "filtered": selection and selection.as_json(),
            "problems": [_object(problem, excerpts) for problem in problems],
        }
    )


def _object(problem: Problem, excerpts: ExcerptFinder) -> dict[str, Any]:
    return {
        **_location(problem.location),
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "suggestion": problem.suggestion or None,
        "allowed": list(problem.allowed),
        "other": problem.related and _location(problem.related),
        "excerpt": _excerpt(excerpts.find(problem.location)),
    }


def _location(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line or None, "column": location.column or None}


def _excerpt(excerpt: Excerpt | None) -> dict[str, Any] | None:
    return None if excerpt is None else {"text": excerpt.text, "start": excerpt.start, "end": excerpt.end}


def problems_to_github(problems: Iterable[Problem], display_path: DisplayPath) -> str:
    """A workflow command for each problem, which GitHub shows beside the line in a pull request."""
    return "".join(f"{_command(problem, display_path)}\n" for problem in problems)


def _command(problem: Problem, display_path: DisplayPath) -> str:
    location = problem.location
    properties = {
        "file": display_path(location.path),
        "line": location.line,
        "col": location.column,
        "title": problem.code,
    }
    options = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value)
    message = full_message(problem)
    if problem.related is not None:
        message += f" The other place: {replace(problem.related, path=display_path(problem.related.path))}"
    return f"::{_COMMANDS[problem.severity]} {options}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    text = "\n".join(map(terminal_safe, text.splitlines()))
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def problems_to_gitlab(problems: Iterable[Problem], display_path: DisplayPath) -> str:
    """A Code Quality report, which GitLab shows in a merge request.

    The fingerprint does not depend on the line, so that a problem which moves with its line is not a new one. GitLab shows one
    problem for each fingerprint: equal ones are counted.
    """
    seen: Counter[str] = Counter()
    issues = []
    for problem in problems:
        path = display_path(problem.location.path)
        message = full_message(problem)
        alike = combined_digest((problem.code, path, message))
        seen[alike] += 1
        issues.append(
            {
                "description": message,
                "check_name": problem.code,
                "fingerprint": combined_digest((alike, str(seen[alike]))),
                "severity": _CODE_QUALITY[problem.severity],
                "location": {"path": path, "lines": {"begin": problem.location.line or 1}},
            }
        )
    return json_document(issues)


def problems_to_lines(problems: Iterable[Problem]) -> str:
    """``path:line:column: severity: message [code]`` for each problem: a form that many editors turn into links."""
    return "".join(f"{_line(problem)}\n" for problem in problems)


def _line(problem: Problem) -> str:
    location = replace(problem.location, line=problem.location.line or 1, column=problem.location.column or 1)
    severity = "info" if problem.severity is Severity.ADVICE else problem.severity.value
    message = " ".join(full_message(problem).split())
    return terminal_safe(f"{location}: {severity}: {message} [{problem.code}]")


def problems_to_csv(problems: Iterable[Problem], excerpts: ExcerptFinder) -> str:
    """A table for spreadsheets, with a row of headings."""
    rows = []
    for problem in problems:
        location, excerpt = problem.location, excerpts.find(problem.location)
        rows.append(
            (
                problem.severity.value,
                problem.code,
                location.path,
                str(location.line or ""),
                str(location.column or ""),
                problem.message,
                problem.suggestion,
                ", ".join(problem.allowed),
                str(problem.related or ""),
                excerpt.text.strip() if excerpt else "",
            )
        )
    return csv_text(_HEADINGS, (map(without_steering, row) for row in rows))


def problems_to_sarif(
    problems: Iterable[Problem], version: str, display_path: DisplayPath, selection: Selection | None = None
) -> str:
    """One run of credsite ``version``, with a rule for each code. Columns count characters (code points).

    Where only some problems were asked for, the run's properties say which.
    """
    explanation_of = explanations()
    rules = [_sarif_rule(name, code, explanation_of[name]) for name, code in CODES.items()]
    problems = list(problems)
    own = {problem.code: problem.severity for problem in problems if problem.code not in CODES}
    rules += (_own_sarif_rule(code, severity) for code, severity in own.items())
    numbers = {name: number for number, name in enumerate((*CODES, *own))}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "credsite", "semanticVersion": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, numbers[problem.code], display_path) for problem in problems],
    }
    if selection is not None:
        run["properties"] = {"filtered": selection.as_json()}
    return json_document({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(name: str, code: ProblemCode, explanation: Explanation) -> dict[str, Any]:
    meaning = code.meaning.replace("`", "")
    return {
        "id": name,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} {explanation.why}".replace("`", "")},
        "help": {"text": explanation.as_text(), "markdown": explanation.as_markdown()},
        "defaultConfiguration": {"level": _SARIF_LEVELS[code.severity]},
    }


def _own_sarif_rule(code: str, severity: Severity) -> dict[str, Any]:
    """The rule for the code of a site's own check."""
    return {
        "id": code,
        "shortDescription": {"text": meaning_of(code)},
        "defaultConfiguration": {"level": _SARIF_LEVELS[severity]},
    }


def _sarif_result(problem: Problem, rule: int, display_path: DisplayPath) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": _without_links(full_message(problem))},
        "locations": [_sarif_location(problem.location, display_path)],
    }
    if problem.related is not None:
        related = {
            **_sarif_location(problem.related, display_path),
            "id": 1,
            "message": {"text": "The other place"},
        }
        result["relatedLocations"] = [related]
    return result


def _without_links(text: str) -> str:
    """``text`` with its brackets escaped where SARIF would take ``[words](address)`` for a link (section 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text


def _sarif_location(location: Location, display_path: DisplayPath) -> dict[str, Any]:
    artifact = {"uri": quote(display_path(location.path), safe="/", errors="replace")}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if location.line:
        region = {"startLine": location.line, "startColumn": location.column}
        physical["region"] = {name: number for name, number in region.items() if number}
    return {"physicalLocation": physical}


def full_message(problem: Problem) -> str:
    """The message with everything that helps to fix the problem, as one text."""
    message = with_suggestion(problem.message, problem.suggestion)
    return f"{message} {list_allowed(problem.allowed)}" if problem.allowed else message
