from __future__ import annotations

import re
from typing import Any

import pytest

from credsite.schema.kinds import Kind
from tests.support.catalogues import (
    AnyEntry,
    course,
    images_of,
    industry,
    page,
    pathway,
    planned,
    provider,
    settings,
    story,
    view_of,
)

AROUND: list[AnyEntry] = [
    course("first-aid", "Intro.\n\n## What you learn\n"),
    course("draft", draft=True),
    story("ada", "first-aid"),
    pathway("care", ["first-aid"]),
    provider("college"),
    industry("health"),
    page("guide"),
]


def written(body: str, **options: Any) -> tuple[str, list[tuple[str, str, str]]]:
    """What a page's body becomes; and code, snippet and suggestion of what is wrong with it."""
    site_plan, problems = planned(*AROUND, page("here", body), **options)
    html: str = view_of(site_plan, "here/").body.html
    result = [(p.code, p.location.snippet, p.suggestion) for p in problems]
    assert all(p.location.path == "content/pages/here.md" for p in problems)
    return html, result


def link(target: str, **options: Any) -> tuple[str | None, list[str]]:
    """Where a link leads, and the codes of what is wrong with it."""
    html, problems = written(f"[text]({target})", **options)
    assert "text" in html
    href = re.search(r'href="([^"]*)"', html)
    return (href[1] if href else None), [code for code, *_ in problems]


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("course:first-aid", "/courses/first-aid/"),
        ("course:first-aid#what-you-learn", "/courses/first-aid/#what-you-learn"),
        ("story:ada", "/stories/ada/"),
        ("pathway:care", "/pathways/care/"),
        ("provider:college", "/providers/college/"),
        ("industry:health", "/industries/health/"),
        ("delivery:online", "/delivery/online/"),
        ("page:guide", "/guide/"),
        ("guide.md", "/guide/"),
        ("./guide.md", "/guide/"),
        ("../courses/first-aid.md", "/courses/first-aid/"),
        ("../courses/first-aid.md#what-you-learn", "/courses/first-aid/#what-you-learn"),
        ("/courses/", "/courses/"),
        ("/", "/"),
        ("/sitemap.xml", "/sitemap.xml"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        ("mailto:ask@college.example", "mailto:ask@college.example"),
    ],
)
def test_links_lead_where_they_say(target: str, url: str) -> None:
    assert link(target) == (url, [])
    if url.startswith("/"):
        below = settings(base_url="https://example.org/a/b/")
        assert link(target, config=below) == (f"/a/b{url}", [])


@pytest.mark.parametrize(
    ("target", "suggestion"),
    [
        ("course:frist-aid", "first-aid"),
        ("story:adda", "ada"),
        ("delivery:onlin", "online"),
        ("course:first-aid#what-you-lern", "what-you-learn"),
        ("../courses/nowhere.md", ""),
        ("../../README.md", ""),
        ("../../../etc/passwd", ""),
        ("guide", ""),
        ("/cuorses/", "/courses/"),
        ("/courses", "/courses/"),
        ("#nowhere", ""),
        ("www.college.example", "https://www.college.example"),
        ("college.example/apply", "https://college.example/apply"),
        ("help@college.example", "mailto:help@college.example"),
        ("", ""),
        ("#", ""),
        ("/courses/old/", "/courses/"),  # and not a course, only because it is in the same folder
        ("/courses/frist-aid/", "/courses/first-aid/"),
    ],
)
def test_broken_links_are_reported(target: str, suggestion: str) -> None:
    _, problems = written(f"[text]({target})")
    assert [(code, meant) for code, _, meant in problems] == [("broken-link", suggestion)]


@pytest.mark.parametrize(
    "target", ["course:frist-aid", "../courses/nowhere.md", "course:draft", "../courses/draft.md"]
)
def test_a_link_to_nothing_becomes_plain_text(target: str) -> None:
    assert link(target)[0] is None


@pytest.mark.parametrize("target", ["course:draft", "../courses/draft.md"])
def test_a_link_to_what_is_held_back(target: str) -> None:
    assert link(target) == (None, ["held-back-link"])
    assert link(target, include_unpublished=True) == (
        "/courses/draft/",
        ["held-back-link"],
    )  # it is published so
    assert link(target, drafts=True) == ("/courses/draft/", [])


def test_a_link_to_a_broken_entry_is_no_second_problem() -> None:
    assert link("course:broken", invalid=[(Kind.COURSE, "broken")]) == (None, [])
    assert link("../courses/broken.md", invalid=[(Kind.COURSE, "broken")]) == (None, [])


def test_headings_of_the_page_itself() -> None:
    html, problems = written("## First steps\n\n[up](#first-steps) [nowhere](#last-steps)\n")
    assert 'href="#first-steps"' in html
    assert [(code, meant) for code, _, meant in problems] == [("broken-link", "first-steps")]


def test_images_are_put_in_with_their_size() -> None:
    html, problems = written("![Hands](hands.jpg)", images=images_of(("pages", "hands.jpg")))
    assert problems == []
    assert 'src="/images/pages/hands.jpg"' in html
    assert 'width="640"' in html
    assert 'height="480"' in html
    assert 'alt="Hands"' in html


def test_an_image_that_is_missing_leaves_its_words() -> None:
    html, problems = written("![Two hands](hands.jpg)")
    assert "<img" not in html
    assert "Two hands" in html
    assert problems == []  # the reader of images says it


def test_a_link_to_an_image_leads_to_the_file() -> None:
    images = images_of(("pages", "plan.png"))
    assert link("plan.png", images=images) == ("/images/pages/plan.png", [])
    assert link("plan.png", images=images, config=settings(base_url="https://example.org/a/")) == (
        "/a/images/pages/plan.png",
        [],
    )


def test_every_broken_link_is_reported_with_its_snippet() -> None:
    _, problems = written("[a](course:nope-1) [b](course:nope-2)\n\n[c](../courses/nope-3.md)")
    assert [snippet for _, snippet, _ in problems] == [
        "course:nope-1",
        "course:nope-2",
        "../courses/nope-3.md",
    ]


def test_bodies_of_held_back_entries_are_checked_too() -> None:
    _, problems = planned(*AROUND, page("later", "[x](course:nope)", publish_at="2028-01-01"))
    assert [(p.code, p.location.path) for p in problems] == [("broken-link", "content/pages/later.md")]
