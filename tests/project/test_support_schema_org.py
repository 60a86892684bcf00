"""The comparison of structured data with schema.org finds what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.schema_org import faults

COURSE = {"@type": "Course", "@id": "https://a.test/", "name": "A"}


def faults_of(**properties: Any) -> list[str]:
    return faults({"@context": "https://schema.org", "@graph": [COURSE | properties]})


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ({"colour": "red"}, "there is no property colour"),
        ({"offers": {"@type": "Bargain"}}, "there is no type 'Bargain'"),
        ({"additionalProperty": "x"}, "Course has no additionalProperty, but"),
        ({"offers": {"@type": "Offer", "courseMode": "Online"}}, "Offer has no courseMode, but CourseInstance have"),
        ({"provider": {"@type": "Place"}}, "Course.provider is a Place"),
        ({"provider": {"@id": "https://b.test/"}}, "Course.provider refers to https://b.test/"),
        ({"dateModified": "last week"}, "Course.dateModified is 'last week'"),
        ({"timeRequired": "6 weeks"}, "Course.timeRequired is '6 weeks'"),
        ({"name": 4}, "Course.name is a number"),
        ({"name": True}, "Course.name is True"),
        ({"thumbnailUrl": "/a.png"}, "Course.thumbnailUrl is '/a.png'"),
        ({"offers": {"@type": "Offer", "availability": "https://schema.org/Full"}}, "Offer.availability is"),
    ],
)  # fmt: skip
def test_planted_faults(properties: dict[str, Any], fault: str) -> None:
    (found,) = faults_of(**properties)
    assert found.startswith(fault) or fault in found


def test_what_is_right_is_not_blamed() -> None:
    assert not faults_of(
        provider={"@type": "CollegeOrUniversity", "@id": "https://b.test/"},
        creator=[{"@id": "https://b.test/"}, "Ann"],
        dateModified="2027-02-01T09:00:00-04:00",
        timeRequired="P6W",
        isAccessibleForFree=False,
        offers={"@type": "Offer", "price": "4", "availability": "https://schema.org/SoldOut"},
    )
