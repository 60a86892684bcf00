"""From pydantic's errors to problems in plain words. Used for front matter and for credsite.yaml alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from credsite.problems.codes import CODES
from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import unknown_value_problem

_QUOTED: Final = re.compile(r"'([^']*)'")
_IDS: Final = re.compile(r"[\w-]+(?:, *[\w-]+)*")
_LISTS: Final = ("list_type", "tuple_type")
_BLOCKS: Final = ("dict_type", "mapping_type", "model_type", "model_attributes_type")
_NUMBERS: Final = ("int_", "decimal_", "float_", "finite_number", "greater_than", "less_than")
_TEXT_ADVICE: Final = {
    False: 'needs one text, not a list. Put a text that begins with a bracket or a hyphen between "quotation marks"',
    True: 'needs one text, not lines of its own. Put a text that holds a colon or begins with a brace between "quotation marks"',
}
_BOUNDS: Final = {"ge": "{} or more", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}


def validation_problems(error: ValidationError, model: type[BaseModel], path: str) -> list[Problem]:
    """All that pydantic found, each as a problem with the key that leads to its location.

    A key that is only misspelt is not missing as well, and a list of wrong values is not empty.
    """
    problems = [
        _problem(detail, model, path)
        for detail in error.errors(include_url=False)
        # Pydantic counts only the values that are right, so that a wrong one would be told twice.
        if detail["type"] != "too_short" or not detail["input"]
    ]
    misspelt = {
        (*problem.location.key[:-1], problem.suggestion)
        for problem in problems
        if problem.code == "unknown-key"
    }
    outer = {
        problem.location.key[:length] for problem in problems for length in range(len(problem.location.key))
    }
    return [
        problem
        for problem in problems
        if problem.code != "missing-key" or problem.location.key not in misspelt | outer
    ]


def _problem(detail: ErrorDetails, model: type[BaseModel], path: str) -> Problem:
    kind, value = detail["type"], detail["input"]
    key = tuple(
        part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("function-"))
    )
    is_name = bool(key) and key[-1] == "[key]"
    key = key[:-1] if is_name else key
    name = _name(key)
    location = Location(path, key=key, target="key" if is_name else "value")
    if kind in CODES:
        context = detail.get("ctx", {})
        return Problem(kind, detail["msg"], location, suggestion=str(context.get("suggestion", "")))
    unknown = kind in ("extra_forbidden", "invalid_key")
    if kind in ("missing", "string_too_short") or (value is None and not unknown):
        return Problem(
            "missing-key",
            f"`{name}` is missing or empty. {_what(model, key)}".rstrip(),
            Location(path, key=key, target="key"),
        )
    if kind == "too_short":
        return Problem("missing-key", f"`{name}` needs at least one value. {_what(model, key)}", location)
    if unknown:
        known = _known_keys(model, key[:-1])
        written = str(key[-1])
        advice = " Write a space behind its colon." if ":" in written else ""
        return unknown_value_problem(
            "unknown-key",
            f"`{written}` is not a key that is known here.{advice}",
            Location(path, key=key, target="key"),
            written,
            known,
        )
    if kind in ("literal_error", "enum") and isinstance(value, str):
        allowed = _QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))
        return unknown_value_problem(
            "unknown-value",
            f"`{value}` is not a value that `{name}` can have.",
            location,
            str(value),
            allowed,
        )
    if kind.startswith(_NUMBERS):
        return Problem("bad-number", f"`{name}` needs {_number(detail)}{_instead(value)}.", location)
    if kind == "string_pattern_mismatch":
        return Problem(
            "bad-slug",
            f"`{value}` cannot be {f'a name in `{_name(key[:-1])}`' if is_name else f'used for `{name}`'}: "
            "write a to z, 0 to 9, and hyphens between them only.",
            location,
            suggestion=slugify(str(value)),
        )
    is_plain = kind in _LISTS and isinstance(value, str) and _IDS.fullmatch(value)
    suggestion = f"[{value}]" if is_plain and list(_models(model, key)) == [model] else ""
    return Problem("wrong-type", f"`{name}` {_shape(detail, model, key)}.", location, suggestion=suggestion)


def _shape(detail: ErrorDetails, model: type[BaseModel], key: KeyPath) -> str:
    """What form a value needs."""
    kind = detail["type"]
    if kind in _LISTS:
        example = _example(model, key).strip("`")
        item = (
            f"each item begins with a hyphen, such as `- {example}`"
            if example
            else "one value on each line, with a hyphen and a space before it"
        )
        return f"needs a list: {item}"
    if kind in _BLOCKS:
        return f"needs lines of its own, indented below it, such as {_example(model, key) if kind.startswith('model_') else '`key: value`'}"
    if kind.startswith("bool_"):
        return f"needs `true` or `false`{_instead(detail['input'])}"
    if kind in ("string_type", "literal_error", "enum"):
        return _TEXT_ADVICE[isinstance(detail["input"], dict)]
    if kind == "too_long":
        most = detail["ctx"]["max_length"]
        return f"can have only {most} value{'' if most == 1 else 's'}"
    return f"cannot have this value: {detail['msg']}"


def _example(model: type[BaseModel], key: KeyPath) -> str:
    *_, inner = _models(model, key)
    fields = {field.alias or name: field for name, field in inner.model_fields.items()}
    needed = [name for name, field in fields.items() if field.is_required()] or list(fields)[:1]
    return " and ".join(f"`{name}: …`" for name in needed[:2]) if inner is not model else ""


def _number(detail: ErrorDetails) -> str:
    bound = next(
        (words.format(detail["ctx"][at]) for at, words in _BOUNDS.items() if at in detail.get("ctx", {})), ""
    )
    whole = detail["type"].startswith("int_")
    return f"a number, {bound}" if bound else "a whole number" if whole else "a number"


def _instead(value: Any) -> str:
    return f", not `{value}`" if isinstance(value, str | int | float) else ""


def slugify(text: str) -> str:
    """A slug near ``text``: ``[a-z0-9-]+``, or ``""`` where nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _name(key: KeyPath) -> str:
    """How an editor would call the place: ``sessions 2: starts``."""
    words: list[str] = []
    for part in key:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return ": ".join(words)


def _models(model: type[BaseModel], key: KeyPath) -> Iterator[type[BaseModel]]:
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


def _known_keys(model: type[BaseModel], key: KeyPath) -> Collection[str]:
    deepest = list(_models(model, key))[-1]
    return tuple(field.alias or name for name, field in deepest.model_fields.items())


def _what(model: type[BaseModel], key: KeyPath) -> str:
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
