"""The whole report in the order in which it is read: what is urgent, what is missing, how things are spread."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.health import gaps, now, spread_out
from credsite.health.document import Section
from credsite.health.model import Health


def sections(health: Health, most: int) -> tuple[Section, ...]:
    """The sections of the report on ``health``; no table has more than ``most`` rows where rows are entries."""
    return tuple(found for found in _all(health, most) if found is not None)


def _all(health: Health, most: int) -> Iterator[Section | None]:
    yield now.overview(health)
    yield now.this_week(health, most)
    yield now.coming(health, most)
    yield from gaps.maps(health, most)
    yield gaps.stories(health, most)
    yield gaps.facts(health)
    yield gaps.skills(health, most)
    yield spread_out.starts(health)
    yield spread_out.costs(health, most)
    yield spread_out.durations(health)
    yield spread_out.workloads(health)
    yield now.consents(health, most)
