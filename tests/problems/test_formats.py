"""Problems for machines: JSON, workflow commands, CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.codes import CODES
from credsite.problems.excerpts import ExcerptFinder
from credsite.problems.formats import (
    problems_to_csv,
    problems_to_github,
    problems_to_gitlab,
    problems_to_json,
    problems_to_sarif,
)
from credsite.problems.model import Location, Problem, Severity

PROBLEM = Problem(
    "unknown-value",
    "`onlin` is not, 100% sure: a\nvalue.",
    Location("content/a, b:c.md", 2, 8, ("mode",)),
    allowed=("online", "hybrid"),
    suggestion="online",
    related=Location("b.md", 1, 1),
)


def excerpts() -> ExcerptFinder:
    return ExcerptFinder(lambda _path: "one\nmode: [onlin]\n")


def test_json_has_every_key_of_a_problem() -> None:
    assert json.loads(problems_to_json([PROBLEM], excerpts())) == {
        "version": 1,
        "counts": {"error": 1, "warning": 0, "advice": 0},
        "filtered": None,
        "problems": [
            {
                "path": "content/a, b:c.md",
                "line": 2,
                "column": 8,
                "severity": "error",
                "code": "unknown-value",
                "message": "`onlin` is not, 100% sure: a\nvalue.",
                "suggestion": "online",
                "allowed": ["online", "hybrid"],
                "other": {"path": "b.md", "line": 1, "column": 1},
                "excerpt": {"text": "mode: [onlin]", "start": 7, "end": 12},
            }
        ],
    }


def test_json_says_null_where_there_is_nothing() -> None:
    found = json.loads(problems_to_json([Problem("url-collision", "Two.", Location("static/x"))], excerpts()))
    assert [found["problems"][0][key] for key in ("line", "column", "suggestion", "other", "excerpt")] == [
        None
    ] * 5


@given(st.text(st.characters(exclude_categories=())))
def test_json_can_be_read_whatever_content_holds(text: str) -> None:
    written = problems_to_json([Problem("bad-date", text, Location(text, 1, 1))], excerpts())
    message = json.loads(written.encode())["problems"][0]["message"]
    assert message == text.encode("utf-8", "replace").decode()


def test_a_workflow_command_escapes_what_would_end_it() -> None:
    assert problems_to_github([PROBLEM], lambda path: f"site/{path}") == (
        "::error file=site/content/a%2C b%3Ac.md,line=2,col=8,title=unknown-value::`onlin` is not, 100%25 sure: a%0A"
        "value. Did you mean `online`? It can be: online, hybrid. The other place: site/b.md:1:1\n"
    )


@given(st.text())
def test_content_gives_no_workflow_command_of_its_own(text: str) -> None:
    written = problems_to_github([Problem("bad-date", text, Location(text, 1))], lambda path: path)
    assert written.count("\n") == 1
    assert "\r" not in written


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "::error "), (Severity.WARNING, "::warning "), (Severity.ADVICE, "::notice ")],
)
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    problem = Problem("bad-date", "No.", Location("static/x"), severity=severity)
    assert problems_to_github([problem], lambda path: path) == f"{command}file=static/x,title=bad-date::No.\n"


def test_gitlab_knows_each_problem_again_when_its_line_moves() -> None:
    twice = [PROBLEM, replace(PROBLEM, location=replace(PROBLEM.location, line=9))]
    moved = [replace(one, location=replace(one.location, line=one.location.line + 3)) for one in twice]
    before, after = (
        json.loads(problems_to_gitlab(ones, lambda path: f"site/{path}")) for ones in (twice, moved)
    )
    assert [one["location"] for one in before] == [
        {"path": "site/content/a, b:c.md", "lines": {"begin": line}} for line in (2, 9)
    ]
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert len({one["fingerprint"] for one in before}) == 2
    assert {(one["check_name"], one["severity"]) for one in before} == {("unknown-value", "major")}


def test_gitlab_needs_a_line_for_each_problem() -> None:
    problem = Problem("bad-date", "No.", Location("static/x"), severity=Severity.ADVICE)
    issue = json.loads(problems_to_gitlab([problem], lambda path: path))[0]
    assert issue["location"]["lines"]["begin"] == 1
    assert issue["severity"] == "info"


def test_a_spreadsheet_gets_a_row_for_each_problem() -> None:
    written = problems_to_csv([PROBLEM], excerpts())
    assert written.startswith("\ufeff")
    heading, row = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert dict(zip(heading, row, strict=True)) == {
        "severity": "error",
        "code": "unknown-value",
        "path": "content/a, b:c.md",
        "line": "2",
        "column": "8",
        "message": "`onlin` is not, 100% sure: a\nvalue.",
        "suggestion": "online",
        "allowed": "online, hybrid",
        "other": "b.md:1:1",
        "excerpt": "mode: [onlin]",
    }


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
