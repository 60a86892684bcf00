"""What an author probably meant by a word that is not known here: every "did you mean" of credsite."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping

from credsite.problems.model import Location, Problem

_MEANT: Mapping[str, str] = {
    **dict.fromkeys(
        ("onsite", "on-site", "face-to-face", "classroom", "on-campus", "presential"), "in-person"
    ),
    **dict.fromkeys(("remote", "distance", "virtual", "e-learning", "elearning", "web-based"), "online"),
    **dict.fromkeys(("mixed", "part-online"), "blended"),
    **dict.fromkeys(("hyflex", "flexible"), "hybrid"),
    **dict.fromkeys(("beginner", "basic", "entry", "foundation"), "introductory"),
    **dict.fromkeys(("veteran", "veterans", "military", "ex-military", "forces"), "armed-forces"),
}
"""What else people call a value that is known, where the spelling leads to none or to another."""


def closest_match(written: str, allowed: Iterable[str]) -> str:
    """The allowed value that ``written`` probably means, or ``""``."""
    by_folded = {value.casefold().replace("_", "-"): value for value in allowed}
    folded = written.casefold().replace("_", "-").replace(" ", "-")
    if _MEANT.get(folded) in by_folded:
        return by_folded[_MEANT[folded]]
    holding = [value for value in by_folded if folded and f"-{folded}-" in f"-{value}-"]
    found = holding if len(holding) == 1 else difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def unknown_value_problem(
    code: str,
    message: str,
    location: Location,
    written: str,
    allowed: Collection[str],
    *,
    max_listed: int = 12,
) -> Problem:
    """A problem about ``written`` standing where one of ``allowed`` should; lists these only where they are few."""
    return Problem(
        code,
        message,
        location,
        allowed=tuple(allowed) if len(allowed) <= max_listed else (),
        suggestion=closest_match(written, allowed),
    )
