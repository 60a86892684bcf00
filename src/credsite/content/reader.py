"""All of a site's files to entries: through the memo, and in worker processes where there are many.

Reading is memoised by the digest of a file's bytes, never by its time stamp. What is remembered holds the problems
too, so that a hit repeats them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from credsite.config import Config
from credsite.content.files import SourceFile, find_sources
from credsite.content.model import Entry, EntryFields
from credsite.content.parse import Parsed, parse
from credsite.digest import digest
from credsite.problems import Place, Problem
from credsite.processes import Start, spread

Progress = Callable[[int, int], None]


class Memo(Protocol):
    """Remembers what files gave, by the digest of their bytes and everything else that the result depends on."""

    def get(self, key: str) -> Parsed | None: ...

    def put(self, key: str, parsed: Parsed) -> None: ...


class NoMemo:
    """Remembers nothing."""

    def get(self, key: str) -> Parsed | None:  # noqa: ARG002
        return None

    def put(self, key: str, parsed: Parsed) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Reading:
    """All entries in order of their paths, what is wrong, and the files that gave no entry."""

    entries: tuple[Entry[EntryFields], ...]
    problems: tuple[Problem, ...]
    broken: tuple[SourceFile, ...]


def read_site(
    root: Path,
    config: Config,
    *,
    jobs: int = 1,
    start: Start | None = None,
    memo: Memo | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read every entry of the site at ``root`` with up to ``jobs`` processes, which begin by ``start``."""
    sources, problems = find_sources(root, config.language)
    memo = memo or NoMemo()
    parsed: dict[str, Parsed] = {}
    fresh: list[tuple[str, SourceFile, bytes]] = []
    for source in sources:
        data, problem = _bytes(root / source.path, source.path, config.max_file_size)
        if problem is not None:
            parsed[source.path] = Parsed(source, None, (problem,))
            continue
        key = digest(data + f"\0{source}\0{config.max_file_size}".encode())
        hit = memo.get(key)
        if hit is not None:
            parsed[source.path] = hit
        else:
            fresh.append((key, source, data))
    results = spread(
        partial(_parse, max_size=config.max_file_size),
        fresh,
        jobs,
        name=lambda file: file[1].path,
        start=start,
    )
    for (key, source, _), result in zip(fresh, results, strict=True):
        parsed[source.path] = result
        memo.put(key, result)
        if progress is not None:
            progress(len(parsed), len(sources))
    found = [parsed[source.path] for source in sources]
    return Reading(
        entries=tuple(result.entry for result in found if result.entry is not None),
        problems=(*problems, *(problem for result in found for problem in result.problems)),
        broken=tuple(result.source for result in found if result.entry is None),
    )


def _bytes(file: Path, path: str, max_size: int) -> tuple[bytes, Problem | None]:
    try:
        if not file.is_file() and file.exists():
            message = "This is not a file but a pipe or a device. Put a text file in its place."
            return b"", Problem("file-unreadable", message, Place(path))
        with file.open("rb") as stream:
            return stream.read(max_size + 1), None
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check its link and its permissions."
        return b"", Problem("file-unreadable", message, Place(path, 1, 1))


def _parse(file: tuple[str, SourceFile, bytes], max_size: int) -> Parsed:
    _key, source, data = file
    return parse(data, source, max_size)
