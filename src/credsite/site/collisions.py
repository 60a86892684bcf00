"""Every page and file of a plan has an address that a website can have, and no two have the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from credsite.core.names import name_difference
from credsite.core.paths import folders_above
from credsite.core.published_names import path_fault, unpublishable_paths
from credsite.problems.model import Location, Problem
from credsite.schema.config import CONFIG_FILE
from credsite.site.planned import PlannedData, PlannedFile, PlannedPage

PlannedItem = PlannedPage | PlannedData | PlannedFile
_AnyItem = TypeVar("_AnyItem", bound=PlannedItem)


def without_collisions(
    pages: list[PlannedPage],
    data: list[PlannedData],
    files: list[PlannedFile],
    taken: Sequence[str] = (),
) -> tuple[list[PlannedPage], list[PlannedData], list[PlannedFile], list[Problem]]:
    """The items with one owner for each output path, and a problem for each item that was left out.

    The first item with a path keeps it; the theme has the paths ``taken``. Paths that differ only in case collide too,
    because many hosts take them for one file, and some computers take two folders for one. So do a file and a folder of
    the same name. Items whose names no file of a website can have are left out too.
    """
    paths = [*taken, *(path for items in (pages, data, files) for item in items for path in _outputs(item))]
    problems: list[Problem] = []
    if bad := set(unpublishable_paths(paths)):
        pages, data, files = (  # type: ignore[assignment]
            [item for item in items if not _is_unpublishable(item, bad, problems)]
            for items in (pages, data, files)
        )
    if not _any_collision(paths):
        return pages, data, files, problems
    owners = _Owners()
    owners.accepted(PlannedFile(path) for path in taken)
    accepted = owners.accepted(pages), owners.accepted(data), owners.accepted(files)
    return *accepted, [*problems, *owners.problems]


def _is_unpublishable(item: PlannedItem, bad: Collection[str], problems: list[Problem]) -> bool:
    """Whether a path of the item, one of the ``bad`` ones, is none that a website can have; the problem is added."""
    fault = next((found for path in _outputs(item) if path in bad and (found := _path_fault(item, path))), "")
    if not fault:
        return False
    address = f"/{item.path if isinstance(item, PlannedPage) else item.output}"
    if _is_alias(item):
        message = (
            f"The address {address} cannot be that of a page. {fault} Write another, or take the alias out."
        )
        problems.append(Problem("bad-alias", message, _location(item)))
    elif isinstance(item, PlannedPage):
        file_name = item.source.rpartition("/")[2].partition(".")[0]
        is_file_name = file_name == item.path.rstrip("/").rpartition("/")[2]
        advice = "Rename the file." if is_file_name else "Give the entry another `slug`."
        if _is_of_field(item):
            advice = "Choose another word for it in `fields`."
        message = f"The address {address} cannot be that of a page. {fault} {advice}"
        problems.append(
            Problem("bad-slug", message, Location(item.source, 1, 1) if is_file_name else _location(item))
        )
    else:
        message = f"This file cannot be published under its name. {fault} Rename it."
        problems.append(Problem("bad-file-name", message, _location(item)))
    return True


def _path_fault(item: PlannedItem, path: str) -> str:
    return path_fault(path, is_address=isinstance(item, PlannedPage))


def further_collisions(items: Iterable[PlannedItem], others: Iterable[PlannedPage]) -> list[Problem]:
    """The problems that ``others`` would have beside ``items``, which are planned, or beside each other."""
    owners = _Owners()
    owners.accepted(list(items))
    problems_before = len(owners.problems)
    owners.accepted(list(others))
    return owners.problems[problems_before:]


def _any_collision(paths: list[str]) -> bool:
    """Whether two paths are the same but for case, or one is a folder above another, or two folders differ only in case.

    Quick, because usually nothing collides.
    """
    folded = [path.casefold() for path in paths]
    unique = set(folded)
    folders = folders_above(unique)
    if len(unique) < len(paths) or not unique.isdisjoint(folders):
        return True
    # Usually only names of files in `static/` have capital letters, if any, and no names of folders.
    unlike = folders_above(path for path, lower in zip(paths, folded, strict=True) if path != lower)
    return any(folder != folder.casefold() for folder in unlike) and len(folders_above(paths)) > len(folders)


class _Owners:
    """Which item owns which output path, and the folders above these paths."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._files: dict[str, PlannedItem] = {}
        self._folders: dict[str, tuple[str, PlannedItem]] = {}
        """By a folder's path without case: how it is written, and who wrote it so first."""

    def accepted(self, items: Iterable[_AnyItem]) -> list[_AnyItem]:
        """The items whose paths no other item owns yet. They become the owners."""
        return [item for item in items if self._claim(item)]

    def _claim(self, item: PlannedItem) -> bool:
        for path in _outputs(item):
            folded = path.casefold()
            owner = self._folders[folded][1] if folded in self._folders else None
            for other in (folded, *_folders_above(folded)):
                owner = owner or self._files.get(other)
            if owner is not None:
                self.problems.append(_collision(item, owner))
                return False
            for folder in _folders_above(path):
                written, first = self._folders.get(folder.casefold(), (folder, item))
                if written != folder:
                    self.problems.append(_folder_collision(item, folder, first, written))
                    return False
        for path in _outputs(item):
            self._files[path.casefold()] = item
            for folder in _folders_above(path):
                self._folders.setdefault(folder.casefold(), (folder, item))
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
        whose = f"that of {_name_of(owner)}"
    if other and (how := name_difference(other, _source(item))):
        whose += f": the two names {how}"
    advice = "Take the alias out." if is_alias else _advice(item, owner)
    return _problem(f"The address /{path} is already {whose}. {advice}", item, owner)


def _advice(item: PlannedItem, owner: PlannedItem) -> str:
    if isinstance(item, PlannedFile) and item.made_by:
        return "Have the hook write to another path."
    if _is_of_field(item):
        return "Give the field another key."
    if _is_of_field(owner):
        return "Give the field another key, or this another name or `slug`."
    return "Give one of the two another name or `slug`."


def _folder_collision(item: PlannedItem, folder: str, owner: PlannedItem, written: str) -> Problem:
    if not _source(item):
        item, folder, owner, written = owner, written, item, folder
    path = item.path if isinstance(item, PlannedPage) else item.output
    message = (
        f"The address /{path} is in the folder `{folder}`, and that of {_name_of(owner)} is in `{written}`: the two names "
        f"{name_difference(folder, written) or 'look the same'}. Some computers and hosts take them for one folder. Write "
        f"both in the same way, or {'take the alias out' if _is_alias(item) else 'rename one'}."
    )
    return _problem(message, item, owner)


def _problem(message: str, item: PlannedItem, owner: PlannedItem) -> Problem:
    other = _source(owner)
    related = _location(owner) if _is_of_field(owner) else Location(other, 1, 1) if other else None
    return Problem("url-collision", message, _location(item), related=related)


def _location(item: PlannedItem) -> Location:
    return Location(item.source, key=item.key) if isinstance(item, PlannedPage) else Location(_source(item))


def _name_of(owner: PlannedItem) -> str:
    """What has an address, for messages."""
    if isinstance(owner, PlannedPage) and _is_of_field(owner):
        return f"the field `{owner.key[-1]}` in {CONFIG_FILE}"
    if other := _source(owner):
        return f"`{other}`"
    is_file_of_theme = isinstance(owner, PlannedFile) and not owner.data
    return "a file of the theme" if is_file_of_theme else "a page that credsite makes"


def _is_of_field(item: PlannedItem) -> bool:
    """Whether the item is a page of the values of an own field."""
    return isinstance(item, PlannedPage) and item.source == CONFIG_FILE


def _is_alias(item: PlannedItem) -> bool:
    return isinstance(item, PlannedPage) and item.key[0] == "aliases"


def _outputs(item: PlannedItem) -> tuple[str, ...]:
    if isinstance(item, PlannedPage):
        return (item.output, *item.companion_outputs)
    return item.outputs if isinstance(item, PlannedFile) else (item.output,)


def _source(item: PlannedItem) -> str:
    match item:
        case PlannedPage():
            return item.source
        case PlannedFile():
            return item.copy_of or item.made_by
    return ""
