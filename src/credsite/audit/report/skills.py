"""Finds skills that only one course names, and skills that are spelt almost like another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from credsite.audit.report.model import LoneSkillRow, SimilarSkills, SkillReport, rows_of
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.skills import skill_key
from credsite.content.records import CourseRecord
from credsite.core.text import sort_key

_MIN_LENGTH: Final = 6
"""In shorter words, another letter is rather another word than a typing error: `Java` and `Lava`."""
_MAX_LENGTH: Final = 60
_MAX_ALIKE: Final = 20
"""Names that differ in the same letter. Where more do, that letter is no typing error, and there would be too many pairs."""
_WORDS: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d+")


def skill_report(catalogue: Catalogue) -> SkillReport:
    """The skills of the published courses."""
    courses: defaultdict[str, dict[str, CourseRecord]] = defaultdict(dict)
    for slug, course in catalogue.courses.items():
        for skill in course.skills:
            courses[skill.name][slug] = course
    lone = tuple(
        LoneSkillRow(course.title, course.path, skill.name)
        for skill in catalogue.skills.values()
        if len(skill.courses) == 1
        for course in (catalogue.courses[skill.courses[0]],)
    )
    spellings = sorted(courses, key=lambda name: (-len(courses[name]), name))
    pairs = {*_equal_but_for_form(spellings), *_one_edit_apart(spellings)}
    alike = tuple(
        SimilarSkills(first, second, rows_of(courses[first].values()), rows_of(courses[second].values()))
        for first, second in sorted(pairs, key=lambda pair: (sort_key(pair[0]), pair))
    )
    return SkillReport(len(catalogue.skills), lone, alike)


def _equal_but_for_form(spellings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The most common spelling of each skill, paired with each that differs only in case, punctuation, plurals or order.

    ``spellings`` begin with the most common one.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in spellings:
        groups[_normalized(name)].append(name)
    for first, *others in groups.values():
        yield from ((first, name) for name in others)


def _normalized(name: str) -> str:
    """A name without its case, punctuation, plurals and order of words."""
    # Punctuation can be the only difference of two skills, such as C, C# and C++.
    words = _WORDS.findall(skill_key(name))
    if sum(map(len, words)) < _MIN_LENGTH:
        return skill_key(name)
    return " ".join(sorted(word.removesuffix("s") if len(word) > 3 else word for word in words))


def _one_edit_apart(spellings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that differ in one letter, or in two letters that have swapped places.

    Two such names become equal if one letter is removed from one of them or from both. Looking for names that become
    equal takes time in proportion to the number of skills, not to its square. ``spellings`` begin with the most common one,
    and so does each pair.
    """
    names: dict[str, str] = {}
    for name in spellings:
        names.setdefault("".join(_WORDS.findall(skill_key(name))), name)
    without: defaultdict[str, list[str]] = defaultdict(list)
    for key in names:
        if _MIN_LENGTH <= len(key) <= _MAX_LENGTH:
            for one in {key, *(key[:number] + key[number + 1 :] for number in range(len(key)))}:
                without[one].append(key)
    groups = (keys for keys in without.values() if 1 < len(keys) <= _MAX_ALIKE)
    pairs = {pair for keys in groups for pair in combinations(keys, 2)}
    for one, other in pairs:
        # "Level 1" and "Level 2" also differ in one character only.
        is_numbered = _DIGITS.findall(one) != _DIGITS.findall(other)
        if (
            not is_numbered
            and _is_one_edit(one, other)
            and _normalized(names[one]) != _normalized(names[other])
        ):
            yield names[one], names[other]


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one edit leads from one name to the other: a letter added, removed, replaced or swapped with the next one."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
    rests = one[start:], other[start:]
    if len(one) != len(other):
        shorter, longer = sorted(rests, key=len)
        return longer[1:] == shorter
    return rests[0][1:] == rests[1][1:] or (rests[0][:2] == rests[1][1::-1] and rests[0][2:] == rests[1][2:])
