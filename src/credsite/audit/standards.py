"""What public standards for micro-credentials require, as data, and which courses meet them. Pure.

Sources: Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02), Annex I,
mandatory elements; eCampusOntario, Micro-credential Principles and Framework (2020), framework elements; Ontario
Student Assistance Program, guidelines for micro-credentials (2022-2023): 5 to 300 hours, less than 12 weeks, a CIP 2021
code and up to three NOC 2021 codes, offered by colleges, universities and Indigenous institutes of Ontario.

Only what a catalogue can say about a course is checked. What belongs to a learner or an issued credential (a name, a date,
a grade), the approval of an authority, and the quality of texts are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from credsite.content.loader import EntryLoader
from credsite.content.records import CourseRecord, ProviderRecord
from credsite.core.quantities import Duration
from credsite.problems.model import Location, Problem
from credsite.schema.kinds import Kind
from credsite.schema.models import Course, Provider

_HOURS: Final = (5, 300)
_TWELVE_WEEKS: Final = 12 * 7 * 24
"""Hours of calendar time."""
_MAX_OCCUPATIONS: Final = 3
_ELIGIBLE_PROVIDERS: Final = ("university", "college", "institute")


IsMet = Callable[[Course, Provider | None], bool]
"""Whether a course with its provider meets a requirement. The provider is None if its file has errors."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a standard requires. ``source`` says where it is written, ``key`` is the key in the course's file.

    If ``is_optional``, the standard asks for it "where possible": it is mentioned if it is missing, but the course meets
    the standard without it.
    """

    name: str
    source: str
    key: str
    is_met: IsMet
    is_optional: bool = False

    def __str__(self) -> str:
        """The name, and where to write it."""
        return f"{self.name} ({self.source})"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard. ``code`` is the problem code of the advice on courses that do not meet it."""

    id: str
    title: str
    code: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class EvaluatedCourse:
    """A course compared with a standard: the requirements that it does not meet."""

    path: str
    title: str
    missing: tuple[Requirement, ...]
    missing_optional: tuple[Requirement, ...]

    @property
    def meets(self) -> bool:
        return not self.missing


def _required(name: str, key: str) -> Requirement:
    return Requirement(name, f"`{key}`", key, lambda course, _: bool(getattr(course, key)))


def _has_issuer_location(_: Course, provider: Provider | None) -> bool:
    return provider is not None and bool(provider.country or provider.region)


def _is_in_ontario(_: Course, provider: Provider | None) -> bool:
    return (
        provider is not None
        and provider.kind is not None
        and provider.TERMS["provider"][provider.kind].meaning in _ELIGIBLE_PROVIDERS
        and provider.country == "CA"
        and ("ontario" in provider.region.casefold() or provider.region.strip() == "ON")
    )


def _has_hours(course: Course, _: Provider | None) -> bool:
    workload: Duration | None = course.workload
    if workload is None or workload.unit not in ("hour", "minute"):
        return False
    least, most = workload.hours
    return _HOURS[0] <= least and most <= _HOURS[1] and not workload.is_open


def _is_short(course: Course, _: Provider | None) -> bool:
    duration: Duration | None = course.duration
    return duration is not None and not duration.is_open and duration.hours[1] < _TWELVE_WEEKS


def _uses_framework(course: Course, _: Provider | None) -> bool:
    return any(skill.uri for skill in course.skills) or any(
        one.scheme == "esco" for one in course.occupations
    )


def _has_cip(course: Course, _: Provider | None) -> bool:
    return any(one.scheme == "cip-2021" for one in course.classifications)


def _has_noc(course: Course, _: Provider | None) -> bool:
    return 1 <= sum(one.scheme == "noc-2021" for one in course.occupations) <= _MAX_OCCUPATIONS


def _is_endorsed(course: Course, _: Provider | None) -> bool:
    return bool(course.partners) or any(one.recognised_by for one in course.all_credentials)


STANDARDS: Final[Mapping[str, Standard]] = {
    standard.id: standard
    for standard in (
        Standard(
            "eu",
            "the European description of micro-credentials",
            "standard-eu",
            (
                _required("title", "title"),
                Requirement(
                    "country or region of the issuer",
                    "`country` or `region` in the provider's file",
                    "provider",
                    _has_issuer_location,
                ),
                _required("awarding body", "provider"),
                _required("learning outcomes", "outcomes"),
                _required("workload", "workload"),
                Requirement(
                    "workload in ECTS credits",
                    "`credits` with the unit ECTS",
                    "credits",
                    lambda course, _: any(one.unit == "ECTS" for one in course.credits or ()),
                    is_optional=True,
                ),
                _required("level", "qualification_level"),
                _required("type of assessment", "assessment_methods"),
                _required("form of participation", "delivery_modes"),
                _required("quality assurance", "quality_assurance"),
            ),
        ),
        Standard(
            "ecampusontario",
            "eCampusOntario's framework",
            "standard-ecampusontario",
            (
                _required("issuing body", "provider"),
                _required("skills", "skills"),
                Requirement(
                    "skills in the words of a framework such as ESCO",
                    "`uri` of a skill, or an occupation of the scheme `esco`",
                    "skills",
                    _uses_framework,
                ),
                _required("outcomes", "outcomes"),
                _required("summative assessment", "assessment_methods"),
                Requirement(
                    "partner endorsement",
                    "`partners`, or `recognised_by` of the credential",
                    "partners",
                    _is_endorsed,
                    is_optional=True,
                ),
            ),
        ),
        Standard(
            "osap",
            "OSAP's rules for micro-credentials",
            "standard-osap",
            (
                Requirement("5 to 300 hours of study", "`workload` in hours", "workload", _has_hours),
                Requirement("less than 12 weeks", "`duration`", "duration", _is_short),
                Requirement(
                    "CIP 2021 code", "a classification of the scheme `cip-2021`", "classifications", _has_cip
                ),
                Requirement(
                    "one to three NOC 2021 codes",
                    "occupations of the scheme `noc-2021`",
                    "occupations",
                    _has_noc,
                ),
                Requirement(
                    "university, college or institute in Ontario",
                    "`kind`, `country` and `region` in the provider's file",
                    "provider",
                    _is_in_ontario,
                ),
            ),
        ),
    )
}


def evaluate(
    standard: Standard,
    courses: Iterable[CourseRecord],
    providers: Mapping[str, ProviderRecord],
    library: EntryLoader,
) -> Iterator[EvaluatedCourse]:
    """Compare each course with ``standard``. ``providers`` are those without errors, by their slugs."""
    loaded: dict[str, Provider | None] = {}
    for record in courses:
        course = library.entry(record).fields
        if not isinstance(course, Course):
            raise TypeError(f"{record.path} is no {Kind.COURSE}")
        if record.provider not in loaded:
            provider = providers.get(record.provider)
            fields = library.entry(provider).fields if provider is not None else None
            loaded[record.provider] = fields if isinstance(fields, Provider) else None
        missing = [one for one in standard.requirements if not one.is_met(course, loaded[record.provider])]
        yield EvaluatedCourse(
            record.path,
            record.title,
            tuple(one for one in missing if not one.is_optional),
            tuple(one for one in missing if one.is_optional),
        )


def standard_problems(standard: Standard, measured: Iterable[EvaluatedCourse]) -> Iterator[Problem]:
    """Advice on each course that does not meet ``standard``."""
    for one in measured:
        if one.missing:
            wanted = ", ".join(map(str, one.missing))
            message = f"To meet {standard.title}, this course needs: {wanted}."
            yield Problem(standard.code, message, Location(one.path, key=(one.missing[0].key,)))
