"""What is known of pages from when they were last made, and the columns in which it is stored from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from credsite.core.serialization import json_bytes, pack_numbers, unpack_numbers
from credsite.site.dependencies.recorder import LookupKey
from credsite.site.dependencies.store import DependencyStore

HistoryColumns = Mapping[str, bytes]
"""A :class:`PageHistory` as a few long columns: names and what they hold. A build writes only those that have changed.

A row for each page would take longer: in a site of 10,000 courses, there are 25,000 pages and shared parts.
"""


class PageFingerprint(NamedTuple):
    """The fingerprint of a page, and the page's identity: what says, beside its look-ups, what it shows."""

    fingerprint: str
    identity: str


class KnownValues(NamedTuple):
    """Keys of a mapping, and the fingerprint of the value of each. There may be further keys, whose values are unknown."""

    keys: Sequence[LookupKey]
    fingerprints: list[str]


@dataclass(frozen=True, slots=True)
class PageHistory:
    """What pages looked up when they were last made, the fingerprints that all these values had on that ``day``, by
    mapping, and the fingerprints of the pages by their paths. ``common`` is what all pages depend on, such as the theme."""

    store: DependencyStore = field(default_factory=DependencyStore)
    values: Mapping[str, KnownValues] = field(default_factory=dict)
    pages: Mapping[str, PageFingerprint] = field(default_factory=dict)
    day: str = ""
    common: str = ""

    @classmethod
    def from_columns(cls, columns: HistoryColumns) -> PageHistory:
        """What :meth:`to_columns` was called on. An empty history for no columns."""
        if not columns:
            return cls()
        day, common, mappings = json.loads(columns["rest"])
        names = _decode_keys(columns["names"])
        ends = accumulate(unpack_numbers(columns["sizes"]), initial=0)
        lookups = columns["lookups"]
        fingerprints, identities = json.loads(columns["fingerprints"]), json.loads(columns["identities"])
        store = DependencyStore(
            {mapping: _decode_keys(columns[f"keys of {mapping}"]) for mapping in mappings},
            zip(names, (lookups[start:end] for start, end in pairwise(ends)), strict=True),
        )
        return cls(
            store,
            {
                mapping: KnownValues(keys, json.loads(columns[f"values of {mapping}"]))
                for mapping, keys in store.keys().items()
            },
            {
                name: PageFingerprint(fingerprint, identity)
                for name, fingerprint, identity in zip(names, fingerprints, identities, strict=False)
                if fingerprint
            },
            day,
            common,
        )

    def to_columns(self) -> HistoryColumns:
        """As columns. There must be a fingerprint in ``values`` for each key of the store."""
        keys = self.store.keys()
        lookups = dict(self.store.packed_numbers())
        unknown = PageFingerprint("", "")
        # Pages come before the parts that they share, which have no fingerprints.
        pages = [self.pages.get(name, unknown) for name in lookups if isinstance(name, str)]
        return {
            "names": json_bytes(list(lookups)),
            "sizes": pack_numbers(map(len, lookups.values())),
            "lookups": b"".join(lookups.values()),
            "fingerprints": json_bytes([page.fingerprint for page in pages]),
            "identities": json_bytes([page.identity for page in pages]),
            "rest": json_bytes([self.day, self.common, list(keys)]),
            **{f"keys of {mapping}": json_bytes(known) for mapping, known in keys.items()},
            **{f"values of {mapping}": json_bytes(self.values[mapping].fingerprints) for mapping in keys},
        }


encode_key = json.JSONEncoder().encode
"""A key as JSON."""


def _decode_keys(text: bytes) -> list[Any]:
    """A JSON list of keys, paths or names."""
    return [key if isinstance(key, str) else tuple(key) for key in json.loads(text)]
