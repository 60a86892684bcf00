"""Records what each page looks up while it is made, so that a page is made again only when one of these values changes.

Pages are made from a catalogue whose mappings are wrapped in :class:`RecordingMapping`, which records every look-up.
Making a page is a pure function of the values it looks up. As long as all of them stay the same, the page would do the
same look-ups and come out the same.

Parts that many pages show, such as cards, are made once. Their look-ups are recorded apart from those of the pages, and
a page that shows such a part records only that it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.unpublished import Ref
from credsite.site.links import LinkResolver

Key = TypeVar("Key")
Value = TypeVar("Value")
Computed = TypeVar("Computed")

LookupKey: TypeAlias = str | tuple[str, ...]
"""A key of a mapping of the catalogue. All keys of one mapping are of the same type."""
Lookup: TypeAlias = tuple[str, LookupKey]
"""The name of a mapping and the key that was looked up in it, or one of the three names below and what they say.

A plain tuple, because a site of 10,000 courses records half a million: as named tuples, to make them and to send them
from worker processes takes over a second more.
"""
Lookups: TypeAlias = tuple[Lookup, ...]
"""The different look-ups of one page or shared part, sorted, so that they do not depend on the process."""
SharedName: TypeAlias = tuple[str, ...]
"""The name of a shared part: that of the function that makes it, and the function's arguments."""
Dependent: TypeAlias = str | SharedName
"""What looks things up: a page, by its path, or a shared part, by its name."""

SHARED: Final = "shared"
"""``(SHARED, name)``: the page shows the shared part of this name."""
TEXT: Final = "text"
"""``(TEXT, path)``: the page shows the text of the entry whose file has this path."""
ORDER: Final = "order"
"""``(ORDER, name)``: the page depends on which keys the mapping of this name has, and on their order."""


class LookupRecorder:
    """Records look-ups. Those of the page that is being made are in ``current``."""

    def __init__(self) -> None:
        self.current: set[Lookup] = set()
        self._shared: dict[Dependent, Lookups] = {}

    def record(self, make: Callable[[], Computed]) -> tuple[Computed, Lookups]:
        """The result of ``make``, and what it looked up."""
        outer, self.current = self.current, set()
        try:
            return make(), tuple(sorted(self.current))
        finally:
            self.current = outer

    def record_shared(self, name: SharedName, make: Callable[[], Computed]) -> Computed:
        """The result of ``make``, a shared part that is made for the first time."""
        result, self._shared[name] = self.record(make)
        return result

    def add_shared(self, name: SharedName) -> None:
        """Record that the current page shows the shared part ``name``."""
        self.current.add((SHARED, name))

    def add_text(self, path: str) -> None:
        """Record that the current page shows the text of the entry whose file is ``path``."""
        self.current.add((TEXT, path))

    def take_shared(self) -> dict[Dependent, Lookups]:
        """The look-ups of all shared parts that were made since the last call."""
        taken, self._shared = self._shared, {}
        return taken


class RecordingMapping(Mapping[Key, Value]):
    """A mapping that records every look-up. To go through it or to count it is a look-up of the order of its keys."""

    __slots__ = ("_name", "_recorder", "_values")

    def __init__(self, name: str, values: Mapping[Key, Value], recorder: LookupRecorder) -> None:
        self._name = name
        self._values = values
        self._recorder = recorder

    def __getitem__(self, key: Key) -> Value:
        self._recorder.current.add((self._name, key))  # type: ignore[arg-type]
        return self._values[key]

    def get(self, key: Key, default: Any = None) -> Any:
        self._recorder.current.add((self._name, key))  # type: ignore[arg-type]
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._recorder.current.add((self._name, key))  # type: ignore[arg-type]
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        self._recorder.current.add((ORDER, self._name))
        return iter(self._values)

    def __len__(self) -> int:
        self._recorder.current.add((ORDER, self._name))
        return len(self._values)


class _NotForPages:
    """Stands for a field of the catalogue whose use could not be recorded, so that no page can depend on it."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(
            f"a page may not depend on `{name}` by itself: only the mappings of the catalogue record look-ups"
        )


def _recording_catalogue(catalogue: Catalogue, recorder: LookupRecorder) -> Catalogue:
    """``catalogue`` for making pages: its mappings record look-ups, and its other fields cannot be used."""
    changes: dict[str, Any] = {}
    for field in fields(catalogue):
        value = getattr(catalogue, field.name)
        changes[field.name] = (
            RecordingMapping(field.name, value, recorder) if isinstance(value, Mapping) else _NotForPages()
        )
    return replace(catalogue, **changes)


def recording_link_resolver(resolver: LinkResolver, recorder: LookupRecorder) -> LinkResolver:
    """``resolver`` for making pages. It, its catalogue and its images record look-ups."""
    invalid_entries: Mapping[Ref, None] = dict.fromkeys(resolver.invalid_entries)
    return replace(
        resolver,
        catalogue=_recording_catalogue(resolver.catalogue, recorder),
        images=RecordingMapping("images", resolver.images, recorder),
        all_entries=RecordingMapping("all", resolver.all_entries, recorder),
        by_path=RecordingMapping("paths", resolver.by_path, recorder),
        invalid_entries=RecordingMapping("invalid_entries", invalid_entries, recorder),
    )
