"""Which page looked up what when it was last made: small in memory, and quick to search.

A site of 10,000 courses has about 100,000 different look-ups, most of which several pages do. Each has a number, and a
page or shared part has only the numbers of its look-ups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from credsite.core.serialization import pack_numbers, unpack_numbers
from credsite.site.dependencies.recorder import (
    ORDER,
    SHARED,
    Dependent,
    Lookup,
    LookupKey,
    Lookups,
    SharedName,
)

_KEY_BITS: Final = 24
"""A look-up's number is the number of its mapping, and in this many lower bits the position of its key."""
_MAX_UNPACKED: Final = 1000
"""Dependents whose look-ups wait as they are. Packing many at once is quicker, and most are asked for soon, if at all."""
_MAX_UNUSED: Final = 200
"""Keys that nothing looks up any more, from which on all look-ups get new numbers if they are a tenth of all keys."""
_GONE: Final = ()
"""What stands in the place of a key that nothing looks up any more. The key may name an entry that is gone."""


@dataclass(frozen=True, slots=True)
class Dependents:
    """Pages by their paths, and shared parts by their names."""

    pages: frozenset[str]
    shared: frozenset[SharedName]


@dataclass(frozen=True)
class _Keys:
    """The keys of one mapping that have been looked up, in the order of their numbers. ``first`` is the number of the first."""

    mapping: str
    first: int
    keys: list[LookupKey] = field(default_factory=list)

    @cached_property
    def numbers(self) -> dict[LookupKey, int]:
        return {key: number for number, key in enumerate(self.keys, self.first)}

    def add(self, key: LookupKey) -> int:
        number = self.numbers[key] = self.first + len(self.keys)
        self.keys.append(key)
        return number

    def forget_unused(self, used: Collection[int]) -> None:
        """Put nothing in the place of each key whose number is not ``used``."""
        if self.mapping == ORDER:  # whose keys are the names of mappings
            return
        for position, key in enumerate(self.keys):
            if self.first + position not in used and key != _GONE:
                del self.numbers[key]
                self.keys[position] = _GONE


class DependencyStore:
    """The look-ups of pages and of the parts that they share."""

    def __init__(
        self,
        keys: Mapping[str, Sequence[LookupKey]] = {},
        numbers: Iterable[tuple[Dependent, bytes]] = (),
    ) -> None:
        """What :meth:`keys` and :meth:`packed_numbers` of another store gave after :meth:`retain`."""
        self._by_mapping: dict[str, _Keys] = {}
        self._all_keys: list[_Keys] = []
        for mapping, known in keys.items():
            self._keys_of(mapping).keys.extend(known)
        self._pages: dict[str, bytes] = {}
        self._shared: dict[SharedName, bytes] = {}
        for dependent, found in numbers:
            self._set(dependent, found)
        self._unpacked: dict[Dependent, Lookups] = {}
        self._has_changed = False

    def keys(self) -> dict[str, Sequence[LookupKey]]:
        """The keys that have been looked up, by mapping. Further keys are added at the end of the sequences."""
        self._pack()
        return {known.mapping: known.keys for known in self._all_keys}

    def packed_numbers(self) -> Iterator[tuple[Dependent, bytes]]:
        """Each page and shared part, with the numbers of its look-ups as bytes (see :mod:`credsite.core.serialization`).

        They stay packed, because a build needs those of a few pages only.
        """
        self._pack()
        yield from self._pages.items()
        yield from self._shared.items()

    def get(self, dependent: Dependent) -> Lookups | None:
        """What a page or shared part looked up; None where that is not known."""
        unpacked = self._unpacked.get(dependent)
        if unpacked is not None:
            return unpacked
        numbers = self._get(dependent)
        return None if numbers is None else tuple(map(self._lookup, unpack_numbers(numbers)))

    def record(self, dependent: Dependent, lookups: Lookups) -> bool:
        """Remember what a page or shared part has just looked up. Whether that differs from what it did before."""
        if self.get(dependent) == lookups:
            return False
        self._unpacked[dependent] = lookups
        self._has_changed = True
        if len(self._unpacked) >= _MAX_UNPACKED:
            self._pack()
        return True

    def retain(self, paths: Collection[str]) -> None:
        """Forget all pages whose paths are not among ``paths``, and what only they shared."""
        self._pack()
        if not self._has_changed and self._pages.keys() <= set(paths):
            return
        self._has_changed = False
        self._pages = {path: numbers for path, numbers in self._pages.items() if path in paths}
        used = set(unpack_numbers(b"".join(self._pages.values())))
        unreached, self._shared = self._shared, {}
        while reached := [name for name in unreached if self._number((SHARED, name)) in used]:
            found = {name: unreached.pop(name) for name in reached}
            used.update(unpack_numbers(b"".join(found.values())))
            self._shared |= found
        count = sum(len(known.keys) for known in self._all_keys)
        if count - len(used) > max(_MAX_UNUSED, count // 10):
            self._renumber()
        elif count - len(used) > sum(known.keys.count(_GONE) for known in self._all_keys):
            for known in self._all_keys:
                known.forget_unused(used)

    def dependents(self, lookups: Iterable[Lookup]) -> Dependents:
        """Whatever did any of ``lookups`` when it was last made, directly or through a part that it shows."""
        self._pack()
        numbers = {number for lookup in lookups if (number := self._number(lookup)) is not None}
        shared: set[SharedName] = set()
        while found := [
            name
            for name, own in self._shared.items()
            if name not in shared and not numbers.isdisjoint(unpack_numbers(own))
        ]:
            shared.update(found)
            numbers |= {number for name in found if (number := self._number((SHARED, name))) is not None}
        pages = (path for path, own in self._pages.items() if not numbers.isdisjoint(unpack_numbers(own)))
        return Dependents(frozenset(pages), frozenset(shared))

    def _keys_of(self, mapping: str) -> _Keys:
        known = self._by_mapping.get(mapping)
        if known is None:
            known = self._by_mapping[mapping] = _Keys(mapping, len(self._all_keys) << _KEY_BITS)
            self._all_keys.append(known)
        return known

    def _pack(self) -> None:
        """Pack the look-ups that wait for it."""
        unpacked, self._unpacked = self._unpacked, {}
        for dependent, lookups in unpacked.items():
            numbers = []
            for mapping, key in lookups:  # half a million times for 10,000 courses
                known = self._by_mapping.get(mapping) or self._keys_of(mapping)
                number = known.numbers.get(key)
                numbers.append(known.add(key) if number is None else number)
            self._set(dependent, pack_numbers(numbers))

    def _number(self, lookup: Lookup) -> int | None:
        known = self._by_mapping.get(lookup[0])
        return None if known is None else known.numbers.get(lookup[1])

    def _lookup(self, number: int) -> Lookup:
        known = self._all_keys[number >> _KEY_BITS]
        return known.mapping, known.keys[number - known.first]

    def _renumber(self) -> None:
        self._unpacked = {dependent: self.get(dependent) or () for dependent, _ in self.packed_numbers()}
        self._by_mapping, self._all_keys = {}, []
        self._pack()

    def _get(self, dependent: Dependent) -> bytes | None:
        return self._pages.get(dependent) if isinstance(dependent, str) else self._shared.get(dependent)

    def _set(self, dependent: Dependent, numbers: bytes) -> None:
        if isinstance(dependent, str):
            self._pages[dependent] = numbers
        else:
            self._shared[dependent] = numbers
