"""Invented catalogues of any size, the same for the same seed.

Each course depends only on the seed and its number, so catalogues of all sizes can be generated one course at a time,
without keeping the others in memory.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from benchmarks.catalogues import sentences
from benchmarks.catalogues.edits import mark
from benchmarks.catalogues.vocabulary import (
    ANGLES,
    FIRST_NAMES,
    GENERAL_SKILLS,
    INDUSTRIES,
    LAST_NAMES,
    MODES,
    PROVIDER_KINDS,
    TOWNS,
    Industry,
)

SEED: Final = 20261123

_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight")
_COURSES_FOR_A_PROVIDER: Final = 50
_COURSES_FOR_A_STORY: Final = 200
_COURSES_FOR_A_PATHWAY: Final = 250
_COURSES_OF_A_PATHWAY: Final = 5
_RELATED: Final = 4
_LEVELS: Final = ("introductory", "introductory", "intermediate", "advanced")
_TIMINGS: Final = (("daytime",), ("evening",), ("weekend",), ("evening", "weekend"))
_DURATIONS: Final = ("2 days", "5 days", "3 weeks", "4 weeks", "6 weeks", "8 weeks", "3-7 days", "10 weeks")
_METHODS: Final = ("lectures", "seminars", "projects", "conferences", "workplace", "labs", "mentoring")
_ASSESSMENTS: Final = (
    "assignments",
    "portfolio",
    "written-exam",
    "oral-exam",
    "practical",
    "project",
    "peer-review",
    "workplace-demonstration",
)
_CREDENTIALS: Final = ("micro-credential", "digital-badge", "certificate", "licence")
_SUPPORT: Final = (
    "wheelchair-accessible",
    "childcare",
    "job-placement",
    "equipment-provided",
    "captioned-video",
    "quiet-space",
)
_BACKGROUNDS: Final = (
    "career-changer",
    "returning-parent",
    "armed-forces",
    "newcomer",
    "jobseeker",
    "upskilling",
    "graduate",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One Markdown file: its folder in ``content/``, its name, its front matter and its text.

    In ``body``, links to other entries are written `kind:slug`, as in credsite.
    """

    folder: str
    slug: str
    fields: dict[str, Any]
    body: str

    @property
    def title(self) -> str:
        return str(self.fields["title"])


@dataclass(frozen=True)
class Catalogue:
    """A catalogue of ``size`` courses. Raises ValueError if there can be no catalogue of this size."""

    size: int
    seed: int = SEED

    def __post_init__(self) -> None:
        most = len(INDUSTRIES) * len(INDUSTRIES[0].topics) * len(ANGLES) * len(TOWNS)
        fewest = len(INDUSTRIES) * _COURSES_OF_A_PATHWAY
        if not fewest <= self.size <= most:
            raise ValueError(f"A catalogue has {fewest} to {most} courses, not {self.size}.")

    @property
    def edited_course(self) -> int:
        """The number of the course that the bench edits."""
        return self.size // 2

    @cached_property
    def industries(self) -> tuple[Entry, ...]:
        chance = self._chance("industries")
        return tuple(
            Entry(
                "industries",
                industry.id,
                {
                    "title": f"{industry.title}, {mark('industry')}" if number == 0 else industry.title,
                    "order": number + 1,
                    "summary": industry.summary,
                },
                _Words(self, chance, industry, number).paragraph(sentences.REASONS, 4),
            )
            for number, industry in enumerate(INDUSTRIES)
        )

    @cached_property
    def providers(self) -> tuple[Entry, ...]:
        kinds = tuple(PROVIDER_KINDS)
        found = []
        for number in range(max(8, self.size // _COURSES_FOR_A_PROVIDER)):
            chance = self._chance(f"provider {number}")
            town = TOWNS[number % len(TOWNS)]
            kind = kinds[(number + number // len(TOWNS)) % len(kinds)]
            part = ("", "North ", "South ", "Upper ", "Lower ")[number // (len(TOWNS) * len(kinds)) % 5]
            name = f"{part}{town} {kind}"
            slug = slugified(name)
            fields = {
                "title": name,
                "kind": PROVIDER_KINDS[kind],
                "country": "CA",
                "region": "Quillbay",
                "url": f"https://{slug}.example/",
                "summary": f"Teaches in small groups in {part}{town}, close to the people who hire.",
            }
            words = _Words(self, chance, INDUSTRIES[number % len(INDUSTRIES)], number)
            found.append(Entry("providers", slug, fields, words.paragraph(sentences.REASONS, 3)))
        return tuple(found)

    def courses(self) -> Iterator[Entry]:
        return map(self.course, range(self.size))

    def course(self, number: int) -> Entry:
        """The course with this number. Numbers begin with 0."""
        chance = self._chance(f"course {number}")
        industry = INDUSTRIES[number % len(INDUSTRIES)]
        words = _Words(self, chance, industry, number)
        title, slug = self.name(number)
        industries = [industry.id]
        if chance.random() < 0.3:
            industries.append(
                INDUSTRIES[(number + chance.randrange(1, len(INDUSTRIES))) % len(INDUSTRIES)].id
            )
        modes = chance.sample(tuple(MODES), 1 if chance.random() < 0.65 else 2)
        timing = chance.choice(_TIMINGS)
        provider = self._provider_of(number)
        hours = chance.randrange(8, 90, 2)
        price = chance.randrange(40, 1200, 5)
        credential = chance.choice(_CREDENTIALS)
        fields: dict[str, Any] = {
            "title": f"{title}, {mark('course')}" if number == self.edited_course else title,
            "summary": words.sentence(sentences.SUMMARIES),
            "provider": provider.slug,
            "industries": industries,
            "delivery_modes": modes,
            "pace": "self-paced" if chance.random() < 0.2 else "scheduled",
            "timing": list(timing),
            "duration": chance.choice(_DURATIONS),
            "workload": f"{hours} hours",
            "price": "free" if chance.random() < 0.1 else f"{price} CAD",
            "level": chance.choice(_LEVELS),
            "outcomes": [capitalised(one) for one in chance.sample(industry.tasks, chance.randrange(3, 6))],
            "skills": [*chance.sample(industry.skills, 3), *chance.sample(GENERAL_SKILLS, 2)],
            "learning_methods": chance.sample(_METHODS, chance.randrange(2, 4)),
            "assessment_methods": chance.sample(_ASSESSMENTS, chance.randrange(1, 4)),
            "credential": {
                "type": credential,
                "name": f"{credential.replace('-', ' ').capitalize()} in {title}",
            },
            "sessions": [_session(chance, modes, timing, slug) for _ in range(chance.randrange(1, 4))],
            "enrol_url": f"{provider.fields['url']}enrol/{slug}/",
            "support": chance.sample(_SUPPORT, chance.randrange(1, 4)),
            "reviewed_at": date(2026, 1, 1) + timedelta(chance.randrange(300)),
        }
        return Entry("courses", slug, fields, words.course_text())

    def name(self, number: int) -> tuple[str, str]:
        """The title and slug of a course, which no other course has."""
        rest, industry = divmod(number, len(INDUSTRIES))
        topics = INDUSTRIES[industry].topics
        rest, topic = divmod(rest, len(topics))
        town, angle = divmod(rest, len(ANGLES))
        title = ANGLES[angle].format(topics[topic])
        if town:
            title += f" in {TOWNS[town]}"
        return title, f"{slugified(title)}-{INDUSTRIES[industry].id}"

    def related(self, number: int) -> list[int]:
        """Numbers of courses that are related to a course, for generators that cannot find related courses."""
        step = len(INDUSTRIES)
        return [(number + step * near) % self.size for near in range(1, _RELATED + 1)]

    @cached_property
    def stories(self) -> tuple[Entry, ...]:
        return tuple(self._story(number) for number in range(max(4, self.size // _COURSES_FOR_A_STORY)))

    def _story(self, number: int) -> Entry:
        chance = self._chance(f"story {number}")
        about = chance.randrange(self.size)
        industry = INDUSTRIES[about % len(INDUSTRIES)]
        words = _Words(self, chance, industry, about)
        learner = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        fields = {
            "title": f"{learner} and {self.name(about)[0]}",
            "summary": f"How {learner} learned to {chance.choice(industry.tasks)}.",
            "learner": {"name": learner, "location": chance.choice(TOWNS)},
            "courses": [self.name(about)[1]],
            "consent": {"given": date(2026, 2, 1), "expires": date(2029, 2, 1)},
            "background": [chance.choice(_BACKGROUNDS)],
            "before": "Worked nights in a warehouse",
            "after": capitalised(chance.choice(industry.roles)),
            "quote": chance.choice(sentences.QUOTES),
            "highs": [chance.choice(sentences.QUOTES)],
            "lows": ["The first test, which went badly"],
            "industries": [industry.id],
            "told_at": date(2026, 2, 1),
        }
        text = [words.filled(one) for one in sentences.STORY]
        body = "\n\n".join(" ".join(text[start : start + 3]) for start in range(0, len(text), 3))
        return Entry("stories", f"{slugified(learner)}-{number}", fields, body)

    @cached_property
    def pathways(self) -> tuple[Entry, ...]:
        return tuple(self._pathway(number) for number in range(max(4, self.size // _COURSES_FOR_A_PATHWAY)))

    def _pathway(self, number: int) -> Entry:
        chance = self._chance(f"pathway {number}")
        industry = INDUSTRIES[number % len(INDUSTRIES)]
        start = number % len(INDUSTRIES)
        inside = range(start, self.size, len(INDUSTRIES))
        courses = [self.name(one)[1] for one in chance.sample(inside, _COURSES_OF_A_PATHWAY)]
        title = f"{industry.title} Pathway {number + 1}"
        fields = {
            "title": title,
            "summary": f"Short courses that add up: {industry.summary[0].lower()}{industry.summary[1:]}",
            "provider": self.providers[number % len(self.providers)].slug,
            "industries": [industry.id],
            "credential": {"type": "certificate", "name": f"{industry.title} Certificate"},
            "steps": [
                {"title": "Foundations", "courses": courses[:2]},
                {"title": "Going further", "courses": courses[2:], "choose": 1},
            ],
        }
        words = _Words(self, chance, industry, start)
        return Entry("pathways", f"{slugified(title)}", fields, words.paragraph(sentences.REASONS, 5))

    def _provider_of(self, number: int) -> Entry:
        # Some providers are large and some small. A course has the same provider whatever the order of calls.
        return self.providers[(number * 7919 + number // 3) % len(self.providers)]

    def _chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {what}")


def slugified(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower().replace("é", "e")).strip("-")


def capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def _session(chance: random.Random, modes: list[str], timing: tuple[str, ...], slug: str) -> dict[str, Any]:
    starts = date(2026, 12, 7) + timedelta(chance.randrange(200))
    mode = chance.choice(modes)
    session: dict[str, Any] = {
        "starts": starts,
        "ends": starts + timedelta(chance.randrange(1, 60)),
        "apply_by": starts - timedelta(chance.randrange(1, 12)),
        "delivery_mode": mode,
        "timing": list(timing),
        "seats": chance.randrange(6, 30),
        "enrol_url": f"https://enrol.example/{slug}/{starts:%m%d}/",
    }
    if mode != "online":
        session["location"] = f"{chance.choice(TOWNS)}, room {chance.randrange(1, 20)}"
    return session


class _Words:
    """Fills the gaps in sentences for one course, and builds its text from them."""

    def __init__(self, catalogue: Catalogue, chance: random.Random, industry: Industry, number: int) -> None:
        self._catalogue = catalogue
        self._chance = chance
        self._industry = industry
        self._number = number
        self._topic = industry.topics[number // len(INDUSTRIES) % len(industry.topics)].lower()

    def filled(self, sentence: str, **more: str) -> str:
        if "{" not in sentence:
            return sentence
        chance, industry = self._chance, self._industry
        role = chance.choice(industry.roles)
        article = "an" if role[0] in "aeiou" else "a"
        values = {
            "topic": self._topic,
            "task": chance.choice(industry.tasks),
            "tool": chance.choice(industry.tools),
            "a_role": f"{article} {role}",
            "A_role": f"{article.capitalize()} {role}",
            "place": chance.choice(TOWNS),
            "number": chance.choice(_NUMBERS),
            "industry": f"[{industry.title.lower()}](industry:{industry.id})",
            "site": f"https://register.example/{industry.id}/",
            **more,
        }
        if "{link}" in sentence:
            values["link"] = self._link()
        if "{provider}" in sentence:
            provider = chance.choice(self._catalogue.providers[:20])
            values["provider"] = f"[{provider.title}](provider:{provider.slug})"
        return sentence.format_map(values)

    def sentence(self, of: tuple[str, ...]) -> str:
        return self.filled(self._chance.choice(of))

    def paragraph(self, of: tuple[str, ...], count: int) -> str:
        return " ".join(map(self.filled, self._chance.sample(of, count)))

    def course_text(self) -> str:
        """About 440 words: an introduction, four sections in varying order, and a closing section."""
        chance = self._chance
        reasons = [self.filled(one) for one in chance.sample(sentences.REASONS, 4)]
        opening = " ".join([self.sentence(sentences.OPENINGS), *reasons[:2]])
        others = chance.sample((self._items, self._table, self._questions, self._bring), 2)
        parts = [self._weeks(), *(part() for part in others)]
        parts.append(f"## Who it suits\n\n{self.paragraph(sentences.SUITS, 3)}")
        chance.shuffle(parts)
        quote = f"> {chance.choice(sentences.QUOTES)}"
        closing = f"## Before you apply\n\n{self.paragraph(sentences.CLOSINGS, 3)}"
        more = " ".join(reasons[2:])
        return "\n\n".join([opening, more, *parts[:2], quote, *parts[2:], closing])

    def _weeks(self) -> str:
        count = self._chance.randrange(4, 7)
        label = self._chance.choice(("Week", "Day", "Part"))
        shown = sorted(self._chance.sample(range(len(sentences.WEEKLY)), count))
        texts = [
            self.filled(sentences.WEEKLY[which], label=f"{label} {number}")
            for number, which in enumerate(shown, start=1)
        ]
        return f"## {label} by {label.lower()}\n\n" + "\n\n".join(texts)

    def _items(self) -> str:
        items = self._chance.sample(sentences.ITEMS, 6)
        lines = "\n".join(f"- {self.filled(item)};" for item in items)
        return f"## What you practise\n\nAt the end you can:\n\n{lines[:-1]}."

    def _bring(self) -> str:
        items = self._chance.sample(sentences.BRING, 5)
        lines = "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
        return f"## What to bring\n\n{lines}"

    def _table(self) -> str:
        rows = self._chance.sample(sentences.TABLE, 3)
        lines = "\n".join(
            f"| {part} | {self.filled(length)} | {self.filled(pass_)} |" for part, length, pass_ in rows
        )
        return f"## How you are assessed\n\n| Part | Length | To pass |\n| --- | --- | --- |\n{lines}"

    def _questions(self) -> str:
        asked = self._chance.sample(sentences.QUESTIONS, 3)
        return "## Questions\n\n" + "\n\n".join(
            f"### {question}\n\n{self.filled(answer)}" for question, answer in asked
        )

    def _link(self) -> str:
        catalogue = self._catalogue
        other = (self._number + len(INDUSTRIES) * self._chance.randrange(1, 40)) % catalogue.size
        title, slug = catalogue.name(other)
        return f"[{title}](course:{slug})"
