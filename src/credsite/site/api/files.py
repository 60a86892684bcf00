"""Plans the files for other programs. None of them is planned where the site does not publish any.

A page of the list of courses depends only on its own courses, so an edit of a course changes the file of the course, which is
rendered with its page, one page of the list, and the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries
from credsite.content.records import Record
from credsite.core.hashing import combined_digest
from credsite.schema.config import Config
from credsite.schema.site_schema import SiteSchema
from credsite.site.api.addresses import (
    COURSES_CSV,
    DATASET,
    PROVIDERS,
    SCHEMAS,
    STORIES,
    course_list_file,
    schema_file,
)
from credsite.site.api.course_documents import listed_course
from credsite.site.api.courses_csv import courses_csv
from credsite.site.api.dataset import dataset
from credsite.site.api.documents import API_VERSION, CourseList, ListDocument, ProviderList, StoryList
from credsite.site.api.entry_documents import provider_document, story_document
from credsite.site.api.parts import latest_day
from credsite.site.data.data_files import DataFileNames, course_inputs, referenced_digests
from credsite.site.planned import DataContext, PlannedData, page_count

COURSES_PER_PAGE: Final = 500


def api_files(catalogue: Catalogue, config: Config, names: DataFileNames) -> Iterator[PlannedData]:
    """All files except those of single courses."""
    if not config.api:
        return
    others = _other_digests(catalogue, config.site_schema)

    def planned(path: str, make: Callable[..., Any], inputs: Iterable[str], *keys: Any) -> PlannedData:
        return PlannedData(path, combined_digest([names.state, others, *inputs]), make, keys)

    courses = _course_digests(catalogue)
    stories = list(_story_digests(catalogue))
    latest = latest_day(catalogue.courses.values()) or ""
    pages = page_count(len(courses), COURSES_PER_PAGE)
    for page in range(1, pages + 1):
        first = (page - 1) * COURSES_PER_PAGE
        inputs = [str(len(courses)), latest, *courses[first : first + COURSES_PER_PAGE]]
        yield planned(course_list_file(page), course_list_page, inputs, page, pages)
    yield planned(COURSES_CSV, _table, courses)
    yield planned(STORIES, story_list_document, stories)
    yield planned(PROVIDERS, provider_list_document, map(str, map(len, catalogue.by_provider.values())))
    yield planned(DATASET, dataset, [latest, *stories], DATASET)
    for name in SCHEMAS:
        yield planned(schema_file(name), _schema, (), name)


def _schema(context: DataContext, name: str) -> Any:
    from credsite.site.api.schemas import document_schema  # which few builds need

    return document_schema(context.builder, name)


def course_list_page(context: DataContext, page: int, pages: int) -> CourseList:
    """Page ``page`` of the list of all courses, without drafts."""
    builder, courses = context.builder, context.catalogue.courses
    first = (page - 1) * COURSES_PER_PAGE
    slugs = list(courses)[first : first + COURSES_PER_PAGE]
    return {
        **_list(context, courses),
        "page": page,
        "pages": pages,
        "next": builder.urls.absolute(course_list_file(page + 1)) if page < pages else None,
        "courses": [listed_course(builder, slug) for slug in slugs if not courses[slug].draft],
    }


def story_list_document(context: DataContext) -> StoryList:
    stories = context.catalogue.stories
    shown = [slug for slug, story in stories.items() if not story.draft]
    return {
        **_list(context, stories),
        "stories": [story_document(context.builder, slug) for slug in shown],
    }


def provider_list_document(context: DataContext) -> ProviderList:
    providers = context.catalogue.providers
    shown = [slug for slug, provider in providers.items() if not provider.draft]
    return {
        **_list(context, providers),
        "providers": [provider_document(context.builder, slug) for slug in shown],
    }


def _table(context: DataContext) -> bytes:
    courses = context.catalogue.courses
    return courses_csv(
        context.builder,
        (listed_course(context.builder, slug) for slug, course in courses.items() if not course.draft),
    )


def _list(context: DataContext, entries: Mapping[str, Record]) -> ListDocument:
    config = context.builder.config
    return {
        "version": API_VERSION,
        "title": config.title,
        "language": config.language,
        "licence": config.data_licence,
        "updated": latest_day(entries.values()),
        "total": sum(not entry.draft for entry in entries.values()),
    }


def _state(record: Record) -> str:
    return f"{record.slug} {record.record_digest}"


def _course_digests(catalogue: Catalogue) -> list[str]:
    """What each course in a list depends on beside the entries that all depend on."""
    return [
        f"{inputs} {catalogue.enrolment[slug]} {catalogue.sessions[slug]}"
        for inputs, slug in zip(course_inputs(catalogue), catalogue.courses, strict=True)
    ]


def _story_digests(catalogue: Catalogue) -> Iterator[str]:
    for story in catalogue.stories.values():
        courses = [catalogue.courses[one] for one in story.courses if one in catalogue.courses]
        industries = course_industries(story, catalogue.courses, catalogue.pathways)
        yield " ".join([_state(story), *map(_state, courses), *industries])


def _other_digests(catalogue: Catalogue, schema: SiteSchema) -> str:
    """A digest of the entries that courses and stories refer to, which are few: their titles are shown."""
    mappings: tuple[Mapping[str, Record | None], ...] = (
        catalogue.industries,
        catalogue.modes,
        catalogue.providers,
        catalogue.places,
    )
    entries = [one for mapping in mappings for one in mapping.values() if one is not None]
    return combined_digest([*map(_state, entries), *referenced_digests(catalogue, schema)])
