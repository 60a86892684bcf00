"""What pages weigh. Whatever stands on each page, or on each card, is downloaded and stored thousands of times."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest

_INVISIBLE = re.compile(r"<script\b.*?</script>|<template\b.*?</template>|<[^>]*>", re.DOTALL)
_CARD = re.compile(r'<article class="card course-card">.*?</article>', re.DOTALL)

BUDGETS = {
    "index.html": 18_500,
    "courses/index.html": 29_500,
    "courses/*/index.html": 13_100,
    "industries/*/index.html": 23_700,
    "industries/*/*/index.html": 16_400,
    "delivery/*/index.html": 25_500,
    "skills/*/index.html": 13_600,
    "providers/*/index.html": 17_600,
    "pathways/*/index.html": 10_000,
    "stories/*/index.html": 7_300,
}
"""By kind of page: how many bytes of the body are markup, on average. Where a page shall show more, the budget may grow with it."""


CARD_BUDGET = 500
"""The same for one card of a course."""


def markup(html: str) -> int:
    """The bytes of some HTML besides its words."""
    words = re.sub(r"\s+", " ", _INVISIBLE.sub(" ", html))
    return len(html.encode()) - len(words.encode())


def body(path: Path) -> str:
    page = path.read_text("utf-8")
    return page[page.index("<body") :]


@pytest.mark.parametrize("pages", BUDGETS)
def test_pages_have_no_more_markup_than_their_budget(sample_site: Path, pages: str) -> None:
    found = mean(markup(body(path)) for path in sample_site.glob(pages))
    assert 0.85 * BUDGETS[pages] < found <= BUDGETS[pages]  # a budget with much room would allow anything


def test_cards_have_no_more_markup_than_their_budget(sample_site: Path) -> None:
    cards = [card for path in sample_site.glob("courses/*/index.html") for card in _CARD.findall(body(path))]
    assert 0.85 * CARD_BUDGET < mean(map(markup, cards)) <= CARD_BUDGET
