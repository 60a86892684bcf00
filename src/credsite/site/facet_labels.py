"""The words for facets and their values, in the site's language, and the order in which values stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale

from credsite.catalogue.facets import FREE, FUNDED, cost_band_ids
from credsite.catalogue.relations import sort_key
from credsite.core.locales import format_money, language_name, locale_of
from credsite.schema.vocabularies import COURSE_FACETS, STORY_FACETS, VOCABULARIES
from credsite.site.labels import background_ids
from credsite.site.view_builder import ViewBuilder

_FACETS: Final = {**COURSE_FACETS, **STORY_FACETS}


def facet_title(builder: ViewBuilder, facet: str) -> str:
    return builder.translations.gettext(_FACETS[facet].label)


def value_title(builder: ViewBuilder, facet: str, value: str) -> str:
    """What visitors read for a value of a facet."""
    match facet:
        case "industry":
            return builder.industry(value).title
        case "mode":
            return builder.mode(value).title
        case "provider":
            return builder.provider(value).title
        case "language":
            return language_name(value, _locale(builder.config.language))
        case "cost":
            return _cost(builder, value)
        case _:
            return builder.labels.title(facet, value)


def sorted_values(builder: ViewBuilder, facet: str, values: Collection[str]) -> tuple[str, ...]:
    """``values`` of a facet in the order in which all of its values stand, in the panel and in the data alike."""
    return tuple(_ORDERS.get(facet, _of_vocabulary(facet))(builder, values))


def _of_vocabulary(facet: str) -> Callable[[ViewBuilder, Collection[str]], Iterable[str]]:
    return lambda _builder, values: (value for value in VOCABULARIES[facet] if value in values)


def _those_of(order: Iterable[str], values: Collection[str]) -> Iterable[str]:
    return (value for value in order if value in values)


def _by_title(builder: ViewBuilder, values: Collection[str]) -> Iterable[str]:
    # Not through the catalogue's own order, so that a new provider concerns only those lists that show it.
    return sorted(values, key=lambda slug: (sort_key(builder.provider(slug).title), slug))


_ORDERS: Final[Mapping[str, Callable[[ViewBuilder, Collection[str]], Iterable[str]]]] = {
    "industry": lambda builder, values: _those_of(builder.catalogue.industries, values),
    "mode": lambda builder, values: _those_of(builder.catalogue.modes, values),
    "cost": lambda builder, values: _those_of(
        (FREE, FUNDED, *cost_band_ids(builder.config.cost_bands)), values
    ),
    "language": lambda _builder, values: sorted(values),
    "provider": _by_title,
    "background": lambda builder, values: _those_of(background_ids(builder.config), values),
}


def _cost(builder: ViewBuilder, value: str) -> str:
    _ = builder.translations.gettext
    if value == FREE:
        return _("Free")
    if value == FUNDED:
        return _("Help with the cost")
    low, _dash, high = value.partition("-")
    if low == "under":
        return _("Under %(amount)s") % {"amount": _amount(builder, high)}
    if low == "from":
        return _("%(amount)s or more") % {"amount": _amount(builder, high)}
    return _("%(low)s to %(high)s") % {"low": _amount(builder, low), "high": _amount(builder, high)}


def _amount(builder: ViewBuilder, amount: str) -> str:
    return format_money(
        Decimal(amount), builder.config.currency or "", _locale(builder.config.language), whole=True
    )


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    # Where nothing is known of a language, the theme says so when it comes to writing dates.
    return locale_of(language) or Locale("en")
