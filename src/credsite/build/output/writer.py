"""Writes the planned outputs: renders what is new, writes what differs, prunes what credsite wrote before.

After a stop at any moment, the next build recognises every file of credsite's own: before the first new file
appears, the manifest on disk lists them all. A file is replaced in one step, and kept only if its bytes are
those that were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from credsite.build.output.conflicts import ConflictReport, case_renames, find_conflicts
from credsite.build.output.disk import Disk
from credsite.build.output.folder import OutputFolder
from credsite.build.output.integrity import is_intact
from credsite.build.output.manifest import (
    MANIFEST_DAMAGED,
    PENDING,
    Manifest,
    ManifestEntry,
    read_manifest,
    save_manifest,
)
from credsite.build.output.names import (
    MANIFEST,
    OutputError,
    casefolded,
    parent,
    unsafe_paths,
    with_ancestors,
)
from credsite.build.output.summary import WriteSummary
from credsite.core.hashing import digest
from credsite.core.profiling import stage
from credsite.core.stat_cache import StatCache
from credsite.core.steps import Later, finished, then


class Rendered(NamedTuple):
    """The bytes of an output, and their fingerprint. ``notes`` are for whoever planned it, and mean nothing here.

    ``beside`` are the bytes of the files beside it, in their order.
    """

    data: bytes
    fingerprint: str
    lookups: Mapping[str, str] = {}
    companions: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Output:
    """A planned file. ``path`` is relative, with forward slashes; ``begin`` makes its bytes where needed, or begins to.

    ``identity`` is its fingerprint, or what computes it. Equal fingerprints mean equal bytes; an empty one, that it is
    not known before the file is rendered. ``beside`` are the paths of files that are made in one go with it, from just
    the same, and so have the same fingerprint.
    """

    path: str
    identity: str | Callable[[], str]
    begin: Callable[[], Rendered | Later[Rendered]]
    companions: tuple[str, ...] = ()

    def render(self) -> Rendered:
        return finished(self.begin())

    @property
    def paths(self) -> tuple[str, ...]:
        """Those of all its files."""
        return (self.path, *self.companions)

    @cached_property
    def fingerprint(self) -> str:
        return self.identity if isinstance(self.identity, str) else self.identity()


@dataclass(frozen=True, slots=True)
class WrittenOutput:
    """What came of an output: the manifest entries of its files, which of them had to be written, folders made on the
    way, its notes."""

    entries: Mapping[str, ManifestEntry]
    written: tuple[str, ...]
    created_folders: tuple[str, ...] = ()
    lookups: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return next(iter(self.entries.values())).fingerprint


Spread = Callable[
    [Callable[[Output], WrittenOutput | Later[WrittenOutput]], Sequence[Output]], Iterator[WrittenOutput]
]
"""Does work on each output and gives the results in order, in this process or in forked ones."""


def here(
    work: Callable[[Output], WrittenOutput | Later[WrittenOutput]], outputs: Sequence[Output]
) -> Iterator[WrittenOutput]:
    """All of the work in this process, one output after another."""
    return (finished(work(output)) for output in outputs)


def write_outputs(
    folder: OutputFolder,
    outputs: Iterable[Output],
    seen: StatCache | None = None,
    spread: Spread = here,
    kept: Manifest | None = None,
) -> WriteSummary:
    """Make the folder hold exactly ``outputs``, and whatever else in it is not credsite's.

    ``spread`` renders and writes those outputs that need it, in whatever processes it likes.
    ``seen`` spares the reading of files that are as they were when they were last verified, and ``kept`` is the
    manifest, if all that it lists was verified just now. Raises
    OutputError, before anything is written, where foreign files stand at planned paths, and whatever
    ``render`` raises; what was written until then stays and is listed.
    """
    outputs = list(outputs)
    plan = _plan(outputs, ignores_case=folder.ignores_case)
    return _Build(folder, outputs, plan, seen, spread, kept).run()


def update_outputs(folder: OutputFolder, outputs: Iterable[Output], spread: Spread = here) -> WriteSummary:
    """Render ``outputs``, which are some of those that the last :func:`write` put into the folder, and write them.

    Everything else stays, the manifest too: it still lists what is credsite's, and has the next whole build look again
    at what was changed here. Raises what ``render`` raises.
    """
    disk = Disk(folder.path)
    todo = list(outputs)

    def make(output: Output) -> Later[WrittenOutput]:
        return then(output.begin(), partial(put, output))

    def put(output: Output, rendered: Rendered) -> WrittenOutput:
        files = _files(output, rendered)
        new = [path for path, data in files.items() if disk.read(path) != data]
        for path in new:
            disk.write(path, files[path])
        return WrittenOutput(_entries(files, rendered), tuple(new), lookups=rendered.lookups)

    written = tuple(path for made in spread(make, todo) for path in made.written)
    disk.remove_temporary()
    unchanged = sum(len(output.paths) for output in todo) - len(written)
    return WriteSummary(len(written), 0, unchanged, 0, changed=written)


def remove_outputs(folder: OutputFolder) -> int:
    """Remove what credsite wrote, with the lock, and nothing else; the folder itself stays.

    Returns the number of files. The folder is closed afterwards. OutputError where the manifest is damaged,
    because nobody can say what is whose.
    """
    disk = Disk(folder.path)
    manifest = read_manifest(disk)
    if manifest.damaged:
        message = f"The list of files that credsite wrote ({MANIFEST}) in {folder.path} cannot be read."
        raise OutputError(f"{message} Empty the folder by hand.")
    removed = _remove(disk, manifest.files)
    disk.remove_temporary()
    disk.remove_file(MANIFEST)
    folder.discard()
    return len(removed)


def _plan(outputs: Iterable[Output], *, ignores_case: bool) -> dict[str, Output]:
    plan: dict[str, Output] = {}
    for output in outputs:
        for path in output.paths:
            if path in plan:
                raise OutputError(f"Two pages would be written to {path}.")
            plan[path] = output
    for path in unsafe_paths(plan):
        raise OutputError(f"`{path}` is no path that can be written in the output folder.")
    folders: set[str] = set()
    for path in plan:
        above = parent(path)
        while above and above not in folders:
            folders.add(above)
            above = parent(above)
    for path in sorted(folders & plan.keys()):
        raise OutputError(f"{path} would be a page and a folder of pages at once.")
    if ignores_case:
        names: dict[str, str] = {}
        for path in sorted(folders | plan.keys()):
            other = names.setdefault(casefolded(path), path)
            if other != path:
                raise OutputError(f"{other} and {path} would be one and the same on this disk.")
    return plan


class _Build:
    def __init__(
        self,
        folder: OutputFolder,
        outputs: Sequence[Output],
        plan: dict[str, Output],
        seen: StatCache | None,
        spread: Spread,
        kept: Manifest | None,
    ) -> None:
        self._root = folder.path
        self._ignores_case = folder.ignores_case
        self._disk = Disk(folder.path)
        self._outputs = outputs
        self._plan = plan
        self._seen = seen
        self._spread = spread
        self._sizes: dict[str, int] = {}
        self._manifest: Manifest = read_manifest(self._disk, kept)
        self._are_verified = self._manifest is kept
        self._done: dict[str, ManifestEntry] = {}
        self._written: list[str] = []
        self._unchanged = 0

    def run(self) -> WriteSummary:
        old = self._manifest.files
        kept = {path for output in self._outputs if self._is_kept(output) for path in output.paths}
        stale = [path for path in old if path not in self._plan]
        todo = [path for path in self._plan if path not in kept]
        survey = self._surveyed(todo, stale)
        pruned: list[str] = []
        if any(path not in old for path in todo):
            # From here on, a file that appears is one that the manifest on disk lists.
            save_manifest(self._disk, {**old, **{path: _about_to_change(old.get(path)) for path in todo}})
        try:
            pruned += _remove(self._disk, survey.blocking)
            new = [
                output
                for output in self._outputs
                if output.path not in kept and not self._done.keys() >= {*output.paths}
            ]
            self._sizes = survey.sizes
            for made in self._spread(self._make, new):
                self._note(made)
            pruned += _remove(self._disk, [path for path in stale if path not in survey.blocking])
            manifest = self._manifest.digest
            exact = {path: self._done.get(path) or old[path] for path in self._plan}
            if exact != old or self._manifest.damaged or self._manifest.missing:
                manifest = save_manifest(self._disk, exact)
        except BaseException as error:
            self._save_what_is_true(error)
            raise
        self._disk.remove_temporary()
        if self._seen:
            self._seen.retain(set(self._plan))
        notice = MANIFEST_DAMAGED if self._manifest.damaged else ""
        changed = (*self._written, *pruned)
        return WriteSummary(
            len(self._written), len(kept), self._unchanged, len(pruned), notice, manifest, changed
        )

    def _is_kept(self, output: Output) -> bool:
        for path in output.paths:
            entry = self._manifest.files.get(path)
            if entry is None or entry.fingerprint != output.fingerprint or not entry.fingerprint:
                return False
            if not self._are_verified and not is_intact(self._disk, path, entry, self._seen):
                return False
        return True

    def _surveyed(self, todo: list[str], stale: list[str]) -> ConflictReport:
        moved = case_renames(self._plan, stale) if self._ignores_case and stale else []
        survey = find_conflicts(self._root, self._disk, todo, self._manifest.files.keys(), set(stale), moved)
        if self._manifest.damaged:
            survey.foreign.update(path for path in survey.unlisted if not self._is_adopted(path))
        else:
            survey.foreign.update(survey.unlisted)
        if survey.foreign:
            names = "\n".join(f"  {path}" for path in sorted(survey.foreign))
            raise OutputError(
                f"In the output folder {self._root}, pages must go where these are, which credsite did not "
                f"write. Move them away, or choose another folder:\n{names}"
            )
        return survey

    def _is_adopted(self, path: str) -> bool:
        """Where the manifest is lost: whether a file is what would be written, and so taken for our own."""
        output = self._plan[path]
        rendered = output.render()
        files = _files(output, rendered)
        if self._disk.read(path) != files[path]:
            return False
        self._done[path] = _entries(files, rendered)[path]
        self._unchanged += 1
        return True

    def _make(self, output: Output) -> Later[WrittenOutput]:
        """Render one output, and write it if it differs. May run in a forked process, whose changes here are lost."""
        return then(output.begin(), partial(self._put, output))

    def _put(self, output: Output, rendered: Rendered) -> WrittenOutput:
        with stage("write"):
            files = _files(output, rendered)
            written: list[str] = []
            folders: list[str] = []
            for path, data in files.items():
                if self._sizes.get(path) != len(data) or self._disk.read(path) != data:
                    folders += self._disk.write(path, data)
                    written.append(path)
            return WrittenOutput(_entries(files, rendered), tuple(written), tuple(folders), rendered.lookups)

    def _note(self, made: WrittenOutput) -> None:
        new = sum(path not in self._done for path in made.entries)
        self._done.update(made.entries)
        self._disk.add_created_folders(made.created_folders)
        self._written += made.written
        self._unchanged += new - len(made.written)
        if self._seen:
            for path, entry in made.entries.items():
                if status := self._disk.lstat(path):
                    self._seen.record(path, status, entry.digest)

    def _save_what_is_true(self, error: BaseException) -> None:
        """After a stop: what was written, what is as it was, and a file that may have appeared just now."""
        try:
            appeared = [
                path
                for path in self._plan
                if path not in self._manifest.files
                and path not in self._done
                and self._disk.is_folder(parent(path))
                and self._disk.lstat(path)
            ]
            save_manifest(
                self._disk, {**self._manifest.files, **dict.fromkeys(appeared, PENDING), **self._done}
            )
            self._disk.remove_temporary()
            self._disk.remove_created_folders()
        except OutputError as second:
            # The manifest on disk lists more than there is, which is safe.
            error.add_note(f"The list of written files could not be brought up to date: {second}")


def _files(output: Output, rendered: Rendered) -> dict[str, bytes]:
    return dict(zip(output.paths, (rendered.data, *rendered.companions), strict=True))


def _entries(files: Mapping[str, bytes], rendered: Rendered) -> dict[str, ManifestEntry]:
    return {
        path: ManifestEntry(rendered.fingerprint, digest(data), len(data)) for path, data in files.items()
    }


def _about_to_change(entry: ManifestEntry | None) -> ManifestEntry:
    return PENDING if entry is None else entry._replace(fingerprint="")


def _remove(disk: Disk, paths: Iterable[str]) -> list[str]:
    """Remove own files, then the folders that were made for them and are empty now. The paths of the files."""
    removed: list[str] = []
    folders: set[str] = set()
    for path in paths:
        if disk.remove_file(path):
            removed.append(path)
        folders.update(with_ancestors(parent(path)))
    for folder in sorted(folders, key=lambda name: name.count("/"), reverse=True):
        disk.remove_folder(folder)
    return removed
