from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import ALL_COURSES, ListFacets, cost_band_ids
from credsite.schema.site_schema import BUILT_IN
from tests.support.catalogues import AnyEntry, catalogue, course
from tests.support.paths import REPOSITORY

BANDS = (100, 250)


def values(facet: str, /, currency: str = "CAD", **fields: Any) -> tuple[str, ...]:
    """The values that a course has of a facet, on 2027-01-15."""
    found = catalogue(course("a", **fields), currency=currency, cost_bands=BANDS)
    return found.facet_values["a"][BUILT_IN.facets.index(facet)]


def session(starts: str, **more: Any) -> dict[str, Any]:
    return {"starts": starts, **more}


@pytest.mark.parametrize(
    ("facet", "fields", "expected"),
    [
        ("industry", {"industries": ["b", "a", "b"]}, ("b", "a")),
        ("mode", {"delivery_modes": ["hybrid", "online", "hybrid"]}, ("hybrid", "online")),
        ("level", {"level": "advanced"}, ("advanced",)),
        ("level", {}, ()),
        ("pace", {"pace": "scheduled"}, ("scheduled",)),
        ("pace", {}, ()),
        ("pace", {"sessions": [{"starts": "2027-02-01"}]}, ("scheduled",)),
        ("pace", {"pace": "self-paced", "sessions": [{"starts": "2027-02-01"}]}, ("self-paced",)),
        ("provider", {"provider": "uni"}, ("uni",)),
        ("credential", {"credential": {"type": "licence"}}, ("licence",)),
        ("credential", {}, ()),
        ("language", {"languages": ["fr", "uk"]}, ("fr", "uk")),
        ("language", {}, ("en",)),
    ],
)
def test_what_a_course_says(facet: str, fields: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert values(facet, **fields) == expected


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (None, ()),
        ("free", ("free",)),
        ("0 EUR", ("free",)),
        ("1", ("under-100",)),
        ("99.99 CAD", ("under-100",)),
        ("100", ("100-250",)),
        ("249.99", ("100-250",)),
        ("250", ("from-250",)),
        ("9000 CAD", ("from-250",)),
        ("99 EUR", ()),
    ],
)
def test_cost_bands_are_in_the_currency_of_the_site(price: str | None, expected: tuple[str, ...]) -> None:
    assert values("cost", price=price) == expected
    assert values("cost", price=price, funding=["grant"]) == (*expected, "funded")


def test_without_a_currency_of_the_site_there_are_no_cost_bands() -> None:
    assert values("cost", currency="", price="99 CAD") == ()
    assert values("cost", currency="", price="free") == ("free",)


def test_cost_bands_have_their_bounds_for_names() -> None:
    assert cost_band_ids((100, 250, 500)) == ("under-100", "100-250", "250-500", "from-500")
    assert cost_band_ids((100,)) == ("under-100", "from-100")
    assert cost_band_ids(()) == ()


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (None, ()),
        ("3 hours", ("1-week", "1-month", "3-months")),
        ("1 week", ("1-week", "1-month", "3-months")),
        ("7 days", ("1-week", "1-month", "3-months")),
        ("5-8 days", ("1-month", "3-months")),
        ("1 month", ("1-month", "3-months")),
        ("4 weeks", ("1-month", "3-months")),
        ("5 weeks", ("3-months",)),
        ("3 months", ("3-months",)),
        ("12 weeks", ("3-months",)),
        ("14 weeks", ("longer",)),
        ("1-2 years", ("longer",)),
    ],
)
def test_a_short_course_is_also_one_of_up_to_longer(duration: str | None, expected: tuple[str, ...]) -> None:
    assert values("duration", duration=duration) == expected


def test_timing_is_that_of_the_course_and_of_the_sessions_that_are_not_over() -> None:
    sessions = [
        session("2026-01-01", timing=["daytime"]),
        session("2027-02-01", timing=["weekend", "evening"]),
        session("2027-01-10", ends="2027-01-20", timing=["weekend"]),
    ]
    assert set(values("timing", timing=["evening"], sessions=sessions)) == {"evening", "weekend"}
    assert values("timing", sessions=sessions[:1]) == ()
    assert values("timing", timing=["daytime"], sessions=[session("2027-02-01")]) == ("daytime",)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"pace": "self-paced"}, ("any-time",)),
        ({"pace": "self-paced", "sessions": [session("2027-01-20")]}, ("any-time",)),
        ({}, ()),
        ({"sessions": [session("2027-01-14")]}, ()),
        ({"sessions": [session("2027-01-15")]}, ("30-days", "3-months")),
        ({"sessions": [session("2027-02-14")]}, ("30-days", "3-months")),
        ({"sessions": [session("2027-02-15")]}, ("3-months",)),
        ({"sessions": [session("2027-04-17")]}, ("3-months",)),
        ({"sessions": [session("2027-04-18")]}, ()),
        ({"sessions": [session("2027-06-01"), session("2027-02-01")]}, ("30-days", "3-months")),
        ({"sessions": [session("2027-02-01", apply_by="2027-01-14"), session("2027-03-01")]}, ("3-months",)),
        ({"sessions": [session("2027-02-01", seats=0), session("2027-03-01")]}, ("3-months",)),
        ({"sessions": [session("2027-01-10", apply_by="2027-01-15")]}, ("30-days", "3-months")),
        (
            {"sessions": [session("2026-09-01", ends="2027-06-01", apply_by="2027-02-01")]},
            ("30-days", "3-months"),
        ),
        ({"sessions": [session("2026-09-01", ends="2027-06-01", apply_by="2027-01-14")]}, ()),
    ],
)
def test_start_is_the_first_session_that_takes_applications(
    fields: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert values("start", **fields) == expected


# --- counts ------------------------------------------------------------------------------------------------

A_COURSE = st.fixed_dictionaries(
    {
        "industries": st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=3),
        "delivery_modes": st.lists(st.sampled_from(["online", "hybrid"]), min_size=1, max_size=2),
        "provider": st.sampled_from(["college", "uni"]),
        "level": st.sampled_from([None, "advanced", "introductory"]),
        "price": st.sampled_from([None, "free", "50", "120", "300", "9 EUR"]),
        "funding": st.sampled_from([[], ["grant"]]),
        "duration": st.sampled_from([None, "2 days", "3 weeks", "10 weeks", "1 year"]),
        "pace": st.sampled_from([None, "scheduled", "self-paced"]),
        "timing": st.lists(st.sampled_from(["daytime", "evening"]), max_size=2),
        "languages": st.lists(st.sampled_from(["en", "fr"]), max_size=2),
        "skills": st.lists(st.sampled_from(["C", "c", "Care"]), max_size=3),
        "sessions": st.lists(
            st.sampled_from(["2027-01-20", "2027-03-01", "2028-01-01"]).map(session), max_size=2
        ),
        "draft": st.booleans(),
    }
)


@st.composite
def many(draw: st.DrawFn) -> list[AnyEntry]:
    found = draw(st.lists(A_COURSE, max_size=6))
    return [course(f"c-{number}", **fields) for number, fields in enumerate(found)]


def listed(found: Catalogue) -> dict[tuple[str, ...], tuple[str, ...]]:
    """All lists of courses by the keys of their facets."""
    return {
        ALL_COURSES: tuple(found.courses),
        **{("industry", slug): slugs for slug, slugs in found.by_industry.items()},
        **{("mode", mode): slugs for mode, slugs in found.by_mode.items()},
        **{("pair", *pair): slugs for pair, slugs in found.by_pair.items()},
        **{("provider", slug): slugs for slug, slugs in found.by_provider.items()},
        **{("skill", key): skill.courses for key, skill in found.skills.items() if len(skill.courses) > 1},
    }


def counted(found: Catalogue, slugs: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Counted one by one."""
    if not slugs:
        return {}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in BUILT_IN.facets}
    for slug in slugs:
        for facet, of_course in zip(BUILT_IN.facets, found.facet_values[slug], strict=True):
            for value in of_course:
                counts[facet][value] += 1
    return {facet: dict(count) for facet, count in counts.items()}


@given(many())
@settings(deadline=None)
def test_every_list_of_courses_has_its_counts(entries: list[AnyEntry]) -> None:
    found = catalogue(*entries, cost_bands=BANDS)
    lists = listed(found)
    assert found.facets.keys() == lists.keys()
    for key, slugs in lists.items():
        assert found.facets[key].counts() == counted(found, slugs), key
    assert found.sizes["", ""] == len(found.courses)
    for (industry, mode), size in found.sizes.items():
        assert size == sum(
            industry in ("", *one.industries) and mode in ("", *one.delivery_modes)
            for one in found.courses.values()
        )


@given(many(), many())
@settings(deadline=None)
def test_marks_are_equal_exactly_where_counts_are(one: list[AnyEntry], other: list[AnyEntry]) -> None:
    found = [catalogue(*entries, cost_bands=BANDS).facets for entries in (one, other)]
    lists: list[ListFacets] = [facets for every in found for facets in every.values()]
    for left in lists:
        for right in lists:
            assert (left == right) == (left.counts() == right.counts())
            assert (repr(left) == repr(right)) == (left == right)


def test_the_order_of_courses_does_not_change_a_mark() -> None:
    fields = [{"level": "advanced", "title": "A"}, {"price": "free", "title": "Z"}]
    one = catalogue(*(course(f"c-{at}", **of) for at, of in enumerate(fields)))
    other = catalogue(*(course(f"c-{at}", **of) for at, of in enumerate(reversed(fields))))
    assert one.facets == other.facets
    assert list(one.courses) != list(other.courses)


def test_what_says_nothing_of_the_facets_does_not_change_a_mark() -> None:
    before, after = (
        catalogue(course("a", title=title, summary=title, workload=workload, skills=[title]))
        for title, workload in (("One", "3 hours"), ("Two", None))
    )
    assert before.facets == after.facets


def test_marks_do_not_depend_on_the_process() -> None:
    program = (
        "from tests.support.catalogues import catalogue, course;"
        "found = catalogue(course('a', level='advanced', price='5'), course('b'), cost_bands=(9,));"
        "print([repr(one) for one in found.facets.values()])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            cwd=REPOSITORY,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{REPOSITORY / 'src'}"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
