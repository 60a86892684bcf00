from __future__ import annotations

import pytest

from credsite.content.locate import located
from credsite.problems.model import Place, Problem

COURSE = """\
---
title: First aid
sessions:
  - starts: soon
industries:
---
An introduction.

See [this](course:nowhere).
"""
FILES: dict[str, str | None] = {
    "content/courses/first-aid.md": COURSE,
    "content/courses/no-end.md": "---\ntitle: x\n",
    "content/courses/tangled.md": "---\ntitle: [\n---\nBody\n",
    "content/courses/SHOUT.MD": COURSE,
    "credsite.yaml": "title: Site\nproblems:\n  missing-price: of\n",
    "content/images/badge.svg": "<svg/>",
}


def read(path: str) -> str | None:
    return FILES.get(path)


def find_needle(body: str, needle: str) -> tuple[int, int] | None:
    at = body.find(needle)
    return (body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at)) if at >= 0 else None


def place(found: Place) -> str:
    (problem,) = located([Problem("bad-date", "", found)], read, find_needle)
    return str(problem.place)


AID = "content/courses/first-aid.md"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (Place(AID, key=("title",)), f"{AID}:2:8"),
        (Place(AID, key=("title",), at="key"), f"{AID}:2:1"),
        (Place(AID, key=("sessions", 0, "starts")), f"{AID}:4:13"),
        (Place(AID, key=("sessions", 0, "ends"), at="key"), f"{AID}:4:5"),
        (Place(AID, key=("industries",)), f"{AID}:5:1"),
        (Place(AID, key=("price",), at="key"), f"{AID}:2:1"),
        (Place(AID), f"{AID}:2:1"),
        (Place(AID, needle="course:nowhere"), f"{AID}:9:12"),
        (Place(AID, needle="not in it"), f"{AID}:7:1"),
        (Place(AID, 3, 9, key=("title",)), f"{AID}:3:9"),
        (Place("content/courses/SHOUT.MD", key=("title",)), "content/courses/SHOUT.MD:2:8"),
        (Place("content/courses/no-end.md", key=("title",)), "content/courses/no-end.md:1:1"),
        (Place("content/courses/tangled.md", key=("title",)), "content/courses/tangled.md:1:1"),
        (Place("content/courses/tangled.md", needle="Body"), "content/courses/tangled.md:4:1"),
        (Place("content/courses/gone.md", key=("title",)), "content/courses/gone.md"),
        (Place("credsite.yaml", key=("problems", "missing-price")), "credsite.yaml:3:18"),
        (Place("credsite.yaml", key=("problems", "missing-price"), at="key"), "credsite.yaml:3:3"),
        (Place("credsite.yaml", key=("base_url",), at="key"), "credsite.yaml:1:1"),
        (Place("content/images/badge.svg"), "content/images/badge.svg"),
        (Place(""), ""),
    ],
)
def test_places_are_found(found: Place, shown: str) -> None:
    assert place(found) == shown


def test_the_other_place_is_found_as_well() -> None:
    problem = Problem(
        "duplicate-ctid", "", Place(AID, key=("title",)), other=Place("credsite.yaml", key=("title",))
    )
    (found,) = located([problem], read, find_needle)
    assert str(found.place) == f"{AID}:2:8"
    assert str(found.other) == "credsite.yaml:1:8"


def test_each_file_is_read_once_and_only_if_needed() -> None:
    asked: list[str] = []

    def counting(path: str) -> str | None:
        asked.append(path)
        return read(path)

    problems = [
        Problem("bad-date", "", Place(AID, key=("title",))),
        Problem("bad-slug", "", Place("content/courses/gone.md")),
        Problem("bad-url", "", Place("content/courses/gone.md")),
        Problem("bad-date", "", Place(AID, key=("sessions",))),
        Problem("bad-date", "", Place("credsite.yaml", 1, 1)),
    ]
    assert len(located(problems, counting, find_needle)) == 5
    assert asked == [AID, "content/courses/gone.md"]
