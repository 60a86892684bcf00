from __future__ import annotations

from credsite.site.page_parts import paginated
from credsite.site.urls import Urls
from tests.browser.conftest import Run

POSITIONS = [
    (page, pages)
    for pages in (1, 2, 5, 7, 8, 25, 417)
    for page in sorted({1, 4, 20, 234, pages})
    if page <= pages
]
URLS = Urls("https://example.org/")


def test_scripts_and_build_number_the_pages_of_a_list_alike(module: Run) -> None:
    found = module(
        "list/page-numbers.js",
        "return argument.map(([page, pages]) => m.pageNumbers(page, pages));",
        POSITIONS,
    )
    for (page, pages), numbers in zip(POSITIONS, found, strict=True):
        if pages > 1:  # one page has no pagination
            _, pagination = paginated(tuple(range(pages)), 1, page, "courses/", URLS)
            assert numbers == [link.number for link in pagination.links], (page, pages)
