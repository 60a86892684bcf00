"""Values of a site's own count under the built-in value that means the same too.

A visitor who chooses "Online" also finds the courses that are "Online in your own time", where credsite.yaml says that this is the
same as `online`. What cards and pages say of a course stays what its editor wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

Values = tuple[str, ...]


def with_built_in_values(values: Mapping[str, Values], meanings: Mapping[str, str]) -> Mapping[str, Values]:
    """The ``values`` that each entry has of one facet, with the built-in values that they count under too.

    ``meanings`` are the site's own values, each with the built-in one that means the same. That one is only added if the entries have
    several values that mean it. Otherwise its list would only repeat that of the own value.
    """
    combinations = set(values.values()) if meanings else ()
    used = {value for combination in combinations for value in combination}
    times = Counter(meanings.get(value, value) for value in used)
    added = {own: built_in for own, built_in in meanings.items() if own in used and times[built_in] > 1}
    if not added:
        return values
    extended = {combination: _extended(combination, added) for combination in combinations}
    return {key: extended[combination] for key, combination in values.items()}


def _extended(values: Iterable[str], added: Mapping[str, str]) -> Values:
    """``values``, each before the one of ``added`` that belongs to it, each once."""
    return tuple(dict.fromkeys(one for value in values for one in (value, added.get(value, value))))
