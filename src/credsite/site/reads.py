"""What pages look up while they are made, so that a page is made again only when one of these things is new.

Every look-up of a page goes through a :class:`Watched` mapping, which notes it. The names of all that a page has looked
up, with a token of each value, make its fingerprint; as making a page is a pure function of what it looks up, equal
fingerprints mean equal pages. Which look-ups to ask for is remembered from when the page was last made (:class:`Memo`):
as long as all of them give what they gave, the page would do the same look-ups again.

Cards stand on many pages. Each is made once, with reads of its own, and the pages read the card as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NoReturn, TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.held import Ref
from credsite.catalogue.retelling import FIELDS
from credsite.content.facts import Facts
from credsite.content.images import Images
from credsite.content.kinds import Kind
from credsite.digest import digest
from credsite.site.references import References

Key = TypeVar("Key")
Value = TypeVar("Value")
Made = TypeVar("Made")
Memo = MutableMapping[str, str]
"""The reads of pages and cards, as texts, by the page's path or the card's name."""

_PART: Final = "\x1f"
_READ: Final = "\x1e"
_SHARED: Final = "shared"
_TEXT: Final = "text"
_LONGEST: Final = 64
"""Characters from which a token is shortened to a digest."""


class Reads:
    """Notes look-ups: ``noted`` are those of the page that is being made."""

    def __init__(self) -> None:
        self.noted: set[tuple[str, Any]] = set()
        self._fresh: dict[str, str] = {}

    def page(self, make: Callable[[], Made]) -> tuple[Made, str]:
        """What ``make`` makes, and what it read, as text."""
        outside, self.noted = self.noted, set()
        try:
            made = make()
            return made, _to_text(self.noted)
        finally:
            self.noted = outside

    def share(self, name: str, make: Callable[[], Made]) -> Made:
        """Something that stands on many pages, made for the first time; :meth:`note_shared` is for each page."""
        made, text = self.page(make)
        self._fresh[name] = text
        return made

    def note_shared(self, name: str) -> None:
        self.noted.add((_SHARED, name))

    def note_text(self, path: str) -> None:
        self.noted.add((_TEXT, path))

    def take_shared(self) -> dict[str, str]:
        """The reads of what was shared for the first time since the last call, by its name."""
        fresh, self._fresh = self._fresh, {}
        return fresh


class Watched(Mapping[Key, Value]):
    """A mapping of which every look-up is noted. To go through it, or to count, is to look up its order of keys."""

    __slots__ = ("_name", "_reads", "_values")

    def __init__(self, name: str, values: Mapping[Key, Value], reads: Reads) -> None:
        self._name = name
        self._values = values
        self._reads = reads

    def __getitem__(self, key: Key) -> Value:
        self._reads.noted.add((self._name, key))
        return self._values[key]

    def get(self, key: Key, default: Any = None) -> Any:
        self._reads.noted.add((self._name, key))
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.noted.add((self._name, key))
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        self._reads.noted.add((self._name + _ORDER, ""))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.noted.add((self._name + _ORDER, ""))
        return len(self._values)


class _NotForPages:
    """Stands where a look-up could not be noted, so that no page can depend on it."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a page may not depend on `{name}` by itself: it belongs into the catalogue")


def watched_catalogue(catalogue: Catalogue, reads: Reads) -> Catalogue:
    """``catalogue`` for making pages: look-ups are noted, and there is nothing else to be had."""
    changes: dict[str, Any] = {}
    for field in fields(catalogue):
        value = getattr(catalogue, field.name)
        changes[field.name] = (
            Watched(field.name, value, reads) if isinstance(value, Mapping) else _NotForPages()
        )
    return replace(catalogue, **changes)


def watched_images(images: Images, reads: Reads) -> Images:
    return Images(Watched("images", images.found, reads))


def watched_references(
    references: References, catalogue: Catalogue, images: Images, reads: Reads
) -> References:
    """``references`` over a catalogue and images that are watched themselves."""
    left_out: Mapping[Ref, None] = dict.fromkeys(references.left_out)
    return replace(
        references,
        catalogue=catalogue,
        images=images,
        all_entries=Watched("all", references.all_entries, reads),
        by_path=Watched("paths", references.by_path, reads),
        left_out=Watched("left_out", left_out, reads),
    )


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads something: the paths of pages, and the names of what is shared."""

    pages: frozenset[str]
    shared: frozenset[str]


class Tokens:
    """Short texts that stand for values: equal values have equal tokens, in every process and on every machine."""

    def __init__(self, catalogue: Catalogue, references: References, memo: Memo) -> None:
        """``memo`` holds the reads of cards and the like, by their names; it is brought up to date by :meth:`note`."""
        values = {field.name: getattr(catalogue, field.name) for field in fields(catalogue)}
        self._sources: dict[str, Mapping[Any, Any]] = {
            **{name: value for name, value in values.items() if isinstance(value, Mapping)},
            "images": references.images.found,
            "all": references.all_entries,
            "paths": references.by_path,
            "left_out": dict.fromkeys(references.left_out),
        }
        self._digests = {facts.path: facts.digest for facts in references.all_entries.values()}
        self._memo = memo
        self._known: dict[str, str] = {}

    def known(self, common: str, path: str) -> str:
        """The fingerprint that the page at ``path`` has if it reads what it last read; "" where that is not known."""
        reads = self._memo.get(path)
        try:
            return "" if reads is None else self.fingerprint(common, reads)
        except (LookupError, ValueError, RecursionError):
            return ""  # no page reads such things: they were damaged where they were kept

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
        changed = {
            f"{_TEXT}{_PART}{path}" for path, found in digests.items() if self._digests.get(path) != found
        }
        for entry in entries:
            changed |= {
                _PART.join((FIELDS[entry.kind], entry.slug)),
                _PART.join(("all", entry.kind, entry.slug)),
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
            found_shared = {name for name in found if _PART in name} - shared
            pages |= {name for name in found if _PART not in name}
            shared |= found_shared
            reads = {f"{_SHARED}{_PART}{name}" for name in found_shared}
        return Readers(frozenset(pages), frozenset(shared))

    def remembered(self, paths: Collection[str]) -> dict[str, str]:
        """The reads of the pages at ``paths`` and of all that they share, to be remembered."""
        if self._memo.keys() >= set(paths) and not self._gone(paths):
            return dict(self._memo)
        pages = {path: self._memo[path] for path in paths if path in self._memo}
        names = {read for text in pages.values() for read in text.split(_READ) if read.startswith(_SHARED)}
        start = len(_SHARED + _PART)
        return pages | {name[start:]: self._memo[name[start:]] for name in names}

    def _gone(self, paths: Collection[str]) -> bool:
        """Whether a page that is remembered is none of ``paths``."""
        return any(_PART not in name and name not in paths for name in self._memo)

    def note(self, reads: Mapping[str, str]) -> None:
        """What pages and cards read that were made just now."""
        for name, text in reads.items():
            if self._memo.get(name) != text:
                self._memo[name] = text
                self._known.pop(f"{_SHARED}{_PART}{name}", None)

    def fingerprint(self, common: str, reads: str) -> str:
        """Of a page that reads ``reads``; ``common`` is a digest of what all pages depend on.

        "" where the reads of something shared are not known, which matches no other fingerprint.
        """
        names = reads.split(_READ) if reads else []
        try:
            tokens = list(map(self._known.__getitem__, names))
        except KeyError:
            for name in names:
                if name not in self._known:
                    self._known[name] = self._token(name)
            tokens = list(map(self._known.__getitem__, names))
        if "" in tokens:
            return ""
        return digest(f"{common}{_READ}{reads}{_READ}{_READ.join(tokens)}".encode("utf-8", "surrogatepass"))

    def _token(self, read: str) -> str:
        name, *rest = read.split(_PART)
        if name == _SHARED:
            reads = self._memo.get(_PART.join(rest))
            return "" if reads is None else self.fingerprint("", reads)
        if name == _TEXT:
            return self._digests.get(rest[0], "-")
        if name.endswith(_ORDER):
            return _token(tuple(self._sources[name[:-1]]))
        return _token(self._sources[name].get(_KEYS.get(name, _one_or_pair)(rest), _NOTHING))


_ORDER: Final = "*"
_NOTHING: Final = object()


def _token(value: Any) -> str:
    if value is _NOTHING:
        return "-"
    if isinstance(value, Facts):
        return value.mark
    text = f"{len(value)}{_PART.join(map(str, value))}" if value.__class__ is tuple else repr(value)
    if len(text) > _LONGEST:
        text = digest(text.encode("utf-8", "surrogatepass"))
    return f"={text}"


def _one_or_pair(parts: list[str]) -> str | tuple[str, ...]:
    return parts[0] if len(parts) == 1 else tuple(parts)


def reads_of(text: str) -> set[str]:
    return set(text.split(_READ))


def _ref(parts: list[str]) -> Ref:
    return Kind(parts[0]), parts[1]


_KEYS: Final[Mapping[str, Callable[[list[str]], Any]]] = {"all": _ref, "left_out": _ref}


def _to_text(reads: Iterable[tuple[str, Any]]) -> str:
    """In an order that does not depend on the process."""
    return _READ.join(
        sorted(f"{name}{_PART}{key if isinstance(key, str) else _PART.join(key)}" for name, key in reads)
    )
