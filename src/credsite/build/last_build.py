"""Checks, at the start of a build, whether anything has changed since the last one, and loads the program meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Final

from credsite.build.cache import Cache
from credsite.build.input_digests import InputDigests, digest_inputs
from credsite.build.options import Options
from credsite.build.state_dir import load_source_digests, save_source_digests
from credsite.build.up_to_date import BuildState, OutputState, UpToDate
from credsite.content.file_digests import FileDigests
from credsite.core.processes import BackgroundTask
from credsite.core.profiling import stage

_MODULES: Final = (
    "credsite.schema.config",
    "credsite.content.loader",
    "credsite.catalogue.catalogue",
    "credsite.site.planner",
    "credsite.build.render",
    "credsite.build.analysis",
    "credsite.build.parallel_render",
)
"""The rest of the program, in parts that take about as long to load."""


@dataclass(frozen=True, slots=True)
class CheckedBuild:
    """The digests of all files of the site, and the state of the last build. None or empty where it is not known."""

    inputs: InputDigests | None = None
    state: BuildState | None = None
    file_digests: FileDigests | None = None

    @property
    def digest(self) -> str:
        """The digest of all that the site is made from, or ``""``."""
        return self.inputs.digest if self.inputs else ""

    @property
    def entry_digests(self) -> Mapping[str, str]:
        """The digests of Markdown files by path."""
        return self.inputs.sources if self.inputs else {}

    def up_to_date(self, now: datetime | None) -> UpToDate | None:
        """What the last build said, if a build at ``now`` would say and write the same."""
        if self.inputs is None or self.state is None:
            return None
        return self.state.up_to_date(self.inputs, now)


UNKNOWN: Final = CheckedBuild()


def check_last_build(options: Options, cache: Cache) -> CheckedBuild:
    """Read all files of the site and look at all files of the output folder.

    A background process does that, if the options allow more than one, while this one loads the rest of the program and
    of the cache: mostly something has changed, and then a build needs them. At 10,000 courses, a build after one edit
    takes a quarter less time for it.
    """
    with stage("read"):
        state = BuildState(options.root, options.output_folder, cache)
        file_digests = load_source_digests(options.root)
        check = BackgroundTask(partial(_check, options, state, file_digests), options.jobs)
    if check.runs_elsewhere:
        _load_program_until_done(check, cache)
    with stage("read"):
        inputs, output_state = check.result()
        state.set_output_state(output_state)
        if inputs is not None:
            file_digests.stats.newly_verified.update(inputs.newly_read)
    return CheckedBuild(inputs, state, file_digests)


def _check(
    options: Options, state: BuildState, file_digests: FileDigests
) -> tuple[InputDigests | None, OutputState]:
    inputs = digest_inputs(options.root, options.drafts, options.keep_going, options.base_url, file_digests)
    save_source_digests(file_digests, options.root)
    return inputs, state.check_output()


def _load_program_until_done(
    check: BackgroundTask[tuple[InputDigests | None, OutputState]], cache: Cache
) -> None:
    """Load what a build needs, part by part, until the check is done: then there may be nothing to build."""
    with stage("start"):
        for module in _MODULES:
            if check.is_done():
                return
            import_module(module)
    with stage("read"):
        if not check.is_done():
            cache.preload()
