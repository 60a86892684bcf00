"""A quick update of the catalogue after an edit that changes words only.

A preview needs a new catalogue after every save. Most edits change a text or a title, on which no relation, no order and
no date depends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue, entry_sort_key, field_and_key
from credsite.catalogue.unpublished import Ref
from credsite.content.records import Record
from credsite.core.text import first_letter
from credsite.schema.kinds import Kind

LINKED: Final = ("references", "heading_ids")
"""The fields of records that links are checked by."""
WORDS: Final = frozenset({"digest", "record_digest", "title", "summary", "image", "outcomes", *LINKED})
"""The fields of records on which no relation and no other check depends. The order of titles is checked apart."""


def patched_catalogue(catalogue: Catalogue, entries: Collection[Record]) -> Catalogue | None:
    """``catalogue`` with new records of some ``entries``. None where more than their words has changed."""
    changed: dict[str, Any] = {}
    for entry in entries:
        name, key = field_and_key(entry)
        records: dict[str | Ref, Record] = changed.get(name) or dict(getattr(catalogue, name))
        old = records.get(key)
        if old is None or not _only_words_differ(old, entry):
            return None
        has_other_title = entry.kind is Kind.COURSE and old.title != entry.title
        if has_other_title and first_letter(old.title) != first_letter(entry.title):
            return None
        if has_other_title and _shares_title(records, key):
            return None
        records[key] = entry
        if not _is_in_order(records, key) or (has_other_title and _shares_title(records, key)):
            return None
        changed[name] = records
    return replace(catalogue, changes=catalogue.changes.patched(entries), **changed)


def _only_words_differ(old: Record, new: Record) -> bool:
    return type(old) is type(new) and all(
        getattr(old, field.name) == getattr(new, field.name)
        for field in fields(new)
        if field.name not in WORDS
    )


def _is_in_order(entries: Mapping[str | Ref, Record], key: str | Ref) -> bool:
    if entries[key].kind is Kind.DELIVERY_MODE:  # these are not in the order of their titles
        return True
    around = _neighbours(entries, key)
    return all(one < other for one, other in pairwise((each.kind, entry_sort_key(each)) for each in around))


def _shares_title(entries: Mapping[str | Ref, Record], key: str | Ref) -> bool:
    """Whether another course has the same title: these stand side by side, and their pages tell them apart."""
    return [entry.title for entry in _neighbours(entries, key)].count(entries[key].title) > 1


def _neighbours(entries: Mapping[str | Ref, Record], key: str | Ref) -> list[Record]:
    """An entry, with the ones before and after it."""
    keys = list(entries)
    position = keys.index(key)
    return [entries[other] for other in keys[max(0, position - 1) : position + 2]]


def links_changed(catalogue: Catalogue, entries: Iterable[Record]) -> bool:
    """Whether the links of ``entries``, or the headings that links can lead to, differ from those in ``catalogue``."""
    return any(
        getattr(entry, name) != getattr(catalogue.entry(entry.kind, entry.slug), name)
        for entry in entries
        for name in LINKED
    )
