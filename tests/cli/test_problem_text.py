"""The list of problems on a terminal."""

from __future__ import annotations

from pathlib import Path

from click import unstyle

from credsite.cli.problem_text import problem_listing, problem_summary
from credsite.problems.model import Location, Problem, Severity


def said(problems: list[Problem], root: Path) -> str:
    return unstyle(problem_listing(problems, root))


def test_problems_are_listed_below_their_file_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: One\nprice: 3\n---\n")
    problems = [
        Problem(
            "bad-price", "No price.", Location("a.md", 3, 8), suggestion="3 CAD", severity=Severity.ERROR
        ),
        Problem(
            "broken-link", "No page.", Location("b.md", 1, 1), allowed=("x", "y"), severity=Severity.WARNING
        ),
        Problem("url-collision", "Two.", Location("b.md"), related=Location("a.md", 2, 8)),
    ]
    assert (
        said(problems, tmp_path)
        == """\
a.md

  error    3:8  bad-price
    No price. Did you mean `3 CAD`?
     3 | price: 3
       |        ^

b.md

  warning  1:1  broken-link
    No page.
    It can be: x, y.

  error    url-collision
    Two.
    The other place: a.md:2:8
     2 | title: One
       |        ^^^"""
    )
    assert problem_summary(problems).startswith(
        "2 errors and 1 warning in 2 files.\n`credsite check --explain bad-price`"
    )


def test_content_cannot_control_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("\x1b]0;mine\x07: x\n")
    problem = Problem(
        "bad-date", "`\x1b[2J\u202e\r` is\nno date.", Location("a.md", 1, 1), suggestion="\x9b1m"
    )
    found = said([problem], tmp_path)
    assert {sign for sign in found if not sign.isprintable()} == {"\n"}
    assert "`\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER} ` is no date." in found


def test_a_frequent_problem_becomes_a_list_of_lines(tmp_path: Path) -> None:
    problems = [Problem("html-not-allowed", "Not so.", Location("a.md", line, 1)) for line in range(1, 201)]
    problems.append(Problem("bad-date", "No date.", Location("a.md", 300, 1)))
    found = said(problems, tmp_path)
    assert found.count("  html-not-allowed\n") == 20
    assert "There are 180 more problems `html-not-allowed` in these lines: 21, 22, 23," in found
    assert " 200." in found
    assert "  bad-date\n" in found


def test_a_file_that_is_not_text_is_shown_without_a_line(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert said([Problem("file-unreadable", "No.", Location("folder.md", 1, 1))], tmp_path).endswith(
        "\n    No."
    )
