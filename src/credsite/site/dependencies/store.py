"""What pages and cards read when they were last made: kept small, and quick to search.

A read is a look-up: what was looked up in, and the key. Ten thousand courses have a hundred thousand of them, and most are
done by several pages. So each read is written down once and has a number, and of a page there are only the numbers of
what it read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Final

from credsite.core.packing import ENTRY, from_bytes, joined, split, to_bytes
from credsite.site.dependencies.recorder import PART, READ, SHARED

_NUMBER: Final = "I"
_SIZE: Final = 4
"""How numbers are kept, and in how many bytes each."""
_FEW: Final = 8
"""Numbers for which it is quicker to search the bytes for each than to look at every number."""
_ADDED: Final = 200
"""Texts, and groups, that are added to those that are packed before it is worth it to pack all anew."""
_PARTS: Final = ("reads", "names", "counts", "numbers")


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Reads that look something up in the same, by their keys. Their numbers follow each other."""

    name: str
    keys: Sequence[str]


class ReadTexts:
    """The reads of pages by their paths, and of what pages share by names with ``PART`` in them, each as one text."""

    def __init__(self, texts: Mapping[str, str] = {}) -> None:
        self._new: dict[str, str] = {}
        self._pack(texts)

    @classmethod
    def unpacked(cls, parts: Mapping[str, bytes]) -> ReadTexts:
        """What :meth:`packed` was called on. ValueError or KeyError where these are none."""
        reads, names, counts, numbers = (parts[name] for name in _PARTS)
        made = cls()
        groups = [Group(name, keys) for name, *keys in (one.split(READ) for one in split(reads))]
        made._take(groups, split(names), from_bytes(_NUMBER, counts), numbers)
        return made

    def packed(self) -> dict[str, bytes]:
        """All that is remembered, as a few parts."""
        self.fold()
        return dict(
            zip(
                _PARTS,
                (
                    joined(READ.join((group.name, *group.keys)) for group in self.groups),
                    joined(self._names),
                    to_bytes(_NUMBER, self._counts),
                    self._numbers,
                ),
                strict=True,
            )
        )

    def names(self) -> Iterator[str]:
        yield from self._new
        yield from (name for name in self._names if name not in self._new)

    def get(self, name: str) -> str | None:
        """What the page or card of this name read; None where that is not known."""
        found = self._new.get(name)
        if found is None and (at := self._places().get(name)) is not None:
            found = READ.join(map(self._read, from_bytes(_NUMBER, self._bytes_of(at, at + 1))))
        return found

    def note(self, name: str, text: str) -> bool:
        """Remember what was read just now. Whether that is something else than before."""
        is_new = self.get(name) != text
        if is_new:
            self._new[name] = text
        return is_new

    def keep(self, paths: Collection[str]) -> None:
        """Forget the pages that are none of ``paths``, and what only they shared."""
        if all(PART in name or name in paths for name in self.names()):
            return
        kept: dict[str, str] = {}
        todo = [name for name in self.names() if name in paths]
        while todo:
            name = todo.pop()
            text = self.get(name)
            if text is not None and name not in kept:
                kept[name] = text
                todo += _shared_in(text)
        self._new = {}
        self._pack(kept)

    def fold(self) -> None:
        """Put what was noted to the rest. Numbers stay as they are, or all may be others."""
        new, self._new = self._new, {}
        if not new:
            return
        if len(new) <= _ADDED and len(self.groups) <= _ADDED:
            self._splice({name: text for name, text in new.items() if _is_clear(name, text)}, new)
        else:
            kept = {name: text for name in self._names if (text := self.get(name)) is not None}
            self._pack(kept | new)

    def fold_many(self) -> None:
        """:meth:`fold` where so much was noted that to search it would take long."""
        if len(self._new) > _ADDED:
            self.fold()

    def reading(self, reads: Collection[str]) -> set[str]:
        """The names of the pages and cards that did any of ``reads``."""
        numbers = [number for read in reads if (number := self._number(read)) is not None]
        places = {bisect_right(self._ends, at) for at in self._found(numbers)}
        found = {self._names[place] for place in places} - self._new.keys()
        for name, text in self._new.items():
            if any(read in text for read in reads) and not set(text.split(READ)).isdisjoint(reads):
                found.add(name)
        return found

    def _found(self, numbers: Collection[int]) -> Iterator[int]:
        """Where any of ``numbers`` stands among those of all texts."""
        if len(numbers) > _FEW:
            wanted = set(numbers)
            yield from (
                at for at, number in enumerate(from_bytes(_NUMBER, self._numbers)) if number in wanted
            )
            return
        for number in numbers:
            needle = to_bytes(_NUMBER, [number])
            at = self._numbers.find(needle)
            while at >= 0:
                if at % _SIZE == 0:
                    yield at // _SIZE
                at = self._numbers.find(needle, at + 1)

    def _pack(self, texts: Mapping[str, str]) -> None:
        """Remember ``texts`` and nothing else. Those in which it would not be clear where a read ends are left out."""
        names = sorted(name for name, text in texts.items() if _is_clear(name, text))
        reads = [_reads_in(texts[name]) for name in names]
        all_reads = sorted(set().union(*reads))
        numbers = {read: number for number, read in enumerate(all_reads)}
        found = to_bytes(_NUMBER, map(numbers.__getitem__, chain.from_iterable(reads)))
        self._take(_grouped(all_reads), names, list(map(len, reads)), found)

    def _splice(self, new: Mapping[str, str], replaced: Collection[str]) -> None:
        """Put ``new`` texts in the place of the ``replaced`` ones, with numbers of their own for reads that are new."""
        reads = {name: _reads_in(text) for name, text in new.items()}
        unknown = sorted({read for one in reads.values() for read in one if self._number(read) is None})
        count = self._starts[-1] + len(self.groups[-1].keys) if self.groups else 0
        added = {read: count + at for at, read in enumerate(unknown)}
        numbers = {
            name: to_bytes(
                _NUMBER, (added[read] if (known := self._number(read)) is None else known for read in one)
            )
            for name, one in reads.items()
        }
        places = self._places()
        changed = sorted(places[name] for name in replaced if name in places)
        names: list[str] = []
        counts: list[int] = []
        pieces: list[bytes] = []
        done = 0
        for at in [*changed, len(self._names)]:
            names += self._names[done:at]
            counts += self._counts[done:at]
            pieces.append(self._bytes_of(done, at))
            done = at + 1
        for name in new:
            names.append(name)
            counts.append(len(reads[name]))
            pieces.append(numbers[name])
        self._take([*self.groups, *_grouped(unknown)], names, counts, b"".join(pieces))

    def _take(self, groups: list[Group], names: list[str], counts: Sequence[int], numbers: bytes) -> None:
        self.groups = groups
        self._starts = list(accumulate((len(group.keys) for group in groups), initial=0))[:-1]
        self._names = names
        self._counts = counts
        self._ends = list(accumulate(counts))
        self._numbers = numbers
        self._place: dict[str, int] | None = None
        self._known: dict[str, dict[str, int]] = {}

    def _places(self) -> Mapping[str, int]:
        if self._place is None:
            self._place = {name: at for at, name in enumerate(self._names)}
        return self._place

    def _bytes_of(self, start: int, end: int) -> bytes:
        """The numbers of the texts from one place to before another."""
        first, last = (self._ends[at - 1] if at else 0 for at in (start, end))
        return self._numbers[_SIZE * first : _SIZE * last]

    def _read(self, number: int) -> str:
        at = bisect_right(self._starts, number) - 1
        return f"{self.groups[at].name}{PART}{self.groups[at].keys[number - self._starts[at]]}"

    def _number(self, read: str) -> int | None:
        name, _, key = read.partition(PART)
        if name not in self._known:
            self._known[name] = {
                key: start + at
                for group, start in zip(self.groups, self._starts, strict=True)
                if group.name == name
                for at, key in enumerate(group.keys)
            }
        return self._known[name].get(key)


def _reads_in(text: str) -> list[str]:
    return text.split(READ) if text else []


def _shared_in(text: str) -> list[str]:
    """The names of what is shared, in the reads of a page or card."""
    start = SHARED + PART
    return [read[len(start) :] for read in text.split(READ) if read.startswith(start)]


def _is_clear(name: str, text: str) -> bool:
    """Whether it is plain where names and reads end when they are packed."""
    return ENTRY not in name + text and READ not in name


def _grouped(reads: Iterable[str]) -> list[Group]:
    """Groups of sorted ``reads``, in the same order."""
    groups: dict[str, list[str]] = {}
    for read in reads:
        name, _, key = read.partition(PART)
        groups.setdefault(name, []).append(key)
    return [Group(name, keys) for name, keys in groups.items()]
