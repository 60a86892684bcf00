"""Finds the ids in entries that lead nowhere: to no entry, to no value of a vocabulary, to nothing in credsite.yaml or the theme."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from credsite.catalogue.titles import Titles, ids_or_texts
from credsite.catalogue.unpublished import Ref
from credsite.content.records import (
    CourseRecord,
    DeliveryModeRecord,
    PageRecord,
    PathwayRecord,
    ProviderRecord,
    Record,
    StoryRecord,
)
from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import Effort, unknown_value_problem
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import FromVocabulary, labels
from credsite.schema.vocabulary_advice import hidden_value_problem, with_advice

_FILE_LIKE: Final = re.compile(r"(?:[^\s/\\]+[/\\])*[^\s/\\]+\.md|[a-z]+:[a-z0-9-]+", re.IGNORECASE)
"""The path of an entry's file, or an entry as links name it: `course:first-aid`."""
_MAX_COMPARISONS: Final = 300_000
"""How much is compared with unknown ids, over all: comparing takes long, and a site can have thousands of both."""
_SLUG_LIKE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The ids that credsite.yaml and the theme define, the site's currency and its schema. Other ids are those of entries.

    ``has_time_zone`` says whether credsite.yaml names the time zone that the times of entries are in.
    """

    funding: Collection[str]
    templates: Collection[str]
    currency: str = ""
    has_time_zone: bool = True
    schema: SiteSchema = BUILT_IN


@dataclass(frozen=True, slots=True)
class ReferenceChecker:
    """Looks up the ids in entries. ``ids`` are those of all entries, by kind, and ``titles`` their titles."""

    ids: Mapping[Kind, Collection[str]]
    titles: Titles
    vocabularies: Vocabularies
    problem_cache: dict[Ref, Problem] = field(default_factory=dict)
    sorted_ids: dict[Kind, list[str]] = field(default_factory=dict)
    effort: Effort = field(default_factory=lambda: Effort(_MAX_COMPARISONS))

    def check(self, entry: Record) -> Iterator[Problem]:
        """A problem for each id in ``entry`` that leads nowhere."""
        if entry.details:
            yield from self._own_references(entry)
        path = entry.path
        match entry:
            case CourseRecord() as course:
                yield from self._course(path, course)
            case StoryRecord() as story:
                yield from self._ids(path, ("courses",), story.courses, Kind.COURSE)
                yield from self._ids(path, ("pathways",), story.pathways, Kind.PATHWAY)
                yield from self._id(path, ("provider",), story.provider, Kind.PROVIDER)
                yield from self._ids(path, ("industries",), story.industries, Kind.INDUSTRY)
                yield from self._terms(path, ("background",), story.background, "background")
            case PathwayRecord() as pathway:
                yield from self._id(path, ("provider",), pathway.provider, Kind.PROVIDER)
                yield from self._ids(path, ("industries",), pathway.industries, Kind.INDUSTRY)
                yield from self._ids_or_text(pathway, Kind.PROVIDER)
                yield from self._steps(path, pathway)
            case ProviderRecord() as provider:
                yield from self._id(path, ("place",), provider.place, Kind.PLACE)
                yield from self._ids_or_text(provider, Kind.PROVIDER)
            case DeliveryModeRecord():
                message = f"There is no delivery mode `{entry.slug}`. Name the file after one of the delivery modes."
                yield from self._term(Location(path, 1, 1), entry.slug, "mode", message)
            case PageRecord() as page if page.template not in self.vocabularies.templates:
                message = f"The theme has no template `{page.template}` for pages."
                location = Location(path, key=("template",))
                yield unknown_value_problem(
                    "unknown-value", message, location, page.template, sorted(self.vocabularies.templates)
                )
            case _:
                pass

    def _own_references(self, entry: Record) -> Iterator[Problem]:
        """Of own fields whose values are ids of entries."""
        fields = self.vocabularies.schema.displayed_fields[entry.kind]
        for id_, slugs in entry.details:
            field = fields[id_]
            kind = field.display.reference
            if kind is not None and field.is_list:
                yield from self._ids(entry.path, (field.key,), slugs, kind)
            elif kind is not None:
                yield from self._id(entry.path, (field.key,), slugs[0], kind)

    def _course(self, path: str, course: CourseRecord) -> Iterator[Problem]:
        yield from self._id(path, ("provider",), course.provider, Kind.PROVIDER)
        yield from self._ids(path, ("partners",), course.partners, Kind.PROVIDER)
        yield from self._ids(path, ("industries",), course.industries, Kind.INDUSTRY)
        yield from self._funding(path, course.funding)
        yield from self._terms(path, ("support",), course.support, "support")
        if course.prerequisites:
            yield from self._ids_or_text(course, Kind.COURSE)
        if course.recognised_by:
            yield from self._ids_or_text(course, Kind.PROVIDER)
        if course.places or course.sessions:
            yield from self._ids_or_text(course, Kind.PLACE)

    def _steps(self, path: str, pathway: PathwayRecord) -> Iterator[Problem]:
        for number, step in enumerate(pathway.steps):
            for position, slug in enumerate(step.courses):
                if slug in self.ids[Kind.COURSE]:
                    continue
                key: KeyPath = ("steps", number, "courses", position)
                if slug in self.ids[Kind.PATHWAY]:
                    message = (
                        f"`{slug}` is a pathway. A step lists courses: write those that `{slug}` is made of."
                    )
                    yield Problem("pathway-in-pathway", message, Location(path, key=key))
                else:
                    yield self._unknown(path, key, slug, Kind.COURSE)

    def _id(self, path: str, key: KeyPath, slug: str | None, kind: Kind) -> Iterator[Problem]:
        if slug and slug not in self.ids[kind]:
            yield self._unknown(path, key, slug, kind)

    def _ids(self, path: str, key: KeyPath, slugs: Collection[str], kind: Kind) -> Iterator[Problem]:
        for position, slug in enumerate(slugs):
            if slug not in self.ids[kind]:
                yield self._unknown(path, (*key, position), slug, kind)

    def _ids_or_text(self, entry: Record, kind: Kind) -> Iterator[Problem]:
        """Some values may be ids of ``kind`` or sentences. What looks like an id must be one, and a title is none."""
        path = entry.path
        for key, value in ids_or_texts(entry, kind):
            if value in self.ids[kind]:
                continue
            if _SLUG_LIKE.fullmatch(value):
                found = self._unknown(path, key, value, kind)
                advice = " If it is not an id but a text, begin it with a capital letter."
                yield replace(found, message=found.message + advice)
            elif _FILE_LIKE.fullmatch(value):
                yield self._unknown(path, key, value, kind)
            elif (slug := self.titles.slug(kind, value)) and (kind, slug) != (entry.kind, entry.slug):
                message = (
                    f"`{value}` is the title of {KINDS[kind].label_with_article}. A title is only shown: write the id, which "
                    "leads there."
                )
                yield Problem("title-for-id", message, Location(path, key=key), suggestion=slug)

    def _unknown(self, path: str, key: KeyPath, slug: str, kind: Kind) -> Problem:
        # A thousand files may have the same wrong id, and finding the closest of ten thousand ids takes long.
        found = self.problem_cache.get((kind, slug))
        if found is None:
            known = self.sorted_ids.get(kind)
            if known is None:
                known = self.sorted_ids[kind] = sorted(self.ids[kind])
            message = f"There is no {KINDS[kind].label} `{slug}`."
            written = _id_in(slug)
            found = unknown_value_problem(
                "unknown-id", message, Location(path), written, known, effort=self.effort
            )
            if written in self.ids[kind]:
                found = replace(
                    found, message=f"{message} An id is the name of a file without `.md`.", suggestion=written
                )
            elif not found.suggestion:
                found = replace(found, message=f"{found.message} {_how_to_add(slug, kind)}")
            self.problem_cache[kind, slug] = found
        return replace(found, location=Location(path, key=key))

    def _terms(self, path: str, key: KeyPath, ids: Collection[str], vocabulary: str) -> Iterator[Problem]:
        for position, found in enumerate(ids):
            location = Location(path, key=(*key, position))
            yield from self._term(location, found, vocabulary, f"`{found}` is not defined.")

    def _term(self, location: Location, written: str, vocabulary: str, message: str) -> Iterator[Problem]:
        """What is wrong with an id of a ``vocabulary``; ``message`` says that there is no such id."""
        schema = self.vocabularies.schema
        known = schema.vocabularies[vocabulary]
        if written in known:
            return
        mark = FromVocabulary(vocabulary, replacements=schema.replacements.get(vocabulary, {}))
        if written in mark.replacements:
            yield hidden_value_problem("unknown-id", mark, written, location)
            return
        found = unknown_value_problem(
            "unknown-id", message, location, written, tuple(known), effort=self.effort, labels=labels(known)
        )
        yield with_advice(found, mark, written)

    def _funding(self, path: str, ids: Collection[str]) -> Iterator[Problem]:
        known = self.vocabularies.funding
        for position, found in enumerate(ids):
            if found not in known:
                message = (
                    f"`{found}` is not defined. Add it to `funding` in credsite.yaml, or choose another."
                )
                location = Location(path, key=("funding", position))
                yield unknown_value_problem(
                    "unknown-id", message, location, found, sorted(known), effort=self.effort
                )


def _id_in(written: str) -> str:
    """The id in what an editor has written: a path, the name of a file, or an entry as links name it."""
    if not _FILE_LIKE.fullmatch(written):
        return written
    return re.split(r"[/\\:]", written)[-1].removesuffix(".md")


def _how_to_add(written: str, kind: Kind) -> str:
    """How to have an entry that is not there: what an id is, and the command that creates one."""
    advice = "An id is the name of a file without `.md`."
    if kind not in (Kind.INDUSTRY, Kind.PROVIDER, Kind.PLACE):
        return advice
    title = " ".join(re.findall(r"[^\W_]+", _id_in(written)))
    return f'{advice} To add it: `credsite new {kind} "{title[:1].upper()}{title[1:]}"`.'
