"""Writes problems to standard output: for people, by file, each with the line it is about, in colour; or for programs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from credsite.cli.streams import write_utf8
from credsite.cli.text import problem_count, wrap_text
from credsite.core.text import pluralize
from credsite.problems.excerpts import Excerpt, ExcerptFinder, file_text_reader, terminal_safe
from credsite.problems.model import Problem, Severity
from credsite.problems.suggestions import list_allowed, with_suggestion

PROBLEM_FORMATS = ("text", "lines", "json", "github", "csv", "sarif")
TABLE_FORMATS = ("text", "json", "csv")
"""The formats that a table can be written in."""
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_MAX_IN_FULL: Final = 20
"""How many problems with the same code are described in full per file. For the others, only the lines are listed."""


def write_problems(problems: Sequence[Problem], form: str, root: Path) -> None:
    """Write ``problems`` of the site in the folder ``root``, in one of PROBLEM_FORMATS."""
    if form == "text":
        listed = problem_listing(problems, root)
        click.echo(f"{listed}\n\n{problem_summary(problems)}" if listed else problem_summary(problems))
        return
    from credsite import __version__
    from credsite.problems.formats import (
        problems_to_csv,
        problems_to_github,
        problems_to_json,
        problems_to_lines,
        problems_to_sarif,
    )

    excerpts = ExcerptFinder(file_text_reader(root, errors="replace"))
    where = repository_paths(root)
    match form:
        case "json":
            text = problems_to_json(problems, excerpts)
        case "github":
            text = problems_to_github(problems, where)
        case "csv":
            text = problems_to_csv(problems, excerpts)
        case "lines":
            text = problems_to_lines(problems)
        case _:
            text = problems_to_sarif(problems, __version__, where)
    write_utf8(text)


def repository_paths(root: Path) -> Callable[[str], str]:
    """A function from paths in the site to paths in the repository, or in the current folder outside of GitHub Actions.

    Code review tools expect such paths. If the site lies outside of that folder, its own paths are used.
    """
    start = os.environ.get("GITHUB_WORKSPACE") or "."
    try:
        before = Path(os.path.relpath(os.path.realpath(root), os.path.realpath(start))).as_posix()
    except ValueError:  # another drive of Windows
        before = ".."
    if before == "." or before.split("/")[0] == "..":
        return lambda path: path
    return lambda path: f"{before}/{path}"


def problem_listing(problems: Iterable[Problem], root: Path) -> str:
    """``problems``, which are in order of location, under the names of their files; ``""`` if there are none.

    The lines are read from the files below ``root``, the site's folder.
    """
    excerpts = ExcerptFinder(file_text_reader(root, errors="replace"))
    return "\n\n".join(
        "\n".join(
            [click.style(terminal_safe(path), bold=True, underline=True), *_file_lines(list(group), excerpts)]
        )
        for path, group in groupby(problems, key=lambda problem: problem.location.path)
    )


def problem_summary(problems: Sequence[Problem]) -> str:
    """``2 errors and 1 warning in 2 files.``, and how to learn more about them."""
    if not problems:
        return "No problems."
    count = problem_count(problems)
    files = len({problem.location.path for problem in problems})
    code = problems[0].code
    return (
        f"{count} in {pluralize(files, 'file')}.\n"
        f"`credsite check --explain {code}` says more about a problem, with an example."
    )


def _file_lines(problems: Sequence[Problem], excerpts: ExcerptFinder) -> Iterator[str]:
    counts = Counter(problem.code for problem in problems)
    described: Counter[str] = Counter()
    rest: dict[str, list[Problem]] = {}
    for problem in problems:
        described[problem.code] += 1
        # The list of lines would not be shorter than one more problem.
        if counts[problem.code] > _MAX_IN_FULL + 1 and described[problem.code] > _MAX_IN_FULL:
            rest.setdefault(problem.code, []).append(problem)
        else:
            yield from ("", *_problem_lines(problem, excerpts))
    for code, more in rest.items():
        lines = dict.fromkeys(str(problem.location.line) for problem in more if problem.location.line)
        where = f" in these lines: {', '.join(lines)}" if lines else ""
        yield ""
        yield from wrap_text(f"There are {len(more):,} more problems `{code}`{where}.", "  ")


def _problem_lines(problem: Problem, excerpts: ExcerptFinder) -> Iterator[str]:
    location = problem.location
    position = ":".join(str(number) for number in (location.line, location.column) if number)
    severity = click.style(f"{problem.severity:<7}", fg=_COLOURS[problem.severity], bold=True)
    yield f"  {severity}  {position}{'  ' if position else ''}{problem.code}"
    yield from wrap_text(with_suggestion(problem.message, problem.suggestion), "    ")
    if problem.allowed:
        yield from wrap_text(list_allowed(problem.allowed), "    ")
    yield from _excerpt_lines(excerpts.find(location), _COLOURS[problem.severity])
    if problem.related is not None:
        yield f"    The other place: {terminal_safe(str(problem.related))}"
        yield from _excerpt_lines(excerpts.find(problem.related), "blue")


def _excerpt_lines(excerpt: Excerpt | None, colour: str) -> Iterator[str]:
    # The line `---` means that the problem is about the whole file.
    if excerpt is None or excerpt.text.rstrip() in ("", "---"):
        return
    number = f"{excerpt.number:>6}"
    blank = " " * len(number)
    yield f"{click.style(f'{number} |', dim=True)} {excerpt.text}".rstrip()
    yield f"{click.style(f'{blank} |', dim=True)} {click.style(excerpt.caret_line, fg=colour, bold=True)}"
