"""Dataclasses, named tuples and pydantic models as compact JSON and back. The types of the classes give its structure.

Decoding can create values of these classes and nothing else, so a text from elsewhere cannot run code, as a pickle could.
Values are not validated, which would take as long as parsing YAML: whoever stores such texts must detect changes to them.

Many whole numbers are stored as bytes, four each, which are stored and read much sooner than JSON.
"""

from __future__ import annotations

import enum
import json
import re
import sys
import types
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from credsite.core.quantities import Duration
from credsite.core.type_caches import cached_by_type

SerializedValue = TypeVar("SerializedValue")
_Change = Callable[[Any], Any]
"""Turns a value into what JSON can hold, or back. None where it is the same."""

DECODING_ERRORS: Final = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What decoding may raise for a text that :func:`serialize` did not return."""
_PLAIN: Final = (str, int, bool, type(None))
_HALF_OF_PAIR: Final = re.compile("[\ud800-\udfff]")
_SHARED: Final = 4096
"""How many dates, amounts and durations are cached, because a catalogue has the same ones many times."""


class DecodingError(ValueError):
    """A text is not one that :func:`serialize` returned."""


def serialize(value: Any) -> str:
    """A dataclass, named tuple or model as JSON text. Its fields may hold what the fields of entries do."""
    data = json_bytes(encoder(value.__class__)(value))
    try:
        return data.decode()
    except (
        UnicodeDecodeError
    ):  # names of files that are not in UTF-8 have halves of pairs, which databases cannot hold
        return _HALF_OF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", data.decode("utf-8", "surrogatepass"))


def deserialize(kind: type[SerializedValue], text: str) -> SerializedValue:
    """The value of class ``kind`` that :func:`serialize` was given. Raises DecodingError for any other text."""
    try:
        value: SerializedValue = decoder(kind)(json.loads(text))
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error
    return value


def json_bytes(value: Any, default: Callable[[Any], Any] | None = None) -> bytes:
    """Compact JSON in UTF-8. ``default`` turns values that JSON cannot hold, dataclasses among them, into others.

    Raises TypeError where a value still cannot be written.
    """
    import orjson  # loaded late: a build in which nothing changed writes none

    try:
        return orjson.dumps(value, default, orjson.OPT_PASSTHROUGH_DATACLASS)
    except TypeError:  # halves of surrogate pairs and numbers beyond 64 bits, which YAML can hold
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=default)
        return text.encode("utf-8", "surrogatepass")


def encoder(kind: type) -> Callable[[Any], Any]:
    """A function that turns values of ``kind`` into what JSON can hold."""
    return _changes(kind)[0] or _same


def decoder(kind: type) -> Callable[[Any], Any]:
    """A function that turns what JSON held into values of ``kind``. It may change the lists that it is given."""
    return _changes(kind)[1] or _same


def _same(value: Any) -> Any:
    return value


@cached_by_type
def _changes(hint: Any) -> tuple[_Change | None, _Change | None]:
    """How values of a type are encoded and decoded. Raises TypeError for types that are not supported."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal or hint in _PLAIN:
        return None, None
    if origin in (Union, types.UnionType):
        return _alternatives(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return _tuple(*_changes(arguments[0]))
    if hint in _SINGLE:
        return _SINGLE[hint]
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return str, hint
    if isinstance(hint, type) and hasattr(hint, "model_fields"):
        return _model(hint)
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        return _positions(hint, hint._fields)
    if isinstance(hint, type) and is_dataclass(hint):
        return _positions(hint, tuple(field.name for field in fields(hint)))
    raise TypeError(f"an entry holds a {hint}, which cannot be stored")


def _alternatives(arguments: tuple[Any, ...]) -> tuple[_Change | None, _Change | None]:
    kinds = [kind for kind in arguments if kind is not type(None)]
    if all(kind in _PLAIN for kind in kinds):
        return None, None
    if set(kinds) == {date, datetime}:
        kinds = [datetime]
    if len(kinds) > 1:
        raise TypeError(f"an entry holds one of {kinds}, which cannot be stored")
    write, read = _changes(kinds[0])
    if write is None or read is None:
        return None, None
    if len(kinds) == len(arguments):
        return write, read
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _tuple(write: _Change | None, read: _Change | None) -> tuple[_Change, _Change]:
    if write is None or read is None:
        return list, tuple
    return (
        lambda values: [write(value) for value in values],
        lambda values: tuple([read(value) for value in values]),
    )


def _positions(kind: Any, names: tuple[str, ...]) -> tuple[_Change, _Change]:
    """How classes are encoded as the list of their fields' values, and decoded."""
    hints = get_type_hints(kind)
    writers, readers = zip(*(_changes(hints[name]) for name in names), strict=True) if names else ((), ())
    write = _expression("[{}]", [f"v.{name}" for name in names], writers)
    return write, _expression("kind({})", [f"v[{at}]" for at in range(len(names))], readers, kind=kind)


def _expression(
    template: str, values: Sequence[str], changes: Sequence[_Change | None], **names: Any
) -> _Change:
    """A function of ``v`` that gives the ``template`` with ``values``, expressions, each changed where it must be.

    It is one generated expression, because a catalogue has a hundred thousand such lists and a loop takes twice as long.
    The expression contains nothing but numbers, the names of fields and the names given here.
    """
    used = {f"change{at}": change for at, change in enumerate(changes) if change is not None}
    changed = [f"change{at}({value})" if f"change{at}" in used else value for at, value in enumerate(values)]
    made: _Change = eval(f"lambda v: {template.format(', '.join(changed))}", {**names, **used})  # noqa: S307
    return made


def _model(model: Any) -> tuple[_Change, _Change]:
    """How models of pydantic are encoded, as the names and values of the keys that were given, and decoded.

    They are created as unpickling creates them, without validation.
    """
    hints = get_type_hints(model)
    changes = {name: _changes(hints[name]) for name in model.model_fields}
    defaults = {
        name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()
    }
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    writers = {name: write for name, (write, _) in changes.items()}

    @lru_cache(maxsize=1024)
    def given(text: str) -> tuple[frozenset[str], tuple[tuple[str, _Change | None], ...]]:
        names = text.split()
        if not required <= set(names) <= defaults.keys():
            raise DecodingError(f"these are not the keys of a {model.__name__}")
        return frozenset(names), tuple((name, changes[name][1]) for name in names)

    def write(value: Any) -> list[Any]:
        given_names, values = value.model_fields_set, value.__dict__
        names = [name for name in writers if name in given_names]
        encoded = [" ".join(names)]
        for name in names:
            change = writers[name]
            encoded.append(values[name] if change is None else change(values[name]))
        return encoded

    def read(stored: list[Any]) -> Any:
        names, readers = given(stored[0])
        values = defaults.copy()
        for (name, change), value in zip(readers, stored[1:], strict=True):
            values[name] = change(value) if change is not None else value
        made = model.__new__(model)
        set_ = object.__setattr__
        set_(made, "__dict__", values)
        set_(made, "__pydantic_fields_set__", set(names))
        set_(made, "__pydantic_extra__", None)
        set_(made, "__pydantic_private__", None)
        return made

    return write, read


@lru_cache(maxsize=_SHARED)
def _moment(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


@lru_cache(maxsize=_SHARED)
def _span(minimum: str, maximum: str, unit: str, approximate: bool, is_open: bool = False) -> Duration:
    return Duration(Decimal(minimum), Decimal(maximum), unit, approximate, is_open)


def _stored_span(span: Duration) -> list[Any]:
    stored = [str(span.minimum), str(span.maximum), span.unit, span.approximate]
    return [*stored, True] if span.is_open else stored


def _iso(value: date | datetime) -> str:
    return value.isoformat()


_SINGLE: Final[dict[Any, tuple[_Change, _Change]]] = {
    date: (_iso, lru_cache(maxsize=_SHARED)(date.fromisoformat)),
    datetime: (_iso, _moment),
    time: (time.isoformat, time.fromisoformat),
    Decimal: (str, lru_cache(maxsize=_SHARED)(Decimal)),
    Duration: (
        _stored_span,
        lambda stored: _span(*stored),
    ),
}


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 to 2**32 - 1 as bytes, which are the same on every machine."""
    return _little_endian(array("I", numbers)).tobytes()


def unpack_numbers(data: bytes) -> array[int]:
    """What :func:`pack_numbers` was given. ValueError where a number is cut off."""
    return _little_endian(array("I", data))


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
