"""Whether the website of the last build is up to date: known from the bytes of all source files, before any is parsed.

Texts are read each time. Images and other files are read again only when the system says that they changed. Little of the
program is imported here, so that a build in which nothing has changed ends before the rest would be imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, NoReturn
from zoneinfo import ZoneInfo

from credsite.build import cache
from credsite.build.output.integrity import complete_manifest, verified_manifest
from credsite.build.output.manifest import Manifest
from credsite.build.result import BuildReport
from credsite.build.state_dir import load_stat_cache, save_stat_cache
from credsite.catalogue.clock import Clock
from credsite.content.file_digests import FileDigests
from credsite.content.source_folders import CONTENT, SOURCE_FOLDERS, is_markdown, walk
from credsite.core.code_version import LIBRARIES, code_digest
from credsite.core.file_stat import Signature
from credsite.core.hashing import combined_digest, digest, file_digest
from credsite.core.serialization import DecodingError, deserialize, serialize
from credsite.core.stat_cache import StatCache
from credsite.theme.loader import packaged_themes

_SETTINGS: Final = "credsite.yaml"


@dataclass(frozen=True, slots=True)
class InputDigests:
    """A digest of all files that a site is made from, and those of its Markdown files by their paths.

    ``newly_read`` are other files of the site that were read for it.
    """

    digest: str
    sources: Mapping[str, str]
    newly_read: Mapping[str, tuple[Signature, str]]


@dataclass(frozen=True, slots=True)
class UpToDate:
    """What the last build said, and how many files it made."""

    report: BuildReport
    files: int


def digest_inputs(
    root: Path, drafts: bool, keep_going: bool, base_url: str | None, digests: FileDigests
) -> InputDigests | None:
    """Read the site at ``root``, to be built in this way. ``digests`` are those of files that need not be read.

    None where it cannot be known whether that is everything: a folder is a symbolic link, or something cannot be read.
    """
    parts = [code_digest(LIBRARIES, ("**/*.py",)), repr((drafts, keep_going, base_url))]
    sources: dict[str, str] = {}
    others: set[str] = set()
    try:
        parts += [_SETTINGS, digest((root / _SETTINGS).read_bytes())]
        for folder in SOURCE_FOLDERS:
            for path in sorted(_files(f"{root}/{folder}", folder)):
                if folder == CONTENT and is_markdown(path):
                    with open(f"{root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 - ten thousand of them
                        found = sources[path] = digest(stream.read())
                else:
                    others.add(path)
                    found = digests.of(path)
                parts += [path, found]
        packaged = packaged_themes()
        for path in sorted(_files(str(packaged), "")):
            parts += [path, file_digest(f"{packaged}{path}")]
    except (OSError, _UnknownError):
        return None
    digests.stats.retain(others)
    return InputDigests(combined_digest(parts), sources, digests.stats.newly_verified)


class _UnknownError(Exception):
    """A folder holds what cannot be followed."""


def _files(place: str, folder: str) -> Iterator[str]:
    """Paths of all files in the folder at ``place``, as if it were called ``folder``."""
    for path, item in walk(place, folder, _stop):
        if not item.is_file():
            raise _UnknownError(path)
        yield path


def _stop(_path: str, error: OSError) -> NoReturn:
    raise error


@dataclass(frozen=True, slots=True)
class OutputState:
    """Whether all files in an output folder are as the last build made them, and what is known of them since."""

    is_intact: bool
    newly_verified: Mapping[str, tuple[Signature, str]]


class BuildState:
    """What is known of the last build of the folder ``output``, and whether that still holds."""

    def __init__(self, root: Path, output: Path, kept: cache.Cache) -> None:
        self._root = root
        self._output = output
        self._found = kept.build_record(output)
        self._state: OutputState | None = None

    @cached_property
    def stat_cache(self) -> StatCache:
        """What is known of the files in the folder."""
        seen = load_stat_cache(self._root, self._output)
        if self._state is not None:
            seen.newly_verified.update(self._state.newly_verified)
        return seen

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest, where all files in the folder are as the build made them."""
        found = self._found
        if found is None:
            return None
        if self._state is None:
            return verified_manifest(self._output, found.manifest, self.stat_cache)
        return complete_manifest(self._output, found.manifest) if self._state.is_intact else None

    def check_output(self) -> OutputState:
        """Look at all files in the folder. Runs in a background process; :meth:`set_output_state` takes its result."""
        return OutputState(self.manifest is not None, self.stat_cache.newly_verified)

    def set_output_state(self, state: OutputState) -> None:
        """Take over what :meth:`check_output` found in another process."""
        self._state = state

    def up_to_date(self, inputs: InputDigests, now: datetime | None) -> UpToDate | None:
        """What the build said, where one from ``inputs`` would say it too.

        ``now`` is None for the clock; a moment without offset is in the site's zone.
        """
        found = self._found
        if found is None or found.inputs != inputs.digest:
            return None
        try:
            report = deserialize(BuildReport, found.report)
            zone = ZoneInfo(report.zone)
        except (DecodingError, LookupError, ValueError, OSError):
            return None
        clock = Clock.at(now or datetime.now(zone), zone)
        if not report.is_valid_at(clock.now) or self.manifest is None:
            return None
        if self.stat_cache.newly_verified:
            save_stat_cache(self.stat_cache, self._root, self._output)
        return UpToDate(report, len(self.manifest.files))


def record_build(inputs: str, report: BuildReport, manifest: str) -> cache.BuildRecord:
    """What :class:`BuildState` is to find next time: digests of the inputs and of the output folder's manifest."""
    return cache.BuildRecord(inputs, manifest, serialize(report))
