"""Splits lists into pages."""

from __future__ import annotations

from typing import Final, TypeVar

from credsite.site.urls import Urls, numbered_path
from credsite.site.views import PageLink, Pagination

_Item = TypeVar("_Item")
_NEIGHBOURS: Final = 1
"""Page numbers on each side of the current one, in addition to the first and the last."""


def page_count(items: int, size: int) -> int:
    """How many pages a list has. An empty list has one empty page."""
    return max(1, -(-items // size))


def paginated(
    items: tuple[_Item, ...], size: int, page: int, path: str, urls: Urls
) -> tuple[tuple[_Item, ...], Pagination]:
    """The items on page ``page`` of the list at site path ``path``, and the pagination of that page."""
    pages = page_count(len(items), size)
    start = (page - 1) * size
    on_page = items[start : start + size]
    return on_page, Pagination(
        page=page,
        pages=pages,
        first=start + 1 if on_page else 0,
        last=start + len(on_page),
        total=len(items),
        size=size,
        previous=urls.to(numbered_path(path, page - 1)) if page > 1 else "",
        next=urls.to(numbered_path(path, page + 1)) if page < pages else "",
        links=tuple(
            PageLink(number, urls.to(numbered_path(path, number)) if number else "", number == page)
            for number in _numbers(page, pages)
        ),
    )


def _numbers(page: int, pages: int) -> list[int]:
    """The page numbers to show. 0 stands for a gap of two or more numbers."""
    if pages == 1:
        return []
    numbers_shown = sorted({1, pages, *range(max(1, page - _NEIGHBOURS), min(pages, page + _NEIGHBOURS) + 1)})
    numbers: list[int] = []
    for number in numbers_shown:
        if numbers and number - numbers[-1] == 2:
            numbers.append(number - 1)
        elif numbers and number - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(number)
    return numbers
