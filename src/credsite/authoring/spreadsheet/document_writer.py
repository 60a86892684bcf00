"""Writes front matter as an editor would: short lists on one line, long ones with a value on each line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import yaml

from credsite.authoring.spreadsheet.columns import Columns, field_shapes, is_large_block
from credsite.core.quantities import Duration
from credsite.schema.introspection import FieldShape
from credsite.schema.models.price import Price
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


def key_lines(key: str, value: Any, shape: FieldShape) -> list[str]:
    """The lines of a key with its value."""
    if isinstance(value, str):
        return [f"{key}: {_scalar(value, shape)}"]
    if value is None:
        return [f"{key}:"]
    if not value:
        return [f"{key}: {'{}' if isinstance(value, Mapping) else '[]'}"]
    if line := _flow(value, shape):
        return [f"{key}: {line}"]
    if isinstance(value, Mapping):
        return [f"{key}:", *(f"  {line}" for line in _block(value, shape))]
    lines = [f"{key}:"]
    for item in value:
        first, *rest = _item(item, shape)
        lines += [f"  - {first}".rstrip(), *(f"    {line}" for line in rest)]
    return lines


def _item(item: Any, shape: FieldShape) -> list[str]:
    if item is None:
        return [""]
    if isinstance(item, str):
        return [_scalar(item, shape)]
    line = _flow(item, shape)
    return [line] if line else _block(item, shape) or ["{}"]


def _block(values: Mapping[str, Any], shape: FieldShape) -> list[str]:
    assert shape.model is not None
    return [
        line
        for name, inner in field_shapes(shape.model).items()
        if name in values
        for line in key_lines(name, values[name], inner)
    ]


def _flow(value: Mapping[str, Any] | Sequence[Any], shape: FieldShape) -> str:
    """A list of short texts or a small block, in brackets on one line; ``""`` for any other value."""
    if isinstance(value, Mapping):
        if shape.model is None or is_large_block(shape.model) or None in value.values():
            return ""
        fields = field_shapes(shape.model).items()
        pairs = (
            f"{name}: {_scalar(value[name], inner, in_brackets=True)}"
            for name, inner in fields
            if name in value
        )
        line = f"{{{', '.join(pairs)}}}"
    elif all(
        isinstance(item, str) and len(item) <= _MAX_FLOW_ITEM_LENGTH and _FLOW_TEXT.fullmatch(item)
        for item in value
    ):
        line = f"[{', '.join(_scalar(item, shape, in_brackets=True) for item in value)}]"
    else:
        return ""
    return line if len(line) <= _MAX_FLOW_LENGTH else ""


def _scalar(text: str, shape: FieldShape, *, in_brackets: bool = False) -> str:
    """A text on one line, with quotation marks if YAML would read it as something else."""
    if not needs_quotes(text, shape) and (_FLOW_TEXT.fullmatch(text) if in_brackets else _is_plain(text)):
        return text
    return _double_quoted(text)


def _is_plain(text: str) -> bool:
    """Whether YAML reads a text without quotation marks as the same text, and a person can read it."""
    return (
        text.isprintable()
        and not text.startswith(_INDICATORS)
        and loader.load_yaml(f"a: {text}\n", "") == ({"a": text}, [])
    )


def needs_quotes(text: str, shape: FieldShape) -> bool:
    """Whether a text gets quotation marks because other programs may read it as a number, a date or the like.

    Values that are numbers, dates and the like are written without them.
    """
    is_typed = shape.type in (bool, int, Decimal, date, Duration, Price) or shape.model is Price
    return not (is_typed or shape.is_money) and _TYPED.fullmatch(text) is not None


def _double_quoted(text: str) -> str:
    """A text in quotation marks, on one line."""
    if text.isprintable() and _QUOTABLE.fullmatch(text):
        return f'"{text}"'
    dumped: str = yaml.dump(
        text, Dumper=yaml.CSafeDumper, default_style='"', allow_unicode=True, width=_NO_LINE_BREAKS
    )
    return dumped.removesuffix("\n")
