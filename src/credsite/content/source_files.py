"""The content files of a site as bytes: which there are, what is in them, and a key for each.

The key is a digest of everything that the parsed entry depends on: the bytes of the file, and what its path says about
it. Time stamps are no part of it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from credsite.content.discovery import SourceFile, find_sources
from credsite.content.source_folders import LINK_MESSAGE, NOT_A_FILE_MESSAGE
from credsite.core.hashing import combined_digest, digest
from credsite.core.regular_files import RefusedFileError, is_link, open_regular, read_at_most
from credsite.core.stat_cache import Signature, StatCache, signature
from credsite.problems.model import Location, Problem
from credsite.schema.config import Config


@dataclass(frozen=True, slots=True)
class SourceSet:
    """All content files of a site, in the order of their paths, before they are parsed.

    By path, each file has either its key in ``keys`` or its problem in ``unreadable``. ``data`` holds the bytes of those
    that were read just now. ``problems`` are those of finding the files.
    """

    sources: tuple[SourceFile, ...]
    keys: Mapping[str, str]
    data: Mapping[str, bytes]
    unreadable: Mapping[str, Problem]
    problems: tuple[Problem, ...]


class SourceKeyCache(StatCache):
    """The keys of files in place of their digests, for a process that looks at the same files again and again.

    ``signatures`` may be set to signatures that were taken just now, by path, so that they are not taken twice.
    """

    signatures: Mapping[str, Signature] = {}
    _settings: tuple[str, ...] | None = None

    def set_settings(self, settings: tuple[str, ...]) -> None:
        """Forget all keys if they were made with other settings."""
        if settings != self._settings:
            self.retain(set())
            self._settings = settings

    def signature(self, file: str, path: str) -> Signature | None:
        """The signature of the file ``file``, which is ``path`` in the site. None where it cannot be had."""
        known = self.signatures.get(path)
        if known is not None:
            return known
        try:
            return signature(os.lstat(file))
        except OSError:
            return None  # reading the file says why


def collect_sources(
    root: Path, config: Config, key_cache: SourceKeyCache | None = None, digests: Mapping[str, str] = {}
) -> SourceSet:
    """Find every content file of the site at ``root`` and its key.

    Files are read, except those that ``key_cache`` has a key of, and those whose bytes have just been read elsewhere:
    ``digests`` has the digests of these by path.
    """
    sources, problems = find_sources(root, config.language, with_misnamed=True)
    size = config.max_file_size
    if key_cache is not None:
        key_cache.set_settings(_settings(config))
    keys: dict[str, str] = {}
    data_of: dict[str, bytes] = {}
    unreadable: dict[str, Problem] = {}
    for source in sources:
        file = f"{root}/{source.path}"
        current = key_cache.signature(file, source.path) if key_cache is not None else None
        key = key_cache.get(source.path, current) if key_cache is not None else None
        if key is None and source.path in digests:
            key = source_key(digests[source.path], source, config)
        elif key is None:
            data, problem = read_source(file, source.path, size)
            if problem is not None:
                unreadable[source.path] = problem
                continue
            key = source_key(digest(data), source, config)
            data_of[source.path] = data
            if key_cache is not None and current is not None:
                key_cache.record_if_settled(source.path, current, key)
        keys[source.path] = key
    return SourceSet(tuple(sources), keys, data_of, unreadable, tuple(problems))


def refresh_sources(root: Path, config: Config, before: SourceSet, changed: Collection[str]) -> SourceSet:
    """What :func:`collect_sources` gives after ``before``, if only the bytes of the ``changed`` paths are different."""
    size = config.max_file_size
    keys, unreadable = dict(before.keys), dict(before.unreadable)
    data_of: dict[str, bytes] = {}
    for source in before.sources:
        if source.path not in changed:
            continue
        data, problem = read_source(f"{root}/{source.path}", source.path, size)
        if problem is not None:
            keys.pop(source.path, None)
            unreadable[source.path] = problem
        else:
            unreadable.pop(source.path, None)
            keys[source.path] = source_key(digest(data), source, config)
            data_of[source.path] = data
    return SourceSet(before.sources, keys, data_of, unreadable, before.problems)


def read_source(file: str, path: str, max_size: int) -> tuple[bytes, Problem | None]:
    """The bytes of ``file``, at most one more than ``max_size``, or a problem that names it as ``path``."""
    # With functions of os, which take text: making a Path for each of ten thousand files takes longer than the calls.
    try:
        descriptor, status = open_regular(file)
        try:
            return read_at_most(descriptor, status.st_size, max_size), None
        finally:
            os.close(descriptor)
    except RefusedFileError:
        if is_link(file):
            return b"", Problem("symbolic-link", LINK_MESSAGE, Location(path, 1, 1))
        return b"", Problem("file-unreadable", NOT_A_FILE_MESSAGE, Location(path))
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check its permissions."
        return b"", Problem("file-unreadable", message, Location(path, 1, 1))


def source_key(data_digest: str, source: SourceFile, config: Config) -> str:
    """A digest of all that the parsed entry depends on, except the code. ``data_digest`` is that of the file's bytes."""
    return combined_digest(
        (data_digest, source.path, source.kind, source.slug, source.language, *_settings(config))
    )


def _settings(config: Config) -> tuple[str, ...]:
    """The settings that a parsed entry depends on."""
    return str(config.max_file_size), config.currency or "", config.site_schema.declarations
