"""What an author probably meant by a word that is not known here: every "did you mean" of credsite."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

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


_MAX_WRITTEN: Final = 100
"""A longer text is no slip of the pen, so that it is not compared."""
_MAX_LISTED_LENGTH: Final = 1_000
"""How many characters the values have together that are listed."""
_CUTOFF: Final = 0.6
"""How similar two texts are at least, of 1, that are taken for the same."""
_CHARACTERS_PER_UNIT: Final = 25
"""Comparing two texts closely takes time that grows with the product of their lengths."""


@dataclass(slots=True)
class Effort:
    """How much may still be compared, so that thousands of wrong values beside thousands of right ones end soon.

    A unit is what it takes to see that two short texts are not similar: some microseconds. Where nothing is left, nothing
    is suggested.
    """

    left: int = 150_000


def closest_match(written: str, allowed: Iterable[str], effort: Effort | None = None) -> str:
    """The allowed value that ``written`` probably means, or ``""``. It takes from ``effort``, if that is given."""
    values = allowed if isinstance(allowed, Collection) else tuple(allowed)
    effort = effort or Effort()
    if len(written) > _MAX_WRITTEN or effort.left < len(values):
        return ""
    effort.left -= len(values)
    by_folded = {value.casefold().replace("_", "-"): value for value in values}
    folded = written.casefold().replace("_", "-").replace(" ", "-")
    if _SYNONYMS.get(folded) in by_folded:
        return by_folded[_SYNONYMS[folded]]
    containing = [value for value in by_folded if folded and f"-{folded}-" in f"-{value}-"]
    found = containing[0] if len(containing) == 1 else _most_similar(folded, by_folded, effort)
    return by_folded.get(found, "")


def _most_similar(written: str, values: Iterable[str], effort: Effort) -> str:
    """What :func:`difflib.get_close_matches` gives as the best, within ``effort``; ``""`` where nothing is similar."""
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(written)
    best = _CUTOFF, ""
    for value in values:
        matcher.set_seq1(value)
        if matcher.real_quick_ratio() < best[0] or matcher.quick_ratio() < best[0]:
            continue
        effort.left -= len(written) * len(value) // _CHARACTERS_PER_UNIT
        if effort.left < 0:
            break
        best = max(best, (matcher.ratio(), value))
    return best[1]


def closest_id(written: str, labels: Mapping[str, str], effort: Effort | None = None) -> str:
    """The id that ``written`` probably means, or is the label of; ``""`` for none. ``labels`` are by id."""
    by_label = {label.casefold(): id_ for id_, label in reversed(list(labels.items()))}
    return (
        by_label.get(written.strip().casefold())
        or closest_match(written, labels, effort)
        or by_label.get(closest_match(written, by_label, effort), "")
    )


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
    effort: Effort | None = None,
    labels: Mapping[str, str] = {},
) -> Problem:
    """The problem that ``written`` is none of the ``allowed`` values, which it lists if they are at most ``max_listed``.

    ``labels`` are what visitors read for values, which editors may have written in their place. ``effort`` bounds the search
    for the value that was probably meant.
    """
    advice = invisible_advice(written)
    is_listed = len(allowed) <= max_listed and sum(map(len, allowed)) <= _MAX_LISTED_LENGTH
    return Problem(
        code,
        f"{message} {advice}" if advice else message,
        location,
        allowed=tuple(allowed) if is_listed else (),
        suggestion=closest_id(
            without_look_alikes(written), {one: labels.get(one, one) for one in allowed}, effort
        )
        if labels
        else closest_match(without_look_alikes(written), allowed, effort),
    )
