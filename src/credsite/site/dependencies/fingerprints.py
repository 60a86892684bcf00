"""Whether a page would be made just as it was, known without making it.

The names of all that a page has looked up, with a token of each value, make its fingerprint; equal fingerprints mean
equal pages. Of the pages that were made last is remembered what they looked up, which tokens that had, and their
fingerprints. A page that has read nothing of which the token is another by now has the fingerprint that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final

from credsite.catalogue.catalogue import FIELD_OF_KIND, OWN, Catalogue, field_and_key
from credsite.catalogue.relations import Skill
from credsite.content.records import Record
from credsite.core.hashing import combined_digest, digest
from credsite.core.packing import ENTRY, joined, split
from credsite.schema.kinds import Kind
from credsite.site.dependencies.recorder import ORDER, PART, READ, SHARED, TEXT
from credsite.site.dependencies.store import Group, ReadTexts
from credsite.site.link_resolver import LinkResolver

_LONGEST: Final = 64
"""Characters from which a token is shortened to a digest."""
_OWN: Final = 12
"""Characters of the digest of what else a fingerprint is made from, which stands behind it."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads something: the paths of pages, and the names of what is shared."""

    pages: frozenset[str]
    shared: frozenset[str]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of pages from when they were made: what they read, the tokens of all that, for each group of reads,
    their fingerprints, and the day."""

    texts: ReadTexts = field(default_factory=ReadTexts)
    tokens: Mapping[Group, list[str]] = field(default_factory=dict)
    prints: Mapping[str, str] = field(default_factory=dict)
    day: str = ""

    @classmethod
    def unpacked(cls, parts: Mapping[str, bytes]) -> Remembered:
        """What :meth:`packed` was called on; nothing where these are other parts, or damaged ones.

        Damage could have a page taken for what it is no more.
        """
        parts = dict(parts)
        if parts.pop("seal", b"") != _seal(parts):
            return cls()
        texts = ReadTexts.unpacked(parts)
        tokens = (group.split(READ) for group in split(parts["tokens"]))
        paths, prints, (day,) = (split(parts[name]) for name in ("paths", "prints", "day"))
        return cls(
            texts,
            dict(zip(texts.groups, tokens, strict=True)),
            dict(zip(paths, prints, strict=True)),
            day,
        )

    def packed(self) -> dict[str, bytes]:
        parts = {
            **self.texts.packed(),
            "tokens": joined(READ.join(self.tokens[group]) for group in self.texts.groups),
            "paths": joined(self.prints),
            "prints": joined(self.prints.values()),
            "day": joined([self.day]),
        }
        return {**parts, "seal": _seal(parts)}


class Tokens:
    """Short texts that stand for values: equal values have equal tokens, in every process and on every machine."""

    def __init__(
        self, catalogue: Catalogue, references: LinkResolver, last: Remembered | None = None
    ) -> None:
        """``last`` is what is remembered; what pages read is brought up to date in it by :meth:`note`."""
        last = last or Remembered()
        values = {field.name: getattr(catalogue, field.name) for field in fields(catalogue)}
        self._sources: dict[str, Mapping[Any, Any]] = {
            **{name: value for name, value in values.items() if isinstance(value, Mapping)},
            "images": references.images.found,
            "all": references.all_entries,
            "paths": references.by_path,
            "invalid_entries": dict.fromkeys(references.invalid_entries),
        }
        self._digests = {record.path: record.digest for record in references.all_entries.values()}
        self._day = catalogue.clock.today.isoformat()
        self._last = last
        self._texts = last.texts
        self._prints = dict(last.prints)
        self._known: dict[str, str] = {}

    def known(self, common: str, path: str) -> str:
        """The fingerprint of the page at ``path``, where it is the one that it had; else ""."""
        last = self._prints.get(path, "")
        if not last or path in self._stale.pages or not last.endswith(_own(common)):
            return ""
        return last[:-_OWN]

    @cached_property
    def _stale(self) -> Readers:
        """What read something that has another token by now."""
        changed: set[str] = set()
        for group, last in self._last.tokens.items():
            now = self._now[group]
            if now != last:
                changed |= {
                    f"{group.name}{PART}{key}"
                    for key, old, new in zip(group.keys, last, now, strict=True)
                    if old != new
                }
        return self._readers(changed)

    @cached_property
    def _now(self) -> dict[Group, list[str]]:
        """The tokens of all that is remembered to have been read."""
        last, now = self._last, {}
        courses = [group for group in last.tokens if group.name == FIELD_OF_KIND[Kind.COURSE]]
        same: set[str] = set()
        for group in courses:
            now[group] = self._tokens_of(group)
            if last.day == self._day:
                found = zip(group.keys, now[group], last.tokens[group], strict=True)
                same |= {key for key, new, old in found if new == old}
        for group, old in last.tokens.items():
            if group.name in OWN:
                token = self._token_in(group.name)
                now[group] = [
                    was if key in same else token(key) for key, was in zip(group.keys, old, strict=True)
                ]
            elif group not in now:
                now[group] = self._tokens_of(group)
        return now

    def _tokens_of(self, group: Group) -> list[str]:
        return list(map(self._token_in(group.name), group.keys))

    def _token_in(self, group: str) -> Callable[[str], str]:
        """What gives the token of a read of this group by its key. What is shared has none of its own: "" for all."""
        if group == SHARED:
            return lambda _: ""
        if group == TEXT:
            return lambda key: self._digests.get(key, "-")
        if group.endswith(ORDER):
            found = _token(tuple(self._sources[group[:-1]]))
            return lambda _: found
        values = self._sources[group]
        return lambda key: _token(values.get(_key(group, key), _NOTHING))

    def retold(
        self,
        catalogue: Catalogue,
        references: LinkResolver,
        digests: Mapping[str, str],
        entries: Iterable[Record],
    ) -> tuple[Tokens, Readers]:
        """Tokens of values that differ from these in the facts of ``entries`` and in the texts of others, and what
        reads those. ``digests`` are those of all entries by their paths."""
        tokens = Tokens(catalogue, references, Remembered(self._texts))
        tokens._digests = dict(digests)
        tokens._known = self._known
        tokens._prints = self._prints
        changed = {
            f"{TEXT}{PART}{path}" for path, found in digests.items() if self._digests.get(path) != found
        }
        for entry in entries:
            field, key = field_and_key(entry)
            changed |= {
                PART.join((field, key) if isinstance(key, str) else (field, *key)),
                PART.join(("all", entry.kind, entry.slug)),
            }
        return tokens, tokens._readers(changed)

    def _readers(self, reads: Collection[str]) -> Readers:
        """What read any of ``reads`` when it was last made, directly or through something shared."""
        self._texts.fold_many()
        pages: set[str] = set()
        shared: set[str] = set()
        while reads:
            for read in reads:
                self._known.pop(read, None)
            found = self._texts.reading(reads)
            found_shared = {name for name in found if PART in name} - shared
            pages |= {name for name in found if PART not in name}
            shared |= found_shared
            reads = {f"{SHARED}{PART}{name}" for name in found_shared}
        return Readers(frozenset(pages), frozenset(shared))

    def remembered(self, paths: Collection[str]) -> Remembered:
        """What is to be remembered of the pages at ``paths`` and of all that they share."""
        now = self._now
        self._texts.keep(paths)
        self._texts.fold()
        tokens = {group: now.get(group) or self._tokens_of(group) for group in self._texts.groups}
        prints = {name: found for name in self._texts.names() if (found := self._prints.get(name))}
        return Remembered(self._texts, tokens, prints, self._day)

    def note_made(self, common: str, path: str, fingerprint: str) -> None:
        """The fingerprint of the page at ``path``, which was made just now."""
        self._prints[path] = fingerprint + _own(common)

    def note(self, reads: Mapping[str, str]) -> None:
        """What pages and cards read that were made just now."""
        for name, text in reads.items():
            if self._texts.note(name, text):
                self._known.pop(f"{SHARED}{PART}{name}", None)

    def fingerprint(self, common: str, reads: str) -> str:
        """Of a page that reads ``reads``; ``common`` is a digest of what all pages depend on.

        "" where the reads of something shared are not known, which matches no other fingerprint.
        """
        names = reads.split(READ) if reads else []
        try:
            tokens = list(map(self._known.__getitem__, names))
        except KeyError:
            for name in names:
                if name not in self._known:
                    self._known[name] = self._token(name)
            tokens = list(map(self._known.__getitem__, names))
        if "" in tokens:
            return ""
        return _digest(f"{common}{READ}{reads}{READ}{READ.join(tokens)}")

    def _token(self, read: str) -> str:
        group, _, key = read.partition(PART)
        if group == SHARED:
            reads = self._texts.get(key)
            return "" if reads is None else self.fingerprint("", reads)
        return self._token_in(group)(key)


_NOTHING: Final = object()


def _token(value: Any) -> str:
    if value is _NOTHING:
        return "-"
    if isinstance(value, Record):
        return value.record_digest
    if value.__class__ is tuple:
        text = f"{len(value)}{PART.join(map(str, value))}"
    elif value.__class__ is Skill:  # may have ten thousand courses, of which repr would look at every letter
        text = PART.join((value.slug, value.name, value.uri, *value.courses))
    else:
        text = repr(value)
    if len(text) > _LONGEST or READ in text or ENTRY in text:  # which must not look like several tokens
        text = _digest(text)
    return f"={text}"


def _key(group: str, text: str) -> Any:
    """What a look-up was given, from how it stands in a read."""
    if group in ("all", "invalid_entries"):
        kind, _, slug = text.partition(PART)
        return Kind(kind), slug
    return tuple(text.split(PART)) if PART in text else text


def _own(common: str) -> str:
    return _digest(common)[:_OWN]


def _digest(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))


def _seal(parts: Mapping[str, bytes]) -> bytes:
    return combined_digest(f"{name} {digest(parts[name])}" for name in sorted(parts)).encode()
