"""Whether a page would be made just as it was, known without making it.

The names of all that a page has looked up, with a token of each value, make its fingerprint; equal fingerprints mean
equal pages. Which look-ups to ask for is remembered from when the page was last made. So are its fingerprint and the
tokens: where none of the tokens that it read is another, its fingerprint is the same, and need not be worked out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

from credsite.catalogue.catalogue import FIELDS, Catalogue
from credsite.content.facts import Facts
from credsite.content.kinds import Kind
from credsite.digest import combined, digest
from credsite.site.reads import ORDER, PART, READ, SHARED, TEXT
from credsite.site.references import References

Memo = MutableMapping[str, str]
"""The reads of pages and cards, as texts, by the page's path or the card's name; or, under names that begin with a
separator, what :meth:`Tokens.remembered` made of them."""

_ENTRY: Final = "\x1d"
"""Stands between the entries of a text of several reads, and between their names and texts."""
_LONGEST: Final = 64
"""Characters from which a token is shortened to a digest."""
READS: Final = f"{PART}reads"
"""The name of what all pages and cards read, in one text."""
_PRINTS: Final = f"{PART}fingerprints"
_TOKENS: Final = f"{PART}tokens{PART}"
_SEAL: Final = f"{PART}seal"
_OWN: Final = 12
"""Characters of the digest of what else a fingerprint is made from, which stands behind it."""
_MANY: Final = 60
"""Tokens of which it is quicker to work out all fingerprints than to look for the pages that read one of them."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads something: the paths of pages, and the names of what is shared."""

    pages: frozenset[str]
    shared: frozenset[str]


class Tokens:
    """Short texts that stand for values: equal values have equal tokens, in every process and on every machine."""

    def __init__(self, catalogue: Catalogue, references: References, memo: Memo) -> None:
        """``memo`` is what is remembered; its reads are brought up to date by :meth:`note`."""
        values = {field.name: getattr(catalogue, field.name) for field in fields(catalogue)}
        self._sources: dict[str, Mapping[Any, Any]] = {
            **{name: value for name, value in values.items() if isinstance(value, Mapping)},
            "images": references.images.found,
            "all": references.all_entries,
            "paths": references.by_path,
            "left_out": dict.fromkeys(references.left_out),
        }
        self._digests = {facts.path: facts.digest for facts in references.all_entries.values()}
        self._last = {name: memo.pop(name) for name in list(memo) if name.startswith(PART)}
        memo.update(unpacked(self._last.get(READS, "")))
        self._memo = memo
        self._known: dict[str, str] = {}
        self._prints: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._changed: dict[str, str] = {}
        self._fresh: dict[str, str] = {}
        self._sealed: dict[str, tuple[str, str]] = {}

    def known(self, common: str, path: str) -> str:
        """The fingerprint that the page at ``path`` has if it reads what it last read; "" where that is not known."""
        own = _own(common)
        stale = self._stale
        if stale is not None and path not in stale.pages:
            last = self._prints.get(path, "")
            if last.endswith(own):
                return last[:-_OWN]
        reads = self._memo.get(path)
        try:
            found = "" if reads is None else self.fingerprint(common, reads)
        except (LookupError, ValueError, RecursionError):
            return ""  # no page reads such things: they were damaged where they were kept
        self._prints[path] = found + own
        return found

    @cached_property
    def _stale(self) -> Readers | None:
        """What may be another than it was. None where that is not known, or may be nearly everything."""
        last, self._last = self._last, {}
        seal = last.pop(_SEAL, "")
        sealed = {name: (text, _digest(text)) for name, text in last.items()}
        if seal != _seal(sealed):
            return None
        self._sealed = sealed
        del last[READS]
        self._prints = json.loads(last.pop(_PRINTS))
        self._texts = {name.removeprefix(_TOKENS): text for name, text in last.items()}
        for group, text in self._texts.items():
            self._changed |= self._other(group, json.loads(text))
        return self._readers(self._changed) if len(self._changed) <= _MANY else None

    def _other(self, group: str, tokens: Mapping[str, str]) -> dict[str, str]:
        """The reads of a group that have other tokens now than ``tokens``, and these."""
        if group == TEXT:
            now = [(key, self._digests.get(key, "-")) for key in tokens]
        elif group.endswith(ORDER):
            now = [("", _token(tuple(self._sources[group[:-1]])))]
        else:
            values = self._sources[group]
            now = [(key, _token(values.get(_key(group, key), _NOTHING))) for key in tokens]
        return {f"{group}{PART}{key}": token for key, token in now if tokens[key] != token}

    def retold(
        self,
        catalogue: Catalogue,
        references: References,
        digests: Mapping[str, str],
        entries: Iterable[Facts],
    ) -> tuple[Tokens, Readers]:
        """Tokens of values that differ from these in the facts of ``entries`` and in the texts of others, and what
        reads those. ``digests`` are those of all entries by their paths."""
        tokens = Tokens(catalogue, references, self._memo)
        tokens._digests = dict(digests)
        tokens._known = self._known
        tokens._prints = self._prints
        changed = {
            f"{TEXT}{PART}{path}" for path, found in digests.items() if self._digests.get(path) != found
        }
        for entry in entries:
            changed |= {
                PART.join((FIELDS[entry.kind], entry.slug)),
                PART.join(("all", entry.kind, entry.slug)),
            }
        return tokens, tokens._readers(changed)

    def _readers(self, reads: Collection[str]) -> Readers:
        """What read any of ``reads`` when it was last made, directly or through something shared."""
        pages: set[str] = set()
        shared: set[str] = set()
        while reads:
            for read in reads:
                self._known.pop(read, None)
            likely = {name for read in reads for name, text in self._memo.items() if read in text}
            found = {name for name in likely if not reads_of(self._memo[name]).isdisjoint(reads)}
            found_shared = {name for name in found if PART in name} - shared
            pages |= {name for name in found if PART not in name}
            shared |= found_shared
            reads = {f"{SHARED}{PART}{name}" for name in found_shared}
        return Readers(frozenset(pages), frozenset(shared))

    def remembered(self, paths: Collection[str]) -> dict[str, str]:
        """What is to be remembered of the pages at ``paths`` and of all that they share."""
        reads = self._reads(paths)
        try:
            tokens = self._renewed(self._fresh) if self._texts else self._all_tokens(reads)
        except (LookupError, ValueError, RecursionError):
            # Some were damaged where they were kept. Once their pages are made again, all is well.
            return {READS: _packed(reads)}
        prints = {path: found for path, found in self._prints.items() if path in reads}
        found = {READS: _packed(reads), _PRINTS: _json(prints)}
        found |= {f"{_TOKENS}{group}": text for group, text in tokens.items()}
        return {
            **found,
            _SEAL: _seal({name: (text, self._digest_of(name, text)) for name, text in found.items()}),
        }

    def _digest_of(self, name: str, text: str) -> str:
        """The digest of a text that is to be remembered, which mostly is as it was: to compare takes no time."""
        known, found = self._sealed.get(name, ("", ""))
        return found if found and known == text else _digest(text)

    def _renewed(self, fresh: Mapping[str, str]) -> dict[str, str]:
        """The tokens of each group as they were, but for those that have changed, with those of ``fresh`` reads."""
        new: dict[str, dict[str, str]] = {}
        for read, token in self._changed.items():
            group, _, key = read.partition(PART)
            new.setdefault(group, {})[key] = token
        for group, tokens in self._grouped(fresh).items():
            known = json.loads(self._texts.get(group, "{}"))
            if not tokens.keys() <= known.keys():
                new[group] = tokens | new.get(group, {})
        return self._texts | {
            group: _json(json.loads(self._texts.get(group, "{}")) | tokens) for group, tokens in new.items()
        }

    def _all_tokens(self, reads: Mapping[str, str]) -> dict[str, str]:
        return {group: _json(tokens) for group, tokens in self._grouped(reads).items()}

    def _grouped(self, reads: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """The tokens of all that is in ``reads``, by their groups."""
        groups: dict[str, dict[str, str]] = {}
        for read in set().union(*map(reads_of, reads.values())):
            group, _, key = read.partition(PART)
            if group and group != SHARED:
                groups.setdefault(group, {})[key] = self._token(read)
        return groups

    def _reads(self, paths: Collection[str]) -> dict[str, str]:
        if self._memo.keys() >= set(paths) and not self._gone(paths):
            return dict(self._memo)
        pages = {path: self._memo[path] for path in paths if path in self._memo}
        names = {read for text in pages.values() for read in text.split(READ) if read.startswith(SHARED)}
        start = len(SHARED + PART)
        return pages | {name[start:]: self._memo[name[start:]] for name in names}

    def _gone(self, paths: Collection[str]) -> bool:
        """Whether a page that is remembered is none of ``paths``."""
        return any(PART not in name and name not in paths for name in self._memo)

    def note_made(self, common: str, path: str, fingerprint: str) -> None:
        """The fingerprint of the page at ``path``, which was made just now."""
        self._prints[path] = fingerprint + _own(common)

    def note(self, reads: Mapping[str, str]) -> None:
        """What pages and cards read that were made just now."""
        self._fresh |= reads
        for name, text in reads.items():
            if self._memo.get(name) != text:
                self._memo[name] = text
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
        name, *rest = read.split(PART)
        if name == SHARED:
            reads = self._memo.get(PART.join(rest))
            return "" if reads is None else self.fingerprint("", reads)
        if name == TEXT:
            return self._digests.get(rest[0], "-")
        if name.endswith(ORDER):
            return _token(tuple(self._sources[name[:-1]]))
        return _token(self._sources[name].get(_key(name, PART.join(rest)), _NOTHING))


_NOTHING: Final = object()


def _token(value: Any) -> str:
    if value is _NOTHING:
        return "-"
    if isinstance(value, Facts):
        return value.mark
    text = f"{len(value)}{PART.join(map(str, value))}" if value.__class__ is tuple else repr(value)
    if len(text) > _LONGEST:
        text = _digest(text)
    return f"={text}"


def _key(group: str, text: str) -> Any:
    """What a look-up was given, from how it stands in a read."""
    if group in ("all", "left_out"):
        kind, _, slug = text.partition(PART)
        return Kind(kind), slug
    return tuple(text.split(PART)) if PART in text else text


def reads_of(text: str) -> set[str]:
    return set(text.split(READ))


def _own(common: str) -> str:
    return _digest(common)[:_OWN]


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _packed(reads: Mapping[str, str]) -> str:
    """All of ``reads`` as one text: ten thousand are kept and found much sooner so than each by itself.

    Those of pages that have such strange names in them that it would not be clear where they end are left out.
    """
    return _ENTRY.join(
        f"{name}{_ENTRY}{text}" for name, text in sorted(reads.items()) if _ENTRY not in name + text
    )


def unpacked(text: str) -> dict[str, str]:
    """The reads of pages and cards by their names, from what is remembered under ``READS``."""
    parts = text.split(_ENTRY)
    return dict(zip(parts[::2], parts[1::2], strict=False))


def _digest(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))


def _seal(texts: Mapping[str, tuple[str, str]]) -> str:
    """A digest of all that is remembered, without which damage could have a page taken for what it is no more.

    ``texts`` are the remembered ones by their names, with the digest of each.
    """
    return combined(part for name in sorted(texts) for part in (name, texts[name][1]))
