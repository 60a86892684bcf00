"""How the values of a record are taken from the front matter of an entry, by the types of the record's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Source:
    """How a field of a record is taken from the front matter, where that is more than the key of the same name.

    ``is_text`` says that courses are neither filtered nor sorted by it.
    """

    get: Callable[[Any], Any]
    is_text: bool = False


def getters(record_type: type, names: Iterable[str]) -> dict[str, Callable[[Any], Any]]:
    """What gives each of the values of a ``record_type`` with these ``names`` from the model that it is made from."""
    hints, of_source = get_type_hints(record_type), sources(record_type)
    return {
        name: _getter(of_source[name].get if name in of_source else attrgetter(name), _copier(hints[name]))
        for name in names
    }


def sources(record_type: type) -> dict[str, Source]:
    hints = get_type_hints(record_type, include_extras=True)
    return {
        name: mark
        for name, hint in hints.items()
        for mark in getattr(hint, "__metadata__", ())
        if isinstance(mark, Source)
    }


def _getter(get: Callable[[Any], Any], copy: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    return get if copy is None else lambda entry_fields: copy(get(entry_fields))


@cache
def _copier(hint: Any) -> Callable[[Any], Any] | None:
    """What turns the value of a model into that of a record, by the type of the latter. None where they are the same.

    The blocks of a model become named tuples, and text that is not given becomes "".
    """
    if hint is str:
        return lambda value: value or ""
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        of_fields = tuple(getters(hint, hint._fields).values())
        return lambda block: (
            block if isinstance(block, hint) else block and hint(*[get(block) for get in of_fields])
        )
    arguments = get_args(hint)
    block_copier = _copier(arguments[0]) if arguments and arguments[0] is not str else None
    if block_copier is None:
        return None
    if get_origin(hint) is tuple:
        return lambda blocks: tuple(map(block_copier, blocks))
    return block_copier if NoneType in arguments else None
