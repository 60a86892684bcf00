"""What pages that are not published say of themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from credsite.catalogue.catalogue import Catalogue
from credsite.serve.banners import preview_banners
from tests.support.catalogues import catalogue, course, page, pathway, story


def words(found: Catalogue) -> dict[str, str]:
    """The words of each banner, by the output path of its page."""
    return {path: re.sub(r"<[^>]+>", "", text) for path, text in preview_banners(found).items()}


def everything(*entries: Any, **options: Any) -> Catalogue:
    return catalogue(*entries, include_unpublished=True, **options)


A, S = "content/pages/a.md", "content/stories/s.md"


@pytest.mark.parametrize(
    ("fields", "label", "said"),
    [
        ({"draft": True}, "Draft", f"until draft: true is removed from {A}."),
        ({"publish_at": "2027-03-01"}, "Not published yet", f"until 1 March 2027, as {A} says."),
        ({"publish_at": "2027-03-01 09:30"}, "Not published yet", f"until 1 March 2027, 09:30, as {A} says."),
        (
            {"expires_at": "2026-12-01"},
            "Not published any more",
            f": it expired on 1 December 2026, as {A} says.",
        ),
    ],
)
def test_why_and_until_when(fields: dict[str, Any], label: str, said: str) -> None:
    found = words(everything(page("a", **fields)))["a/index.html"]
    assert found.startswith(f"{label}. Only this preview shows the page")
    assert found.endswith(said)


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        (
            {"given": "2026-01-01", "withdrawn": "2026-06-01"},
            f"Will not be published. The learner withdrew consent on 1 June 2026. Delete {S} when you can.",
        ),
        (
            {"given": "2026-01-01", "expires": "2026-12-31"},
            f"Not published any more. The consent of the learner ended on 31 December 2026. Ask again, or delete {S}.",
        ),
        (
            {"given": "2027-02-01"},
            "Not published. Only this preview shows the story until 1 February 2027, when the learner's consent begins.",
        ),
        (
            None,
            f"Not published. Ask the learner, and write the date of the consent into {S} as consent: given.",
        ),
    ],
)
def test_consent(consent: dict[str, str] | None, said: str) -> None:
    found = everything(course("a"), story("s", "a", consent=consent))
    assert words(found) == {"stories/s/index.html": said}


def test_an_entry_that_needs_an_unpublished_one() -> None:
    found = words(everything(course("a", draft=True), pathway("p", ["a"])))
    assert found["courses/a/index.html"].startswith("Draft.")
    assert found["pathways/p/index.html"] == (
        "Not published. Only this preview shows the page, until content/courses/a.md is published, which it needs."
    )


def test_a_published_page_has_no_banner() -> None:
    assert words(everything(course("a"), story("s", "a"))) == {}
    assert preview_banners(None) == {}


def test_drafts_have_a_banner_if_only_drafts_are_shown() -> None:
    assert words(catalogue(page("a", draft=True), drafts=True))["a/index.html"].startswith("Draft.")


def test_an_entry_without_a_page_has_no_banner() -> None:
    assert words(catalogue(course("a", draft=True))) == {}
