"""The text of a new entry: every key of its model, with an explanation and an example value. Pure.

A line ``# words`` is an explanation. A line ``#key: value`` is an optional key, which is used if its ``#`` is removed. The
text is a valid entry with none or all of these keys, provided that the ids in it exist.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.problems.suggestions import list_allowed
from credsite.schema.introspection import (
    FieldShape,
    is_asked_for,
    ordered_fields,
    required_fields,
    shape_of,
)
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.placeholders import EXAMPLE_ITEMS, UNWRITTEN
from credsite.schema.site_schema import BUILT_IN, SiteSchema

PLACEHOLDER_ID: Final = "write-its-id-here"
"""Written instead of a required id if the site has none yet."""

_ALWAYS_ACTIVE: Final = frozenset({"draft", "consent"})
"""Optional keys that a new entry has all the same: it starts as a draft, and a story needs consent."""
_OTHER_EXAMPLES: Final[Mapping[str, Any]] = {"choose": 1, "given": None}
"""Values that replace the model's examples: a new site may not have enough entries for these, and only the learner can
give consent."""
_EXAMPLE_YEAR: Final = 2026
_MAX_IDS: Final = 12
_WIDTH: Final = 100
_ENDS_OF_SENTENCES: Final = ".!?:…。"
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class RawYaml(str):
    """A value that is YAML already, on one line."""

    __slots__ = ()


GivenValues = Mapping[tuple[str, ...], str | Sequence[str] | RawYaml]
"""Values by the keys that lead to them: texts, lists of texts, or YAML."""


def entry_text(
    kind: Kind,
    title: str,
    ids: Mapping[str, Sequence[str]],
    today: date,
    given: GivenValues | None = None,
    schema: SiteSchema = BUILT_IN,
) -> str:
    """The text of a new file of ``kind``, one of CREATABLE.

    ``ids`` has the values for each of the REFERENCE_KEYS and SETTING_KEYS, the best one first. ``given`` has the values
    that the author has given, for top-level keys or for required ones. ``schema`` is that of the site.
    """
    writer = _Writer(ids, today, {**(given or {}), ("title",): title})
    active: list[str] = []
    optional: list[str] = []
    for name, field in ordered_fields(schema.models[kind]):
        is_active = is_asked_for(field) or name in _ALWAYS_ACTIVE or (name,) in writer.given
        paragraph = writer.paragraph(name, field, is_active=is_active)
        (active if is_active else optional).append(paragraph)
    advice = _comment(
        "Everything below may be left out. To use a key, remove the # at the start of its line "
        "and of the lines that belong to it."
    )
    front_matter = "\n\n".join([*active, "\n".join(advice), *optional])
    return f"---\n{front_matter}\n---\n\n{KINDS[kind].starter_text}"


def missing_kinds(kind: Kind, ids: Mapping[str, Sequence[str]], schema: SiteSchema = BUILT_IN) -> list[Kind]:
    """The kinds of entries that a new entry must refer to, but of which the site has none yet."""
    required = ((leaf.name, leaf.shape.reference) for leaf in required_fields(schema.models[kind]))
    missing = [of_kind for name, of_kind in required if of_kind is not None and not ids.get(name)]
    return list(dict.fromkeys(missing))


def as_sentence(about: str) -> str:
    """The description of a field, which is only its label where a field of the site's own has no help, for more to follow."""
    return about if not about or about[-1] in _ENDS_OF_SENTENCES else f"{about}."


@dataclass(frozen=True, slots=True)
class _Writer:
    ids: Mapping[str, Sequence[str]]
    today: date
    given: GivenValues

    def paragraph(self, name: str, field: FieldInfo, *, is_active: bool) -> str:
        """A top-level key below its explanation."""
        lines = self._lines((name,), field, "", "", is_active=is_active)
        return "\n".join([*_comment(self._explanation(name, field)), *lines])

    def _explanation(self, name: str, field: FieldInfo) -> str:
        words = [field.description or ""]
        shape = shape_of(name, field)
        if shape.choices:
            words.append(list_allowed(shape.choices))
        values = self.ids.get(name, ())
        if values and len(values) <= _MAX_IDS:
            words.append(f"This site has: {', '.join(values)}.")
        elif not values and shape.reference is not None:
            words.append(
                f'This site has none yet: create one with `credsite new {shape.reference} "Its name"`.'
            )
        if len(words) > 1:
            words[0] = as_sentence(words[0])
        return " ".join(words)

    def _lines(
        self, path: tuple[str, ...], field: FieldInfo, lead: str, indent: str, *, is_active: bool
    ) -> Iterator[str]:
        """A key with its value. ``lead`` comes before it and ``indent`` before further lines; they have the same length."""
        name, shape = path[-1], shape_of(path[-1], field)
        value = self.given[path] if path in self.given else self._value(name, field, shape)
        note = indent and self._explanation(name, field)
        if isinstance(value, type):
            yield _line(f"{lead}{name}:", is_active=is_active, note=note)
            inner = f"{indent}    " if shape.is_list else f"{indent}  "
            yield from self._block(path, value, inner, is_active=is_active, dash=shape.is_list)
        elif value is EXAMPLE_ITEMS and not indent:
            yield _line(f"{lead}{name}:", is_active=is_active)
            for item in EXAMPLE_ITEMS:
                yield _line(f"{indent}  - {item}", is_active=is_active)
        else:
            yield _line(f"{lead}{name}: {_yaml(value)}".rstrip(), is_active=is_active, note=note)

    def _block(
        self, path: tuple[str, ...], model: type[BaseModel], indent: str, *, is_active: bool, dash: bool
    ) -> Iterator[str]:
        for number, (name, field) in enumerate(ordered_fields(model)):
            lead = f"{indent[:-2]}- " if dash and number == 0 else indent
            # A block needs at least one active key.
            is_key_active = is_active and (field.is_required() or number == 0)
            yield from self._lines((*path, name), field, lead, indent, is_active=is_key_active)

    def _value(self, name: str, field: FieldInfo, shape: FieldShape) -> Any:
        """An example value: a model for a block of keys, or None for an empty value, which is valid for any optional key."""
        if name in self.ids:
            first = [*self.ids[name], *([PLACEHOLDER_ID] if is_asked_for(field) else [])][:1]
            return first if shape.is_list else next(iter(first), None)
        if name in _OTHER_EXAMPLES:
            return _OTHER_EXAMPLES[name]
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
            return EXAMPLE_ITEMS
        return UNWRITTEN if field.is_required() else field.default or None

    def _example(self, example: Any, shape: FieldShape) -> Any:
        if isinstance(example, list):
            return [self._example(one, shape) for one in example]
        if shape.type in (int, Decimal) or shape.is_money:
            return float(example) if "." in example else int(example)
        if shape.type is date and _DATE.fullmatch(example):
            # The dates of examples stay in the future.
            day = date.fromisoformat(example)
            later = day.replace(year=day.year + max(0, self.today.year - _EXAMPLE_YEAR))
            # Days of a list are exceptions from days of the week, so they stay on theirs.
            return later + timedelta((day - later).days % 7) if shape.is_list else later
        return example


def _comment(text: str) -> list[str]:
    return [
        f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    ]


def _line(text: str, *, is_active: bool, note: str = "") -> str:
    return ("" if is_active else "#") + text + (f"  # {note}" if note else "")


def _yaml(value: Any) -> str:
    """A value on one line, with quotation marks if YAML would read it as something else."""
    if value is None or isinstance(value, RawYaml):
        return value or ""
    items = list(value) if isinstance(value, tuple) else value
    text: str = yaml.safe_dump(items, default_flow_style=True, allow_unicode=True, width=sys.maxsize)
    return text.removesuffix("\n").removesuffix("\n...")
