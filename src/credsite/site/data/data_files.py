"""Plans the files of data that scripts filter, search and sort by.

Only ``data/catalogue.json`` has a fixed name. It names all other files, which have a digest in their names, so that browsers
may cache them for ever. The digest is that of a file's inputs, not of its content: so the name is known before the file is
made, and a file that exists need not be made again. The inputs of a file are everything that it can show:

- ``state`` of the names: the code, the theme with its translations, and the settings;
- the digests of the records of entries, and for guides, whose full text is searched, the digests of their files;
- today's date, or for a course only what it means for enrolment.
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
from credsite.core.locales import words_language
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.site.data.columns import course_card_block, course_columns, story_columns
from credsite.site.data.messages import script_messages
from credsite.site.data.search import search_texts
from credsite.site.planned import DataContext, PlannedData
from credsite.site.views import ListTemplates

DATA_VERSION: Final = 1
"""The version of the format of these files. A script that does not know the version does not use the files."""
CARDS_PER_FILE: Final = 48
"""Two pages of a list, because a visitor who filters looks at a few dozen cards."""
COURSES_PER_SEARCH_FILE: Final = 256
"""A search loads all files, so there should be few; but one edit should not make a browser load everything again."""
DATA_FOLDER: Final = "data/"

_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class DataFileNames:
    """How the files are named. ``state`` stands for all inputs except entries and their images.

    ``hashed`` names have a digest. In a preview, where browsers do not cache, names are not hashed, so that an edit changes
    a few files and removes none.
    """

    state: str = ""
    hashed: bool = True

    def name(self, name: str, *inputs: str) -> tuple[str, str]:
        """The file name for ``name``, and the digest of the file's inputs."""
        input_digest = combined_digest((self.state, *inputs))
        return f"{name}.{input_digest[:_DIGITS]}.json" if self.hashed else f"{name}.json", input_digest


HASHED_NAMES: Final = DataFileNames()


def is_full_text_searched(entry: Record) -> bool:
    """Whether the body of an entry is searched too, and not only its front matter."""
    return isinstance(entry, PageRecord) and entry.template == "guide"


def data_files(
    catalogue: Catalogue, images: Images, names: DataFileNames, schema: SiteSchema = BUILT_IN
) -> Iterator[PlannedData]:
    """The files for a catalogue and its images, by the ``schema`` of its site."""
    industries, modes = catalogue.industries.values(), catalogue.modes.values()
    topics = combined_digest([*_record_digests(industries), *_record_digests(modes)])

    def planned(name: str, inputs: Iterable[str], make: Callable[..., Any], *keys: int) -> PlannedData:
        return PlannedData(*names.name(f"{DATA_FOLDER}{name}", topics, *inputs), make, keys)

    inputs_of_courses = course_inputs(catalogue)
    if references := referenced_digests(catalogue, schema):
        topics = combined_digest([topics, *references])
    story_inputs = list(_story_inputs(catalogue, images))
    search_inputs = _search_inputs(catalogue, inputs_of_courses, story_inputs)
    columns = planned("courses", _column_inputs(catalogue), course_columns)
    cards = [
        planned(f"cards/{number}", inputs, course_card_block, number * CARDS_PER_FILE, CARDS_PER_FILE)
        for number, inputs in enumerate(
            _blocks(_card_inputs(catalogue, images, inputs_of_courses), CARDS_PER_FILE)
        )
    ]
    size = COURSES_PER_SEARCH_FILE
    search = [
        planned(
            f"search/{number}", inputs, search_texts, number * size, size, number == len(search_inputs) - 1
        )
        for number, inputs in enumerate(search_inputs)
    ]
    stories = [planned("stories", story_inputs, story_columns)] if story_inputs else []
    keys = (
        _file_name(columns),
        tuple(map(_file_name, cards)),
        tuple(map(_file_name, search)),
        *map(_file_name, stories),
    )
    has_places = "places" if catalogue.places else ""
    manifest_digest = combined_digest(
        [names.state, catalogue.clock.today.isoformat(), has_places, repr(keys)]
    )
    yield PlannedData(f"{DATA_FOLDER}catalogue.json", manifest_digest, data_manifest, keys)
    yield from (columns, *cards, *search, *stories)


def data_manifest(
    context: DataContext,
    courses: str,
    cards: tuple[str, ...],
    search: tuple[str, ...],
    stories: str | None = None,
) -> dict[str, Any]:
    """The names of all other files, and the messages and the HTML that only scripts show."""
    config = context.builder.config
    return {
        "version": DATA_VERSION,
        "built": context.catalogue.clock.today.isoformat(),
        "timeZone": config.timezone,
        "language": config.language,
        "currency": config.currency or "",
        "courses": courses,
        "cards": {"size": CARDS_PER_FILE, "files": cards},
        "search": search,
        "stories": stories,
        "templates": ListTemplates(),
        "words": script_messages(
            context.builder.translations,
            words_language(context.builder.translations, config.language),
            has_places=bool(context.catalogue.places),
        ),
    }


def _file_name(data: PlannedData) -> str:
    return data.output.removeprefix(DATA_FOLDER)


def _blocks(items: list[str], size: int) -> list[list[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _record_digests(entries: Iterable[Record | None]) -> list[str]:
    return [entry.record_digest if entry is not None else "-" for entry in entries]


def referenced_digests(catalogue: Catalogue, schema: SiteSchema) -> list[str]:
    """The digests of all entries of the kinds that own fields refer to: their titles are shown in place of ids."""
    fields = (field for of_kind in schema.recorded_fields.values() for field in of_kind)
    kinds = sorted({field.display.reference for field in fields if field.display.reference is not None})
    return [one for kind in kinds for one in _record_digests(catalogue.of_kind(kind).values())]


def course_inputs(catalogue: Catalogue) -> list[str]:
    """The inputs of each course's entry in a search file."""
    providers = {slug: provider.record_digest for slug, provider in catalogue.providers.items()}
    inputs = {
        slug: f"{slug} {course.record_digest} {providers[course.provider]}"
        for slug, course in catalogue.courses.items()
    }
    for slug, places in catalogue.places_of.items():
        inputs[slug] += "".join(f" {catalogue.places[place].record_digest}" for place in places)
    return list(inputs.values())


def _card_inputs(catalogue: Catalogue, images: Images, course_inputs: list[str]) -> list[str]:
    return [
        f"{inputs} {_enrolment(catalogue.enrolment[slug])}{_where(catalogue, slug)} {_image(course, images)}"
        for inputs, (slug, course) in zip(course_inputs, catalogue.courses.items(), strict=True)
    ]


def _column_inputs(catalogue: Catalogue) -> Iterator[str]:
    yield catalogue.as_of
    yield from (place.record_digest for place in catalogue.places.values())
    yield from (provider.record_digest for provider in catalogue.providers.values())
    yield from (f"{slug} {course.filter_digest}" for slug, course in catalogue.courses.items())


def _search_inputs(
    catalogue: Catalogue, course_inputs: list[str], story_inputs: list[str]
) -> list[list[str]]:
    """The inputs of each search file. The last file has the stories, pathways and guides too."""
    blocks = _blocks(course_inputs, COURSES_PER_SEARCH_FILE) or [[]]
    guides = (page for page in catalogue.pages.values() if is_full_text_searched(page))
    blocks[-1] += [*story_inputs, *_record_digests(catalogue.pathways.values())]
    blocks[-1] += (f"{guide.record_digest} {guide.digest}" for guide in guides)
    return blocks


def _story_inputs(catalogue: Catalogue, images: Images) -> Iterator[str]:
    for slug, story in catalogue.stories.items():
        topics = (
            course_industries(story, catalogue.courses, catalogue.pathways),
            story_modes(story, catalogue.courses, catalogue.pathways),
        )
        yield f"{slug} {story.record_digest} {topics} {_image(story, images, story.photo)}"


def _enrolment(enrolment: Enrolment) -> str:
    session = enrolment.session
    if session is None:
        return enrolment.state
    # Dates as numbers, because formatting ten thousand dates would take longer than everything else here.
    apply_by = session.apply_by.toordinal() if session.apply_by is not None else 0
    return f"{enrolment.state} {session.starts.toordinal()} {apply_by}"


def _where(catalogue: Catalogue, slug: str) -> str:
    """What decides which places of a course its card names, on a site that has places."""
    if not catalogue.places:
        return ""
    session = catalogue.enrolment[slug].session
    return f" {session.location}" if session is not None else f" {catalogue.sessions[slug]}"


def _image(entry: Record, images: Images, src: str | None = None) -> str:
    """What a page shows of the image ``src`` of an entry, or else of its picture."""
    src = src or (entry.image.src if entry.image is not None else None)
    image = images.get((entry.folder, src)) if src else None
    return f"{image.output} {image.width} {image.height}" if image is not None else "-"
