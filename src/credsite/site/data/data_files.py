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
from dataclasses import dataclass
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.enrolment import Enrolment
from credsite.catalogue.relations import course_industries, story_modes
from credsite.content.images import Images
from credsite.content.records import PageRecord, Record
from credsite.core.hashing import combined_digest
from credsite.site.context import DataContext
from credsite.site.data.courses import course_card_block, course_columns
from credsite.site.data.messages import script_messages
from credsite.site.data.search import search_texts
from credsite.site.data.stories import story_columns
from credsite.site.planned import PlannedData

DATA_VERSION: Final = 1
"""Of the form of all these files; a script that knows another one leaves them alone."""
CARDS_PER_FILE: Final = 48
"""Cards in a file: two pages of a list, because whoever filters looks at a few dozen."""
COURSES_PER_SEARCH_FILE: Final = 256
"""Courses in a file for the search: few files, because it reads all of them, and little to load again after an edit."""
DATA_FOLDER: Final = "data/"

_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class DataFileNames:
    """How the files get their names. ``state`` stands for all that they are made from beside entries and their images.

    ``lasting`` names tell what a file is made from. In a preview, which no browser may keep, they never change, so that
    an edit renews a few files and removes none.
    """

    state: str = ""
    hashed: bool = True

    def name(self, name: str, *made_from: str) -> tuple[str, str]:
        """The name of a file below the folder of data, and the digest of what it is made from."""
        found = combined_digest((self.state, *made_from))
        return f"{name}.{found[:_DIGITS]}.json" if self.hashed else f"{name}.json", found


HASHED_NAMES: Final = DataFileNames()


def is_full_text_searched(entry: Record) -> bool:
    """Whether the whole text of an entry is searched, and not only its facts."""
    return isinstance(entry, PageRecord) and entry.template == "guide"


def data_files(catalogue: Catalogue, images: Images, naming: DataFileNames) -> Iterator[PlannedData]:
    """The files of a catalogue with these ``images``."""
    today = catalogue.clock.today.isoformat()
    topics = combined_digest([*_marks(catalogue.industries.values()), *_marks(catalogue.modes.values())])
    providers = {slug: provider.record_digest for slug, provider in catalogue.providers.items()}
    courses = [
        f"{slug} {one.record_digest} {providers[one.provider]}" for slug, one in catalogue.courses.items()
    ]
    shown = [
        f"{course} {_enrolment(catalogue.enrolment[slug])} {_image(record, images)}"
        for course, (slug, record) in zip(courses, catalogue.courses.items(), strict=True)
    ]
    filtered = (f"{slug} {one.filter_digest}" for slug, one in catalogue.courses.items())
    stories = list(_stories(catalogue, images))
    searched = _blocks(courses, COURSES_PER_SEARCH_FILE) or [[]]
    searched[-1] += [*stories, *_marks(catalogue.pathways.values())]
    searched[-1] += [
        f"{one.record_digest} {one.digest}" for one in catalogue.pages.values() if is_full_text_searched(one)
    ]

    def planned(name: str, made_from: Iterable[str], make: Callable[..., Any], *keys: int) -> PlannedData:
        return PlannedData(*naming.name(f"{DATA_FOLDER}{name}", topics, *made_from), make, keys)

    columns = planned("courses", [today, *providers.values(), *filtered], course_columns)
    cards = [
        planned(f"cards/{at}", block, course_card_block, at * CARDS_PER_FILE, CARDS_PER_FILE)
        for at, block in enumerate(_blocks(shown, CARDS_PER_FILE))
    ]
    search = [
        planned(
            f"search/{at}",
            block,
            search_texts,
            at * COURSES_PER_SEARCH_FILE,
            COURSES_PER_SEARCH_FILE,
            at == len(searched) - 1,
        )
        for at, block in enumerate(searched)
    ]
    told = [planned("stories", stories, story_columns)] if stories else []
    names = (_name(columns), tuple(map(_name, cards)), tuple(map(_name, search)), *map(_name, told))
    made_from = combined_digest([naming.state, today, repr(names)])
    yield PlannedData(f"{DATA_FOLDER}catalogue.json", made_from, data_manifest, names)
    yield from (columns, *cards, *search, *told)


def data_manifest(
    context: DataContext,
    courses: str,
    cards: tuple[str, ...],
    search: tuple[str, ...],
    stories: str | None = None,
) -> dict[str, Any]:
    """What there is, and the words that only scripts show."""
    config = context.builder.config
    return {
        "version": DATA_VERSION,
        "built": context.catalogue.clock.today.isoformat(),
        "language": config.language,
        "currency": config.currency or "",
        "courses": courses,
        "cards": {"size": CARDS_PER_FILE, "files": cards},
        "search": search,
        "stories": stories,
        "words": script_messages(context.builder.translations, config.language),
    }


def _name(data: PlannedData) -> str:
    return data.output.removeprefix(DATA_FOLDER)


def _blocks(items: list[str], size: int) -> list[list[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _marks(entries: Iterable[Record | None]) -> list[str]:
    return [entry.record_digest if entry is not None else "-" for entry in entries]


def _enrolment(found: Enrolment) -> str:
    session = found.session
    if session is None:
        return found.state
    # As numbers, because to write ten thousand dates takes longer than all else here.
    apply_by = session.apply_by.toordinal() if session.apply_by is not None else 0
    return f"{found.state} {session.starts.toordinal()} {apply_by}"


def _image(entry: Record, images: Images, src: str | None = None) -> str:
    """What is shown of the image ``src`` of an entry, or of its picture."""
    src = src or (entry.image.src if entry.image is not None else None)
    found = images.get(entry.folder, src) if src else None
    return f"{found.output} {found.width} {found.height}" if found is not None else "-"


def _stories(catalogue: Catalogue, images: Images) -> Iterator[str]:
    for slug, story in catalogue.stories.items():
        topics = course_industries(story, catalogue.courses), story_modes(story, catalogue.courses)
        yield f"{slug} {story.record_digest} {topics} {_image(story, images, story.photo)}"
