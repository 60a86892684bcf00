from __future__ import annotations

from typing import Any

import pytest

from tests.support.catalogues import course, images_of, plan, planned, provider, settings
from tests.support.schema_org import structured_data

PAGE = "https://courses.test/courses/a/"


def of_course(**fields: Any) -> dict[str, Any]:
    return structured_data(plan(course("a", **fields)), "courses/a/")["Course"]


def test_what_every_course_says() -> None:
    assert of_course() == {
        "@type": "Course",
        "@id": PAGE,
        "name": "A",
        "description": "A course.",
        "url": PAGE,
        "provider": {
            "@type": "Organization",
            "@id": "https://courses.test/providers/college/",
            "name": "College",
        },
        "inLanguage": ["en"],
        "about": ["Health"],
        "hasCourseInstance": [{"@type": "CourseInstance", "@id": f"{PAGE}#online", "courseMode": "Online"}],
    }


def test_what_a_course_can_say() -> None:
    result = of_course(
        code="NURS-1204",
        level="advanced",
        languages=["fr-CA"],
        outcomes=["Dress a wound"],
        skills=["Wound care"],
        credential={"name": "Badge"},
        credits={"value": "1.5", "unit": "ECTS"},
        reviewed_at="2026-10-01",
    )
    assert result["courseCode"] == "NURS-1204"
    assert result["educationalLevel"] == "Advanced"
    assert result["inLanguage"] == ["fr-CA"]
    assert result["teaches"] == ["Dress a wound", "Wound care"]
    assert result["educationalCredentialAwarded"] == "Badge"
    assert result["numberOfCredits"] == {"@type": "QuantitativeValue", "value": 1.5, "unitText": "ECTS"}
    assert result["dateModified"] == "2026-10-01"


def test_a_moment_of_publication_has_its_difference_from_utc() -> None:
    assert of_course(publish_at="2026-11-02 08:00")["dateModified"] == "2026-11-02T08:00:00-04:00"


def test_occupations_are_what_a_course_is_about() -> None:
    esco = "http://data.europa.eu/esco/occupation/1"
    result = of_course(
        occupations=[
            {"scheme": "noc-2021", "code": "33102", "name": "Nurse aides"},
            {"scheme": "esco", "code": esco, "name": "Carers"},
        ]
    )
    assert result["about"] == [
        "Health",
        {
            "@type": "Occupation",
            "name": "Nurse aides",
            "occupationalCategory": {"@type": "CategoryCode", "codeValue": "33102", "inCodeSet": "NOC 2021"},
        },
        {
            "@type": "Occupation",
            "name": "Carers",
            "occupationalCategory": {"@type": "CategoryCode", "url": esco, "inCodeSet": "ESCO"},
        },
    ]


def test_prerequisites_are_courses_of_the_site_or_sentences() -> None:
    site_plan = plan(course("a", prerequisites=["b", "Good eyesight"]), course("b"))
    assert structured_data(site_plan, "courses/a/")["Course"]["coursePrerequisites"] == [
        {"@type": "Course", "@id": "https://courses.test/courses/b/", "name": "B"},
        "Good eyesight",
    ]


def test_funding_is_named() -> None:
    config = settings(funding={"bursary": {"title": "City bursary"}})
    site_plan, _ = planned(course("a", funding=["bursary"]), config=config)
    assert structured_data(site_plan, "courses/a/")["Course"]["financialAidEligible"] == "City bursary"


def test_a_provider_has_the_address_of_its_page_and_its_website() -> None:
    site_plan = plan(course("a"), provider("college", url="https://college.example/"))
    assert structured_data(site_plan, "courses/a/")["Course"]["provider"] == {
        "@type": "Organization",
        "@id": "https://courses.test/providers/college/",
        "name": "College",
        "sameAs": "https://college.example/",
    }


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ({"starts": "2027-02-01"}, None),
        ({"starts": "2027-02-01", "seats": 0}, "SoldOut"),
        ({"starts": "2027-02-01", "apply_by": "2026-11-01"}, "OutOfStock"),
        ({"starts": "2026-11-01", "ends": "2027-03-01"}, "OutOfStock"),
        ({"starts": "2026-01-01"}, "OutOfStock"),
    ],
)
def test_a_course_in_which_nobody_can_enrol_now_does_not_look_open(
    session: dict[str, Any], said: str | None
) -> None:
    offers = of_course(price="495", sessions=[session])["offers"]
    assert offers.get("availability") == (f"https://schema.org/{said}" if said else None)
    assert offers["price"] == "495"


def test_the_first_of_several_offers_has_the_own_fields() -> None:
    config = settings(fields={"course": {"group": {"type": "number"}}})
    prices = {"price": "495", "prices": [{"for": "Members", "amount": "300"}]}
    entry = course("a", schema=config.site_schema, group="12", **prices)
    site_plan, _ = planned(entry, config=config)
    first, second = structured_data(site_plan, "courses/a/")["Course"]["offers"]
    assert [one["value"] for one in first["additionalProperty"]] == [12]
    assert (second["name"], second["price"]) == ("Members", "300")
    assert "additionalProperty" not in second


def test_the_picture_is_that_which_other_websites_show() -> None:
    images = images_of(("courses", "a.jpg"), ("courses", "b.svg"))
    entries = [
        course(slug, image={"src": src, "alt": "It"}) for slug, src in (("a", "a.jpg"), ("b", "b.svg"))
    ]
    site_plan, _ = planned(*entries, images=images)
    found = [structured_data(site_plan, f"courses/{slug}/")["Course"].get("image") for slug in "ab"]
    assert found == ["https://courses.test/images/courses/a.jpg", None]
