"""Tells whether a page would come out as it did, without making it.

The fingerprint of a page is a digest of all that it looked up, with a fingerprint of each value: pages with equal
fingerprints are equal. From the last build it is known what each page looked up, which fingerprints these values had
then, and the fingerprint of the page. Where none of the values has changed, the page's fingerprint is still right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from itertools import repeat
from typing import Any, Final

from credsite.catalogue.catalogue import FIELD_OF_KIND, OWN, field_and_key
from credsite.catalogue.skills import TaughtSkill
from credsite.content.records import Record
from credsite.core.hashing import digest
from credsite.core.serialization import json_bytes
from credsite.schema.kinds import Kind
from credsite.site.dependencies.history import KnownValues, PageFingerprint, PageHistory, encode_key
from credsite.site.dependencies.recorder import ORDER, SHARED, TEXT, Dependent, Lookup, LookupKey, Lookups
from credsite.site.dependencies.store import Dependents
from credsite.site.links import LinkResolver

_COURSES: Final = FIELD_OF_KIND[Kind.COURSE]
_MAX_LENGTH: Final = 64
"""Characters of the longest value that is its own fingerprint. Of longer ones it is a digest."""
_MISSING: Final = object()


class Fingerprinter:
    """Gives fingerprints of values and pages: short texts that are equal where these are, in every process."""

    def __init__(self, resolver: LinkResolver, history: PageHistory | None = None) -> None:
        """``history`` is what is known of the last build. :meth:`record` brings its store up to date."""
        catalogue = resolver.catalogue
        values = {field.name: getattr(catalogue, field.name) for field in fields(catalogue)}
        self._mappings: dict[str, Mapping[Any, Any]] = {
            **{name: value for name, value in values.items() if isinstance(value, Mapping)},
            "images": resolver.images,
            "all": resolver.all_entries,
            "paths": resolver.by_path,
            "invalid_entries": dict.fromkeys(resolver.invalid_entries),
        }
        self._digests = {record.path: record.digest for record in resolver.all_entries.values()}
        self._day = catalogue.as_of
        self._history = history or PageHistory()
        self._store = self._history.store
        self._pages = dict(self._history.pages)
        self._common = self._history.common
        self._lookups: dict[Lookup, str] = {}
        """Of each look-up that the fingerprint of a page was asked for: what it adds to the fingerprint."""

    def unchanged(self, common: str, path: str, identity: str) -> str:
        """The fingerprint of the page at ``path`` from the last build, if it is still right; else ``""``.

        ``common`` stands for what all pages depend on, such as the theme, and ``identity`` for what says beside the look-ups
        what this page shows.
        """
        last = self._pages_with(common).get(path)
        if last is None or path in self._stale.pages or last.identity != identity:
            return ""
        return last.fingerprint

    def _pages_with(self, common: str) -> dict[str, PageFingerprint]:
        """The fingerprints of pages by path, as far as they were made with ``common``."""
        if common != self._common:
            self._pages.clear()
            self._common = common
        return self._pages

    @cached_property
    def _stale(self) -> Dependents:
        """What looked up a value that has changed since the last build."""
        changed: set[Lookup] = set()
        for mapping, (keys, last) in self._history.values.items():
            now = self._now[mapping]
            if now != last:
                changed |= {
                    (mapping, key) for key, old, new in zip(keys, last, now, strict=False) if old != new
                }
        return self._dependents(changed)

    @cached_property
    def _now(self) -> dict[str, list[str]]:
        """The fingerprints that the values of the last build have now, by mapping."""
        values = self._history.values
        same = self._unchanged_courses() if any(mapping in values for mapping in OWN) else frozenset()
        now = {}
        for mapping, (keys, last) in values.items():
            known = keys[: len(last)]
            if mapping in OWN:
                # What these hold for a course depends on that course and on the day alone.
                new = self._fingerprints_in(mapping, [key for key in known if key not in same])
                now[mapping] = [
                    old if key in same else next(new) for key, old in zip(known, last, strict=True)
                ]
            else:
                now[mapping] = list(self._fingerprints_in(mapping, known))
        return now

    def _unchanged_courses(self) -> Collection[LookupKey]:
        """The slugs of courses that are as they were in the last build; none where that was on another day."""
        if self._history.day != self._day or _COURSES not in self._history.values:
            return frozenset()
        keys, last = self._history.values[_COURSES]
        now = self._fingerprints_in(_COURSES, keys)
        return {key for key, old, new in zip(keys, last, now, strict=False) if old == new}

    def _fingerprints_in(self, mapping: str, keys: Sequence[Any]) -> Iterator[str]:
        """The fingerprints of the values of ``keys``. For shared parts, which have no values, they are ``""``."""
        if mapping == SHARED:
            return repeat("", len(keys))
        if mapping == TEXT:
            return map(self._digests.get, keys, repeat("-"))
        if mapping == ORDER:
            return (value_fingerprint(tuple(self._mappings[name])) for name in keys)
        # With `map`, because a hundred thousand keys of a large site are asked for in each build.
        return map(value_fingerprint, map(self._mappings[mapping].get, keys, repeat(_MISSING)))

    def patched(
        self, resolver: LinkResolver, digests: Mapping[str, str], entries: Iterable[Record]
    ) -> tuple[Fingerprinter, Dependents]:
        """A fingerprinter for a catalogue that differs in the records of ``entries`` and in the texts of others, and what
        depends on any of these. ``digests`` are those of all entries by their paths."""
        new = Fingerprinter(resolver, PageHistory(self._store))
        new._digests = dict(digests)
        new._lookups = self._lookups
        new._pages, new._common = self._pages, self._common
        changed: set[Lookup] = {
            (TEXT, path) for path, found in digests.items() if self._digests.get(path) != found
        }
        for entry in entries:
            changed |= {field_and_key(entry), ("all", (entry.kind, entry.slug))}
        return new, new._dependents(changed)

    def _dependents(self, lookups: Iterable[Lookup]) -> Dependents:
        """What depends on ``lookups``, whose values have changed."""
        changed = set(lookups)
        found = self._store.dependents(changed)
        for lookup in changed.union((SHARED, name) for name in found.shared):
            self._lookups.pop(lookup, None)
        return found

    def history(self, paths: Collection[str]) -> PageHistory:
        """What the next build is to know of the pages at ``paths``. All others are forgotten."""
        self._store.retain(paths)
        values = {}
        for mapping, keys in self._store.keys().items():
            last = self._history.values.get(mapping)
            known = self._now[mapping] if last is not None and last.keys is keys else []
            new = self._fingerprints_in(mapping, keys[len(known) :])
            values[mapping] = KnownValues(keys, [*known, *new])
        return PageHistory(self._store, values, self._pages, self._day, self._common)

    def record(self, lookups: Mapping[Dependent, Lookups]) -> None:
        """Remember what pages and shared parts have just looked up."""
        for dependent, found in lookups.items():
            if self._store.record(dependent, found) and not isinstance(dependent, str):
                self._lookups.pop((SHARED, dependent), None)

    def record_page(self, common: str, path: str, identity: str, fingerprint: str) -> None:
        """Remember the fingerprint of the page at ``path``, which has just been made. The rest is as for :meth:`unchanged`."""
        self._pages_with(common)[path] = PageFingerprint(fingerprint, identity)

    def fingerprint(self, common: str, lookups: Lookups) -> str:
        """Of a page that did ``lookups``. ``common`` stands for all else that it depends on, such as the theme.

        ``""`` where it is not known what a shared part has looked up, which equals no other fingerprint.
        """
        known = self._lookups.get
        found = [known(lookup) or self._lookup_text(lookup) for lookup in lookups]
        return _digest("\n".join((common, *found))) if "" not in found else ""

    def _lookup_text(self, lookup: Lookup) -> str:
        """What a look-up adds to the fingerprint of a page, in one line; ``""`` where that is not known."""
        mapping, key = lookup
        value = (
            self._shared_fingerprint(key)
            if mapping == SHARED
            else next(self._fingerprints_in(mapping, (key,)))
        )
        text = self._lookups[lookup] = f"{mapping} {encode_key(key)} {value}" if value else ""
        return text

    def _shared_fingerprint(self, name: Any) -> str:
        lookups = self._store.get(name)
        return "" if lookups is None else self.fingerprint("", lookups)


def value_fingerprint(value: Any) -> str:
    """A short text in one line, equal for equal values of the same mapping."""
    if isinstance(value, Record):
        return value.record_digest
    if value is _MISSING:
        return "-"
    if value.__class__ is tuple:
        text = json_bytes(value, repr).decode("utf-8", "surrogatepass")
    elif value.__class__ is TaughtSkill:  # ten thousand courses may teach it
        text = json_bytes((value.slug, value.name, value.uri, value.courses)).decode("utf-8", "surrogatepass")
    else:
        text = repr(value)
    return text if len(text) <= _MAX_LENGTH and text.isascii() and text.isprintable() else _digest(text)


def _digest(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))
