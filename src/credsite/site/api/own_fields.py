"""The fields of a site's own in files for other programs: values that programs can use, by the keys that editors write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from credsite.content.records import Record
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.details import detail_value, recorded_details
from credsite.site.view_builder import ViewBuilder


def own_fields(builder: ViewBuilder, kind: Kind, details: Iterable[views.DetailView]) -> dict[str, Any]:
    """The own fields among the ``details`` of an entry."""
    own = [one for one in details if one.own]
    if not own:
        return {}
    fields = builder.config.site_schema.displayed_fields[kind]
    return {fields[one.id].key: _value(builder, fields[one.id], one) for one in own}


def recorded_own_fields(builder: ViewBuilder, record: Record) -> dict[str, Any]:
    """Those own fields of an entry that visitors see on a page and that its record holds."""
    fields = builder.config.site_schema.displayed_fields[record.kind]
    shown = [one for one in record.details if _is_shown(fields[one.id])]
    return own_fields(builder, record.kind, recorded_details(builder, record.kind, shown)) if shown else {}


def shown_own_fields(builder: ViewBuilder) -> dict[str, str]:
    """The keys and names of those own fields of courses that visitors see on a page and that records hold."""
    recorded = builder.config.site_schema.recorded_fields.get(Kind.COURSE, ())
    return {one.key: one.display.label for one in recorded if one.display.is_own and _is_shown(one)}


def own_field_names(builder: ViewBuilder) -> dict[str, str]:
    """The keys and names of all own fields that the pages of courses show."""
    shown = builder.config.site_schema.page_details[Kind.COURSE]
    return {one.key: one.display.label for one in shown if one.display.is_own}


def _is_shown(field: DisplayedField) -> bool:
    display = field.display
    return bool(display.on_page or display.on_card or display.is_filter or display.has_pages)


def _value(builder: ViewBuilder, field: DisplayedField, detail: views.DetailView) -> Any:
    display = field.display
    if display.vocabulary is not None or display.reference is not None:
        found: list[Any] = [{"id": term.id, "title": term.title} for term in detail.values]
    else:
        value = detail_value(builder, field, detail)
        found = value if isinstance(value, list) else [value]
        if display.is_money:
            found = [{"amount": one["value"], "currency": one.get("currency", "")} for one in found]
    return found if field.is_list else found[0]
