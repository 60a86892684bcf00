"""From pydantic's errors to problems in plain words. Used for front matter and for credsite.yaml alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from credsite.problems import CODES, Key, Place, Problem, unknown_value

_QUOTED: Final = re.compile(r"'([^']*)'")
_SHAPES: Final = {
    "list_type": "a list, one value on each line with a hyphen before it",
    "tuple_type": "a list, one value on each line with a hyphen before it",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "model_attributes_type": "a block of `key: value` lines",
    "string_type": "a text",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
}


def problems_of(error: ValidationError, model: type[BaseModel], path: str) -> list[Problem]:
    """All that pydantic found, each as a problem with the key that leads to its place."""
    return [_problem(detail, model, path) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, model: type[BaseModel], path: str) -> Problem:
    kind, value = detail["type"], detail["input"]
    key = tuple(
        part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("function-"))
    )
    name = _name(key)
    place = Place(path, key=key)
    if kind in CODES:
        context = detail.get("ctx", {})
        return Problem(kind, detail["msg"], place, suggestion=str(context.get("suggestion", "")))
    if kind == "missing" or value is None or kind == "string_too_short":
        return Problem(
            "missing-key",
            f"`{name}` is missing or empty. {_what(model, key)}",
            Place(path, key=key, at="key"),
        )
    if kind == "too_short":
        return Problem("missing-key", f"`{name}` needs at least one value. {_what(model, key)}", place)
    if kind == "extra_forbidden":
        known = _known_keys(model, key[:-1])
        written = str(key[-1])
        return unknown_value(
            "unknown-key",
            f"`{written}` is not a key that is known here.",
            Place(path, key=key, at="key"),
            written,
            known,
        )
    if kind in ("literal_error", "enum"):
        allowed = _QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))
        return unknown_value(
            "unknown-value", f"`{value}` is not a value that `{name}` can have.", place, str(value), allowed
        )
    if kind in _SHAPES:
        message = f"`{name}` needs {_SHAPES[kind]}."
        if kind in ("list_type", "tuple_type") and isinstance(value, str):
            return Problem("wrong-type", message, place, suggestion=f"[{value}]")
        return Problem("wrong-type", message, place)
    if kind.startswith(("int_", "decimal_", "greater_than", "less_than", "finite_number", "float_")):
        return Problem(
            "bad-number",
            f"`{name}` needs a whole number, zero or more."
            if "int" in kind or "greater" in kind
            else f"`{name}` needs a number.",
            place,
        )
    if kind == "string_pattern_mismatch":
        return Problem(
            "bad-slug",
            f"`{value}` cannot be used for `{name}`: write a to z, 0 to 9 and hyphens only.",
            place,
            suggestion=slugified(str(value)),
        )
    return Problem("wrong-type", f"`{name}` cannot have this value: {detail['msg']}.", place)


def slugified(text: str) -> str:
    """A slug near ``text``: ``[a-z0-9-]+``, or ``""`` where nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _name(key: Key) -> str:
    """How an editor would call the place: ``sessions 2: starts``."""
    words: list[str] = []
    for part in key:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return ": ".join(words)


def _models(model: type[BaseModel], key: Key) -> Iterator[type[BaseModel]]:
    """The models along a key path, outermost first."""
    yield model
    if not key:
        return
    first, *rest = key
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    if isinstance(first, str) and first in fields:
        inner = _inner_model(fields[first].annotation)
        while rest and isinstance(rest[0], int):
            rest = rest[1:]
        if inner is not None:
            yield from _models(inner, tuple(rest))


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found is not None:
            return found
    return _inner_model(annotation.__origin__) if hasattr(annotation, "__metadata__") else None


def _known_keys(model: type[BaseModel], key: Key) -> Collection[str]:
    deepest = list(_models(model, key))[-1]
    return tuple(field.alias or name for name, field in deepest.model_fields.items())


def _what(model: type[BaseModel], key: Key) -> str:
    """The field's own description, which is what the documentation says too."""
    names = [part for part in key if isinstance(part, str)]
    if not names:
        return ""
    field = next(
        (
            found.model_fields[names[-1]]
            for found in reversed(list(_models(model, key)))
            if names[-1] in found.model_fields
        ),
        None,
    )
    return (field.description or "") if field is not None else ""
