"""The data that scripts filter, search and sort by: which files there are, and what their names are made of.

Only ``data/catalogue.json`` has a name that never changes. It names all others, which carry a digest of what they are
made from, so that browsers may keep them for ever. The digest is one of marks, and not of what is in the files, so that
the name of a file is known without making it, and none is made that is there already. Equal names mean equal content,
because all that a file can show is in its digest:

- ``state`` stands for the code, the theme with its words, and the settings;
- of entries there are the marks, which stand for their facts, and of guides, whose text is searched, the files' digests;
- what the day makes of a course is its enrolment, where the day itself is not in the digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.enrolment import Enrolment
from credsite.catalogue.relations import course_industries, story_modes
from credsite.content.facts import Facts, PageFacts
from credsite.content.images import Images
from credsite.digest import combined
from credsite.site.browse_courses import course_cards, course_columns
from credsite.site.browse_search import search_texts
from credsite.site.browse_stories import story_columns
from credsite.site.browser_words import browser_words
from credsite.site.pages import PlannedData

if TYPE_CHECKING:
    from credsite.site.plan import Plan

VERSION: Final = 1
"""Of the form of all these files; a script that knows another one leaves them alone."""
CARDS: Final = 48
"""Cards in a file: two pages of a list, because whoever filters looks at a few dozen."""
SEARCHED: Final = 256
"""Courses in a file for the search: few files, because it reads all of them, and little to load again after an edit."""
FOLDER: Final = "data/"

_DIGITS: Final = 16


def is_searched(entry: Facts) -> bool:
    """Whether the whole text of an entry is searched, and not only its facts."""
    return isinstance(entry, PageFacts) and entry.template == "guide"


def data_files(catalogue: Catalogue, images: Images, state: str) -> Iterator[PlannedData]:
    """The files of a catalogue with these ``images``. ``state`` stands for all else that they are made from."""
    today = catalogue.clock.today.isoformat()
    topics = combined([state, *_marks(catalogue.industries.values()), *_marks(catalogue.modes.values())])
    providers = {slug: provider.mark for slug, provider in catalogue.providers.items()}
    courses = [f"{slug} {one.mark} {providers[one.provider]}" for slug, one in catalogue.courses.items()]
    shown = [
        f"{course} {_enrolment(catalogue.enrolment[slug])} {_image(facts, images)}"
        for course, (slug, facts) in zip(courses, catalogue.courses.items(), strict=True)
    ]
    stories = list(_stories(catalogue, images))

    columns = _named("courses", topics, today, *courses, *providers.values())
    cards = [_named(f"cards/{at}", topics, *block) for at, block in enumerate(_blocks(shown, CARDS))]
    blocks = _blocks(courses, SEARCHED) or [[]]
    blocks[-1] += [*stories, *_marks(catalogue.pathways.values())]
    blocks[-1] += [f"{one.mark} {one.digest}" for one in catalogue.pages.values() if is_searched(one)]
    search = [_named(f"search/{at}", topics, *block) for at, block in enumerate(blocks)]
    told = _named("stories", topics, *stories) if stories else None

    names = (columns, tuple(cards), tuple(search), told)
    yield PlannedData(f"{FOLDER}catalogue.json", manifest, names, combined([state, today, repr(names)]))
    yield _planned(columns, course_columns)
    for number, name in enumerate(cards):
        yield _planned(name, course_cards, number * CARDS, CARDS)
    for number, name in enumerate(search):
        yield _planned(name, search_texts, number * SEARCHED, SEARCHED, number == len(search) - 1)
    if told is not None:
        yield _planned(told, story_columns)


def manifest(
    plan: Plan, courses: str, cards: tuple[str, ...], search: tuple[str, ...], stories: str | None
) -> dict[str, Any]:
    """What there is, and the words that only scripts show."""
    config = plan.parts.config
    return {
        "version": VERSION,
        "built": plan.catalogue.clock.today.isoformat(),
        "language": config.language,
        "currency": config.currency or "",
        "courses": courses,
        "cards": {"size": CARDS, "files": cards},
        "search": search,
        "stories": stories,
        "words": browser_words(plan.parts.texts, config.language),
    }


def _planned(name: str, make: Callable[..., Any], *keys: int) -> PlannedData:
    return PlannedData(FOLDER + name, make, keys, name)


def _named(name: str, *made_from: str) -> str:
    return f"{name}.{combined(made_from)[:_DIGITS]}.json"


def _blocks(items: list[str], size: int) -> list[list[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _marks(entries: Iterable[Facts | None]) -> list[str]:
    return [entry.mark if entry is not None else "-" for entry in entries]


def _enrolment(found: Enrolment) -> str:
    session = found.session
    return f"{found.state} {session.starts} {session.apply_by}" if session is not None else found.state


def _image(entry: Facts, images: Images, src: str | None = None) -> str:
    """What is shown of the image ``src`` of an entry, or of its picture."""
    src = src or (entry.image.src if entry.image is not None else None)
    found = images.get(entry.folder, src) if src else None
    return f"{found.output} {found.width} {found.height}" if found is not None else "-"


def _stories(catalogue: Catalogue, images: Images) -> Iterator[str]:
    for slug, story in catalogue.stories.items():
        topics = course_industries(story, catalogue.courses), story_modes(story, catalogue.courses)
        yield f"{slug} {story.mark} {topics} {_image(story, images, story.photo)}"
