from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.support.catalogues import (
    AnyEntry,
    course,
)
from tests.support.entry_problems import entry_problems


def circle(*slugs: str) -> list[AnyEntry]:
    """Courses of which each requires the next."""
    return [
        course(slug, prerequisites=["Patience", needed])
        for slug, needed in zip(slugs, (*slugs[1:], slugs[0]), strict=True)
    ]


@pytest.mark.parametrize(
    ("slugs", "shown"),
    [
        (["a"], "requires itself"),
        (["b", "a"], "a → b → a."),
        (["c", "a", "b"], "a → b → c → a."),
        (["c", "b", "a"], "a → c → b → a."),
    ],
)
def test_circles_of_prerequisites_are_told_once(slugs: list[str], shown: str) -> None:
    (found,) = entry_problems(*circle(*slugs), course("z", prerequisites=[slugs[0]]))
    assert found.code == "prerequisite-cycle"
    assert shown in found.message
    assert (found.location.path, found.location.key) == ("content/courses/a.md", ("prerequisites", 1))


def test_two_circles_are_two_problems() -> None:
    assert len(entry_problems(*circle("a", "b"), *circle("c", "d"))) == 2
    eight = [
        course("m", prerequisites=["l", "n"]),
        course("l", prerequisites=["m"]),
        course("n", prerequisites=["m"]),
    ]
    assert len({p.message for p in entry_problems(*eight)}) == 2


def test_requiring_the_same_by_two_ways_is_no_circle() -> None:
    diamond = [
        course("a", prerequisites=["b", "c"]),
        course("b", prerequisites=["d"]),
        course("c", prerequisites=["d"]),
        course("d"),
    ]
    assert entry_problems(*diamond) == []


def renamed(template: AnyEntry, slug: str, *needed: str) -> AnyEntry:
    fields = template.fields.model_copy(update={"prerequisites": needed})
    return replace(template, slug=slug, path=f"content/courses/{slug}.md", fields=fields)


def test_a_chain_of_five_thousand_courses() -> None:
    template = course("a")
    chain = [renamed(template, f"c-{number}", f"c-{number + 1}") for number in range(5_000)]
    assert entry_problems(*chain, renamed(template, "c-5000")) == []
    (found,) = entry_problems(*chain, renamed(template, "c-5000", "c-0"))
    assert found.code == "prerequisite-cycle"


def test_prerequisites_of_everything_take_no_for_ever() -> None:
    template = course("a")
    names = [f"c-{number}" for number in range(300)]
    begun = time.process_time()
    assert (
        entry_problems(*(renamed(template, name, *names[number + 1 :]) for number, name in enumerate(names)))
        == []
    )
    assert time.process_time() - begun < 10
