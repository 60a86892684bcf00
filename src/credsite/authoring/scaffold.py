"""The text of a new entry: every key of its model, each with what it means and a value to start from. Pure.

A line ``# words`` explains; a line ``#key: value`` is a key to switch on by taking its ``#`` away. With none or all of
them switched on, the text is a valid entry, as far as the ids exist that it needs.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.problems.suggestions import list_allowed
from credsite.schema.introspection import (
    REFERENCE_KEYS,
    FieldShape,
    field_shape,
    ordered_fields,
    required_fields,
)
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS

PLACEHOLDER_ID: Final = "write-its-id-here"
"""Stands where an id is needed and there is none yet."""

_UNWRITTEN: Final = "Not written yet"
_ITEMS: Final = ("The first", "The second")
_SWITCHED_ON: Final = frozenset({"draft", "consent"})
"""Not required to read a file, but a new entry begins as a draft, and a story stands and falls with its consent."""
_INSTEAD: Final[Mapping[str, Any]] = {"choose": 1, "given": None}
"""Values to show instead of the model's examples: these may ask for more entries than a young site has, and nobody but
the learner gives consent."""
_EXAMPLE_YEAR: Final = 2026
_MOST_IDS: Final = 12
_WIDTH: Final = 100
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class RawYaml(str):
    """The YAML of a value on one line, to be written as it is."""

    __slots__ = ()


GivenValues = Mapping[tuple[str, ...], str | Sequence[str] | RawYaml]
"""Values for keys, by the ways to them: texts, lists of texts, or YAML."""


def entry_text(
    kind: Kind, title: str, ids: Mapping[str, Sequence[str]], today: date, given: GivenValues | None = None
) -> str:
    """The whole text of a new file of ``kind``, one of CREATABLE.

    ``ids`` gives, for each key in REFERENCES and SETTINGS, the values that it may have, the best one first. ``given``
    are values that are known already, of keys at the top or of ones that the entry needs.
    """
    writer = _Writer(ids, today, {**(given or {}), ("title",): title})
    switched_on: list[str] = []
    optional: list[str] = []
    for name, field in ordered_fields(MODELS[kind]):
        live = field.is_required() or name in _SWITCHED_ON or (name,) in writer.given
        paragraph = writer.paragraph(name, field, live=live)
        (switched_on if live else optional).append(paragraph)
    advice = _comment(
        "Everything below may be left out. To use a key, take away the # at the start of its line, "
        "and of the lines that belong to it."
    )
    front_matter = "\n\n".join([*switched_on, "\n".join(advice), *optional])
    return f"---\n{front_matter}\n---\n\n{KINDS[kind].starter_text}"


def missing_kinds(kind: Kind, ids: Mapping[str, Sequence[str]]) -> list[Kind]:
    """The kinds of entries that a new entry must name, of which the site has none yet."""
    needed = [leaf.name for leaf in required_fields(MODELS[kind])]
    found = [REFERENCE_KEYS[name] for name in needed if name in REFERENCE_KEYS and not ids[name]]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Writer:
    ids: Mapping[str, Sequence[str]]
    today: date
    given: GivenValues

    def paragraph(self, name: str, field: FieldInfo, *, live: bool) -> str:
        """A top-level key below its explanation."""
        lines = self._lines((name,), field, "", "", live=live)
        return "\n".join([*_comment(self._explanation(name, field)), *lines])

    def _explanation(self, name: str, field: FieldInfo) -> str:
        words = [field.description or ""]
        choices = field_shape(field.annotation).choices
        if choices:
            words.append(list_allowed(choices))
        known = self.ids.get(name, ())
        if known and len(known) <= _MOST_IDS:
            words.append(f"Known here: {', '.join(known)}.")
        elif not known and name in REFERENCE_KEYS:
            words.append(
                f'There is none yet: make one with `credsite new {REFERENCE_KEYS[name]} "Its name"`.'
            )
        return " ".join(words)

    def _lines(
        self, path: tuple[str, ...], field: FieldInfo, lead: str, indent: str, *, live: bool
    ) -> Iterator[str]:
        """A key with its value. ``lead`` stands before it, ``indent`` before further lines; both are as wide."""
        name, shape = path[-1], field_shape(field.annotation)
        value = self.given[path] if path in self.given else self._value(name, field, shape)
        note = indent and self._explanation(name, field)
        if isinstance(value, type):
            yield _line(f"{lead}{name}:", live=live, note=note)
            inner = f"{indent}    " if shape.is_list else f"{indent}  "
            yield from self._block(path, value, inner, live=live, dash=shape.is_list)
        elif value is _ITEMS and not indent:
            yield _line(f"{lead}{name}:", live=live)
            for item in _ITEMS:
                yield _line(f"{indent}  - {item}", live=live)
        else:
            yield _line(f"{lead}{name}: {_yaml(value)}".rstrip(), live=live, note=note)

    def _block(
        self, path: tuple[str, ...], model: type[BaseModel], indent: str, *, live: bool, dash: bool
    ) -> Iterator[str]:
        for number, (name, field) in enumerate(ordered_fields(model)):
            lead = f"{indent[:-2]}- " if dash and number == 0 else indent
            # A block needs at least one key that is switched on.
            shown = live and (field.is_required() or number == 0)
            yield from self._lines((*path, name), field, lead, indent, live=shown)

    def _value(self, name: str, field: FieldInfo, shape: FieldShape) -> Any:
        """A value to start from: a model for a block of keys, None for nothing.

        Nothing is as good as no key at all, so it is right wherever a key is not required.
        """
        if name in self.ids:
            first = [*self.ids[name], *([PLACEHOLDER_ID] if field.is_required() else [])][:1]
            return first if shape.is_list else next(iter(first), None)
        if name in _INSTEAD:
            return _INSTEAD[name]
        if field.examples:
            return self._example(field.examples[0], shape)
        if shape.choices:
            choice = field.default if field.default in shape.choices else shape.choices[0]
            return [choice] if shape.is_list else choice
        if shape.type is bool:
            return not field.default
        if shape.model is not None:
            return shape.model
        if shape.is_list:
            return _ITEMS
        return _UNWRITTEN if field.is_required() else field.default or None

    def _example(self, example: Any, shape: FieldShape) -> Any:
        if shape.type in (int, Decimal):
            return float(example) if "." in example else int(example)
        if shape.type is date and _DATE.fullmatch(example):
            # Examples age: a session in the past would be a bad one.
            day = date.fromisoformat(example)
            return day.replace(year=day.year + max(0, self.today.year - _EXAMPLE_YEAR))
        return example


def _comment(text: str) -> list[str]:
    return [
        f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    ]


def _line(text: str, *, live: bool, note: str = "") -> str:
    return ("" if live else "#") + text + (f"  # {note}" if note else "")


def _yaml(value: Any) -> str:
    """A value on one line, in quotation marks where YAML would take it for something else."""
    if value is None or isinstance(value, RawYaml):
        return value or ""
    items = list(value) if isinstance(value, tuple) else value
    text: str = yaml.safe_dump(items, default_flow_style=True, allow_unicode=True, width=sys.maxsize)
    return text.removesuffix("\n").removesuffix("\n...")
