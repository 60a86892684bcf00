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


def many(code: str, severity: Severity, number: int, message: str = "Not so.") -> list[Problem]:
    return [
        Problem(code, message.format(at), Location(f"{code}-{at:04}.md", 1, 1), severity=severity)
        for at in range(number)
    ]


def test_of_very_many_problems_the_totals_come_first_and_then_the_first_few_of_each_kind(
    tmp_path: Path,
) -> None:
    problems = [
        *many("missing-price", Severity.ADVICE, 1234, "Write the price."),
        *many("unknown-id", Severity.ERROR, 7, "There is no provider `{}`."),
        *many("broken-link", Severity.WARNING, 1),
    ]
    found = said(problems, tmp_path)
    assert found.startswith(
        """\
  error    unknown-id         7  in 7 files
  warning  broken-link        1  in 1 file
  advice   missing-price  1,234  in 1,234 files

error: unknown-id

  unknown-id-0000.md:1:1
    There is no provider `0`.
"""
    )
    assert "There is no provider `4`." in found
    assert "There is no provider `5`." not in found
    assert (
        "    And 2 more, in 7 files altogether. To see them all:\n    credsite check --code unknown-id --full\n"
        in found
    )
    assert "warning: broken-link\n\n  broken-link-0000.md:1:1\n    Not so.\n\nadvice: missing-price" in found
    assert found.count("Write the price.") == 1
    assert found.endswith(
        "    missing-price-0004.md:1:1\n\n    And 1,229 more, in 1,234 files altogether. To see them all:\n"
        "    credsite check --code missing-price --full"
    )


def test_few_problems_and_all_that_are_wanted_in_full_are_listed_by_file(tmp_path: Path) -> None:
    assert said(many("bad-date", Severity.ERROR, 30), tmp_path).count("Not so.") == 30
    all_of_them = unstyle(problem_listing(many("bad-date", Severity.ERROR, 300), tmp_path, in_full=True))
    assert all_of_them.count("Not so.") == 300


def test_a_file_that_is_not_text_is_shown_without_a_line(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert said([Problem("file-unreadable", "No.", Location("folder.md", 1, 1))], tmp_path).endswith(
        "\n    No."
    )
