"""Lists over several pages."""

from __future__ import annotations

from typing import Final, TypeVar

from credsite.site.urls import Urls, numbered_path
from credsite.site.views import PageLink, Pagination

Item = TypeVar("Item")
_AROUND: Final = 1
"""Numbers shown on each side of the current one, beside the first and the last."""


def page_count(items: int, size: int) -> int:
    """How many pages a list has. An empty list has one empty page."""
    return max(1, -(-items // size))


def paginated(
    items: tuple[Item, ...], size: int, page: int, path: str, urls: Urls
) -> tuple[tuple[Item, ...], Pagination]:
    """What page ``page`` of the list at site path ``path`` shows, and its pagination."""
    pages = page_count(len(items), size)
    first = (page - 1) * size
    part = items[first : first + size]
    return part, Pagination(
        page=page,
        pages=pages,
        first=first + 1 if part else 0,
        last=first + len(part),
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
    """The numbers to show; 0 stands for a gap, which is never a single number."""
    if pages == 1:
        return []
    shown = sorted({1, pages, *range(max(1, page - _AROUND), min(pages, page + _AROUND) + 1)})
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] == 2:
            numbers.append(number - 1)
        elif numbers and number - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(number)
    return numbers
