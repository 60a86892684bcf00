"""Formats the problems that checkers find, for people to read."""

from __future__ import annotations

from collections.abc import Sequence


def listed(problems: Sequence[str], limit: int = 30) -> str:
    """The number of problems, and the first ones on a line each: a fault in a header would be on every page."""
    rest = len(problems) - limit
    lines = [f"{len(problems)} problems:", *problems[:limit], *([f"... and {rest} more"] if rest > 0 else [])]
    return "\n".join(lines)
