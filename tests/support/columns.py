"""Filters the data that a build writes for scripts, in a slow and simple way. Scripts must get the same results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

START = {"30-days": 30, "3-months": 92}
"""The number of days ahead that each value of the facet "start" covers."""


def values_of(data: dict[str, Any], facet: str, number: int, day: int) -> set[str]:
    """The values of course ``number`` in a facet."""
    if facet == "skill":
        return {data["skills"]["names"][code] for code in data["skills"]["codes"][number]}
    if facet == "start":
        if data["starts"][number] == 0:
            return {"any-time"}
        return {
            name
            for name, days in START.items()
            if any(s <= day + days for s, _ in open_at(data, number, day))
        }
    found = next(one for one in data["facets"] if one["id"] == facet)
    codes = found["codes"][number]
    return {found["values"][code]["id"] for code in (codes if isinstance(codes, list) else [codes])}


def open_at(data: dict[str, Any], number: int, day: int) -> Iterator[tuple[int, int]]:
    flat = data["starts"][number] or []
    for start, apply_by in zip(flat[::2], flat[1::2], strict=True):
        if apply_by >= day:  # where that is after the start, people can join today
            yield max(start, day), apply_by


def matching(data: dict[str, Any], chosen: Mapping[str, list[str]], day: int) -> list[int]:
    return [
        number
        for number in range(len(data["ids"]))
        if all(values_of(data, facet, number, day) & set(values) for facet, values in chosen.items())
    ]


class Written:
    """The data files of a built site."""

    def __init__(self, site: Path) -> None:
        self.folder = site / "data"
        self.manifest = self._read("catalogue.json")

    @cached_property
    def courses(self) -> Any:
        return self._read(self.manifest["courses"])

    @cached_property
    def stories(self) -> Any:
        return self._read(self.manifest["stories"])

    @cached_property
    def titles(self) -> list[str]:
        """The titles of all courses, in order."""
        return [_title(card) for name in self.manifest["cards"]["files"] for card in self._read(name)]

    @cached_property
    def story_titles(self) -> list[str]:
        return [_title(card) for card in self.stories["cards"]]

    def found(self, chosen: Mapping[str, list[str]]) -> list[str]:
        """The titles of the courses that match on the day of the build."""
        return [self.titles[number] for number in matching(self.courses, chosen, 0)]

    def count(self, chosen: Mapping[str, list[str]], facet: str, value: str) -> int:
        """How many courses would match if this were the only value chosen in its facet."""
        return len(matching(self.courses, {**chosen, facet: [value]}, 0))

    def values(self, facet: str) -> list[str]:
        found = next(one for one in self.courses["facets"] if one["id"] == facet)
        return [value["id"] for value in found["values"]]

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


def _title(card: str) -> str:
    found = re.search(r'class="card-title"><a [^>]*>([^<]*)</a>', card)
    assert found, card
    return unescape(found[1])
