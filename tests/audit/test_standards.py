"""What each standard asks for, measured on courses that differ in one thing."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from credsite.audit.standards import STANDARDS, Requirement
from credsite.problems.codes import CODES
from credsite.schema.config import StandardId
from credsite.schema.kinds import Kind
from credsite.schema.models import Course, EntryFields, Provider
from tests.support.catalogues import settings
from tests.support.paths import REPOSITORY

WHOLE: dict[str, Any] = {
    "title": "First aid",
    "summary": "What to do.",
    "provider": "harbour-college",
    "partners": ["the-county"],
    "industries": ["health"],
    "delivery_modes": ["online"],
    "duration": "2 weeks",
    "workload": "12 hours",
    "credits": {"value": "1", "unit": "ECTS"},
    "qualification_level": {"framework": "EQF", "level": "5"},
    "outcomes": ["Help"],
    "skills": [{"name": "first aid", "uri": "http://data.europa.eu/esco/skill/1"}],
    "assessment_methods": ["practical"],
    "quality_assurance": {"name": "The county"},
    "occupations": [{"scheme": "noc-2021", "code": "32102", "name": "Paramedics"}],
    "classifications": [{"scheme": "cip-2021", "code": "51.0904"}],
}
COLLEGE: dict[str, Any] = {
    "title": "Harbour College",
    "kind": "college",
    "country": "CA",
    "region": "Ontario",
}
NOC = {"scheme": "noc-2021", "code": "32102", "name": "Paramedics"}


def missing(standard: str, course: dict[str, Any], provider: dict[str, Any] | None) -> list[str]:
    found = Course.model_validate({key: value for key, value in {**WHOLE, **course}.items() if value})
    issuer = Provider.model_validate(provider) if provider else None
    return [one.name for one in STANDARDS[standard].requirements if not one.is_met(found, issuer)]


def test_the_settings_know_all_of_them() -> None:
    assert tuple(STANDARDS) == get_args(StandardId)


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_course_that_says_everything_meets_it(standard: str) -> None:
    assert missing(standard, {}, COLLEGE) == []


@pytest.mark.parametrize(
    ("standard", "course", "name"),
    [
        ("eu", {"outcomes": None}, "learning outcomes"),
        ("eu", {"workload": None}, "workload"),
        ("eu", {"credits": None}, "workload in ECTS credits"),
        ("eu", {"credits": {"value": "1", "unit": "CATS"}}, "workload in ECTS credits"),
        ("eu", {"qualification_level": None}, "level"),
        ("eu", {"assessment_methods": None}, "type of assessment"),
        ("eu", {"quality_assurance": None}, "quality assurance"),
        ("ecampusontario", {"skills": ["first aid"]}, "skills in the words of a framework such as ESCO"),
        ("ecampusontario", {"outcomes": None}, "outcomes"),
        ("ecampusontario", {"assessment_methods": None}, "summative assessment"),
        ("ecampusontario", {"partners": None}, "partner endorsement"),
        ("osap", {"workload": None}, "5 to 300 hours of study"),
        ("osap", {"workload": "4 hours"}, "5 to 300 hours of study"),
        ("osap", {"workload": "200-301 hours"}, "5 to 300 hours of study"),
        ("osap", {"workload": "2 weeks"}, "5 to 300 hours of study"),
        ("osap", {"duration": "12 weeks"}, "less than 12 weeks"),
        ("osap", {"duration": "10-84 days"}, "less than 12 weeks"),
        ("osap", {"duration": None}, "less than 12 weeks"),
        ("osap", {"classifications": [{"scheme": "cip-2020", "code": "51.0904"}]}, "CIP 2021 code"),
        ("osap", {"occupations": None}, "one to three NOC 2021 codes"),
        ("osap", {"occupations": [NOC] * 4}, "one to three NOC 2021 codes"),
    ],
)
def test_a_missing_requirement_is_named(standard: str, course: dict[str, Any], name: str) -> None:
    assert missing(standard, course, COLLEGE) == [name]


@pytest.mark.parametrize(
    ("standard", "course"),
    [
        (
            "ecampusontario",
            {"skills": ["first aid"], "occupations": [{"scheme": "esco", "code": "C2221", "name": "Nurse"}]},
        ),
        ("ecampusontario", {"partners": None, "credential": {"recognised_by": ["The county"]}}),
        ("osap", {"workload": "5 hours"}),
        ("osap", {"workload": "300 hours"}),
        ("osap", {"workload": "600 minutes"}),
        ("osap", {"duration": "11 weeks"}),
        ("osap", {"duration": "83 days"}),
        ("osap", {"occupations": [NOC] * 3}),
    ],
)
def test_what_is_just_enough(standard: str, course: dict[str, Any]) -> None:
    assert missing(standard, course, COLLEGE) == []


@pytest.mark.parametrize(
    ("provider", "eu", "osap"),
    [
        ({"country": "FR", "region": ""}, True, False),
        ({"country": None, "region": "Ottawa, Ontario"}, True, False),
        ({"country": None, "region": ""}, False, False),
        ({"region": "ON"}, True, True),
        ({"region": "Nova Scotia"}, True, False),
        ({"kind": "company"}, True, False),
        ({"kind": "university"}, True, True),
    ],
)
def test_the_provider_counts_too(provider: dict[str, Any], eu: bool, osap: bool) -> None:
    assert (missing("eu", {}, {**COLLEGE, **provider}) == []) is eu
    assert (missing("osap", {}, {**COLLEGE, **provider}) == []) is osap


def test_a_provider_with_errors_counts_as_unknown() -> None:
    assert missing("eu", {}, None) == ["country or region of the issuer"]


ALL = [(standard.id, one) for standard in STANDARDS.values() for one in standard.requirements]


@pytest.mark.parametrize(("standard", "requirement"), ALL, ids=lambda one: getattr(one, "name", one))
def test_every_requirement_is_documented_and_written_somewhere(
    standard: str, requirement: Requirement
) -> None:
    text = (REPOSITORY / "docs/checking.md").read_text(encoding="utf-8")
    table = text.partition(f"\n| `{standard}` | |\n")[2].partition("\n\n")[0]
    assert requirement.name in table
    for key in requirement.source.split("`")[1::2]:
        assert f"`{key}`" in table
    assert requirement.key in Course.model_fields
    assert STANDARDS[standard].code in CODES


def test_a_type_of_provider_counts_as_what_it_means() -> None:
    types = {"school": {"label": "School", "same_as": "college"}, "club": "Club"}
    model = settings(vocabularies={"provider_types": types}).site_schema.models[Kind.PROVIDER]
    requirement = next(one for one in STANDARDS["osap"].requirements if "Ontario" in one.name)
    course = Course.model_validate(WHOLE)
    met = {
        kind: requirement.is_met(course, provider_of(model, kind)) for kind in ("school", "club", "college")
    }
    assert met == {"school": True, "club": False, "college": True}


def provider_of(model: type[EntryFields], kind: str) -> Provider:
    provider = model.model_validate({**COLLEGE, "kind": kind})
    assert isinstance(provider, Provider)
    return provider
