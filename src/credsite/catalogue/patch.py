"""The catalogue where entries say something else of themselves, and nothing that was worked out is another.

A preview makes a catalogue after every save. Most saves change a text or a title, of which no relation, no order and no
date depends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue, entry_sort_key, field_and_key
from credsite.catalogue.publication import Ref
from credsite.content.records import Record
from credsite.schema.kinds import Kind

LINKED: Final = ("references", "heading_ids")
"""Facts by which links are checked."""
WORDS: Final = frozenset({"digest", "record_digest", "title", "summary", "image", "outcomes", *LINKED})
"""Facts of which no relation and no other check depends. The order of titles is looked at besides."""


def patched_catalogue(catalogue: Catalogue, entries: Collection[Record]) -> Catalogue | None:
    """``catalogue`` with new facts of some ``entries``. None where more than their words has changed."""
    found: dict[str, Any] = {}
    for entry in entries:
        name, key = field_and_key(entry)
        known: dict[str | Ref, Record] = found.get(name) or dict(getattr(catalogue, name))
        old = known.get(key)
        if old is None or not _alike(old, entry):
            return None
        known[key] = entry
        if not _is_in_order(known, key):
            return None
        found[name] = known
    return replace(catalogue, changes=catalogue.changes.patched(entries), **found)


def _alike(old: Record, new: Record) -> bool:
    return type(old) is type(new) and all(
        getattr(old, field.name) == getattr(new, field.name)
        for field in fields(new)
        if field.name not in WORDS
    )


def _is_in_order(entries: Mapping[str | Ref, Record], key: str | Ref) -> bool:
    if entries[key].kind is Kind.DELIVERY_MODE:  # which are not in order of their titles
        return True
    keys = list(entries)
    position = keys.index(key)
    around = [entries[other] for other in keys[max(0, position - 1) : position + 2]]
    return all(one < other for one, other in pairwise((each.kind, entry_sort_key(each)) for each in around))


def links_changed(catalogue: Catalogue, entries: Iterable[Record]) -> bool:
    """Whether ``entries`` link to other places than in ``catalogue``, or have other places to link to."""
    return any(
        getattr(entry, name) != getattr(catalogue.entry(entry.kind, entry.slug), name)
        for entry in entries
        for name in LINKED
    )
