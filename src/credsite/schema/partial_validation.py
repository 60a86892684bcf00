"""What can still be used of values of which some are wrong, so that one mistake does not hide others in the same file."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from credsite.problems.model import NO_KEY, KeyPath
from credsite.schema.empty_values import without_empty_items

AnyModel = TypeVar("AnyModel", bound=BaseModel)

_LEFT_OUT: Final = object()
_STAND_INS: Final = (
    "x",
    "1",
    "2000-01-01",
    "9:00",
    "monday 9:00-10:00",
    "https://x.example/",
    "en",
    "/x/",
    "#000000",
    "x.example",
    "x: 1",
)
"""Texts to try in place of a wrong value, until the type of the field takes one."""
_LISTS: Final = ("tuple_type", "list_type")
_BLOCKS: Final = ("model_type", "model_attributes_type", "dict_type", "mapping_type")
_MAX_ROUNDS: Final = 24
_MAX_WRONG_KEYS: Final = 100
_CHOICE: Final = re.compile(r"'([^']*)'")


def error_key(detail: ErrorDetails) -> tuple[KeyPath, bool]:
    """The key that one of pydantic's errors is about, and whether it is wrong itself, not its value."""
    # Pydantic names the validating functions too.
    key = tuple(part for part in detail["loc"] if not str(part).startswith("function-"))
    is_name = key[-1:] == ("[key]",)
    return (key[:-1] if is_name else key), is_name


def validate_partially(
    model: type[AnyModel], values: Mapping[str, Any], context: Mapping[str, Any] | None = None
) -> tuple[AnyModel, frozenset[KeyPath]] | None:
    """A ``model`` of ``values`` in which wrong values are left out or, where that is not allowed, replaced.

    Items of a list are replaced, so that the others keep their positions. The second value are the keys of all that was
    left out or replaced. What the model says there is never to be published, nor to be checked. None where no stand-in fits.
    """
    data = without_empty_items(dict(values))
    attempts: Counter[KeyPath] = Counter()
    for _ in range(_MAX_ROUNDS):
        try:
            return model.model_validate(data, context=context), frozenset(attempts)
        except ValidationError as error:
            details = error.errors(include_url=False)
            # Pydantic counts only the items that are right, so a list of wrong ones is not too short.
            wrong = [detail for detail in details if detail["type"] != "too_short" or not detail["input"]]
            for detail in _without_lost(wrong or details):
                if not _replace(data, detail, attempts):
                    return None
    return None


def _without_lost(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """``details`` without those of values whose keys are wrong themselves, and are taken out with these."""
    lost = {error_key(detail)[0] for detail in details if _is_of_key(detail)}
    return [detail for detail in details if _is_of_key(detail) or error_key(detail)[0] not in lost]


def _is_of_key(detail: ErrorDetails) -> bool:
    """Whether a key is wrong, and not the value behind it."""
    return error_key(detail)[1] or detail["type"] in ("extra_forbidden", "invalid_key")


def compact_keys(keys: frozenset[KeyPath], model: type[BaseModel]) -> frozenset[KeyPath]:
    """The wrong ``keys`` of a file; of very many, only the keys of the ``model`` that these are in, so that using them is quick."""
    if len(keys) <= _MAX_WRONG_KEYS:
        return keys
    known = {name for own, field in model.model_fields.items() for name in (own, field.alias)}
    return frozenset(key[:1] for key in keys if not key or key[0] in known) | {NO_KEY}


def _replace(values: dict[str, Any], detail: ErrorDetails, attempts: Counter[KeyPath]) -> bool:
    """Put a stand-in in the place of the value that ``detail`` is about. False where none is left to try."""
    written, _ = error_key(detail)
    if not written:
        return False
    container, part, key = _place(values, written)
    attempt = attempts[key]
    attempts[key] += 1
    if _is_of_key(detail):
        container.pop(_same_key(container, part), None)
        return True
    # A block without keys counts as left out, and the items of a list after it would lose their positions.
    needs_value = isinstance(container, list) or len(container) == 1
    stand_in = _stand_in(detail, attempt, needs_value=needs_value)
    if stand_in is None:
        return False
    if stand_in is _LEFT_OUT:
        container.pop(part, None)
    else:
        container[part] = copy.deepcopy(stand_in)
    return True


def _place(values: dict[str, Any], written: KeyPath) -> tuple[Any, str | int, KeyPath]:
    """Where in ``values`` the value at the key ``written`` is: in which block or list, by which part, and with which key.

    A block may be written in one line, so the key may lead further than the values go. And one block may stand for a list, so
    the key may have a position that the values do not have.
    """
    container: Any = values
    part, key = written[0], written[:1]
    for length, following in enumerate(written[1:], start=2):
        inner = _get(container, part)
        if not isinstance(inner, dict | list):
            break
        if isinstance(following, int) and isinstance(inner, dict) and following not in inner:
            continue
        container, part, key = inner, following, written[:length]
    return container, part, key


def _get(container: Any, part: str | int) -> Any:
    try:
        return container[part]
    except (KeyError, IndexError, TypeError):
        return None


def _same_key(container: Mapping[Any, Any], part: str | int) -> Any:
    """The key in ``container`` that pydantic calls ``part``: it writes the key None as a text."""
    return part if part in container or part != str(None) else None


def _stand_in(detail: ErrorDetails, attempt: int, *, needs_value: bool) -> Any:
    """What to put in place of a value: nothing at first, where that may be; else something of the type that is missed."""
    if not needs_value and not attempt:
        return _LEFT_OUT
    if detail["type"] in _LISTS:
        return ["x"]
    number = attempt - (not needs_value)
    if detail["type"] in _BLOCKS:
        # A block that may be one line of text needs no key. Else, `x` is left out as soon as it has those that it needs.
        return {"x": "x"} if number else "x"
    choices = _CHOICE.findall(str(detail.get("ctx", {}).get("expected", "")))
    if choices:
        return choices[0]
    return _STAND_INS[number % len(_STAND_INS)] if number < 2 * len(_STAND_INS) else None
