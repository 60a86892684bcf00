"""The course fields that are shown as their declaration says: their words, and their view models."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from credsite.core.locales import format_integer, locale_of
from credsite.core.text import sort_key
from credsite.schema.displayed_fields import BOOLEAN_IDS, CARD_FIELDS, DISPLAYED_FIELDS, DisplayedField
from credsite.schema.models import Course
from credsite.site import views
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
        return format_integer(int(value), locale_of(builder.config.language))
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
    return _details(builder, ((field.id, field.values(course)) for field in DISPLAYED_FIELDS.values()))


def card_details(
    builder: ViewBuilder, details: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    """The details of a course's card, from those of its record."""
    return _details(builder, (detail for detail in details if detail[0] in CARD_FIELDS))


def compared_details(builder: ViewBuilder) -> tuple[tuple[str, str], ...]:
    """The ids and titles of all fields, for the comparison of courses."""
    return tuple((id_, detail_title(builder, field)) for id_, field in DISPLAYED_FIELDS.items())


def _details(
    builder: ViewBuilder, details: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    return tuple(
        views.DetailView(
            id_,
            detail_title(builder, DISPLAYED_FIELDS[id_]),
            tuple(Term(value, detail_text(builder, DISPLAYED_FIELDS[id_], value)) for value in values),
            DISPLAYED_FIELDS[id_].display.icon,
        )
        for id_, values in details
        if values
    )
