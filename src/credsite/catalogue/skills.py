"""The skills that courses teach, each once however it is spelt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from credsite.catalogue.relations import Courses, Slugs
from credsite.core.hashing import digest
from credsite.core.published_names import is_device_name
from credsite.core.text import shorten_slug, slugify, sort_key, unify_spelling

_MAX_SLUG_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill that courses teach. It has a page, named by ``slug``, if two or more ``courses`` teach it."""

    slug: str
    name: str
    uri: str
    courses: Slugs


@lru_cache(maxsize=16384)
def skill_key(name: str) -> str:
    """The key of a skill. Spellings have the same key if only case, white space, apostrophes or the coding of letters differ."""
    return " ".join(unify_spelling(name).casefold().replace("'", "").split())


def course_skills(courses: Courses) -> dict[str, TaughtSkill]:
    """All skills by their keys, in the order of their names. A name is spelt as most courses spell it."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    teaching: defaultdict[str, dict[str, None]] = defaultdict(dict)
    uris: dict[str, str] = {}
    for slug, course in courses.items():
        for name, uri in course.skills:
            key = skill_key(name)
            spellings[key][name] += 1
            teaching[key][slug] = None
            if uri:
                uris.setdefault(key, uri)
    names = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}
    slugs = _slugs(names)
    return {
        key: TaughtSkill(slugs[key], names[key], uris.get(key, ""), tuple(teaching[key]))
        for key in sorted(names, key=lambda key: (sort_key(names[key]), key))
    }


@lru_cache(maxsize=16384)
def _base_slug(key: str) -> str:
    """The slug that a skill would have if it were the only one."""
    return slugify(key.replace("+", " plus ").replace("#", " sharp "))


def _slugs(keys: Iterable[str]) -> dict[str, str]:
    """The slug of each skill by its key. Where several have the same, all but the one that is spelt like it get a digest.

    So does one that means a device on Windows, such as PRN.
    """
    by_base: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_base[_base_slug(key)].append(key)
    slugs = {}
    for base, same in by_base.items():
        for key in same:
            if base and not is_device_name(base) and (len(same) == 1 or key.replace(" ", "-") == base):
                slugs[key] = shorten_slug(base, _MAX_SLUG_LENGTH, key)
            else:
                ending = digest(key.encode("utf-8", "surrogatepass"))[:8]
                slugs[key] = f"{shorten_slug(base or 'skill', _MAX_SLUG_LENGTH - 9)}-{ending}"
    return slugs
