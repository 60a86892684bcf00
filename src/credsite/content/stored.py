"""What a file gave, as text and back: how the cache keeps entries and their problems.

The text is JSON, in which ``{"Span": [...]}`` stands for a value of the class ``Span``. Reading it can make values of
the classes below and nothing else, so that a text from elsewhere cannot run code, as a pickle could. The values are
not validated again, which would take as long as parsing YAML; whoever keeps texts must notice when they change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from credsite.content.files import SourceFile
from credsite.content.markdown import Heading, MarkdownBody, Reference
from credsite.content.model import Entry, Kind
from credsite.content.model.base import Model
from credsite.content.parse import Parsed
from credsite.problems import Place, Problem, Severity
from credsite.values import Span

_ERRORS: Final = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)
_SHARED: Final = 4096
"""How many equal dates, amounts and spans are kept to be used again: catalogues are full of them."""


class StoredError(ValueError):
    """A text that :func:`to_text` did not make."""


def to_text(parsed: Parsed) -> str:
    """``parsed`` as one line. Equal results give equal texts. TypeError for values of unforeseen classes."""
    return json.dumps(_plain(parsed), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Parsed:
    """What :func:`to_text` was given. StoredError for any other text."""
    try:
        parsed = _DECODER.decode(text)
    except _ERRORS as error:
        raise StoredError(str(error)) from error
    if not isinstance(parsed, Parsed):
        raise StoredError("not an entry")
    return parsed


def _plain(value: Any) -> Any:
    kind = value.__class__
    if kind in _AS_IT_IS:
        return value
    write = _WRITERS.get(kind)
    if write is None:
        raise TypeError(f"an entry holds a {kind.__name__}, which cannot be stored")
    return write(value)


def _made(pairs: list[tuple[str, Any]]) -> Any:
    ((name, values),) = pairs
    return _READERS[name](values)


def _tuples(value: Any) -> Any:
    return tuple(value) if value.__class__ is list else value


def _model_writer(model: type[Model]) -> Callable[[Any], Any]:
    names = tuple(model.model_fields)

    def write(value: Model) -> dict[str, list[Any]]:
        values = value.__dict__
        given = [name for name in names if name in value.model_fields_set]
        return {model.__name__: [" ".join(given), *(_plain(values[name]) for name in given)]}

    return write


def _model_reader(model: type[Model]) -> Callable[[Any], Model]:
    """Makes models as unpickling does, without validation; keys that were not given have their defaults."""
    defaults = {
        name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()
    }
    required = {name for name, field in model.model_fields.items() if field.is_required()}

    @lru_cache(maxsize=1024)
    def given(text: str) -> tuple[str, ...]:
        names = tuple(text.split())
        if not required <= set(names) <= defaults.keys():
            raise StoredError(f"these are not the keys of a {model.__name__}")
        return names

    def read(stored: list[Any]) -> Model:
        names = given(stored[0])
        values = defaults.copy()
        for name, value in zip(names, stored[1:], strict=True):
            values[name] = tuple(value) if value.__class__ is list else value
        made = model.__new__(model)
        made.__setstate__(
            {
                "__dict__": values,
                "__pydantic_fields_set__": set(names),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )
        return made

    return read


def _record_writer(kind: type) -> Callable[[Any], Any]:
    names = tuple(field.name for field in fields(kind))
    return lambda value: {kind.__name__: [_plain(getattr(value, name)) for name in names]}


def _record_reader(kind: type) -> Callable[[Any], Any]:
    return lambda values: kind(*map(_tuples, values))


def _single_writer(kind: type, write: Callable[[Any], str]) -> Callable[[Any], Any]:
    return lambda value: {kind.__name__: write(value)}


def _span(stored: tuple[str, str, str, bool]) -> Span:
    minimum, maximum, unit, approximate = stored
    return Span(Decimal(minimum), Decimal(maximum), unit, approximate)


def _models(base: type[Model] = Model) -> Iterator[type[Model]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


_AS_IT_IS: Final = frozenset({str, int, bool, type(None)})
_RECORDS: Final = (Parsed, SourceFile, Entry, MarkdownBody, Heading, Reference, Problem, Place)
_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    tuple: lambda values: [_plain(value) for value in values],
    Kind: _single_writer(Kind, str),
    Severity: _single_writer(Severity, str),
    Decimal: _single_writer(Decimal, str),
    date: _single_writer(date, date.isoformat),
    datetime: _single_writer(datetime, datetime.isoformat),
    Span: lambda span: {"Span": [str(span.minimum), str(span.maximum), span.unit, span.approximate]},
    **{kind: _record_writer(kind) for kind in _RECORDS},
    **{model: _model_writer(model) for model in _models()},
}
_shared_span: Final = lru_cache(maxsize=_SHARED)(_span)
_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "Kind": Kind,
    "Severity": Severity,
    "Decimal": lru_cache(maxsize=_SHARED)(Decimal),
    "date": lru_cache(maxsize=_SHARED)(date.fromisoformat),
    "datetime": lru_cache(maxsize=_SHARED)(datetime.fromisoformat),
    "Span": lambda stored: _shared_span(tuple(stored)),
    **{kind.__name__: _record_reader(kind) for kind in _RECORDS},
    **{model.__name__: _model_reader(model) for model in _models()},
}
_DECODER: Final = json.JSONDecoder(object_pairs_hook=_made)
