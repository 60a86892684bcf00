"""The skills that courses teach, each once however it is spelt."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from credsite.catalogue.relations import Courses, Slugs
from credsite.core.hashing import digest
from credsite.core.text import slugify, sort_key


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill that courses teach. It has a page, named by ``slug``, if two or more ``courses`` teach it."""

    slug: str
    name: str
    uri: str
    courses: Slugs


@lru_cache(maxsize=16384)
def skill_key(name: str) -> str:
    """The key of a skill. Two spellings have the same key if only case, white space and the coding of accents differ."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


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
    used: set[str] = set()
    skills = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        slug = _skill_slug(key, used)
        skills[key] = TaughtSkill(slug, names[key], uris.get(key, ""), tuple(teaching[key]))
    return skills


def _skill_slug(key: str, used: set[str]) -> str:
    base = slugify(key.replace("+", " plus").replace("#", " sharp")) or f"skill-{digest(key.encode())[:8]}"
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    used.add(slug)
    return slug
