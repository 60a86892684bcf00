"""Labels of facets and their values in the site's language, and the order of the values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale

from credsite.catalogue.facets import FREE, FUNDED, cost_band_ids
from credsite.core.locales import format_money, language_name, locale_of
from credsite.core.text import sort_key
from credsite.schema.displayed_fields import DISPLAYED_FIELDS, FACET_TERMS
from credsite.schema.vocabularies import STORY_FACETS, VOCABULARIES
from credsite.site.details import detail_text, sorted_detail_values
from credsite.site.labels import background_ids
from credsite.site.view_builder import ViewBuilder

_FACETS: Final = {**FACET_TERMS, **STORY_FACETS}


def facet_title(builder: ViewBuilder, facet: str) -> str:
    return builder.translations.gettext(_FACETS[facet].label)


def value_title(builder: ViewBuilder, facet: str, value: str) -> str:
    """The label of a value of a facet."""
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
        case _ if facet in DISPLAYED_FIELDS:
            return detail_text(builder, DISPLAYED_FIELDS[facet], value)
        case _:
            return builder.labels.title(facet, value)


def sorted_values(builder: ViewBuilder, facet: str, values: Collection[str]) -> tuple[str, ...]:
    """``values`` of a facet in the order in which the filter panel and the data list them."""
    if facet in DISPLAYED_FIELDS:
        return sorted_detail_values(DISPLAYED_FIELDS[facet], values)
    return tuple(_ORDERS.get(facet, _of_vocabulary(facet))(builder, values))


def _of_vocabulary(facet: str) -> Callable[[ViewBuilder, Collection[str]], Iterable[str]]:
    return lambda _builder, values: (value for value in VOCABULARIES[facet] if value in values)


def _in_order_of(order: Iterable[str], values: Collection[str]) -> Iterable[str]:
    return (value for value in order if value in values)


def _by_title(builder: ViewBuilder, values: Collection[str]) -> Iterable[str]:
    # The catalogue's own order would make every list depend on all providers, and not only on those that it shows.
    return sorted(values, key=lambda slug: (sort_key(builder.provider(slug).title), slug))


_ORDERS: Final[Mapping[str, Callable[[ViewBuilder, Collection[str]], Iterable[str]]]] = {
    "industry": lambda builder, values: _in_order_of(builder.catalogue.industries, values),
    "mode": lambda builder, values: _in_order_of(builder.catalogue.modes, values),
    "cost": lambda builder, values: _in_order_of(
        (FREE, FUNDED, *cost_band_ids(builder.config.cost_bands)), values
    ),
    "language": lambda _builder, values: sorted(values),
    "provider": _by_title,
    "background": lambda builder, values: _in_order_of(background_ids(builder.config), values),
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
    # The theme reports an unknown language when it loads its formatters.
    return locale_of(language) or Locale("en")
