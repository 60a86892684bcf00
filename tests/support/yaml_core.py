"""Reads YAML as text editors and forms in browsers do: by the core schema of YAML 1.2, with dates as texts."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

_SCALARS: Final = {
    "null": (r"~|null|Null|NULL|", "~nN", ""),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.nan|[-+]?\.inf", "-+.0123456789"),
}


class _Core(yaml.CSafeLoader):
    """A loader that knows only the scalars of the core schema."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _name, (_pattern, *_firsts) in _SCALARS.items():
    _signs = [sign for signs in _firsts for sign in (signs or [""])]
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), _signs)


def _whole(loader: Any, node: Any) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _number(loader: Any, node: Any) -> float:
    return float(loader.construct_scalar(node))


_Core.add_constructor("tag:yaml.org,2002:int", _whole)
_Core.add_constructor("tag:yaml.org,2002:float", _number)


def load_core(text: str) -> Any:
    """The data of a YAML text."""
    return yaml.load(text, Loader=_Core)
