"""Fields that are shown as their declaration says: their names and values in words, for pages, cards and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from credsite.content.records import Record
from credsite.core.locales import format_day, format_integer, format_money, format_number
from credsite.core.text import sort_key
from credsite.schema.displayed_fields import BOOLEAN_IDS, DisplayedField
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.site import views
from credsite.site.json_ld import json_number
from credsite.site.urls import detail_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Term

_OWN_WORDS: Final = frozenset({"text", "choice", "reference"})
"""The types of own fields whose values are words in the language of the site."""
_MAX_KNOWN: Final = 4096
"""How many different values of fields are remembered. Most of them are those of many courses."""


def detail_title(builder: ViewBuilder, field: DisplayedField) -> str:
    """What visitors read for the name of a field."""
    label = field.display.label
    return label if field.display.is_own else builder.translations.gettext(label)


def has_own_words(field: DisplayedField, value: str) -> bool:
    """Whether what visitors read for a value of a field is in the language of the site, and no word of the theme."""
    display = field.display
    if display.vocabulary is not None and value in display.vocabulary:
        return display.vocabulary[value].is_own_label
    return display.is_own and display.type in _OWN_WORDS


def detail_text(builder: ViewBuilder, field: DisplayedField, value: str) -> str:
    """What visitors read for a value of a field; "" for an entry that they may not see."""
    _ = builder.translations.gettext
    display = field.display
    if display.reference is not None:
        return builder.entry_title(display.reference, value)
    if display.vocabulary is not None and value in display.vocabulary:
        term = display.vocabulary[value]
        return term.label if term.is_own_label else _(term.label)
    if field.value_type is bool:
        return _("Yes") if value == BOOLEAN_IDS[True] else _("No")
    if display.is_money:
        return _money_words(builder, value)
    if field.value_type is int:
        return format_integer(int(value), builder.words_locale)
    if field.value_type is Decimal:
        return format_number(Decimal(value), builder.words_locale)
    if field.value_type is date:
        return format_day(date.fromisoformat(value), builder.words_locale)
    if display.type == "url":
        return value.partition("://")[2].rstrip("/") or value
    return value


def _money_words(builder: ViewBuilder, value: str) -> str:
    amount, currency = _money(builder, value)
    if not amount:
        return builder.translations.gettext("Free")
    if not currency:
        return format_number(amount, builder.words_locale)
    return format_money(amount, currency, builder.words_locale, whole=amount == amount.to_integral_value())


def _money(builder: ViewBuilder, value: str) -> tuple[Decimal, str]:
    """The amount and the currency of a value, "" where the site has none."""
    amount, _, currency = value.partition(" ")
    return Decimal(amount), currency or builder.config.currency or ""


def _address(builder: ViewBuilder, field: DisplayedField, value: str) -> str:
    """The URL that a value of a field leads to, or ""."""
    display = field.display
    if display.reference is not None:
        return builder.urls.entry(display.reference, value)
    if display.has_pages:
        return builder.urls.to(detail_path(field.id, value))
    return {"url": value, "email": f"mailto:{value}"}.get(display.type, "")


def sorted_detail_values(
    builder: ViewBuilder, field: DisplayedField, values: Collection[str]
) -> tuple[str, ...]:
    """``values`` of a field in the order in which filters list them."""
    if field.display.vocabulary is not None:
        return tuple(value for value in field.display.vocabulary if value in values)
    if field.value_type is bool:
        return tuple(value for value in BOOLEAN_IDS.values() if value in values)
    if field.display.is_money:
        return tuple(sorted(values, key=lambda value: _money(builder, value)))
    if field.value_type in (int, Decimal):
        return tuple(sorted(values, key=Decimal))
    if field.value_type is date:
        return tuple(sorted(values))
    titles = {value: detail_text(builder, field, value) for value in values}
    return tuple(sorted(values, key=lambda value: (sort_key(titles[value]), value)))


def page_details(builder: ViewBuilder, kind: Kind, entry: EntryFields) -> tuple[views.DetailView, ...]:
    """The details of an entry's own page."""
    shown = builder.config.site_schema.page_details[kind]
    return _details(builder, kind, [(field, field.values(entry)) for field in shown], with_links=True)


def card_details(
    builder: ViewBuilder, details: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    """The details of a course's card, from those of its record."""
    if not details:
        return ()
    schema = builder.config.site_schema
    shown = ((schema.course_fields[id_], values) for id_, values in details if id_ in schema.card_fields)
    return _details(builder, Kind.COURSE, shown, with_links=False)


def recorded_details(
    builder: ViewBuilder, kind: Kind, details: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[views.DetailView, ...]:
    """All details of an entry's record."""
    if not details:
        return ()
    fields = builder.config.site_schema.displayed_fields[kind]
    return _details(builder, kind, ((fields[id_], values) for id_, values in details), with_links=False)


def own_words(builder: ViewBuilder, record: Record) -> tuple[str, ...]:
    """What the search looks in of the own fields of an entry."""
    if not record.details:
        return ()
    fields = builder.config.site_schema.displayed_fields[record.kind]
    return tuple(
        detail_text(builder, fields[id_], value)
        for id_, values in record.details
        if fields[id_].display.is_searched
        for value in values
    )


def compared_details(builder: ViewBuilder) -> tuple[tuple[str, str], ...]:
    """The ids and titles of the fields of courses that are compared."""
    fields = builder.config.site_schema.course_fields.items()
    return tuple((id_, detail_title(builder, one)) for id_, one in fields if one.display.in_comparison)


def detail_properties(
    builder: ViewBuilder, kind: Kind, details: Iterable[views.DetailView]
) -> list[dict[str, Any]]:
    """The own fields among the ``details`` of an entry of ``kind``, for its structured data."""
    fields = builder.config.site_schema.displayed_fields[kind]
    return [
        {
            "name": one.title,
            "propertyID": fields[one.id].key,
            "value": detail_value(builder, fields[one.id], one),
        }
        for one in details
        if one.own
    ]


def detail_value(builder: ViewBuilder, field: DisplayedField, detail: views.DetailView) -> Any:
    """Texts as visitors read them; numbers, dates, true and false, and web addresses as programs do."""
    if field.value_type is bool:
        return detail.values[0].id == BOOLEAN_IDS[True]
    found: list[Any]
    if field.value_type is Decimal:
        found = [json_number(Decimal(term.id)) for term in detail.values]
    elif field.display.is_money:
        amounts = (_money(builder, term.id) for term in detail.values)
        found = [_monetary_amount(amount, currency) for amount, currency in amounts]
    elif field.value_type is date or field.display.type == "url":
        found = [term.id for term in detail.values]
    else:
        found = [term.title for term in detail.values]
    return found if len(found) > 1 else found[0]


def _monetary_amount(amount: Decimal, currency: str) -> dict[str, Any]:
    """An amount as search engines know it."""
    named = {"currency": currency} if currency else {}
    return {"@type": "MonetaryAmount", "value": json_number(amount), **named}


def _details(
    builder: ViewBuilder,
    kind: Kind,
    details: Iterable[tuple[DisplayedField, tuple[str, ...]]],
    *,
    with_links: bool,
) -> tuple[views.DetailView, ...]:
    known = builder.labels.details
    found = []
    for field, values in details:
        if not values:
            continue
        # The titles of entries are looked up each time, so that it is known which pages show them.
        is_shared = field.display.reference is None
        key = (kind, field.id, values, with_links)
        detail = known.get(key) if is_shared else None
        if detail is None:
            detail = _detail(builder, field, values, with_links)
            if is_shared:
                if len(known) >= _MAX_KNOWN:
                    known.clear()
                known[key] = detail
        if detail.values:
            found.append(detail)
    return tuple(found)


def _detail(
    builder: ViewBuilder, field: DisplayedField, values: tuple[str, ...], with_links: bool
) -> views.DetailView:
    """A field with its values, except entries that visitors may not see."""
    display = field.display
    terms = tuple(
        Term(value, text, _address(builder, field, value) if with_links else "", has_own_words(field, value))
        for value in values
        if (text := detail_text(builder, field, value))
    )
    return views.DetailView(
        field.id,
        detail_title(builder, field),
        terms,
        ", ".join([term.title for term in terms]),
        display.icon,
        any(term.url for term in terms),
        display.is_own,
        any(term.own for term in terms),
    )
