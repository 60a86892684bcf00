"""Problems as SARIF, the format in which tools of continuous integration exchange their findings.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 27 March 2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from credsite.problems.codes import CODES, ProblemCode
from credsite.problems.explanations import Explanation, explanations
from credsite.problems.formats import DisplayPath, full_message
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.tables import json_document

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def problems_to_sarif(problems: Iterable[Problem], version: str, display_path: DisplayPath) -> str:
    """One run of credsite ``version``, with a rule for each code. Columns count characters (code points)."""
    explanation_of = explanations()
    rules = [_rule(name, code, explanation_of[name]) for name, code in CODES.items()]
    numbers = {name: number for number, name in enumerate(CODES)}
    run = {
        "tool": {"driver": {"name": "credsite", "semanticVersion": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, numbers[problem.code], display_path) for problem in problems],
    }
    return json_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, code: ProblemCode, explanation: Explanation) -> dict[str, Any]:
    meaning = code.meaning.replace("`", "")
    return {
        "id": name,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} {explanation.why}".replace("`", "")},
        "help": {"text": explanation.as_text(), "markdown": explanation.as_markdown()},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(problem: Problem, rule: int, display_path: DisplayPath) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": _without_links(full_message(problem))},
        "locations": [_location(problem.location, display_path)],
    }
    if problem.related is not None:
        related = {
            **_location(problem.related, display_path),
            "id": 1,
            "message": {"text": "The other place"},
        }
        result["relatedLocations"] = [related]
    return result


def _without_links(text: str) -> str:
    """``text`` with its brackets escaped where SARIF would take ``[words](address)`` for a link (section 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text


def _location(location: Location, display_path: DisplayPath) -> dict[str, Any]:
    artifact = {"uri": quote(display_path(location.path), safe="/", errors="replace")}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if location.line:
        region = {"startLine": location.line, "startColumn": location.column}
        physical["region"] = {name: number for name, number in region.items() if number}
    return {"physicalLocation": physical}
