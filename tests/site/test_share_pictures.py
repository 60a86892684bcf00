"""What share pictures show, which pages have one, and that their names say what they show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from credsite.site.planner import Plan
from credsite.site.views import BasePage, Picture, SharePicture
from tests.support.catalogues import course, industry, pages_of, pathway, plan, provider, settings, story

ENTRIES = (
    industry("care", title="Care", summary="Work with people."),
    provider("tern", title="Tern Institute"),
    course("first-aid", title="First Aid", provider="tern", industries=["care"], delivery_modes=["online", "hybrid", "blended"]),
    course("sql", title="SQL", provider="tern", industries=["care"]),
    story("maria", "first-aid", title="New work", learner={"name": "Maria", "location": "Cove"}),
    pathway("carer", ["first-aid", "sql"], title="Carer"),
)  # fmt: skip


def planned(design: str = "drawn so", entries: Any = ENTRIES, **values: Any) -> Plan:
    return plan(*entries, config=settings(tagline="Learn by the sea", **values), design=design)


def shown(one: Plan) -> dict[str, SharePicture]:
    """What the pictures of a plan show, by their paths without the digest."""
    return {file.output.split(".")[0]: file.drawn for file in one.files if file.drawn is not None}


def picture(one: Plan, path: str) -> Picture | None:
    page = pages_of(one)[path].view(one.view_builder)
    assert isinstance(page, BasePage)
    return page.head.image or one.layout.share_picture


def test_each_kind_says_what_matters_of_it() -> None:
    found = shown(planned())
    assert {path: (one.title, one.line, one.labels) for path, one in found.items()} == {
        "images/share/site": ("Short courses", "Learn by the sea", ()),
        "images/share/industries/care": ("Care", "Work with people.", ()),
        "images/share/courses/first-aid": ("First Aid", "Tern Institute", ("Care", "Online", "Hybrid")),
        "images/share/courses/sql": ("SQL", "Tern Institute", ("Care", "Online")),
        "images/share/stories/maria": ("New work", "Maria, Cove", ("Care", "Online", "Hybrid")),
        "images/share/pathways/carer": ("Carer", "", ("2 courses", "Care")),
    }
    assert {one.site for one in found.values()} == {"Short courses"}


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("courses/first-aid/", "courses/first-aid"),
        ("stories/maria/", "stories/maria"),
        ("pathways/carer/", "pathways/carer"),
        ("industries/care/", "industries/care"),
        ("industries/care/online/", "industries/care"),
        ("providers/tern/", "site"),
        ("courses/", "site"),
        ("", "site"),
    ],
)
def test_each_page_names_a_picture_that_is_planned(path: str, drawn: str) -> None:
    one = planned()
    found = picture(one, path)
    assert found is not None
    output = found.url.removeprefix("https://courses.test/")
    assert output.startswith(f"images/share/{drawn}.")
    assert output in one.outputs
    assert (found.width, found.height, found.media_type) == (1200, 630, "image/png")
    assert found.alt == shown(one)[output.split(".")[0]].description


def test_the_description_has_each_text_once() -> None:
    one = SharePicture("site", "Care", "", ("Care", "Online"), "Courses", "a", "en", "ltr")
    assert one.description == "Care, Online"


@pytest.mark.parametrize(("limit", "kinds"), [(2, 4), (1, 0), (0, 0)])
def test_a_catalogue_with_more_courses_has_only_pictures_of_the_site_and_its_industries(
    limit: int, kinds: int
) -> None:
    one = planned(share_pictures={"limit": limit})
    assert len(shown(one)) == 2 + kinds
    found = picture(one, "courses/sql/")
    assert found is not None
    assert ("images/share/site." in found.url) == (not kinds)


@pytest.mark.parametrize("values", [{"share_pictures": "false"}, {"design": ""}])
def test_a_site_may_have_none(values: dict[str, str]) -> None:
    one = planned(**values)
    assert shown(one) == {}
    assert picture(one, "courses/sql/") is None


def test_the_name_of_a_picture_changes_with_what_it_shows() -> None:
    def names(one: Plan) -> set[str]:
        return {file.output for file in one.files if file.drawn is not None}

    before = names(planned())
    assert names(planned()) == before
    assert not names(planned("drawn otherwise")) & before
    changed = [
        *ENTRIES[:-3],
        course("sql", title="SQL", provider="tern", industries=["care"], summary="New"),
        *ENTRIES[-2:],
    ]
    assert names(planned(entries=changed)) == before
    changed = [
        *ENTRIES[:-3],
        course("sql", title="SQL again", provider="tern", industries=["care"]),
        *ENTRIES[-2:],
    ]
    assert {path.split(".")[0] for path in names(planned(entries=changed)) - before} == {
        "images/share/courses/sql"
    }


def test_the_words_are_written_as_the_site_is() -> None:
    found = shown(planned(languages=["ar"]))["images/share/courses/sql"]
    assert (found.language, found.direction) == ("ar", "rtl")
    assert replace(found, language="en", direction="ltr").title == "SQL"
