from __future__ import annotations

from tests.support.catalogues import course, place, plan, provider
from tests.support.schema_org import structured_data

URL = "https://courses.test/providers/college/"


def test_the_page_of_a_provider_says_what_is_known_of_it() -> None:
    entries = [
        course("a"),
        place("quay", title="Quay", locality="Quillbay", country="CA"),
        provider(
            "college",
            summary="On the quay.",
            kind="college",
            country="CA",
            region="Nova Scotia",
            url="https://college.example/",
            email="ask@college.example",
            place="quay",
        ),
    ]
    found = structured_data(plan(*entries), "providers/college/")["CollegeOrUniversity"]
    assert found == {
        "@type": "CollegeOrUniversity",
        "@id": URL,
        "name": "College",
        "sameAs": "https://college.example/",
        "url": URL,
        "description": "On the quay.",
        "email": "ask@college.example",
        "address": {"@type": "PostalAddress", "addressRegion": "Nova Scotia", "addressCountry": "CA"},
        "location": {
            "@type": "Place",
            "@id": "https://courses.test/places/quay/",
            "name": "Quay",
            "url": "https://courses.test/places/quay/",
            "address": {"@type": "PostalAddress", "addressLocality": "Quillbay", "addressCountry": "CA"},
        },
    }


def test_only_the_first_page_of_a_provider_describes_it() -> None:
    site_plan = plan(*(course(f"c-{number}") for number in range(25)), provider("college", kind="company"))
    first = structured_data(site_plan, "providers/college/")["Organization"]
    assert first == {"@type": "Organization", "@id": URL, "name": "College", "url": URL}
    assert "Organization" not in structured_data(site_plan, "providers/college/page/2/")
