"""Whether the website of the last build is up to date: its inputs and its files are still the same.

Entries are read each time. Images and static files are read again only where the system says that they have changed.

Little of the program is imported here, so that a build in which nothing has changed does not wait for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn
from zoneinfo import ZoneInfo

from credsite.build.cache import Cache
from credsite.build.options import Options
from credsite.build.output.manifest import Manifest, WriteSummary, complete_manifest, verified_manifest
from credsite.build.result import BuildReport, BuildResult
from credsite.build.state_dir import (
    load_source_digests,
    load_stat_cache,
    save_source_digests,
    save_stat_cache,
)
from credsite.catalogue.clock import Clock
from credsite.content.source_folders import (
    CONTENT,
    DATES_FILE,
    HOOKS_FILE,
    SOURCE_FOLDERS,
    is_in_the_way,
    is_markdown,
    walk,
)
from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest, file_digest
from credsite.core.processes import BackgroundTask
from credsite.core.profiling import stage
from credsite.core.regular_files import FileTooLargeError, read_regular
from credsite.core.serialization import DecodingError, deserialize
from credsite.core.stat_cache import NamelessStatCache, Signature, StatCache
from credsite.theme.packaged import packaged_themes

_SETTINGS: Final = "credsite.yaml"
_MAX_READ: Final = 10_000_000
"""Bytes of the largest file that is in memory as a whole."""
_MAX_SIZE: Final = 1_000_000_000
"""Bytes: no setting allows larger files. A site that has one is not up to date, and the build says why."""
_MODULES: Final = (
    "credsite.schema.config",
    "credsite.content.loader",
    "credsite.catalogue.catalogue",
    "credsite.site.planner",
    "credsite.build.render",
    "credsite.build.analysis",
)
"""The rest of the program, in parts that take about as long to load."""


@dataclass(frozen=True, slots=True)
class InputDigests:
    """A digest of all files that a site is made from and of the code, and the digests of its Markdown files by path.

    ``newly_read`` are the other files of the site that had to be read for it.
    """

    digest: str
    sources: Mapping[str, str]
    newly_read: Mapping[str, tuple[Signature, str]]


def digest_inputs(
    root: Path, drafts: bool, keep_going: bool, base_url: str | None, file_digests: StatCache
) -> InputDigests | None:
    """The digests of the site at ``root``, for a build with these options.

    None where nobody can say whether that is everything: a folder is a symbolic link, or something cannot be read.
    """
    parts = [code_digest(), repr((drafts, keep_going, base_url))]
    sources: dict[str, str] = {}
    others: set[str] = set()
    try:
        parts += [_SETTINGS, digest(read_regular(root / _SETTINGS, _MAX_READ))]
        for file in (HOOKS_FILE, DATES_FILE):
            with suppress(FileNotFoundError):
                parts += [file, digest(read_regular(root / file, _MAX_SIZE))]
        for folder in SOURCE_FOLDERS:
            for path in sorted(_files(f"{root}/{folder}", folder)):
                found = ""
                if folder == CONTENT and is_markdown(path):
                    with suppress(FileTooLargeError):  # not with Path: there may be ten thousand of them
                        found = sources[path] = digest(read_regular(f"{root}/{path}", _MAX_READ))
                if not found:
                    others.add(path)
                    found = file_digests.file_digest(root, path, _MAX_SIZE)
                parts += [path, found]
        packaged = packaged_themes()
        for path, item in sorted(walk(str(packaged), "", _stop)):
            parts += [path, file_digest(item.path)]
    except (OSError, _NotAFileError):
        return None
    file_digests.retain(others)
    return InputDigests(combined_digest(parts), sources, file_digests.newly_verified)


class _NotAFileError(Exception):
    """A folder is a symbolic link, or holds something that is neither a file nor a folder."""


def _files(folder: str, name: str) -> Iterator[str]:
    """The paths of all files in a folder, with ``name`` in place of the folder's own path."""
    if is_in_the_way(folder):
        raise _NotAFileError(folder)
    for path, item in walk(folder, name, _stop):
        if not item.is_file(follow_symlinks=False):
            raise _NotAFileError(path)
        yield path


def _stop(_path: str, error: OSError) -> NoReturn:
    raise error


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The digests of all files of the site, and whether all files in the output folder are as the last build wrote them.

    ``newly_verified`` are the signatures and digests of those in the output folder that had to be read to find out.
    """

    inputs: InputDigests | None
    is_intact: bool
    newly_verified: Mapping[str, tuple[Signature, str]]


class LastBuild:
    """What ``cache`` holds of the last build of the output folder and, after :meth:`check`, whether it is up to date."""

    def __init__(self, options: Options, cache: Cache) -> None:
        self._options = options
        self._cache = cache
        self._record = cache.build_record(options.output_folder)
        self._checked: FileCheck | None = None

    @property
    def input_digest(self) -> str:
        """The digest of all that the site is made from; ``""`` where that is not known."""
        inputs = self._checked and self._checked.inputs
        return inputs.digest if inputs else ""

    @property
    def entry_digests(self) -> Mapping[str, str]:
        """The digests of Markdown files by path; empty where they are not known."""
        inputs = self._checked and self._checked.inputs
        return inputs.sources if inputs else {}

    @property
    def own_manifest(self) -> str:
        """The digest of the manifest that the last build wrote; "" where that is not known."""
        return self._record.manifest if self._record else ""

    @cached_property
    def file_digests(self) -> NamelessStatCache:
        """The digests of images and static files."""
        return load_source_digests(self._options.root)

    @cached_property
    def stat_cache(self) -> StatCache:
        """The digests of files in the output folder, by what the system said of them when they were verified."""
        stat_cache = load_stat_cache(self._options.root, self._options.output_folder)
        if self._checked is not None:
            stat_cache.newly_verified.update(self._checked.newly_verified)
        return stat_cache

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest of the output folder, if all files in it are as the last build wrote them."""
        if self._record is None:
            return None
        folder, digest = self._options.output_folder, self._record.manifest
        if self._checked is None:
            return verified_manifest(folder, digest, self.stat_cache)
        return complete_manifest(folder, digest) if self._checked.is_intact else None

    def check(self) -> None:
        """Read all files of the site and look at all files of the output folder.

        A background process does that, if the options allow more than one, while this one loads the rest of the program and
        of the cache: mostly something has changed, and then a build needs them. At 10,000 courses, a build after one edit
        takes a quarter less time for it.
        """
        with stage("read"):
            _ = self.file_digests
            task = BackgroundTask(self.check_files, self._options.jobs)
        if task.runs_elsewhere:
            self._load_program_until_done(task)
        with stage("read"):
            self.use(task.result())

    def check_files(self) -> FileCheck:
        """What :meth:`check` finds, for :meth:`use`, perhaps in another process."""
        options = self._options
        inputs = digest_inputs(
            options.root, options.drafts, options.keep_going, options.base_url, self.file_digests
        )
        save_source_digests(self.file_digests, options.root)
        return FileCheck(inputs, self.manifest is not None, self.stat_cache.newly_verified)

    def use(self, checked: FileCheck) -> None:
        """Take over what :meth:`check_files` found."""
        self._checked = checked
        if checked.inputs is not None:
            self.file_digests.newly_verified.update(checked.inputs.newly_read)

    def _load_program_until_done(self, task: BackgroundTask[FileCheck]) -> None:
        """Load what a build needs, part by part, until the task is done: then there may be nothing to build."""
        with stage("start"):
            for module in _MODULES:
                if task.is_done():
                    return
                import_module(module)
        with stage("read"):
            if not task.is_done():
                self._cache.preload()

    def up_to_date_result(self) -> BuildResult | None:
        """What the last build said, if another one would say and write the same."""
        options = self._options
        if self._record is None or self._record.inputs != self.input_digest or not self.input_digest:
            return None
        try:
            report = deserialize(BuildReport, self._record.report)
            zone = ZoneInfo(report.zone)
        except (DecodingError, LookupError, ValueError, OSError):
            return None
        clock = Clock.at(options.now or datetime.now(zone), zone)
        if not report.is_valid_at(clock.now) or (options.strict and report.problems) or self.manifest is None:
            return None
        if report.hook_packages:
            from credsite.hooks.packages import are_up_to_date

            if not are_up_to_date(report.hook_packages):
                return None
        if report.git_head is not None:
            from credsite.build.git_days import git_head

            if git_head(options.root) != report.git_head:
                return None
        if self.stat_cache.newly_verified:
            save_stat_cache(self.stat_cache, options.root, options.output_folder)
        return BuildResult(report.problems, report, WriteSummary(0, len(self.manifest.files), 0, 0))
