"""The progress bar of long commands."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_REFRESH_SECONDS: Final = 0.1


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
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
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
