"""The schema of a site: the built-in one, and what it says of the fields of courses."""

from __future__ import annotations

from credsite.schema.site_schema import BUILT_IN
from credsite.schema.vocabularies import ASSESSMENT_METHODS, COURSE_FACETS


def test_the_built_in_fields_of_courses() -> None:
    assert BUILT_IN.course_fields["assessment"].key == "assessment_methods"
    assert BUILT_IN.course_fields["assessment"].display.vocabulary is ASSESSMENT_METHODS
    assert {*BUILT_IN.filter_fields, *BUILT_IN.card_fields} <= BUILT_IN.course_fields.keys()
    assert BUILT_IN.facets == (*COURSE_FACETS, *BUILT_IN.filter_fields)
