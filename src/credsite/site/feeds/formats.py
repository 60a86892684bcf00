"""Output formats: files for other programs that are made from the catalogue.

Each module of this package with a function ``planned_files`` is a format. Being there is enough: no list names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import credsite.site.feeds
from credsite.catalogue.catalogue import Catalogue
from credsite.schema.config import Config
from credsite.site.labels import Translator
from credsite.site.planned import PlannedFile
from credsite.site.urls import Urls


@dataclass(frozen=True, slots=True)
class FormatContext:
    """What the files of a format may be made from."""

    catalogue: Catalogue
    config: Config
    urls: Urls
    translator: Translator


def format_files(context: FormatContext) -> list[PlannedFile]:
    """The files of all formats, by the names of their modules."""
    return [file for planned_files in _formats() for file in planned_files(context)]


@cache
def _formats() -> tuple[Callable[[FormatContext], Iterable[PlannedFile]], ...]:
    package = credsite.site.feeds
    names = sorted(module.name for module in iter_modules(package.__path__, f"{package.__name__}."))
    modules = [import_module(name) for name in names]
    return tuple(module.planned_files for module in modules if hasattr(module, "planned_files"))
