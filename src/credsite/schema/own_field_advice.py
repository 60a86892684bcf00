"""What to say of keys and values of entries that a declaration in credsite.yaml would allow.

Loaded only where there is such a mistake.
"""

from __future__ import annotations

from pydantic import BaseModel

from credsite.problems.model import KeyPath
from credsite.schema.introspection import shape_of
from credsite.schema.models import EntryFields, kind_of_model
from credsite.schema.own_fields import FIELD_TYPES, likely_field_key


def how_to_declare(model: type[BaseModel], key: KeyPath) -> str:
    """How the unknown ``key`` of an entry becomes a field of the site's own; "" where it cannot."""
    likely = likely_field_key(str(key[-1])) if len(key) == 1 else ""
    if not likely or not issubclass(model, EntryFields) or likely in model.model_fields:
        return ""
    declaration = f"fields: {{{kind_of_model(model)}: {{{likely}: text}}}}"
    return f" If it is a field of your own, declare it in credsite.yaml: `{declaration}`."


def how_to_allow_several(model: type[BaseModel], key: KeyPath) -> str:
    """How the own field at ``key``, which has one value, can have a list of them; "" for other fields."""
    name = str(key[0]) if len(key) == 1 else ""
    if not issubclass(model, EntryFields) or name not in model.model_fields:
        return ""
    shape = shape_of(name, model.model_fields[name])
    display = shape.display
    if display is None or not display.is_own or shape.is_list or "list" not in FIELD_TYPES[display.type].uses:
        return ""
    return f" For several values, write `list: true` at `{name}` in `fields` in credsite.yaml."
