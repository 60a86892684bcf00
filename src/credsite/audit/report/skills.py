"""Skills that stand alone: named by one course only, or spelt nearly like another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from credsite.audit.report.model import LoneSkillRow, ReportRow, SimilarSkills, SkillReport
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import skill_key, sort_key
from credsite.content.records import CourseRecord

_LEAST: Final = 6
"""Letters from which on one that differs is rather a slip: `Java` and `Lava` are two words."""
_LONGEST: Final = 60
_WORDS: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d+")

Spellings = Mapping[str, Mapping[str, CourseRecord]]
"""The courses by slug that use each spelling."""


def skill_report(catalogue: Catalogue) -> SkillReport:
    """The skills of the courses that are shown."""
    spellings: defaultdict[str, dict[str, CourseRecord]] = defaultdict(dict)
    for slug, course in catalogue.courses.items():
        for skill in course.skills:
            spellings[skill.name][slug] = course
    lone = tuple(
        LoneSkillRow(course.title, course.path, skill.name)
        for skill in catalogue.skills.values()
        if len(skill.courses) == 1
        for course in (catalogue.courses[skill.courses[0]],)
    )
    pairs = {_in_order(*pair, spellings) for pair in [*_same(spellings), *_near(spellings)]}
    alike = tuple(
        SimilarSkills(first, second, _rows(spellings[first]), _rows(spellings[second]))
        for first, second in sorted(pairs, key=lambda pair: (sort_key(pair[0]), pair))
    )
    return SkillReport(len(catalogue.skills), lone, alike)


def _rows(courses: Mapping[str, CourseRecord]) -> tuple[ReportRow, ...]:
    return tuple(ReportRow(course.title, course.path) for course in courses.values())


def _in_order(one: str, other: str, spellings: Spellings) -> tuple[str, str]:
    first, second = sorted((one, other), key=lambda name: (-len(spellings[name]), name))
    return first, second


def _same(spellings: Spellings) -> Iterator[tuple[str, str]]:
    """The commonest spelling of each skill with each other that differs only in capitals, signs, plurals or order."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in spellings:
        groups[_plain(name)].append(name)
    for names in groups.values():
        commonest = min(names, key=lambda name: (-len(spellings[name]), name))
        yield from ((commonest, name) for name in names if name != commonest)


def _plain(name: str) -> str:
    """What is left of a name without capitals, signs, plurals and the order of its words."""
    # Signs can be all that tells two skills apart, as in C, C# and C++.
    words = _WORDS.findall(skill_key(name))
    if sum(map(len, words)) < _LEAST:
        return skill_key(name)
    return " ".join(sorted(word.removesuffix("s") if len(word) > 3 else word for word in words))


def _near(spellings: Spellings) -> Iterator[tuple[str, str]]:
    """Names that differ in one letter, or in two that have changed places.

    Two such names become the same text when one letter is taken out of each, or out of one of them. To look for that takes
    a time that grows with the number of skills, and not with its square.
    """
    names: dict[str, str] = {}
    uses = Counter({name: len(courses) for name, courses in spellings.items()})
    for name in sorted(spellings, key=lambda name: (-uses[name], name)):
        names.setdefault("".join(_WORDS.findall(skill_key(name))), name)
    without: defaultdict[str, list[str]] = defaultdict(list)
    for key in names:
        if _LEAST <= len(key) <= _LONGEST:
            for one in {key, *(key[:number] + key[number + 1 :] for number in range(len(key)))}:
                without[one].append(key)
    found = {pair for keys in without.values() if len(keys) > 1 for pair in combinations(sorted(keys), 2)}
    for one, other in found:
        # Level 1 and level 2 differ in a letter too.
        is_numbered = _DIGITS.findall(one) != _DIGITS.findall(other)
        if not is_numbered and _is_slip(one, other) and _plain(names[one]) != _plain(names[other]):
            yield names[one], names[other]


def _is_slip(one: str, other: str) -> bool:
    """Whether it takes one letter more, less or other, or two neighbours changed over, to come from one to the other."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
    rests = one[start:], other[start:]
    if len(one) != len(other):
        shorter, longer = sorted(rests, key=len)
        return longer[1:] == shorter
    return rests[0][1:] == rests[1][1:] or (rests[0][:2] == rests[1][1::-1] and rests[0][2:] == rests[1][2:])
