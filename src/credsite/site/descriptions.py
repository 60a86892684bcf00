"""Descriptions of pages that no text of the site describes, for search engines: what there is, how much of it, and a few names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple, Protocol

from credsite.core.locales import format_number
from credsite.site.view_builder import ViewBuilder

_MAX_LENGTH: Final = 160
"""What search engines show of a description."""
_MAX_NAMES: Final = 5


class _Titled(Protocol):
    @property
    def title(self) -> str: ...


class ListSummary(NamedTuple):
    """What a page of a list shows: how many entries the list has, in words, and the titles of some that are on the page."""

    counted: str
    names: tuple[str, ...]
    has_more: bool


def list_summary(
    builder: ViewBuilder, counted: tuple[str, str], total: int, shown: Sequence[_Titled]
) -> ListSummary:
    """Of a list of ``total`` entries. ``counted`` are the words for one and for several: "%(num)s course", "%(num)s courses"."""
    names = tuple(one.title for one in islice(shown, _MAX_NAMES))
    return ListSummary(counted_words(builder, counted, total), names, len(names) < total)


def course_summary(builder: ViewBuilder, total: int, shown: Sequence[_Titled]) -> ListSummary:
    return list_summary(builder, ("%(num)s course", "%(num)s courses"), total, shown)


def counted_words(builder: ViewBuilder, counted: tuple[str, str], number: int) -> str:
    words = builder.translations.ngettext(*counted, number)
    return words % {"num": format_number(Decimal(number), builder.words_locale)}


def list_description(builder: ViewBuilder, title: str, summary: ListSummary) -> str:
    """``title`` is that of the page of the list."""

    def text(names: Iterable[str]) -> str:
        form = builder.translations.gettext("%(title)s. %(count)s: %(names)s")
        return form % {"title": title, "count": summary.counted, "names": "; ".join(names)}

    found = title
    for number in range(len(summary.names), 0, -1):  # as many names as there is room for, but at least one
        has_more = summary.has_more or number < len(summary.names)
        found = text([*summary.names[:number], *(["…"] if has_more else [])])
        if len(found) <= _MAX_LENGTH:
            break
    return found
