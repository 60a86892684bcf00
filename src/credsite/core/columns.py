"""Many values of one class as columns: equal values are stored and made once, however many have them.

Ten thousand courses have only a few hundred different skills, days and prices. Decoded one by one
(:mod:`credsite.core.serialization`), each of these would be made again for every course: reading the records of 10,000
courses from the cache takes twice as long, and a build after one edit a sixth longer. The values are those that decoding one
by one makes. They are not validated, so whoever stores columns must notice when they change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from credsite.core.serialization import (
    DECODING_ERRORS,
    DecodingError,
    decoder,
    encoder,
    json_bytes,
    pack_numbers,
    unpack_numbers,
)

Kept = TypeVar("Kept")


def to_columns(kind: type[Kept], values: Sequence[Kept]) -> bytes:
    """``values`` of a dataclass or named tuple. Equal values give equal bytes."""
    parts: list[bytes] = []
    _write(kind, values, parts)
    head = json.dumps([len(part) for part in parts], separators=(",", ":"))
    return b"\n".join([head.encode(), b"".join(parts)])


def from_columns(kind: type[Kept], data: bytes) -> list[Kept]:
    """What :func:`to_columns` was given. StoredError for any other bytes."""
    try:
        head, _, rest = data.partition(b"\n")
        sizes = json.loads(head)
        parts = iter([rest[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)])
        return _read(kind, parts)
    except (*DECODING_ERRORS, StopIteration) as error:
        raise DecodingError(str(error)) from error


def _write(hint: Any, values: Sequence[Any], parts: list[bytes]) -> None:
    values, numbers = _different(hint, values)
    parts.append(numbers)
    if names := _fields_of(hint):
        for name, inner in names:
            _write(inner, [getattr(value, name) for value in values], parts)
    elif item := _item_of(hint):
        parts.append(pack_numbers(map(len, values)))
        _write(item, list(chain.from_iterable(values)), parts)
    else:
        parts.append(json_bytes(list(map(encoder(hint), values))))


def _read(hint: Any, parts: Iterator[bytes]) -> list[Any]:
    numbers = next(parts)
    if names := _fields_of(hint):
        values = list(map(hint, *[_read(inner, parts) for _, inner in names]))
    elif item := _item_of(hint):
        ends = list(accumulate(unpack_numbers(next(parts)), initial=0))
        items = tuple(_read(item, parts))
        values = [items[start:end] for start, end in pairwise(ends)]
    else:
        values = list(map(decoder(hint), json.loads(next(parts).decode("utf-8", "surrogatepass"))))
    return list(map(values.__getitem__, unpack_numbers(numbers))) if numbers else values


def _different(hint: Any, values: Sequence[Any]) -> tuple[Sequence[Any], bytes]:
    """Each different value, and for each of ``values`` its number among these; no numbers where all differ."""
    if _is_exact(hint):
        found = dict.fromkeys(values)
        if len(found) == len(values):
            return values, b""
        places = {value: place for place, value in enumerate(found)}
        return list(found), pack_numbers(map(places.__getitem__, values))
    if _fields_of(hint) or _item_of(hint):
        return values, b""
    # Most values are the same few objects, so that each object is encoded only once.
    once = {id(value): value for value in values}
    texts = {number: json_bytes(encoder(hint)(value)) for number, value in once.items()}
    places = {text: place for place, text in enumerate(dict.fromkeys(texts.values()))}
    if len(places) == len(values):
        return values, b""
    first = {texts[number]: value for number, value in reversed(once.items())}
    numbers = {number: places[text] for number, text in texts.items()}
    return [first[text] for text in places], pack_numbers([numbers[id(value)] for value in values])


@cache
def _is_exact(hint: Any) -> bool:
    """Whether equal values of a type are encoded alike. Amounts of 1 and 1.00 are equal, but not encoded alike."""
    if names := _fields_of(hint):
        return all(_is_exact(inner) for _, inner in names)
    if get_origin(hint) is tuple or get_args(hint):
        return get_origin(hint) is Literal or all(
            _is_exact(inner) for inner in get_args(hint) if inner is not ...
        )
    return hint in (str, int, bool, date, type(None))


@cache
def _fields_of(hint: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass or named tuple, with their types; none for any other type."""
    if not isinstance(hint, type) or hasattr(hint, "model_fields"):
        return ()
    if is_dataclass(hint):
        names = [field.name for field in fields(hint)]
    elif issubclass(hint, tuple) and hasattr(hint, "_fields"):
        names = list(hint._fields)
    else:
        return ()
    hints = get_type_hints(hint)
    return tuple((name, hints[name]) for name in names)


@cache
def _item_of(hint: Any) -> Any:
    """The dataclass or named tuple of which a type is a tuple of any length, or None."""
    arguments = get_args(hint)
    if get_origin(hint) is tuple and arguments[1:] == (...,) and _fields_of(arguments[0]):
        return arguments[0]
    return None
