"""The list of problems for people: by file, each with the line that it is about, in colour on a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from credsite.cli.text import problem_count
from credsite.core.humanize import pluralize
from credsite.problems.excerpts import Excerpt, ExcerptFinder, file_text_reader, terminal_safe
from credsite.problems.model import Problem, Severity
from credsite.problems.suggestions import list_allowed, with_suggestion

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_WIDTH: Final = 92
_MOST: Final = 20
"""How often a code is told in full in one file; what is beyond is a list of lines."""


def problem_listing(problems: Iterable[Problem], root: Path) -> str:
    """The problems, which are in order of location, below the names of their files; ``""`` for none.

    ``root`` is the site's folder, from which only files with problems are read.
    """
    excerpts = ExcerptFinder(file_text_reader(root, errors="replace"))
    return "\n\n".join(
        "\n".join(
            [click.style(terminal_safe(path), bold=True, underline=True), *_file(list(found), excerpts)]
        )
        for path, found in groupby(problems, key=lambda problem: problem.location.path)
    )


def problem_summary(problems: Sequence[Problem]) -> str:
    """``2 errors and 1 warning in 2 files.``, and what to do to learn more."""
    if not problems:
        return "No problems."
    count = problem_count(problems)
    files = len({problem.location.path for problem in problems})
    code = problems[0].code
    return (
        f"{count} in {pluralize(files, 'file')}.\n"
        f"`credsite check --explain {code}` says more about a problem, with an example."
    )


def _file(problems: Sequence[Problem], excerpts: ExcerptFinder) -> Iterator[str]:
    counts = Counter(problem.code for problem in problems)
    told: Counter[str] = Counter()
    rest: dict[str, list[Problem]] = {}
    for problem in problems:
        told[problem.code] += 1
        # A list of one line more would be no shorter.
        if counts[problem.code] > _MOST + 1 and told[problem.code] > _MOST:
            rest.setdefault(problem.code, []).append(problem)
        else:
            yield from ("", *_problem(problem, excerpts))
    for code, more in rest.items():
        lines = dict.fromkeys(str(problem.location.line) for problem in more if problem.location.line)
        where = f" in these lines: {', '.join(lines)}" if lines else ""
        yield ""
        yield from _wrapped(f"There are {len(more):,} more problems `{code}`{where}.", "  ")


def _problem(problem: Problem, excerpts: ExcerptFinder) -> Iterator[str]:
    location = problem.location
    at = ":".join(str(number) for number in (location.line, location.column) if number)
    severity = click.style(f"{problem.severity:<7}", fg=_COLOURS[problem.severity], bold=True)
    yield f"  {severity}  {at}{'  ' if at else ''}{problem.code}"
    yield from _wrapped(with_suggestion(problem.message, problem.suggestion), "    ")
    if problem.allowed:
        yield from _wrapped(list_allowed(problem.allowed), "    ")
    yield from _drawn(excerpts.find(location), _COLOURS[problem.severity])
    if problem.related is not None:
        yield f"    The other place: {terminal_safe(str(problem.related))}"
        yield from _drawn(excerpts.find(problem.related), "blue")


def _drawn(found: Excerpt | None, colour: str) -> Iterator[str]:
    if found is None or found.text.rstrip() in ("", "---"):  # the line `---` stands for the whole file
        return
    number = f"{found.number:>6}"
    blank = " " * len(number)
    yield f"{click.style(f'{number} |', dim=True)} {found.text}".rstrip()
    yield f"{click.style(f'{blank} |', dim=True)} {click.style(found.caret_line, fg=colour, bold=True)}"


def _wrapped(text: str, indent: str) -> list[str]:
    one_line = terminal_safe(" ".join(text.split()))
    lines = textwrap.wrap(one_line, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{line}" for line in lines]
