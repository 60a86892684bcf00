"""All of a site's files to entries: through the memo, and in worker processes where there are many.

Reading is memoised by the digest of a file's bytes, never by its time stamp. What is remembered holds the problems
too, so that a hit repeats them.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from credsite.config import Config
from credsite.content.files import SourceFile, find_sources
from credsite.content.model import Entry, EntryFields
from credsite.content.parse import Parsed, parse
from credsite.digest import digest
from credsite.errors import CredsiteError
from credsite.problems import Place, Problem

PARALLEL_FROM: Final = 120
"""Files below which worker processes cost more than they save: on two cores, starting them takes about as long."""
_CHUNK: Final = 24

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
    root: Path, config: Config, *, jobs: int = 1, memo: Memo | None = None, progress: Progress | None = None
) -> Reading:
    """Read every entry of the site at ``root`` with up to ``jobs`` processes."""
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
    for (key, source, _), result in zip(fresh, _parse_all(fresh, config.max_file_size, jobs), strict=True):
        parsed[source.path] = result
        memo.put(key, result)
        if progress is not None:
            progress(len(parsed), len(sources))
    results = [parsed[source.path] for source in sources]
    return Reading(
        entries=tuple(result.entry for result in results if result.entry is not None),
        problems=(*problems, *(problem for result in results for problem in result.problems)),
        broken=tuple(result.source for result in results if result.entry is None),
    )


def _bytes(file: Path, path: str, max_size: int) -> tuple[bytes, Problem | None]:
    try:
        with file.open("rb") as stream:
            return stream.read(max_size + 1), None
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check its link and its permissions."
        return b"", Problem("file-unreadable", message, Place(path, 1, 1))


def _parse_all(fresh: list[tuple[str, SourceFile, bytes]], max_size: int, jobs: int) -> Iterator[Parsed]:
    """What each file gives, in order."""
    files = [(data, source) for _, source, data in fresh]
    if jobs < 2 or len(files) < PARALLEL_FROM:
        yield from (parse(data, source, max_size) for data, source in files)
        return
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method)) as pool:
        try:
            for results in pool.map(partial(_parse_chunk, max_size=max_size), chunks):
                yield from results
        except BrokenProcessPool as error:
            raise CredsiteError(
                "A worker process ended while it read the content. Try again with `--jobs 1`, which names the file."
            ) from error


def _parse_chunk(files: Iterable[tuple[bytes, SourceFile]], max_size: int) -> list[Parsed]:
    return [parse(data, source, max_size) for data, source in files]
