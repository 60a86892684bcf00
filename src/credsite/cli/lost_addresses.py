"""Says which addresses a build has taken from the website: old links, bookmarks and search results lead nowhere then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from credsite.core.text import pluralize
from credsite.site.urls import GENERATED_SECTIONS, PATH_PREFIXES

_MOST_SHOWN: Final = 5
_PAGE: Final = "/index.html"


def lost_address_lines(removed: Collection[str], unpublished: Collection[str]) -> Iterator[str]:
    """Lines about the entries whose pages are among the ``removed`` output paths.

    Nothing is said of those whose files are still there, at the paths ``unpublished``: they are only held back.
    """
    held_back = {path.rpartition("/")[2].partition(".")[0] for path in unpublished}
    lost = [address for path in sorted(removed) if (address := _entry_address(path, held_back))]
    if not lost:
        return
    yield f"{pluralize(len(lost), 'address is', 'addresses are')} no longer on the website:"
    yield from (f"  {address}" for address in lost[:_MOST_SHOWN])
    if len(lost) > _MOST_SHOWN:
        yield f"  and {len(lost) - _MOST_SHOWN:,} more"
    yield (
        f"If you have renamed a file, write its old address into it, so that old links still lead there: `aliases: [{lost[0]}]`"
    )


def _entry_address(path: str, held_back: Collection[str]) -> str:
    """The address of the entry that had its page at an output path; "" for other files, and for lists such as /stories/."""
    page = path.removesuffix(_PAGE)
    if page == path or f"{page}/" in GENERATED_SECTIONS:
        return ""
    folder, _, slug = page.rpartition("/")
    is_entry = f"{folder}/" in PATH_PREFIXES.values() or not folder
    return f"/{page}/" if is_entry and slug not in held_back else ""
