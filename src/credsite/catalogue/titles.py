"""The titles of entries, and the texts of others in which somebody may have written a title in place of an id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from credsite.content.records import CourseRecord, PathwayRecord, ProviderRecord, Record
from credsite.problems.model import KeyPath, keys_overlap
from credsite.schema.kinds import Kind


class Titles:
    """The slugs of entries by their titles, of each kind from when it is first asked for: most sites never are."""

    def __init__(self, entries: Collection[Record]) -> None:
        self._entries = entries
        self._slugs: dict[Kind, dict[str, str]] = {}

    def slug(self, kind: Kind, title: str) -> str:
        """The slug of the first entry of ``kind`` with this title; "" for none. Case does not matter."""
        if kind not in self._slugs:
            found = self._slugs[kind] = {}
            for entry in self._entries:
                if entry.kind is kind and not keys_overlap(("title",), entry.wrong_keys):
                    found.setdefault(entry.title.casefold(), entry.slug)
        return self._slugs[kind].get(title.casefold(), "")


def is_a_text(titles: Collection[str], kind: Kind, entries: Iterable[Record]) -> bool:
    """Whether ``entries`` have one of these titles of entries of ``kind`` where an id of ``kind`` or a text may stand."""
    folded = {title.casefold() for title in titles}
    return any(value.casefold() in folded for entry in entries for _, value in ids_or_texts(entry, kind))


def ids_or_texts(entry: Record, kind: Kind) -> Iterable[tuple[KeyPath, str]]:
    """What ``entry`` has at keys that hold ids of ``kind`` or texts, each with its key."""
    if isinstance(entry, CourseRecord):
        if kind is Kind.COURSE:
            return _with_keys(("prerequisites",), entry.prerequisites)
        if kind is Kind.PLACE:
            locations: Iterator[tuple[KeyPath, str]] = (
                (("sessions", number, "location"), session.location)
                for number, session in enumerate(entry.sessions)
                if session.location
            )
            return chain(_with_keys(("places",), entry.places), locations)
    if kind is Kind.PROVIDER:
        if isinstance(entry, CourseRecord | PathwayRecord):
            return entry.recognised_by
        if isinstance(entry, ProviderRecord):
            return _with_keys(("accredited_by",), entry.accredited_by)
    return ()


def _with_keys(key: KeyPath, values: Iterable[str]) -> Iterator[tuple[KeyPath, str]]:
    """The ``values`` of the list at ``key``, each with its own key."""
    return (((*key, number), value) for number, value in enumerate(values))
