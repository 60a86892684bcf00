from __future__ import annotations

from typing import Any

import pytest

from credsite.site.course_titles import title_parts
from credsite.site.planner import Plan
from tests.support.catalogues import course, industry, pages_of, plan, provider, view_of

OTHERS = (provider("academy", title="Academy"), industry("trade", title="Trade"))


def planned(*fields: dict[str, Any]) -> Plan:
    return plan(*(course(f"c-{n}", **({"title": "Bread"} | one)) for n, one in enumerate(fields)), *OTHERS)


def titles(*fields: dict[str, Any]) -> list[str]:
    site_plan = planned(*fields)
    return [view_of(site_plan, f"courses/c-{number}/").head.title for number in range(len(fields))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([{}], ["Bread"]),
        ([{}, {"title": "Cheese"}], ["Bread", "Cheese"]),
        ([{}, {"provider": "academy"}], ["Bread · College", "Bread · Academy"]),
        ([{}, {"delivery_modes": ["in-person", "online"]}], ["Bread · Online", "Bread · In-person, Online"]),
        ([{}, {"industries": ["trade"]}], ["Bread · Health", "Bread · Trade"]),
        ([{}, {}, {}], ["Bread", "Bread (2)", "Bread (3)"]),
        (
            [{}, {"provider": "academy"}, {"provider": "academy", "industries": ["trade"]}, {}],
            ["Bread · College", "Bread · Academy · Health", "Bread · Academy · Trade", "Bread · College (2)"],
        ),
    ],
)
def test_courses_with_one_title_are_told_apart(fields: list[dict[str, Any]], expected: list[str]) -> None:
    assert titles(*fields) == expected


def test_the_heading_and_the_data_keep_the_title_alone() -> None:
    view = view_of(planned({}, {"provider": "academy"}), "courses/c-1/")
    assert view.heading == "Bread"
    assert [crumb.title for crumb in view.crumbs][-1] == "Bread"
    assert '"name":"Bread"' in view.head.data


def test_a_page_is_made_again_when_another_course_gets_its_title() -> None:
    alone, shared = planned({}, {"title": "Cheese"}), planned({}, {"provider": "academy"})
    assert pages_of(alone)["courses/c-0/"].identity != pages_of(shared)["courses/c-0/"].identity
    assert title_parts(alone.catalogue.courses.values()) == {}
