"""Problems for machines: JSON, workflow commands, CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.excerpts import ExcerptFinder
from credsite.problems.formats import problems_to_csv, problems_to_github, problems_to_json
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
