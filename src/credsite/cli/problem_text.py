"""Writes problems to standard output: for people, by file, each with the line it is about, in colour; or for programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from credsite.cli.streams import styled, without_commands, write_utf8
from credsite.cli.text import problem_count, severity_count, wrap_text
from credsite.core.text import pluralize
from credsite.problems.excerpts import Excerpt, ExcerptFinder, file_text_reader, terminal_safe
from credsite.problems.groups import MAX_IN_FULL, ProblemFilter, ProblemGroup, Selection, group_by_code
from credsite.problems.model import Problem, Severity
from credsite.problems.suggestions import list_allowed, with_suggestion

PROBLEM_FORMATS = ("text", "lines", "json", "github", "gitlab", "csv", "sarif")
_EVERYTHING: Final = ProblemFilter()
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


def write_problems(
    problems: Sequence[Problem],
    form: str,
    root: Path,
    *,
    shows: ProblemFilter = _EVERYTHING,
    in_full: bool = False,
) -> None:
    """Write ``problems`` of the site in the folder ``root``, in one of PROBLEM_FORMATS.

    ``shows`` says which of them. People get the first few of each kind where there are many, or all of them ``in_full``.
    """
    shown = shows.shown(problems) if shows else tuple(problems)
    left_out = shows.left_out(problems) if shows else {}
    if form == "text":
        listed = problem_listing(shown, root, in_full=in_full)
        summary = problem_summary(shown) if shown or not left_out else "There are no such problems."
        parts = [listed, summary, left_out_text(left_out)]
        click.echo("\n\n".join(part for part in parts if part))
        return
    from credsite import __version__
    from credsite.problems.formats import (
        problems_to_csv,
        problems_to_github,
        problems_to_gitlab,
        problems_to_json,
        problems_to_lines,
        problems_to_sarif,
    )

    excerpts = ExcerptFinder(file_text_reader(root, errors="replace"))
    where = repository_paths(root)
    selection = Selection(shows, left_out) if shows else None
    match form:
        case "json":
            text = problems_to_json(shown, excerpts, selection)
        case "github":
            text = problems_to_github(shown, where)
        case "gitlab":
            text = problems_to_gitlab(shown, where)
        case "csv":
            text = without_commands(problems_to_csv(shown, excerpts))
        case "lines":
            text = without_commands(problems_to_lines(shown))
        case _:
            text = problems_to_sarif(shown, __version__, where, selection)
    write_utf8(text)
    if left_out:
        click.echo(left_out_text(left_out), err=True)


def left_out_text(left_out: Mapping[Severity, int]) -> str:
    """That some problems are not shown, because somebody asked for others; ``""`` if all are."""
    if not left_out:
        return ""
    count = severity_count(left_out)
    is_one = sum(left_out.values()) == 1
    text = f"Not shown, because `--severity` or `--code` asks for others: {count}."
    if left_out.get(Severity.ERROR):
        text += f" The exit status counts {'it' if is_one else 'them'} nevertheless."
    return "\n".join(wrap_text(text, ""))


def repository_paths(root: Path) -> Callable[[str], str]:
    """A function from paths in the site to paths in the repository, or in the current folder where nobody says which that is.

    Code review tools expect such paths. If the site lies outside of that folder, its own paths are used.
    """
    start = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or "."
    try:
        before = Path(os.path.relpath(os.path.realpath(root), os.path.realpath(start))).as_posix()
    except ValueError:  # another drive of Windows
        before = ".."
    if before == "." or before.split("/")[0] == "..":
        return lambda path: path
    return lambda path: f"{before}/{path}"


def problem_listing(
    problems: Iterable[Problem], root: Path, *, in_full: bool = False, command: str = "credsite check"
) -> str:
    """``problems``, which are in order of location, under the names of their files; ``""`` if there are none.

    Many are grouped by their codes, unless all are wanted ``in_full``; ``command`` is what shows the rest. The lines are
    read from the files below ``root``, the site's folder.
    """
    problems = list(problems)
    excerpts = ExcerptFinder(file_text_reader(root, errors="replace"))
    if len(problems) > MAX_IN_FULL and not in_full:
        groups = group_by_code(problems)
        parts = ["\n".join(_totals(groups))]
        parts += ["\n".join(_group_lines(group, excerpts, command)) for group in groups]
        return "\n\n".join(parts)
    return "\n\n".join(
        "\n".join([_file_heading(path), *_file_lines(group, excerpts)])
        for path, group in groupby(problems, key=lambda problem: problem.location.path)
    )


def _file_heading(path: str) -> str:
    return styled(terminal_safe(path), bold=True, underline=True)


def _totals(groups: Sequence[ProblemGroup]) -> Iterator[str]:
    """A table: how often each problem occurs, the worst first."""
    width = max(len(group.code) for group in groups)
    number = max(len(f"{len(group.problems):,}") for group in groups)
    for group in groups:
        files = pluralize(group.file_count, "file")
        count = f"{len(group.problems):>{number},}"
        yield f"  {_severity_label(group.severity)}  {group.code:<{width}}  {count}  in {files}"


def _group_lines(group: ProblemGroup, excerpts: ExcerptFinder, command: str) -> Iterator[str]:
    """The first few problems of a kind, and how many more there are."""
    shown = group.first
    yield styled(f"{group.severity}: {group.code}", bold=True, underline=True)
    texts = {_described(problem) for problem in group.problems}
    if len(texts) == 1 and len(shown) > 1:  # said once, because it is the same in each file
        yield ""
        yield from wrap_text(texts.pop(), "    ")
        yield ""
        yield from (f"    {terminal_safe(str(problem.location))}" for problem in shown)
    else:
        for problem in shown:
            yield ""
            yield f"  {terminal_safe(str(problem.location))}"
            yield from _message_lines(problem, excerpts)
    more = len(group.problems) - len(shown)
    if more:
        yield ""
        yield f"    And {more:,} more, in {pluralize(group.file_count, 'file')} altogether. To see them all:"
        yield f"    {command} --code {group.code} --full"


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


def _file_lines(problems: Iterable[Problem], excerpts: ExcerptFinder) -> Iterator[str]:
    for problem in problems:
        location = problem.location
        position = ":".join(str(number) for number in (location.line, location.column) if number)
        yield ""
        yield f"  {_severity_label(problem.severity)}  {position}{'  ' if position else ''}{problem.code}"
        yield from _message_lines(problem, excerpts)


def _severity_label(severity: Severity) -> str:
    return styled(f"{severity:<7}", fg=_COLOURS[severity], bold=True)


def _described(problem: Problem) -> str:
    message = with_suggestion(problem.message, problem.suggestion)
    return f"{message} {list_allowed(problem.allowed)}" if problem.allowed else message


def _message_lines(problem: Problem, excerpts: ExcerptFinder) -> Iterator[str]:
    """What is wrong and how to fix it, and the line that it is about."""
    yield from wrap_text(with_suggestion(problem.message, problem.suggestion), "    ")
    if problem.allowed:
        yield from wrap_text(list_allowed(problem.allowed), "    ")
    yield from _excerpt_lines(excerpts.find(problem.location), _COLOURS[problem.severity])
    if problem.related is not None:
        yield f"    The other place: {terminal_safe(str(problem.related))}"
        yield from _excerpt_lines(excerpts.find(problem.related), "blue")


def _excerpt_lines(excerpt: Excerpt | None, colour: str) -> Iterator[str]:
    # The line `---` means that the problem is about the whole file.
    if excerpt is None or excerpt.text.rstrip() in ("", "---"):
        return
    number = f"{excerpt.number:>6}"
    blank = " " * len(number)
    yield f"{styled(f'{number} |', dim=True)} {excerpt.text}".rstrip()
    yield f"{styled(f'{blank} |', dim=True)} {styled(excerpt.caret_line, fg=colour, bold=True)}"
