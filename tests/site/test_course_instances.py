from __future__ import annotations

from typing import Any

import pytest

from tests.support.catalogues import course, place, plan
from tests.support.schema_org import structured_data

PAGE = "https://courses.test/courses/a/"
QUAY = place("quay", title="Quay", street="1 Quay Road", locality="Quillbay", country="CA")


def instances(**fields: Any) -> list[dict[str, Any]]:
    data = structured_data(plan(course("a", **fields), QUAY), "courses/a/")["Course"]
    return data["hasCourseInstance"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("modes", "session", "expected"),
    [
        (["in-person"], {"location": "Quillbay"}, ("Onsite", "Quillbay")),
        (["blended"], {"location": "Quillbay"}, ("Blended", "Quillbay")),
        (["online", "in-person"], {"delivery_mode": "online"}, ("Online", None)),
        (
            ["online", "in-person"],
            {"delivery_mode": "in-person", "location": "Quillbay"},
            ("Onsite", "Quillbay"),
        ),
        (["online", "in-person"], {"location": "Quillbay"}, (None, "Quillbay")),
        (["online", "hybrid"], {}, (None, None)),
        (["online"], {}, ("Online", None)),
    ],
)
def test_a_session_has_only_the_mode_and_the_place_that_it_names(
    modes: list[str], session: dict[str, Any], expected: tuple[str | None, str | None]
) -> None:
    (result,) = instances(delivery_modes=modes, sessions=[{"starts": "2027-02-01", **session}])
    assert (result.get("courseMode"), result.get("location", {}).get("name")) == expected


def test_a_session_has_an_address_and_an_offer_of_its_own() -> None:
    result = instances(
        workload="30-40 hours",
        price="495 CAD",
        sessions=[
            {
                "starts": "2027-02-01",
                "ends": "2027-02-03",
                "apply_from": "2026-11-01",
                "apply_by": "2027-01-20",
                "seats": 7,
                "enrol_url": "https://college.example/enrol",
            },
            {"starts": "2027-02-01"},
        ],
    )
    assert result[0] == {
        "@type": "CourseInstance",
        "@id": f"{PAGE}#session-2027-02-01",
        "url": f"{PAGE}#session-2027-02-01",
        "courseMode": "Online",
        "courseWorkload": "PT40H",
        "startDate": "2027-02-01",
        "endDate": "2027-02-03",
        "offers": {
            "@type": "Offer",
            "price": "495",
            "priceCurrency": "CAD",
            "availability": "https://schema.org/InStock",
            "validFrom": "2026-11-01",
            "validThrough": "2027-01-20",
            "url": "https://college.example/enrol",
        },
    }
    assert result[1]["@id"] == result[1]["url"] == f"{PAGE}#session-2027-02-01-2"


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ({"starts": "2027-02-01", "seats": 0}, "SoldOut"),
        ({"starts": "2027-02-01", "apply_by": "2026-11-01"}, "OutOfStock"),
        ({"starts": "2026-11-01", "ends": "2027-02-01"}, "OutOfStock"),
        ({"starts": "2026-11-01", "ends": "2027-02-01", "apply_by": "2027-01-15"}, "InStock"),
        ({"starts": "2026-01-01", "ends": "2026-02-01"}, "OutOfStock"),
        ({"starts": "2027-02-01", "apply_from": "2027-01-25"}, None),
    ],
)
def test_whether_people_can_enrol_in_a_session(session: dict[str, Any], said: str | None) -> None:
    (result,) = instances(sessions=[session])
    assert result["offers"].get("availability") == (f"https://schema.org/{said}" if said else None)


def test_sessions_that_are_over_are_instances_only_where_there_is_no_other() -> None:
    past, running = {"starts": "2026-01-01"}, {"starts": "2026-11-01", "ends": "2027-06-01"}
    full, for_ever = {"starts": "2027-03-01", "seats": 0}, {"starts": "2027-05-01", "ends": "9999-12-31"}
    result = instances(sessions=[past, for_ever, running, full])
    assert [one["startDate"] for one in result] == ["2026-11-01", "2027-03-01", "2027-05-01"]
    assert "endDate" not in result[2]
    assert [one["startDate"] for one in instances(sessions=[past])] == ["2026-01-01"]
    (any_time,) = instances(sessions=[past], pace="self-paced")
    assert "startDate" not in any_time


def test_without_sessions_each_mode_is_an_instance() -> None:
    assert instances(delivery_modes=["online", "in-person"], workload="10 hours", places=["quay"]) == [
        {
            "@type": "CourseInstance",
            "@id": f"{PAGE}#online",
            "courseMode": "Online",
            "courseWorkload": "PT10H",
        },
        {
            "@type": "CourseInstance",
            "@id": f"{PAGE}#onsite",
            "courseMode": "Onsite",
            "courseWorkload": "PT10H",
            "location": QUAY_DATA,
        },
    ]


QUAY_DATA = {
    "@type": "Place",
    "@id": "https://courses.test/places/quay/",
    "name": "Quay",
    "url": "https://courses.test/places/quay/",
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "1 Quay Road",
        "addressLocality": "Quillbay",
        "addressCountry": "CA",
    },
}


def test_a_place_is_described_once() -> None:
    days = ["2027-02-01", "2027-03-01", "2027-04-01"]
    first, second, third = instances(
        delivery_modes=["in-person"],
        places=["quay"],
        sessions=[
            {"starts": days[0], "location": "quay"},
            {"starts": days[1]},
            {"starts": days[2], "location": "Hall"},
        ],
    )
    assert first["location"] == QUAY_DATA
    assert second["location"] == {"@id": QUAY_DATA["@id"]}
    assert third["location"] == {"@type": "Place", "name": "Hall"}
