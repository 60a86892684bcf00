"""What a file gave, as text and back: how the cache keeps it, and how it comes from worker processes.

There are two texts: a summary, with the facts and the problems, which every build reads, and the whole entry, which is
read only where its own page is made. Both are JSON in which the place of a value says what it is, by the types of the
models. Reading it can make values of these classes and nothing else, so that a text from elsewhere cannot run code, as
a pickle could. The values are not validated again, which would take as long as parsing YAML; whoever keeps texts must
notice when they change.
"""

from __future__ import annotations

import enum
import json
import types
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from credsite.content.facts import FACTS, Facts
from credsite.content.files import SourceFile
from credsite.content.markdown import MarkdownBody
from credsite.content.model import MODELS, Entry, EntryFields, Kind
from credsite.content.model.base import Model
from credsite.problems import Problem
from credsite.values import Span

Summary = tuple[SourceFile, Facts | None, tuple[Problem, ...]]
Kept = TypeVar("Kept")
_Change = Callable[[Any], Any]
"""From a value to what JSON has for it, or back. None where it stays as it is."""

_ERRORS: Final = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
_PLAIN: Final = (str, int, bool, type(None))
_SHARED: Final = 4096
"""How many equal dates, amounts and spans are kept to be used again: catalogues are full of them."""


class StoredError(ValueError):
    """A text that nothing of ours made."""


def summary_to_text(source: SourceFile, facts: Facts | None, problems: Iterable[Problem]) -> bytes:
    """Equal summaries give equal texts."""
    kept = facts and _writer(FACTS[facts.kind])(facts)
    return _text([_writer(SourceFile)(source), kept, [_writer(Problem)(problem) for problem in problems]])


def summary_from_text(text: bytes) -> Summary:
    """What :func:`summary_to_text` was given. StoredError for any other text."""
    try:
        source_, facts, problems = json.loads(text.decode("utf-8", "surrogatepass"))
        source = _reader(SourceFile)(source_)
        read = _reader(Problem)
        return source, facts and _reader(FACTS[source.kind])(facts), tuple(map(read, problems))
    except _ERRORS as error:
        raise StoredError(str(error)) from error


def entry_to_text(entry: Entry[EntryFields]) -> bytes:
    """Equal entries give equal texts."""
    fields_ = _writer(MODELS[entry.kind])(entry.fields)
    body = _writer(MarkdownBody)(entry.body)
    return _text([entry.kind, entry.slug, entry.path, entry.language, entry.digest, fields_, body])


def entry_from_text(text: bytes) -> Entry[EntryFields]:
    """What :func:`entry_to_text` was given. StoredError for any other text."""
    try:
        kind, slug, path, language, digest, fields_, body = json.loads(text.decode("utf-8", "surrogatepass"))
        read = _reader(MODELS[Kind(kind)])
        return Entry(slug, path, language, read(fields_), _reader(MarkdownBody)(body), digest)
    except _ERRORS as error:
        raise StoredError(str(error)) from error


def to_text(value: Any) -> str:
    """Any value of a class of ours that holds values such as entries do."""
    return _text(_writer(value.__class__)(value)).decode("utf-8", "surrogatepass")


def from_text(kind: type[Kept], text: str) -> Kept:
    """What :func:`to_text` was given, a ``kind``. StoredError for any other text."""
    try:
        made: Kept = _reader(kind)(json.loads(text))
    except _ERRORS as error:
        raise StoredError(str(error)) from error
    return made


def _text(value: list[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _writer(kind: type) -> _Change:
    return _changes(kind)[0] or _same


def _reader(kind: type) -> _Change:
    return _changes(kind)[1] or _same


def _same(value: Any) -> Any:
    return value


@cache
def _changes(hint: Any) -> tuple[_Change | None, _Change | None]:
    """How values of a type are written and read. TypeError for types that nobody foresaw."""
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
    if isinstance(hint, type) and issubclass(hint, Model):
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
    """Classes that are written as the list of their fields' values."""
    hints = get_type_hints(kind)
    changes = [_changes(hints[name]) for name in names]
    writers = tuple((name, write or _same) for name, (write, _) in zip(names, changes, strict=True))
    readers = tuple((at, read) for at, (_, read) in enumerate(changes) if read is not None)

    def read(values: list[Any]) -> Any:
        for at, change in readers:
            values[at] = change(values[at])
        return kind(*values)

    return lambda value: [write(getattr(value, name)) for name, write in writers], read


def _model(model: type[Model]) -> tuple[_Change, _Change]:
    """Models are written as the names of their given keys, and the values. Other keys have their defaults.

    They are made as unpickling makes them, without validation.
    """
    hints = get_type_hints(model)
    changes = {name: _changes(hints[name]) for name in model.model_fields}
    defaults = {
        name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()
    }
    required = {name for name, field in model.model_fields.items() if field.is_required()}

    @lru_cache(maxsize=1024)
    def given(text: str) -> tuple[frozenset[str], tuple[tuple[str, _Change | None], ...]]:
        names = text.split()
        if not required <= set(names) <= defaults.keys():
            raise StoredError(f"these are not the keys of a {model.__name__}")
        return frozenset(names), tuple((name, changes[name][1]) for name in names)

    def write(value: Model) -> list[Any]:
        names = [name for name in changes if name in value.model_fields_set]
        return [" ".join(names), *((changes[name][0] or _same)(getattr(value, name)) for name in names)]

    def read(stored: list[Any]) -> Model:
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
def _span(minimum: str, maximum: str, unit: str, approximate: bool) -> Span:
    return Span(Decimal(minimum), Decimal(maximum), unit, approximate)


def _iso(value: date | datetime) -> str:
    return value.isoformat()


_SINGLE: Final[dict[Any, tuple[_Change, _Change]]] = {
    date: (_iso, lru_cache(maxsize=_SHARED)(date.fromisoformat)),
    datetime: (_iso, _moment),
    Decimal: (str, lru_cache(maxsize=_SHARED)(Decimal)),
    Span: (
        lambda span: [str(span.minimum), str(span.maximum), span.unit, span.approximate],
        lambda stored: _span(*stored),
    ),
}
