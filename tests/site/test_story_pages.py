"""Stories about pathways and providers, with several pictures and a table of contents."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.kinds import Kind
from credsite.site import views
from tests.support.catalogues import AnyEntry, course, parsed, pathway, planned, provider, story, view_of


def page_of(at: str, *entries: AnyEntry) -> Any:
    return view_of(planned(*entries)[0], at)


def test_a_story_can_be_about_a_pathway_or_a_provider() -> None:
    entries = (
        course("a"),
        pathway("p", ["a"]),
        provider("tern", title="Tern College"),
        story("s", pathways=["p"], provider="tern"),
    )
    page = page_of("stories/s/", *entries)
    assert isinstance(page, views.StoryPage)
    assert ([card.id for card in page.pathways], page.courses) == (["p"], ())
    assert page.provider is not None
    assert page.provider.title == "Tern College"
    assert [card.id for card in page_of("pathways/p/", *entries).stories] == ["s"]
    assert [card.id for card in page_of("providers/tern/", *entries).stories] == ["s"]
    assert page_of("courses/a/", *entries).stories == ()


def test_stories_about_a_pathway_come_before_those_of_its_courses() -> None:
    entries = (course("a"), pathway("p", ["a"]), story("a", "a"), story("z", pathways=["p"]))
    assert [card.id for card in page_of("pathways/p/", *entries).stories] == ["z", "a"]


def test_a_story_about_a_pathway_is_on_the_pages_of_its_industry_and_provider() -> None:
    entries = (
        course("a", industries=["care"], provider="tern"),
        provider("tern"),
        pathway("p", ["a"]),
        story("s", pathways=["p"]),
    )
    page = page_of("stories/s/", *entries)
    assert ([one.id for one in page.industries], [one.id for one in page.modes]) == (["care"], ["online"])
    assert [card.id for card in page_of("providers/tern/", *entries).stories] == ["s"]
    assert [card.id for card in page_of("stories/industry/care/", *entries).cards] == ["s"]


def test_a_story_is_about_something() -> None:
    problems = [
        (one.code, one.location.key)
        for one in parsed(Kind.STORY, "s", learner={"name": "Ada"}, courses=[]).problems
        if one.code == "missing-key"
    ]
    assert problems == [("missing-key", ("courses",))]
    assert not [
        one
        for one in parsed(Kind.STORY, "s", courses=[], provider="tern").problems
        if one.code == "missing-key"
    ]


@pytest.mark.parametrize("is_provider_gone", [True, False])
def test_a_story_is_held_back_with_all_that_it_is_about(is_provider_gone: bool) -> None:
    plan, _ = planned(
        course("a", draft=True),
        provider("tern", draft=is_provider_gone),
        pathway("p", ["a"]),
        story("s", "a", pathways=["p"], provider="tern"),
    )
    assert list(plan.catalogue.stories) == ([] if is_provider_gone else ["s"])
