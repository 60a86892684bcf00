"""Hooks of installed packages: those that a package offers as an entry point of the group ``credsite``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from credsite.core.hashing import combined_digest, file_digest

_GROUP: Final = "credsite"


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=_GROUP)}


def forget_packages() -> None:
    """Look again which packages are installed, when somebody next asks."""
    _entry_points.cache_clear()


def package_names() -> list[str]:
    """The names under which installed packages offer hooks."""
    return sorted(_entry_points())


def load_package(name: str) -> object:
    """What a package offers under a name, usually a module. Raises what its code raises."""
    return _entry_points()[name].load()


def package_digest(name: str) -> str:
    """A digest of the code of a package, "" where it is not installed."""
    entry = _entry_points().get(name)
    spec = None if entry is None else find_spec(entry.module)
    if entry is None or spec is None:
        return ""
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    files += [Path(spec.origin)] if spec.origin and not folders else []
    release = f"{entry.dist.name} {entry.dist.version}" if entry.dist else ""
    return combined_digest([release, entry.value, *(file_digest(str(file)) for file in files)])


def are_up_to_date(packages: Iterable[str]) -> bool:
    """Whether the code of ``packages``, names with digests, is installed as it was then."""
    return all(one == identified(one.partition(" ")[0]) for one in packages)


def identified(name: str) -> str:
    """The name of hooks that are installed, with a digest of their code as it is now."""
    return f"{name} {package_digest(name)}"
