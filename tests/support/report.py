"""Shows what the checkers found so that a person can read it."""

from __future__ import annotations

from collections.abc import Sequence


def listed(problems: Sequence[str], limit: int = 30) -> str:
    """The first problems, one a line, under their number: one fault in a header is on every page."""
    rest = len(problems) - limit
    lines = [f"{len(problems)} problems:", *problems[:limit], *([f"... and {rest} more"] if rest > 0 else [])]
    return "\n".join(lines)
