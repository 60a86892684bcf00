"""Writes problems to standard output in the format that the user asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from credsite.problems.model import Problem

PROBLEM_FORMATS = ("text", "lines", "json", "github", "csv", "sarif")
TABLE_FORMATS = ("text", "json", "csv")
"""The formats that a table can be written in."""


def write_problems(problems: Sequence[Problem], form: str, root: Path) -> None:
    """Write ``problems`` of the site in the folder ``root``, in one of PROBLEM_FORMATS."""
    if form == "text":
        from credsite.cli.problem_text import problem_listing, problem_summary

        listed = problem_listing(problems, root)
        click.echo(f"{listed}\n\n{problem_summary(problems)}" if listed else problem_summary(problems))
        return
    from credsite import __version__
    from credsite.problems.excerpts import ExcerptFinder, file_text_reader
    from credsite.problems.formats import (
        problems_to_csv,
        problems_to_github,
        problems_to_json,
        problems_to_lines,
    )
    from credsite.problems.sarif import problems_to_sarif

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


def write_utf8(text: str) -> None:
    """Write ``text`` as UTF-8, whatever the encoding of the terminal: a program will read it."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


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
