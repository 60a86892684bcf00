"""What several commands show on a terminal: words and sentences, wrapped text, a progress bar."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from credsite.catalogue.unpublished import REASON_TEXTS, Change, Unpublished, What
from credsite.cli.streams import one_line, unfiltered
from credsite.core.text import join_names, long_date, pluralize_nonzero, quote_argument
from credsite.problems.model import Problem, Severity

_LINE_WIDTH: Final = 92
_REFRESH_SECONDS: Final = 0.1
_CHANGE_TEXTS: Final[Mapping[What, str]] = {
    "appears": "{path} appears",
    "expires": "{path} expires",
    "loses consent": "the consent for {path} has ended",
    "opens applications": "applications for {path} have opened",
    "closes applications": "applications for {path} have closed",
    "starts a session": "a session of {path} has begun",
    "ends a session": "a session of {path} is over",
}
"""What is true from the moment of a change on. A session begins on its first day; the website changes when that day is over."""


def problem_count(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning and 5 pieces of advice``."""
    return severity_count(Counter(problem.severity for problem in problems))


def severity_count(counts: Mapping[Severity, int]) -> str:
    """:func:`problem_count` of numbers by severity."""
    texts = pluralize_nonzero(
        (counts.get(Severity.ERROR, 0), "error"),
        (counts.get(Severity.WARNING, 0), "warning"),
        (counts.get(Severity.ADVICE, 0), "piece of advice", "pieces of advice"),
    )
    return join_names(texts) or "no problems"


def unpublished_lines(entries: Iterable[Unpublished]) -> Iterator[str]:
    """A line for each entry that is not published, with the reason."""
    for entry in entries:
        reason = REASON_TEXTS[entry.reason].clause.format(
            until=long_date(entry.until) if entry.until else "", needs=entry.needs
        )
        if entry.reason == "no-consent" and entry.until is not None:
            reason = f"has a consent that begins on {long_date(entry.until)}"
        yield f"  {one_line(entry.path)} {one_line(reason)}"


def next_change_text(change: Change) -> str:
    """When and why the website will change by itself."""
    what = _CHANGE_TEXTS[change.what].format(path=one_line(change.path))
    return f"Next change: {long_date(change.at)}, when {what}. Build again then."


def display_path(path: Path) -> str:
    """``path`` as seen from the current folder, where that is possible."""
    try:
        return one_line(os.path.relpath(path))
    except ValueError:  # on another drive of Windows
        return one_line(str(path))


def command_name(folder: Path | None = None) -> str:
    """How to call this program from ``folder`` (the current one): its name if the shell finds it, else its path."""
    name = Path(sys.argv[0]).name
    if name != "credsite" or shutil.which(name):
        return "credsite"
    return quote_argument(os.path.relpath(sys.argv[0], folder))


def wrap_text(text: str, indent: str) -> list[str]:
    """``text`` in lines of readable width, without control characters. Long words, such as paths, are not broken."""
    from credsite.problems.excerpts import terminal_safe  # here, because few commands wrap text

    one_line = terminal_safe(" ".join(text.split()))
    width = _LINE_WIDTH - len(indent)
    lines = textwrap.wrap(one_line, width, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{line}" for line in lines]


@contextmanager
def progress_bar(*, show: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a progress bar on standard error while the block runs. None unless ``show`` and it is a terminal.

    The function that it yields takes the name of a stage, and how many of how many steps are done.
    """
    if not show or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Without a thread that refreshes the bar, because worker processes are forked while it is shown.
    console = Console(file=unfiltered(sys.stderr))
    with Progress(
        *columns,
        console=console,
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        tasks: dict[str, TaskID] = {}
        last_refresh = 0.0

        def advance(stage: str, done: int, total: int) -> None:
            nonlocal last_refresh
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)
            if done == total or time.monotonic() - last_refresh > _REFRESH_SECONDS:
                last_refresh = time.monotonic()
                bar.refresh()

        yield advance
