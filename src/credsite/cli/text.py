"""Words and sentences that several commands print."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from credsite.catalogue.publication import REASON_TEXTS, Change, Unpublished
from credsite.core.text import join_names, long_date, pluralize_nonzero, quote_argument
from credsite.problems.model import Problem, Severity


def problem_count(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning and 5 pieces of advice``."""
    counts = Counter(problem.severity for problem in problems)
    texts = pluralize_nonzero(
        (counts[Severity.ERROR], "error"),
        (counts[Severity.WARNING], "warning"),
        (counts[Severity.ADVICE], "piece of advice", "pieces of advice"),
    )
    return join_names(texts) or "no problems"


def unpublished_lines(entries: Iterable[Unpublished]) -> Iterator[str]:
    """A line for each entry that is not published, with the reason."""
    for entry in entries:
        reason = REASON_TEXTS[entry.reason].clause.format(
            until=long_date(entry.until) if entry.until else "", needs=entry.needs
        )
        yield f"  {entry.path} {reason}"


def next_change_text(change: Change) -> str:
    """When and why the website will change by itself."""
    return f"Next change: {long_date(change.at)}, when {change.path} {change.what}. Build again then."


def display_path(path: Path) -> str:
    """``path`` as seen from the current folder, where that is possible."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive of Windows
        return str(path)


def command_name(folder: Path | None = None) -> str:
    """How to call this program from ``folder`` (the current one): its name if the shell finds it, else its path."""
    name = Path(sys.argv[0]).name
    if name != "credsite" or shutil.which(name):
        return "credsite"
    return quote_argument(os.path.relpath(sys.argv[0], folder))
