"""SARIF 2.1.0: what its schema requires, and what readers of it rely on."""

from __future__ import annotations

import json
import re
from typing import Any

from credsite.problems.codes import CODES
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.sarif import problems_to_sarif


def run(*problems: Problem) -> dict[str, Any]:
    whole = json.loads(problems_to_sarif(problems, "1.2.3", lambda path: f"my site/{path}"))
    assert (whole["version"], len(whole["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = whole["runs"][0]
    return found


def test_every_code_is_a_rule_with_help() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith("."), rule["id"]
        assert "Wrong" in rule["help"]["text"], rule["id"]
        assert "Right" in rule["help"]["markdown"], rule["id"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), rule["id"]


def test_a_result_leads_to_its_rule_and_its_place() -> None:
    problem = Problem(
        "unknown-id",
        "There is no provider.",
        Location("content/courses/été 100%.md", 3, 11),
        suggestion="harbour-college",
        related=Location("b.md", 1, 2),
        severity=Severity.WARNING,
    )
    found = run(problem)
    assert found["columnKind"] == "unicodeCodePoints"
    [result] = found["results"]
    assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "unknown-id"
    assert result["level"] == "warning"
    assert result["message"]["text"] == "There is no provider. Did you mean `harbour-college`?"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "my%20site/content/courses/%C3%A9t%C3%A9%20100%25.md"},
                "region": {"startLine": 3, "startColumn": 11},
            }
        }
    ]
    [other] = result["relatedLocations"]
    assert other["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 2}


def test_a_problem_of_a_whole_file_has_no_region() -> None:
    [result] = run(Problem("url-collision", "Two.", Location("static/a:b")))["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert "region" not in physical
    assert re.fullmatch(r"[\w/%.~-]+", physical["artifactLocation"]["uri"])


def test_markdown_in_a_message_is_no_link_of_the_report() -> None:
    [plain, linked] = run(
        Problem("bad-date", "Write [a] here.", Location("a.md")),
        Problem("image-alt-missing", "Write ![words](photo.jpg).", Location("a.md")),
    )["results"]
    assert plain["message"]["text"] == "Write [a] here."
    assert linked["message"]["text"] == r"Write !\[words\](photo.jpg)."
