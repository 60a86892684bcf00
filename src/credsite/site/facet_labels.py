"""The words of facets and of their values, and the order of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final

from credsite.catalogue.catalogue import entry_sort_key
from credsite.catalogue.facets import FREE, FUNDED, cost_band_ids
from credsite.core.locales import format_money, language_name
from credsite.core.text import sort_key
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.vocabularies import COURSE_FACETS, STORY_FACETS
from credsite.site.details import detail_text, detail_title, has_own_words, sorted_detail_values
from credsite.site.view_builder import ViewBuilder

_TITLES_OF_ENTRIES: Final = frozenset({"industry", "provider", "place"})
"""The facets whose values are entries."""


def facet_title(builder: ViewBuilder, facet: str) -> str:
    field = _fields(builder).get(facet)
    if field is not None:
        return detail_title(builder, field)
    return builder.translations.gettext({**COURSE_FACETS, **STORY_FACETS}[facet].label)


def needs_title(builder: ViewBuilder, facet: str) -> bool:
    """Whether a value of a facet, such as a number, says nothing without the facet's title."""
    field = _fields(builder).get(facet)
    return field is not None and field.value_type in (bool, int, Decimal)


def value_title(builder: ViewBuilder, facet: str, value: str) -> str:
    """The label of a value of a facet."""
    match facet:
        case "industry":
            return builder.industry(value).title
        case "mode":
            return builder.mode(value).title
        case "provider":
            return builder.provider(value).title
        case "place":
            return builder.catalogue.places[value].title
        case "language":
            return language_name(value, builder.words_locale)
        case "cost":
            return _cost(builder, value)
        case _ if (field := _fields(builder).get(facet)) is not None:
            return detail_text(builder, field, value)
        case _:
            return builder.labels.title(facet, value)


def is_own_value(builder: ViewBuilder, facet: str, value: str) -> bool:
    """Whether the label of a value of a facet is in the language of the site, and no word of the theme."""
    if facet in _TITLES_OF_ENTRIES:
        return True
    if facet == "mode":
        return builder.mode(value).own
    schema = builder.config.site_schema
    if not schema.declarations:
        return False  # all words of built-in fields and vocabularies are the theme's
    field = schema.course_fields.get(facet)
    return has_own_words(field, value) if field is not None else builder.labels.is_own(facet, value)


def sorted_values(builder: ViewBuilder, facet: str, values: Collection[str]) -> tuple[str, ...]:
    """``values`` of a facet in the order in which the filter panel and the data list them."""
    order: Iterable[str]
    match facet:
        case "industry":
            order = builder.catalogue.industries
        case "mode":
            order = builder.catalogue.modes
        case "cost":
            order = (FREE, FUNDED, *cost_band_ids(builder.config.cost_bands))
        case "language":
            order = sorted(values)
        case "provider":
            # The catalogue's own order would make every list depend on all providers, and not only on those that it shows.
            order = sorted(values, key=lambda slug: (sort_key(builder.provider(slug).title), slug))
        case "place":
            order = sorted(values, key=lambda slug: entry_sort_key(builder.catalogue.places[slug]))
        case _ if (field := _fields(builder).get(facet)) is not None:
            return sorted_detail_values(builder, field, values)
        case _:
            order = builder.config.site_schema.vocabularies[facet]
    return tuple(value for value in order if value in values)


def _fields(builder: ViewBuilder) -> Mapping[str, DisplayedField]:
    return builder.config.site_schema.course_fields


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
    return format_money(Decimal(amount), builder.config.currency or "", builder.words_locale, whole=True)
