"""The words for facets and their values, in the site's language, and the order in which values stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale

from credsite.catalogue.facets import ANY_TIME, DURATIONS, FREE, FUNDED, LONGER, STARTS, bands
from credsite.catalogue.relations import sort_key
from credsite.core.locales import format_money, language_name, locale_of
from credsite.site.labels import N_, VOCABULARIES, background_ids
from credsite.site.view_builder import ViewBuilder

FACET_TITLES: Final[Mapping[str, str]] = {
    "industry": N_("Industry"),
    "mode": N_("Delivery"),
    "level": N_("Level"),
    "cost": N_("Cost"),
    "duration": N_("Length"),
    "pace": N_("Pace"),
    "timing": N_("Timing"),
    "start": N_("Start"),
    "language": N_("Language"),
    "provider": N_("Provider"),
    "credential": N_("Credential"),
    "background": N_("Someone like me"),
}
SORT_TITLES: Final[Mapping[str, str]] = {
    "relevance": N_("Best match"),
    "title": N_("Title"),
    "start": N_("Start date"),
    "apply-by": N_("Application deadline"),
    "cost": N_("Cost"),
    "duration": N_("Length"),
    "added": N_("Newest first"),
}
"""The orders of a list by their ids; by relevance it is only where somebody searches."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "duration": {
        "1-week": N_("Up to 1 week"),
        "1-month": N_("Up to 1 month"),
        "3-months": N_("Up to 3 months"),
        LONGER: N_("More than 3 months"),
    },
    "start": {
        "30-days": N_("In the next 30 days"),
        "3-months": N_("In the next 3 months"),
        ANY_TIME: N_("At any time"),
    },
}


def facet_title(builder: ViewBuilder, facet: str) -> str:
    return builder.translations.gettext(FACET_TITLES[facet])


def value_title(builder: ViewBuilder, facet: str, value: str) -> str:
    """What visitors read for a value of a facet."""
    if facet in _WORDS:
        return builder.translations.gettext(_WORDS[facet][value])
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
    "cost": lambda builder, values: _those_of((FREE, FUNDED, *bands(builder.config.cost_bands)), values),
    "duration": lambda _builder, values: _those_of((*DURATIONS, LONGER), values),
    "start": lambda _builder, values: _those_of((*STARTS, ANY_TIME), values),
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
