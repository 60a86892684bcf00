"""Recognises an entry that lies in the folder of another kind, by its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from credsite.problems.model import Problem
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import EntryFields

_FEWEST: Final = 2
"""How many keys of another kind make an entry look like one of that kind: one may be a mistake."""


def with_other_kind(
    problems: Sequence[Problem],
    values: Mapping[str, Any],
    kind: Kind,
    models: Mapping[Kind, type[EntryFields]],
) -> list[Problem]:
    """``problems`` of an entry of ``kind`` with these ``values``, with one in place of all that say that a key is not known,
    where the keys are those of another kind. ``models`` are those of all kinds.
    """
    unknown = [one for one in problems if one.code == "unknown-key" and len(one.location.key) == 1]
    if len(unknown) < _FEWEST:
        return list(problems)
    keys = {str(key) for key in values}
    names = {str(one.location.key[0]) for one in unknown}
    other = next(
        (
            one
            for one, model in models.items()
            if names <= model.model_fields.keys() and keys <= model.model_fields.keys()
        ),
        None,
    )
    if other is None:
        return list(problems)
    message = (
        f"The keys of this file are those of {KINDS[other].label_with_article}, but it lies in the folder `{KINDS[kind].folder}`. "
        f"Move it into `content/{KINDS[other].folder}`."
    )
    first = replace(unknown[0], message=message, suggestion="", allowed=())
    # What else is wrong or missing is so only as long as the file is taken for another kind.
    others = [one for one in problems if one.code not in ("unknown-key", "missing-key")]
    return [first, *others]
