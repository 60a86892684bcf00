"""The fields of the form: one for each key of a model, with a widget that fits the values of the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.authoring.editors.choices import Choice, Choices
from credsite.authoring.editors.json_schema import PATTERN_PROBLEM_CODES
from credsite.problems.codes import CODES
from credsite.schema import patterns
from credsite.schema.introspection import (
    REFERENCE_KEYS,
    SETTING_KEYS,
    FieldShape,
    field_shape,
    ordered_fields,
)
from credsite.schema.kinds import KINDS
from credsite.schema.models import EntryFields
from credsite.schema.standard_codes import country_codes

_MULTILINE_KEYS: Final = frozenset({"summary", "quote"})
_IMAGE_KEYS: Final = frozenset({"src", "image", "photo", "logo"})
_SHARED_KEYS: Final = frozenset(EntryFields.model_fields)
"""The keys that entries of every kind have."""
_HINTS: Final[Mapping[str, str]] = {"alt": "What the picture shows, for people who cannot see it."}
"""Hints that differ from the documentation. An empty `alt` has a meaning, but the form leaves out empty values."""


def form_fields(
    model: type[BaseModel], choices: Choices, omitted: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The fields of a model, except ``omitted`` keys: the required ones, then those of the kind, then those of all kinds."""
    schema = model.model_json_schema()
    properties = next(one for one in (schema, *schema.get("anyOf", ())) if "properties" in one)["properties"]
    fields = sorted(
        ordered_fields(model), key=lambda pair: not pair[1].is_required() and 1 + (pair[0] in _SHARED_KEYS)
    )
    for name, field in fields:
        if name not in omitted:
            yield _field(name, field, properties[name], choices)


def _field(name: str, field: FieldInfo, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    shape = field_shape(field.annotation)
    common: dict[str, Any] = {
        "name": name,
        "label": _label(name),
        "hint": _HINTS.get(name) or field.description or "",
        "required": field.is_required(),
    }
    widget = _widget(name, shape, schema, choices)
    if not shape.is_list:
        return {**common, **widget}
    minimum = {"min": 1} if field.is_required() else {}
    if widget["widget"] in ("select", "relation"):
        return {**common, **widget, "multiple": True, **minimum}
    singular = _label(name).removesuffix("es" if name.endswith("ses") else "s")
    listed = {**common, "widget": "list", "label_singular": singular, **minimum}
    if widget["widget"] == "object":
        return {**listed, "fields": widget["fields"]}
    return {**listed, "field": {"name": "item", "label": singular, "required": True, **widget}}


def _widget(name: str, shape: FieldShape, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """The widget for one value of a key, with its settings."""
    widget = _choice_widget(name, shape, choices)
    if widget is not None:
        return widget
    one_line = getattr(shape.model, "ONE_LINE", None)
    if shape.model is not None and one_line is None:
        return {"widget": "object", "collapsed": "auto", "fields": list(form_fields(shape.model, choices))}
    if shape.type is bool:
        return {"widget": "boolean"}
    if shape.type in (int, Decimal):
        minimum = next(_keyword_values(schema, "minimum"), None)
        limit = {} if minimum is None else {"min": minimum}
        return {"widget": "number", "value_type": "int" if shape.type is int else "float", **limit}
    if name in _IMAGE_KEYS and shape.type is str:
        return {"widget": "image", "choose_url": False}
    pattern: Any = one_line.get("pattern") if one_line else next(_keyword_values(schema, "pattern"), None)
    if pattern == patterns.DATE:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    code = PATTERN_PROBLEM_CODES.get(pattern)
    check = {"pattern": [pattern, CODES[code].meaning]} if code else {}
    return {"widget": "text" if name in _MULTILINE_KEYS else "string", **check}


def _choice_widget(name: str, shape: FieldShape, choices: Choices) -> dict[str, Any] | None:
    """The widget for a key with a list of values to choose from; None for another key."""
    options = [Choice(value, value) for value in shape.choices]
    if name in REFERENCE_KEYS:
        options = list(choices.get(name, ()))
        if all(choice.is_file_name for choice in options):
            return {
                "widget": "relation",
                "collection": KINDS[REFERENCE_KEYS[name]].folder,
                "value_field": "{{slug}}",
                "display_fields": ["title"],
                "search_fields": ["title"],
            }
    elif name in SETTING_KEYS and name != "languages":
        options = list(choices.get(name, ()))
    elif name == "country":
        options = list(_countries())
    if not options and not shape.choices:
        return None
    return {
        "widget": "select",
        "options": [{"label": choice.title, "value": choice.id} for choice in options],
    }


def _countries() -> Iterator[Choice]:
    from babel import Locale

    names = Locale("en").territories
    for code in sorted(country_codes(), key=lambda code: str(names[code])):
        yield Choice(code, f"{names[code]} ({code})")


def _keyword_values(schema: Any, key: str) -> Iterator[Any]:
    """The values of a keyword anywhere in a JSON Schema."""
    if isinstance(schema, dict):
        if key in schema:
            yield schema[key]
        for part in schema.values():
            yield from _keyword_values(part, key)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keyword_values(part, key)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
