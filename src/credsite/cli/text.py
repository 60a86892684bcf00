"""How problems and results are put into words on a terminal, or plainly where there is none."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from credsite.catalogue.publication import Change, HeldBack
from credsite.core.humanize import join_names
from credsite.core.humanize import long_date as long_date
from credsite.core.humanize import pluralize as pluralize  # which commands take from here
from credsite.problems.model import Problem, Severity

_REFRESH: Final = 0.1
"""Seconds between two pictures of the progress bar."""
_REASONS: Final = {
    "draft": "is a draft",
    "not-yet": "is published from {until}",
    "expired": "has expired",
    "no-consent": "has no consent",
    "consent-expired": "has a consent that has expired",
    "consent-withdrawn": "has a consent that was withdrawn",
    "needs": "waits for {needs}",
}


def problem_count(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning and 5 pieces of advice``."""
    counts = Counter(problem.severity for problem in problems)
    words = [
        pluralize(counts[Severity.ERROR], "error"),
        pluralize(counts[Severity.WARNING], "warning"),
        pluralize(counts[Severity.ADVICE], "piece of advice", "pieces of advice"),
    ]
    found = [word for word in words if not word.startswith("0 ")]
    return join_names(found) or "no problems"


def held_back_text(held: Iterable[HeldBack]) -> Iterator[str]:
    for entry in held:
        reason = _REASONS[entry.reason].format(
            until=long_date(entry.until) if entry.until else "", needs=entry.needs
        )
        yield f"  {entry.path} {reason}"


def change_text(change: Change) -> str:
    return f"Next change: {long_date(change.at)}, when {change.path} {change.what}. Build again then."


@contextmanager
def progress_bar(*, show: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not show or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Without a thread that refreshes the bar, because worker processes are forked while it is shown.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks: dict[str, TaskID] = {}
        refreshed = 0.0

        def advance(stage: str, done: int, total: int) -> None:
            nonlocal refreshed
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)
            if done == total or time.monotonic() - refreshed > _REFRESH:
                refreshed = time.monotonic()
                bar.refresh()

        yield advance
