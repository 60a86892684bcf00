"""What an author probably meant by a word that is not known here: every "did you mean" of credsite."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping

from credsite.core.text import join_names
from credsite.problems.invisible import invisible_advice, without_look_alikes
from credsite.problems.model import Location, Problem

_SYNONYMS: Mapping[str, str] = {
    word: value
    for value, words in {
        "in-person": "onsite on-site face-to-face f2f classroom in-class in-the-classroom on-campus campus presential offline",
        "online": "remote distance virtual e-learning elearning web-based distance-learning online-learning internet zoom webinar",
        "blended": "mixed mixed-mode part-online blended-learning",
        "hybrid": "hyflex flexible",
        "introductory": "beginner beginners basic basics entry entry-level foundation novice elementary starter",
        "intermediate": "medium mid mid-level",
        "advanced": "expert experts professional higher",
        "self-paced": "own-pace at-your-own-pace self-study self-directed asynchronous on-demand any-time anytime",
        "scheduled": "instructor-led cohort cohort-based synchronous timetabled fixed",
        "daytime": "day days morning mornings afternoon afternoons",
        "evening": "night nights",
        "weekend": "saturday saturdays sunday sundays",
        "armed-forces": "veteran veterans military ex-military forces",
    }.items()
    for word in words.split()
}
"""Other words that people use for a known value, where a similar spelling would find nothing or another value."""


def closest_match(written: str, allowed: Iterable[str]) -> str:
    """The allowed value that ``written`` probably means, or ``""``."""
    by_folded = {value.casefold().replace("_", "-"): value for value in allowed}
    folded = written.casefold().replace("_", "-").replace(" ", "-")
    if _SYNONYMS.get(folded) in by_folded:
        return by_folded[_SYNONYMS[folded]]
    containing = [value for value in by_folded if folded and f"-{folded}-" in f"-{value}-"]
    matches = (
        containing if len(containing) == 1 else difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    )
    return by_folded[matches[0]] if matches else ""


def did_you_mean(suggestion: str) -> str:
    """The question whether an author meant ``suggestion``."""
    return f"Did you mean `{suggestion}`?"


def with_suggestion(message: str, suggestion: str, otherwise: str = "") -> str:
    """``message`` with :func:`did_you_mean` behind it, or with ``otherwise`` where there is no suggestion."""
    advice = did_you_mean(suggestion) if suggestion else otherwise
    return f"{message} {advice}" if advice else message


def with_closest_match(message: str, written: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """:func:`with_suggestion` of the allowed value that ``written`` probably means."""
    return with_suggestion(message, closest_match(written, allowed), otherwise)


def list_allowed(values: Iterable[str], max_listed: int | None = None) -> str:
    """The sentence that names the values which an author can choose from; of more than ``max_listed`` the first ones."""
    listed = list(values)
    if max_listed is not None and len(listed) > max_listed:
        return f"It can be: {join_names(listed, max_listed)}."
    return f"It can be: {', '.join(listed)}."


def unknown_value_problem(
    code: str,
    message: str,
    location: Location,
    written: str,
    allowed: Collection[str],
    *,
    max_listed: int = 12,
) -> Problem:
    """The problem that ``written`` is none of the ``allowed`` values, which it lists if they are at most ``max_listed``."""
    advice = invisible_advice(written)
    return Problem(
        code,
        f"{message} {advice}" if advice else message,
        location,
        allowed=tuple(allowed) if len(allowed) <= max_listed else (),
        suggestion=closest_match(without_look_alikes(written), allowed),
    )
