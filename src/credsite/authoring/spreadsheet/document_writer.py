"""Writes front matter as an editor would: short lists on one line, long ones with a value on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import yaml
from pydantic import BaseModel

from credsite.authoring.spreadsheet.columns import Columns, field_shapes, needs_numbered_columns
from credsite.core.quantities import Duration
from credsite.schema.introspection import FieldShape
from credsite.schema.models.course import Price
from credsite.schema.yaml import loader

_FLOW_TEXT: Final = re.compile(r"[\w/][\w./-]*(?: [\w./-]+)*|https?://[\w./~?=%+-]+")
"""A text that needs no quotation marks in a list in brackets."""
_MAX_FLOW_LENGTH: Final = 100
"""In characters: a longer list or block is not written on one line."""
_MAX_FLOW_ITEM_LENGTH: Final = 34
"""In characters: a list with a longer value has a line for each value."""
_NO_LINE_BREAKS: Final = 2**31 - 1
# Texts that other programs read as a number, a date, a time, a boolean or null.
_TYPED: Final = re.compile(
    r"[-+.]?\d[\d_.,:]*(?:e[-+]?\d+)?|0[xo][\da-f_]+|\d{4}-\d\d?-\d\d?(?:[t ].*)?|[-+]?\.(?:inf|nan)"
    r"|true|false|yes|no|on|off|y|n|null|~|=|<<|",
    re.IGNORECASE,
)
_INDICATORS: Final = tuple("-?:,[]{}#&*!|>'\"%@`~")
"""The characters with a meaning in YAML at the start of a value."""
_QUOTABLE: Final = re.compile(r'[^"\\]*')


def new_document(values: Mapping[str, Any], columns: Columns, body: str = "") -> str:
    """The text of a file with ``values`` as its front matter, in the order of the columns."""
    shapes = field_shapes(columns.model)
    lines = [
        line for key in columns.keys if key in values for line in key_lines(key, values[key], shapes[key])
    ]
    front = "".join(f"{line}\n" for line in lines)
    return f"---\n{front}---\n" + (f"\n{body}\n" if body else "")


def key_lines(key: str, value: Any, shape: FieldShape) -> Iterator[str]:
    """The lines of a top-level key with its value."""
    if isinstance(value, str):
        yield f"{key}: {yaml_scalar(value, shape)}"
    elif not value:
        yield f"{key}: {'{}' if isinstance(value, Mapping) else '[]'}"
    elif isinstance(value, Mapping):
        yield from _block(f"{key}:", value, shape.model, "  ", is_small=_is_small(shape))
    elif line := _flow(value, shape):
        yield f"{key}: {line}"
    else:
        yield f"{key}:"
        for item in value:
            if isinstance(item, str):
                yield f"  - {yaml_scalar(item, shape)}"
            else:
                lines = _block("", item, shape.model, "    ", is_small=_is_small(shape))
                first, *rest = lines
                yield f"  - {first.strip()}"
                yield from rest


def yaml_scalar(text: str, shape: FieldShape, *, in_brackets: bool = False) -> str:
    """A text on one line, with quotation marks if YAML would read it as something else."""
    if is_plain_scalar(shape) or not looks_typed(text):
        if in_brackets and _FLOW_TEXT.fullmatch(text):
            return text
        if not in_brackets and _is_plain(text):
            return text
    return double_quoted(text)


def _is_plain(text: str) -> bool:
    """Whether YAML reads a text without quotation marks as the same text, and a person can read it."""
    return (
        text.isprintable()
        and not text.startswith(_INDICATORS)
        and loader.load_yaml(f"a: {text}\n", "") == ({"a": text}, [])
    )


def is_plain_scalar(shape: FieldShape) -> bool:
    """Whether values of this shape are written without quotation marks: numbers, dates and the like."""
    return shape.type in (bool, int, Decimal, date, Duration, Price) or shape.model is Price


def looks_typed(text: str) -> bool:
    """Whether other programs may read a text as a number, a date or the like."""
    return _TYPED.fullmatch(text) is not None


def double_quoted(text: str) -> str:
    """A text in quotation marks, on one line."""
    if text.isprintable() and _QUOTABLE.fullmatch(text):
        return f'"{text}"'
    dumped: str = yaml.dump(
        text, Dumper=yaml.CSafeDumper, default_style='"', allow_unicode=True, width=_NO_LINE_BREAKS
    )
    return dumped.removesuffix("\n")


@cache
def _is_small(shape: FieldShape) -> bool:
    assert shape.model is not None
    inner = field_shapes(shape.model).values()
    return not needs_numbered_columns(FieldShape(model=shape.model, is_list=True)) and not any(
        one.is_list for one in inner
    )


def _flow(items: Sequence[Any], shape: FieldShape) -> str:
    """A list of short texts in brackets on one line; ``""`` for any other list."""
    if not all(
        isinstance(item, str) and len(item) <= _MAX_FLOW_ITEM_LENGTH and _FLOW_TEXT.fullmatch(item)
        for item in items
    ):
        return ""
    line = f"[{', '.join(yaml_scalar(item, shape, in_brackets=True) for item in items)}]"
    return line if len(line) <= _MAX_FLOW_LENGTH else ""


def _block(
    lead: str, value: Mapping[str, Any], model: type[BaseModel] | None, indent: str, *, is_small: bool
) -> Iterator[str]:
    assert model is not None
    fields = field_shapes(model)
    if is_small:
        pairs = [
            f"{name}: {yaml_scalar(value[name], shape, in_brackets=True)}"
            for name, shape in fields.items()
            if name in value
        ]
        line = f"{{{', '.join(pairs)}}}"
        if len(line) <= _MAX_FLOW_LENGTH:
            yield f"{lead} {line}".strip()
            return
    if lead:
        yield lead
    for name, shape in fields.items():
        if name not in value:
            continue
        inner = value[name]
        if isinstance(inner, str):
            yield f"{indent}{name}: {yaml_scalar(inner, shape)}"
        elif line := _flow(inner, shape):
            yield f"{indent}{name}: {line}"
        else:
            yield f"{indent}{name}:"
            yield from (f"{indent}  - {yaml_scalar(item, shape)}" for item in inner)
