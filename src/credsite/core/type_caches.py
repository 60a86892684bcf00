"""Caches of what is worked out from types, some of which a site itself declares.

A preview can run for days while somebody changes the declarations in credsite.yaml. Each change makes new models, and a cache
that holds them keeps all that belongs to them in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])

_clear_functions: Final[list[Callable[[], None]]] = []


def cached_by_type(function: _Function) -> _Function:
    """Cache what ``function`` returns for a type, or for a schema, as :func:`functools.cache` does, until :func:`forget_types`."""
    cached = cache(function)
    _clear_functions.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def forget_types() -> None:
    """Empty the caches of all functions, so that models that nothing else refers to are freed."""
    for clear in _clear_functions:
        clear()
