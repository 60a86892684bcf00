"""What pages look up while they are made, so that a page is made again only when one of these things is new.

Every look-up of a page goes through a :class:`Watched` mapping, which notes it. As making a page is a pure function of
what it looks up, it would do the same look-ups again as long as all of them give what they gave.

Cards stand on many pages. Each is made once, with reads of its own, and the pages read the card as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final, NoReturn, TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.publication import Ref
from credsite.content.images import Images
from credsite.site.link_resolver import LinkResolver

Key = TypeVar("Key")
Value = TypeVar("Value")
Made = TypeVar("Made")

PART: Final = "\x1f"
READ: Final = "\x1e"
SHARED: Final = "shared"
TEXT: Final = "text"
ORDER: Final = "*"


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
        self.noted.add((SHARED, name))

    def note_text(self, path: str) -> None:
        self.noted.add((TEXT, path))

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
        self._reads.noted.add((self._name + ORDER, ""))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.noted.add((self._name + ORDER, ""))
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
    references: LinkResolver, catalogue: Catalogue, images: Images, reads: Reads
) -> LinkResolver:
    """``references`` over a catalogue and images that are watched themselves."""
    invalid_entries: Mapping[Ref, None] = dict.fromkeys(references.invalid_entries)
    return replace(
        references,
        catalogue=catalogue,
        images=images,
        all_entries=Watched("all", references.all_entries, reads),
        by_path=Watched("paths", references.by_path, reads),
        invalid_entries=Watched("invalid_entries", invalid_entries, reads),
    )


def _to_text(reads: Iterable[tuple[str, Any]]) -> str:
    """In an order that does not depend on the process."""
    return READ.join(
        sorted(f"{name}{PART}{key if isinstance(key, str) else PART.join(key)}" for name, key in reads)
    )
