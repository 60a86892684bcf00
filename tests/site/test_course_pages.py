"""What real catalogues say of a course beside the usual: on its page, in lists, in the search and for search engines."""

from __future__ import annotations

import json
from typing import Any

from credsite.site import views
from credsite.site.data.columns import course_columns
from credsite.site.data.search import search_texts
from tests.support.catalogues import AnyEntry, course, planned, view_of


def page_of(*entries: AnyEntry, at: str = "courses/a/") -> views.CoursePage:
    page = view_of(planned(*entries)[0], at)
    assert isinstance(page, views.CoursePage)
    return page


def data_of(**fields: Any) -> dict[str, Any]:
    """The structured data of a course."""
    graphs = json.loads(page_of(course("a", **fields)).head.data)["@graph"]
    return next(graph for graph in graphs if graph["@type"] == "Course")


def test_a_course_code_is_shown_searched_and_told_to_search_engines() -> None:
    entry = course("a", code="NURS-1204")
    details = {detail.id: detail for detail in page_of(entry).details}
    assert [term.title for term in details["code"].values] == ["NURS-1204"]
    assert data_of(code="NURS-1204")["courseCode"] == "NURS-1204"
    assert "courseCode" not in data_of()
    texts = search_texts(planned(entry)[0].data_context, 0, 1, with_others=False)
    assert any("NURS-1204" in text for text in texts["courses"][0])


def test_courses_are_filtered_by_attendance_where_a_course_says_it() -> None:
    plan, _ = planned(
        course("a", attendance=["full-time", "part-time"]), course("b", attendance=["part-time"])
    )
    facet = next(one for one in course_columns(plan.data_context)["facets"] if one["id"] == "attendance")
    assert [value["title"] for value in facet["values"]] == ["Full-time", "Part-time"]
    assert facet["codes"] == [[0, 1], 1]
    assert plan.layout.added_facets == ("attendance",)


def test_a_site_that_says_nothing_of_attendance_has_no_trace_of_the_filter() -> None:
    plan, _ = planned(course("a"), course("b"))
    assert plan.layout.added_facets == ()
    assert "attendance" not in [one["id"] for one in course_columns(plan.data_context)["facets"]]
