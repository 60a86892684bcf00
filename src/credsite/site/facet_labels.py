"""The words of facets and of the course fields that are shown as their declaration says, and the order of values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from credsite.catalogue.facets import FREE, FUNDED, cost_band_ids
from credsite.core.locales import format_integer, format_money, language_name
from credsite.core.text import sort_key
from credsite.schema.displayed_fields import BOOLEAN_IDS, DisplayedField
from credsite.schema.models import Course
from credsite.schema.vocabularies import STORY_FACETS
from credsite.site import views
from credsite.site.labels import background_ids
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Term


def detail_title(builder: ViewBuilder, field: DisplayedField) -> str:
    return builder.translations.gettext(field.display.label)


def detail_text(builder: ViewBuilder, field: DisplayedField, value: str) -> str:
    """What visitors read for a value of a field."""
    _ = builder.translations.gettext
    vocabulary = field.display.vocabulary
    if vocabulary is not None and value in vocabulary:
        return _(vocabulary[value].label)
    if field.value_type is bool:
        return _("Yes") if value == BOOLEAN_IDS[True] else _("No")
    if field.value_type is int:
        return format_integer(int(value), builder.words_locale)
    return value


def sorted_detail_values(field: DisplayedField, values: Collection[str]) -> tuple[str, ...]:
    """``values`` of a field in the order in which filters list them."""
    if field.display.vocabulary is not None:
        return tuple(value for value in field.display.vocabulary if value in values)
    if field.value_type is bool:
        return tuple(value for value in BOOLEAN_IDS.values() if value in values)
    if field.value_type is int:
        return tuple(sorted(values, key=int))
    return tuple(sorted(values, key=lambda value: (sort_key(value), value)))


def page_details(builder: ViewBuilder, course: Course) -> tuple[views.DetailView, ...]:
    """The details of a course's own page: of all fields."""
    return _details(builder, ((field.id, field.values(course)) for field in _fields(builder).values()))


def card_details(
    builder: ViewBuilder, details: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    """The details of a course's card, from those of its record."""
    on_card = builder.config.site_schema.card_fields
    return _details(builder, (detail for detail in details if detail[0] in on_card)) if details else ()


def compared_details(builder: ViewBuilder) -> tuple[tuple[str, str], ...]:
    """The ids and titles of all fields, for the comparison of courses."""
    return tuple((id_, detail_title(builder, field)) for id_, field in _fields(builder).items())


def _details(
    builder: ViewBuilder, details: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    fields = _fields(builder)
    return tuple(
        views.DetailView(
            id_,
            detail_title(builder, fields[id_]),
            tuple(Term(value, detail_text(builder, fields[id_], value)) for value in values),
            fields[id_].display.icon,
        )
        for id_, values in details
        if values
    )


def _fields(builder: ViewBuilder) -> Mapping[str, DisplayedField]:
    return builder.config.site_schema.course_fields


def facet_title(builder: ViewBuilder, facet: str) -> str:
    terms = builder.config.site_schema.facet_terms
    return builder.translations.gettext((terms.get(facet) or STORY_FACETS[facet]).label)


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
            return language_name(value, builder.words_locale)
        case "cost":
            return _cost(builder, value)
        case _ if (field := _fields(builder).get(facet)) is not None:
            return detail_text(builder, field, value)
        case _:
            return builder.labels.title(facet, value)


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
        case "background":
            order = background_ids(builder.config)
        case "language":
            order = sorted(values)
        case "provider":
            # The catalogue's own order would make every list depend on all providers, and not only on those that it shows.
            order = sorted(values, key=lambda slug: (sort_key(builder.provider(slug).title), slug))
        case _ if (field := _fields(builder).get(facet)) is not None:
            return sorted_detail_values(field, values)
        case _:
            order = builder.config.site_schema.vocabularies[facet]
    return tuple(value for value in order if value in values)


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
