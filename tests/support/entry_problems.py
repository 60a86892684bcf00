"""What is wrong between entries, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from credsite.catalogue.checks import cross_entry_problems
from credsite.catalogue.reference_checks import Vocabularies
from credsite.catalogue.unpublished import Ref
from credsite.content.record_builder import record_of
from credsite.problems.model import Problem
from tests.support.catalogues import (
    AnyEntry,
    clock,
    industry,
    provider,
)

VOCABULARIES = Vocabularies(
    funding=("bursary", "student-aid"),
    templates=("page", "guide"),
)
BASE = [provider("college"), industry("health")]


def entry_problems(
    *entries: AnyEntry, left_out: Iterable[Ref] = (), now: str = "2027-01-15T12:00"
) -> list[Problem]:
    found = [record_of(one) for one in (*BASE, *entries)]
    return list(cross_entry_problems(found, list(left_out), VOCABULARIES, clock(now)))


def told_of(*entries: AnyEntry, **options: Any) -> list[tuple[str, str, str, str]]:
    """Code, file, key and suggestion."""
    return [
        (
            p.code,
            p.location.path.rpartition("/")[2],
            ".".join(str(part) for part in p.location.key),
            p.suggestion,
        )
        for p in entry_problems(*entries, **options)
    ]
