from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.site.page_parts import paginated
from credsite.site.planned import page_count
from credsite.site.urls import Urls
from credsite.site.views import Pagination
from tests.support.catalogues import planned, provider, settings, view_of

URLS = Urls("https://example.org/a/")


def pages_of(items: int, size: int) -> list[tuple[tuple[int, ...], Pagination]]:
    """Every page of a list of ``items`` numbers: what it shows, and its pagination."""
    listed = tuple(range(items))
    pages = range(1, page_count(items, size) + 1)
    return [paginated(listed, size, page, "courses/", URLS) for page in pages]


def numbers(page: int, pages: int) -> list[int]:
    """The numbers that page ``page`` of a list of ``pages`` shows."""
    return [link.number for link in paginated(tuple(range(pages)), 1, page, "courses/", URLS)[1].links]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, []),
        (1, 2, [1, 2]),
        (1, 3, [1, 2, 3]),
        (1, 4, [1, 2, 3, 4]),
        (1, 5, [1, 2, 3, 4, 5]),
        (4, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (1, 25, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 25]),
        (19, 25, [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25]),
        (20, 25, [1, 10, 19, 20, 21, 22, 23, 24, 25]),
        (100, 100, [1, 99, 100]),
        (234, 417, [1, 100, 200, 210, 220, *range(230, 241), 250, 260, 270, 280, 290, 300, 400, 417]),
    ],
)
def test_numbers(page: int, pages: int, shown: list[int]) -> None:
    assert numbers(page, pages) == shown


@pytest.mark.parametrize(
    ("pages", "steps"), [(2, 1), (10, 1), (99, 2), (100, 2), (417, 3), (999, 3), (2084, 4)]
)
def test_no_page_is_far_from_the_first(pages: int, steps: int) -> None:
    reached = there = {1}
    for _ in range(steps):
        there = {other for page in there for other in numbers(page, pages)} - reached
        reached = reached | there
    assert reached >= set(range(1, pages + 1))


def test_an_empty_list_has_one_empty_page() -> None:
    ((items, pagination),) = pages_of(0, 24)
    assert items == ()
    assert (pagination.page, pagination.pages) == (1, 1)
    assert (pagination.first, pagination.last, pagination.total) == (0, 0, 0)
    assert (pagination.previous, pagination.next, pagination.links) == ("", "", ())


def test_pages_lead_to_each_other() -> None:
    pages = [pagination for _, pagination in pages_of(5, 2)]
    assert [(page.previous, page.next) for page in pages] == [
        ("", "/a/courses/page/2/"),
        ("/a/courses/", "/a/courses/page/3/"),
        ("/a/courses/page/2/", ""),
    ]
    assert [(page.first, page.last, page.total) for page in pages] == [(1, 2, 5), (3, 4, 5), (5, 5, 5)]


@given(st.integers(0, 400), st.integers(1, 40))
def test_every_page_of_every_list(total: int, size: int) -> None:
    pages = pages_of(total, size)
    assert [item for items, _ in pages for item in items] == list(range(total))
    for number, (items, pagination) in enumerate(pages, start=1):
        assert pagination.page == number
        assert len(items) <= size
        assert pagination.total == total
        assert pagination.pages == len(pages)
        links = pagination.links
        if len(pages) == 1:
            assert links == ()
            continue
        shown = [link.number for link in links]
        assert (shown[0], shown[-1]) == (1, len(pages))
        assert [link.number for link in links if link.current] == [number]
        assert all(link.url for link in links)
        assert shown == sorted(set(shown))
        assert {number - 1, number, number + 1} & set(range(1, len(pages) + 1)) <= set(shown)


@pytest.mark.parametrize(("count", "named"), [(3, False), (4, True), (500, True), (501, False)])
def test_the_first_page_of_a_long_index_names_all(count: int, named: bool) -> None:
    entries = [provider(f"p-{number:03}") for number in range(count)]
    site_plan, _ = planned(*entries, config=settings(page_size=3))
    first = view_of(site_plan, "providers/")
    assert [link.url for link in first.names] == [
        f"/providers/p-{number:03}/" for number in range(count) if named
    ]
    if count > 3:
        assert view_of(site_plan, "providers/page/2/").names == ()
