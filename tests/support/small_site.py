"""A small site without errors in which everything depends on something else, for tests that edit and build many times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SETTINGS: Final = """\
title: Small Courses
tagline: A few of each kind
base_url: https://small.test/
languages: [en-CA]
currency: CAD
timezone: America/Halifax
page_size: 3
api: true
share_pictures: false
funding:
  quillbay-bursary: {title: Bursary}
  student-aid: {title: Student Aid}
  employer-grant: {title: Employer Grant}
  armed-forces-fund: {title: Armed Forces Fund}
"""
_INDUSTRIES: Final = ("business", "design", "healthcare", "technology")
_PROVIDERS: Final = ("harbour-college", "tern-institute", "northmarsh")
_MODES: Final = ("online", "in-person", "blended", "hybrid")
_COURSES: Final = (
    "bookkeeping", "dashboards", "first-aid", "interviews", "layout", "networks", "payroll", "reception",
    "sql", "spreadsheets", "telehealth", "web-pages",
)  # fmt: skip
_SKILLS: Final = ("attention to detail", "listening", "record keeping", "teamwork", "writing")


def small_site(folder: Path) -> Path:
    """Write the site to ``folder / "site"``."""
    site = folder / "site"
    for name, text in [
        ("credsite.yaml", _SETTINGS),
        *_images(),
        *_others(),
        *_courses(),
        *_stories_and_pathways(),
    ]:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def _courses() -> Iterator[tuple[str, str]]:
    for number, slug in enumerate(_COURSES):
        before = _COURSES[number // 2]
        yield (
            f"content/courses/{slug}.md",
            f"""\
---
title: A course in {slug}
summary: What there is to know about {slug}.
provider: {_PROVIDERS[number % 3]}
partners: [{_PROVIDERS[(number + 1) % 3]}]
industries: [{_INDUSTRIES[number % 4]}, {_INDUSTRIES[(number + 1) % 4]}]
delivery_modes: [{_MODES[number % 4]}, {_MODES[(number + 1 + number // 4) % 4]}]
duration: {number + 1} weeks
workload: {number + 10} hours
price: {"free" if number % 5 == 0 else 100 + number}
level: {("introductory", "intermediate", "advanced")[number % 3]}
outcomes: [Talk about {slug}, Work with {slug}]
skills: [{_SKILLS[number % 5]}, {_SKILLS[(number + 2) % 5]}]
assessment_methods: [project]
prerequisites: [{before if before != slug else "Nothing but time."}]
sessions:
  - {{starts: 2027-0{number % 9 + 1}-11, ends: 2027-0{number % 9 + 1}-25, apply_by: 2027-01-0{number % 9 + 1}}}
enrol_url: https://small.test/enrol/{slug}
image: {{src: {_INDUSTRIES[number % 4]}.svg, alt: A picture}}
---
A text about {slug}, which comes before [another](course:{_COURSES[(number + 1) % len(_COURSES)]}).

## For whom

For whoever wants *it*. Offered by [this college](provider:{_PROVIDERS[number % 3]}), see [the list](page:about).
""",
        )


def _stories_and_pathways() -> Iterator[tuple[str, str]]:
    """Stories and pathways."""
    for number in range(5):
        yield (
            f"content/stories/story-{number}.md",
            f"""\
---
title: Story {number}
summary: How number {number} fared.
learner: {{name: Learner {number}, location: Saltmarsh}}
courses: [{_COURSES[number]}, {_COURSES[number + 6]}]
background: [{"newcomer" if number % 2 else "career-changer"}]
quote: I would do it again.
consent: {{given: 2026-02-0{number + 1}, expires: 2029-0{number + 1}-09}}
---
It began with [a course](course:{_COURSES[number]}), and ended well.
""",
        )
    for number in range(2):
        first, *rest = _COURSES[number * 3 : number * 3 + 4]
        yield (
            f"content/pathways/pathway-{number}.md",
            f"""\
---
title: Pathway {number}
summary: From the first course to the last.
steps:
  - {{title: Begin, courses: [{first}]}}
  - {{title: Go on, courses: [{", ".join(rest)}]}}
---
Step by step, as in [a story](story:story-{number}).
""",
        )


def _others() -> Iterator[tuple[str, str]]:
    for slug in _INDUSTRIES:
        text = f"---\ntitle: {slug.capitalize()}\nsummary: Work in {slug}.\nimage: {{src: {slug}.svg, alt: Seen}}\n---\n"
        yield f"content/industries/{slug}.md", text
    for slug in _PROVIDERS:
        yield (
            f"content/providers/{slug}.md",
            f"---\ntitle: {slug}\nsummary: A place to learn.\n---\nSince 1970.\n",
        )
    for slug in _MODES[:2]:
        yield (
            f"content/delivery-modes/{slug}.md",
            f"---\ntitle: Courses {slug}\nsummary: How.\n---\nAs it suits.\n",
        )
    for slug in ("about", "help"):
        yield (
            f"content/pages/{slug}.md",
            f"---\ntitle: The page {slug}\nsummary: It tells.\n---\nOn **{slug}**.\n",
        )
    for slug in ("first-guide", "second-guide"):
        text = f"---\ntitle: The {slug}\nsummary: It leads.\ntemplate: guide\n---\n## First\n\nBegin.\n"
        yield f"content/pages/{slug}.md", text


def _images() -> Iterator[tuple[str, str]]:
    for size, slug in enumerate(_INDUSTRIES, start=100):
        text = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"/>\n'
        yield f"content/images/{slug}.svg", text
