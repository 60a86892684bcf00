"""Ten fields of a site's own for courses, as a college may declare them, and invented values of each course."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.catalogues.catalogue import Entry
from benchmarks.catalogues.vocabulary import FIRST_NAMES, LAST_NAMES

_CAMPUSES: Final = {
    "north": "North campus",
    "quay": "Quayside",
    "west": "West campus",
    "hill": "Hillside",
    "town": "Town",
}
_FACULTIES: Final = {
    "arts": "Arts",
    "business": "Business",
    "care": "Care",
    "science": "Science",
    "sea": "Sea",
    "trades": "Trades",
}
_TOOLS: Final = ("apron", "boots", "calculator", "gloves", "laptop", "notebook", "ruler", "torch")
_FIRST_APPROVAL: Final = date(2026, 1, 1)

DECLARATIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "campus": {"type": "choice", "label": "Campus", "values": _CAMPUSES, "filter": True},
    "faculty": {"type": "choice", "label": "Faculty", "values": _FACULTIES, "pages": True},
    "evening_parking": {"type": "yes-no", "label": "Evening parking", "filter": True},
    "member_price": {"type": "number", "label": "Price for union members"},
    "lab_hours": {"type": "number", "label": "Hours in the lab"},
    "coordinator": {"type": "text", "label": "Coordinator"},
    "good_to_know": {"type": "text", "label": "Good to know"},
    "approved_on": {"type": "date", "label": "Approved"},
    "handbook": {"type": "url", "label": "Handbook"},
    "tools": {"type": "text", "list": True, "label": "Tools to bring"},
}
"""The declarations by key. Each field is shown among the facts of a course."""


def with_own_fields(entry: Entry, seed: int) -> Entry:
    """The course ``entry`` with a value of about two thirds of the fields; the same for the same ``seed``."""
    chance = random.Random(f"{seed} own fields {entry.slug}")
    given = {key: value for key, likely, value in _values(chance, entry.slug) if chance.random() < likely}
    return Entry(entry.folder, entry.slug, {**entry.fields, **given}, entry.body)


def _values(chance: random.Random, slug: str) -> Iterator[tuple[str, float, Any]]:
    """For each field its key, how likely a course has it, and a value."""
    person = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    yield "campus", 0.9, chance.choice(tuple(_CAMPUSES))
    yield "faculty", 0.9, chance.choice(tuple(_FACULTIES))
    yield "evening_parking", 0.6, chance.random() < 0.5
    yield "member_price", 0.5, chance.randrange(50, 900, 5)
    yield "lab_hours", 0.5, chance.randrange(1, 80)
    yield "coordinator", 0.7, person
    yield "good_to_know", 0.4, f"Bring what {person} asked for on day {chance.randrange(1, 9)}."
    yield "approved_on", 0.6, _FIRST_APPROVAL + timedelta(days=chance.randrange(300))
    yield "handbook", 0.5, f"https://handbook.example/{slug}/"
    yield "tools", 0.5, chance.sample(_TOOLS, chance.randrange(1, 4))
