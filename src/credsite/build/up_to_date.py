"""Whether the website of the last build is up to date: its inputs and its files are still the same.

Little of the program is imported here, so that a build in which nothing has changed does not wait for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from credsite.build.cache import BuildRecord, Cache
from credsite.build.input_digests import InputDigests
from credsite.build.output.manifest import Manifest, complete_manifest, verified_manifest
from credsite.build.result import BuildReport
from credsite.build.state_dir import load_stat_cache, save_stat_cache
from credsite.catalogue.clock import Clock
from credsite.core.serialization import DecodingError, deserialize, serialize
from credsite.core.stat_cache import Signature, StatCache


@dataclass(frozen=True, slots=True)
class UpToDate:
    """The report of the last build, which is still right, and how many files it wrote."""

    report: BuildReport
    files: int


@dataclass(frozen=True, slots=True)
class OutputState:
    """Whether all files in an output folder are as the last build wrote them.

    ``newly_verified`` are the signatures and digests of those that had to be read to find out.
    """

    is_intact: bool
    newly_verified: Mapping[str, tuple[Signature, str]]


class BuildState:
    """What the cache holds of the last build of the folder ``output``, and whether its files are intact."""

    def __init__(self, root: Path, output: Path, cache: Cache) -> None:
        self._root = root
        self._output = output
        self._record = cache.build_record(output)
        self._output_state: OutputState | None = None

    @cached_property
    def stat_cache(self) -> StatCache:
        """The digests of files in the folder, by what the system said of them when they were verified."""
        stat_cache = load_stat_cache(self._root, self._output)
        if self._output_state is not None:
            stat_cache.newly_verified.update(self._output_state.newly_verified)
        return stat_cache

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest, if all files in the folder are as the build wrote them."""
        if self._record is None:
            return None
        if self._output_state is None:
            return verified_manifest(self._output, self._record.manifest, self.stat_cache)
        if not self._output_state.is_intact:
            return None
        return complete_manifest(self._output, self._record.manifest)

    def check_output(self) -> OutputState:
        """Look at all files in the folder. Runs in a background process; :meth:`set_output_state` takes its result."""
        return OutputState(self.manifest is not None, self.stat_cache.newly_verified)

    def set_output_state(self, state: OutputState) -> None:
        """Take over what :meth:`check_output` found in another process."""
        self._output_state = state

    def up_to_date(self, inputs: InputDigests, now: datetime | None) -> UpToDate | None:
        """What the last build said, if a build from ``inputs`` at ``now`` would say and write the same.

        ``now`` is None for the clock; a moment without offset is in the site's time zone.
        """
        if self._record is None or self._record.inputs != inputs.digest:
            return None
        try:
            report = deserialize(BuildReport, self._record.report)
            zone = ZoneInfo(report.zone)
        except (DecodingError, LookupError, ValueError, OSError):
            return None
        clock = Clock.at(now or datetime.now(zone), zone)
        if not report.is_valid_at(clock.now) or self.manifest is None:
            return None
        if self.stat_cache.newly_verified:
            save_stat_cache(self.stat_cache, self._root, self._output)
        return UpToDate(report, len(self.manifest.files))


def record_build(inputs: str, report: BuildReport, manifest: str) -> BuildRecord:
    """What :class:`BuildState` finds next time. ``inputs`` and ``manifest`` are digests."""
    return BuildRecord(inputs, manifest, serialize(report))
