"""No two pages or files of a plan may have the same address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from credsite.core.names import name_difference
from credsite.core.paths import folders_above
from credsite.problems.model import Location, Problem
from credsite.site.planned import PlannedData, PlannedFile, PlannedPage

PlannedItem = PlannedPage | PlannedData | PlannedFile
_AnyItem = TypeVar("_AnyItem", bound=PlannedItem)


def without_collisions(
    pages: list[PlannedPage], data: list[PlannedData], files: list[PlannedFile]
) -> tuple[list[PlannedPage], list[PlannedData], list[PlannedFile], list[Problem]]:
    """The items with one owner for each output path, and a problem for each item that was left out.

    The first item with a path keeps it. Paths that differ only in case collide too, because many hosts take them for
    one file. So do a file and a folder of the same name.
    """
    if not _any_collision(
        [path.casefold() for items in (pages, data, files) for item in items for path in _outputs(item)]
    ):
        return pages, data, files, []
    owners = _Owners()
    return owners.accepted(pages), owners.accepted(data), owners.accepted(files), owners.problems


def further_collisions(items: Iterable[PlannedItem], others: Iterable[PlannedPage]) -> list[Problem]:
    """The problems that ``others`` would have beside ``items``, which are planned, or beside each other."""
    owners = _Owners()
    owners.accepted(list(items))
    problems_before = len(owners.problems)
    owners.accepted(list(others))
    return owners.problems[problems_before:]


def _any_collision(paths: list[str]) -> bool:
    """Whether two paths are the same, or one is a folder above another. Quick, because usually nothing collides."""
    unique = set(paths)
    return len(unique) < len(paths) or not unique.isdisjoint(folders_above(unique))


class _Owners:
    """Which item owns which output path, and the folders above these paths."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._files: dict[str, PlannedItem] = {}
        self._folders: dict[str, PlannedItem] = {}

    def accepted(self, items: Iterable[_AnyItem]) -> list[_AnyItem]:
        """The items whose paths no other item owns yet. They become the owners."""
        return [item for item in items if self._claim(item)]

    def _claim(self, item: PlannedItem) -> bool:
        claimed = {path: _folders_above(path) for path in map(str.casefold, _outputs(item))}
        for path, folders in claimed.items():
            owner = self._folders.get(path)
            for other in (path, *folders):
                owner = owner or self._files.get(other)
            if owner is not None:
                self.problems.append(_collision(item, owner))
                return False
        for path, folders in claimed.items():
            self._files[path] = item
            for folder in folders:
                self._folders.setdefault(folder, item)
        return True


def _folders_above(path: str) -> list[str]:
    return [path[:at] for at, sign in enumerate(path) if sign == "/"]


def _collision(item: PlannedItem, owner: PlannedItem) -> Problem:
    """Reported at the item that an editor can change: a generated page has no file to fix."""
    if not _source(item):
        item, owner = owner, item
    path = item.path if isinstance(item, PlannedPage) else item.output
    is_alias = _is_alias(item)
    other = _source(owner)
    if is_alias and _is_alias(owner) and other == _source(item):
        whose = "that of another alias in this file: both mean the same page"
    else:
        whose = f"that of {f'`{other}`' if other else 'a page that credsite makes'}"
    if other and (how := name_difference(other, _source(item))):
        whose += f": the two names {how}"
    message = (
        f"The address /{path} is already {whose}. "
        f"{'Take the alias out.' if is_alias else 'Give one of the two another name or `slug`.'}"
    )
    location = (
        Location(item.source, key=item.key) if isinstance(item, PlannedPage) else Location(_source(item))
    )
    return Problem("url-collision", message, location, related=Location(other, 1, 1) if other else None)


def _is_alias(item: PlannedItem) -> bool:
    return isinstance(item, PlannedPage) and item.key[0] == "aliases"


def _outputs(item: PlannedItem) -> tuple[str, ...]:
    if isinstance(item, PlannedPage) and item.companion_output:
        return (item.output, item.companion_output)
    return (item.output,)


def _source(item: PlannedItem) -> str:
    match item:
        case PlannedPage():
            return item.source
        case PlannedFile():
            return item.copy_of
    return ""
