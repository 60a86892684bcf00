"""What is known of pages from when they were last made, and the rows in which it is stored from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from credsite.core.hashing import combined_digest, digest
from credsite.core.serialization import json_bytes, pack_numbers
from credsite.site.dependencies.recorder import LookupKey
from credsite.site.dependencies.store import DependencyStore

MappingRow: TypeAlias = tuple[int, str, bytes, bytes]
"""A mapping that pages look things up in: its number, its name, the keys as a JSON list, and as another the fingerprint
of the value of each."""
DependentRow: TypeAlias = tuple[str, bytes, str, str]
"""A page or shared part: its path or name as JSON, and the numbers of its look-ups, four bytes each. Of a page also its
fingerprint and the context of that (see :class:`PageFingerprint`), which are ``""`` for a shared part."""


@dataclass(frozen=True)
class HistoryRows:
    """The rows of a :class:`PageHistory`, in the order of their first columns. ``day`` is that of the build, and ``related``
    what was worked out of related courses.

    There is a row for each mapping and not for each look-up: after an edit in a site of 10,000 courses, 100,000 rows would
    take a third of a second longer to read and write.
    """

    mappings: tuple[MappingRow, ...] = ()
    dependents: Mapping[str, DependentRow] = field(default_factory=dict)
    day: str = ""
    related: bytes = b""

    @cached_property
    def checksum(self) -> str:
        """A digest of all rows, without ``related``, which has its own. TypeError or ValueError where a column holds values of another type."""
        numbers, mappings, *lists = zip(*self.mappings, strict=True) if self.mappings else ((), ())
        names, packed, *fingerprints = (
            zip(*self.dependents.values(), strict=True) if self.dependents else ((), ())
        )
        blobs = [blob for column in (packed, *lists) for blob in column]
        return combined_digest(
            [
                digest(pack_numbers((*numbers, *map(len, blobs)))),
                digest(b"".join(blobs)),
                *map("\n".join, (mappings, names, *fingerprints)),
                self.day,
            ]
        )


class PageFingerprint(NamedTuple):
    """The fingerprint of a page, and its ``context``: a digest of all that the page depends on beside its look-ups."""

    fingerprint: str
    context: str


class KnownValues(NamedTuple):
    """Keys of a mapping, and the fingerprint of the value of each. There may be further keys, whose values are unknown."""

    keys: Sequence[LookupKey]
    fingerprints: list[str]


@dataclass(frozen=True, slots=True)
class PageHistory:
    """What pages looked up when they were last made, the fingerprints that all these values had on that ``day``, by
    mapping, and the fingerprints of the pages by their paths."""

    store: DependencyStore = field(default_factory=DependencyStore)
    values: Mapping[str, KnownValues] = field(default_factory=dict)
    pages: Mapping[str, PageFingerprint] = field(default_factory=dict)
    day: str = ""

    @classmethod
    def from_rows(cls, rows: HistoryRows) -> PageHistory:
        """What :meth:`to_rows` was called on."""
        names = _decode_keys(f"[{','.join(rows.dependents)}]")
        dependents = list(zip(names, rows.dependents.values(), strict=True))
        store = DependencyStore(
            {mapping: _decode_keys(keys) for _, mapping, keys, _ in rows.mappings},
            ((name, numbers) for name, (_, numbers, _, _) in dependents),
        )
        keys = store.keys()
        return cls(
            store,
            {
                mapping: KnownValues(keys[mapping], json.loads(fingerprints))
                for _, mapping, _, fingerprints in rows.mappings
            },
            {
                name: PageFingerprint(fingerprint, context)
                for name, (_, _, fingerprint, context) in dependents
                if isinstance(name, str) and fingerprint
            },
            rows.day,
        )

    def to_rows(self) -> HistoryRows:
        """As rows. There must be a fingerprint in ``values`` for each key of the store."""
        unknown = PageFingerprint("", "")
        dependents: dict[str, DependentRow] = {}
        for dependent, numbers in self.store.packed_numbers():
            name = encode_key(dependent)
            page = self.pages.get(dependent, unknown) if isinstance(dependent, str) else unknown
            dependents[name] = (name, numbers, *page)
        return HistoryRows(
            tuple(
                (number, mapping, json_bytes(keys), json_bytes(self.values[mapping].fingerprints))
                for number, (mapping, keys) in enumerate(self.store.keys().items())
            ),
            dict(sorted(dependents.items())),
            self.day,
        )


encode_key = json.JSONEncoder().encode
"""A key, path or name as JSON."""


def _decode_keys(text: str | bytes) -> list[Any]:
    """A JSON list of keys, paths or names."""
    return [key if isinstance(key, str) else tuple(key) for key in json.loads(text)]
