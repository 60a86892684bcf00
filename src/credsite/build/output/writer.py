"""Writes the planned outputs: renders what is new, writes what differs, removes what credsite wrote before.

A build may be stopped at any moment, and the next one still knows every file that is credsite's own: those with the digest
that the manifest lists, and those in the journal, which is on disk before the first file is written. A file is replaced in
one step, and stays only if its bytes are those that were written. A file that is no longer planned is removed only if
nobody has changed it since.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from credsite.build.output.conflicts import ConflictReport, case_renames, find_conflicts
from credsite.build.output.disk import MANIFEST, BlockedError, Disk, OutputError, parent
from credsite.build.output.folder import OutputFolder
from credsite.build.output.journal import add_to_journal, read_journal
from credsite.build.output.manifest import (
    Manifest,
    ManifestEntry,
    WriteSummary,
    changed_since,
    is_intact,
    read_manifest,
    save_manifest,
)
from credsite.build.output.notices import MANIFEST_DAMAGED
from credsite.build.output.planned_output import (
    Output,
    RenderAll,
    Rendered,
    WrittenOutput,
    manifest_entries,
    outputs_by_path,
    render_here,
)
from credsite.core.hashing import digest
from credsite.core.profiling import stage
from credsite.core.stat_cache import StatCache, signature

MustGo = Callable[[Collection[str]], Collection[str]]


def _nothing_must_go(_paths: Collection[str]) -> Collection[str]:
    return ()


def write_outputs(
    folder: OutputFolder,
    outputs: Iterable[Output],
    stat_cache: StatCache | None = None,
    render_all: RenderAll = render_here,
    verified: Manifest | None = None,
    own_manifest: str | None = None,
    *,
    leaves_out_blocked: bool = False,
    must_go: MustGo = _nothing_must_go,
) -> WriteSummary:
    """Make the folder hold exactly ``outputs``, beside what is in it and not credsite's.

    ``render_all`` renders and writes the outputs that need it. ``stat_cache`` spares the reading of files that have not
    changed since they were verified, and ``verified`` is the manifest, if all that it lists was verified just now.
    ``own_manifest`` is the digest of the manifest that the last build wrote, "" if that is not known. Any other manifest may
    be somebody else's: then every output is rendered and compared. None believes each manifest. ``must_go`` picks, of the
    paths that are no longer planned, those that must not be published any more.

    Raises BlockedError, before anything is written, where files of somebody else stand at planned paths, unless
    ``leaves_out_blocked`` says that all others are to be written. Raises whatever ``render_all`` raises; what was written
    until then stays and is listed.
    """
    planned = list(outputs)
    try:
        return _Writer(folder, planned, stat_cache, render_all, verified, own_manifest, must_go).run()
    except BlockedError as error:
        if not leaves_out_blocked:
            raise
        free = [output for output in planned if not any(map(error.blocks, output.paths))]
        return _Writer(folder, free, stat_cache, render_all, verified, own_manifest, must_go).run()


def update_outputs(
    folder: OutputFolder, outputs: Iterable[Output], render_all: RenderAll = render_here
) -> WriteSummary:
    """Render ``outputs``, which are some of those that :func:`write_outputs` put into the folder, and write them.

    Everything else stays, the manifest too: it still lists every file of credsite's. Those that are changed here are in the
    journal until the next full build. Raises what ``render_all`` raises.
    """
    disk = Disk(folder.path)
    selected = list(outputs)
    add_to_journal(disk, (path for output in selected for path in output.paths), read_journal(disk))

    def put(output: Output, rendered: Rendered) -> WrittenOutput:
        files = output.files(rendered)
        new = [path for path, data in files.items() if disk.read(path) != data]
        for path in new:
            disk.write(path, files[path])
        entries = manifest_entries(files, rendered.fingerprint)
        return WrittenOutput(entries, tuple(new), lookups=rendered.lookups)

    written = tuple(path for output in render_all(put, selected) for path in output.written)
    unchanged = sum(len(output.paths) for output in selected) - len(written)
    return WriteSummary(len(written), 0, unchanged, 0, changed=written)


class _Writer:
    """One run of :func:`write_outputs`."""

    def __init__(
        self,
        folder: OutputFolder,
        outputs: Sequence[Output],
        stat_cache: StatCache | None,
        render_all: RenderAll,
        verified: Manifest | None,
        own_manifest: str | None,
        must_go: MustGo,
    ) -> None:
        self._root = folder.path
        self._ignores_case = folder.ignores_case
        self._disk = Disk(folder.path)
        self._outputs = outputs
        self._by_path = outputs_by_path(outputs, ignores_case=folder.ignores_case)
        self._copies = {path for output in outputs for path in output.copies}
        """Planned files that are only there if they are worth it, which is known when their outputs are rendered."""
        self._stat_cache = stat_cache
        self._render_all = render_all
        self._manifest = read_manifest(self._disk, verified)
        self._listed = self._manifest.listed
        self._must_go = must_go
        self._is_verified = self._manifest is verified
        self._is_own = own_manifest is None or own_manifest == self._manifest.digest
        self._files: dict[str, os.stat_result] = {}
        """Those that are in the place of what may have to be written."""
        self._entries: dict[str, ManifestEntry] = {}
        """Of the files that were rendered in this run."""
        self._changed: set[str] = set()
        """Planned files that somebody else has changed."""
        self._written: list[str] = []
        self._unchanged = 0

    def run(self) -> WriteSummary:
        skipped = {path for output in self._outputs if self._is_up_to_date(output) for path in output.paths}
        stale = [path for path in self._listed if path not in self._by_path]
        left = changed_since(self._disk, self._manifest, stale, self._stat_cache)
        own_stale = set(stale).difference(left)
        pending = [path for path in self._by_path if path not in skipped]
        withdrawn = self._withdrawn(stale, left)
        conflicts = self._checked_for_conflicts(pending, own_stale, self._listed.keys() - set(left))
        self._files = conflicts.files
        self._changed.update(conflicts.replaced)
        if not self._is_verified:
            listed = [path for path in conflicts.files if path in self._listed]
            self._changed.update(changed_since(self._disk, self._manifest, listed, self._stat_cache))
        add_to_journal(self._disk, pending, self._manifest.unfinished)
        try:
            removed = self._disk.remove_files(conflicts.blocking)
            self._render(skipped)
            removed += self._disk.remove_files(
                path for path in stale if path in own_stale - conflicts.blocking
            )
            unmade = self._unmade_copies(skipped)
            removed += self._remove_unmade(unmade, left)
            manifest = self._save_final_manifest(unmade, left, withdrawn)
        except BaseException as error:
            self._save_actual_manifest(pending, error)
            raise
        self._disk.remove_temporary()
        if self._stat_cache:
            self._stat_cache.retain(set(self._by_path))
        return WriteSummary(
            len(self._written),
            len(skipped & self._manifest.files.keys()),
            self._unchanged,
            len(removed),
            MANIFEST_DAMAGED if self._manifest.damaged else "",
            manifest,
            changed=(*self._written, *removed),
            removed=tuple(removed),
            left=tuple(path for path in left if path not in withdrawn and path not in self._manifest.left),
            withdrawn=tuple(sorted(withdrawn)),
            rewritten=tuple(sorted(self._changed.intersection(self._written))),
        )

    def _withdrawn(self, stale: Sequence[str], left: Sequence[str]) -> set[str]:
        """Those of the ``left`` paths that must not be published any more. They may have been left by an earlier build."""
        if not left:
            return set()
        newly_stale = [path for path in stale if path not in self._manifest.left]
        return {*self._manifest.withdrawn, *self._must_go(newly_stale)}.intersection(left)

    def _is_up_to_date(self, output: Output) -> bool:
        """Whether all files of an output are there, as a rendering would make them."""
        if not self._is_own:
            return False
        fingerprint = ""
        for path in output.paths:
            entry = self._manifest.files.get(path)
            if entry is None and path in self._copies:
                continue
            if entry is None:
                return False
            fingerprint = fingerprint or output.fingerprint
            if not fingerprint or entry.fingerprint != fingerprint:
                return False
            if not self._is_verified and not (
                self._disk.is_folder(parent(path)) and is_intact(self._disk, path, entry, self._stat_cache)
            ):
                return False
        return True

    def _checked_for_conflicts(
        self, pending: list[str], stale: set[str], own: Collection[str]
    ) -> ConflictReport:
        """What is in the way of the ``pending`` paths. Raises BlockedError where it is not credsite's.

        ``own`` are the files that are credsite's, ``stale`` those of them that are no longer planned.
        """
        moved = case_renames(self._by_path, stale) if self._ignores_case and stale else []
        report = find_conflicts(self._root, self._disk, pending, own, stale, moved)
        report.foreign.update(path for path in report.unlisted if not self._is_adopted(path))
        if report.foreign:
            names = "\n".join(f"  {path}" for path in sorted(report.foreign))
            message = (
                f"These files in {self._root} are in the way. Somebody changed them, or they are not credsite's. "
                f"Delete or move them, then build again:\n{names}"
            )
            raise BlockedError(message, frozenset(report.foreign))
        return report

    def _is_adopted(self, path: str) -> bool:
        """A file that is not listed, but is just what would be written, is taken for credsite's own."""
        output = self._by_path[path]
        rendered = output.rendered()
        files = output.files(rendered)
        if self._disk.read(path) != files.get(path):
            return False
        self._entries[path] = manifest_entries(files, rendered.fingerprint)[path]
        self._unchanged += 1
        return True

    def _render(self, skipped: set[str]) -> None:
        """Render and write all outputs that are neither up to date nor adopted."""
        outputs = [
            output
            for output in self._outputs
            if output.path not in skipped and not self._entries.keys() >= {*output.paths}
        ]
        for written in self._render_all(self._put, outputs):
            self._record(written)

    def _put(self, output: Output, rendered: Rendered) -> WrittenOutput:
        """Write those files of an output that differ. May run in a forked process."""
        with stage("write"):
            files = output.files(rendered)
            written: list[str] = []
            folders: list[str] = []
            for path, data in files.items():
                there = self._files.get(path)
                if there is None or there.st_size != len(data) or self._disk.read(path) != data:
                    folders += self._disk.write(path, data)
                    written.append(path)
            entries = manifest_entries(files, rendered.fingerprint)
            return WrittenOutput(entries, tuple(written), tuple(folders), rendered.lookups)

    def _record(self, output: WrittenOutput) -> None:
        new = sum(path not in self._entries for path in output.entries)
        self._entries.update(output.entries)
        self._disk.add_created_folders(output.created_folders)
        self._written += output.written
        self._unchanged += new - len(output.written)
        if self._stat_cache:
            for path, entry in output.entries.items():
                if status := self._disk.lstat(path):
                    self._stat_cache.record(path, signature(status), entry.digest)

    def _unmade_copies(self, skipped: Collection[str]) -> set[str]:
        """The planned copies that are not there, because they are not worth it."""
        made = self._entries.keys() | (self._manifest.files.keys() & skipped if self._copies else ())
        return self._copies - made

    def _remove_unmade(self, unmade: Collection[str], left: list[str]) -> list[str]:
        """Remove the copies that an earlier build has made, and add those to ``left`` that somebody has changed since."""
        listed = [path for path in unmade if path in self._listed]
        changed = changed_since(self._disk, self._manifest, listed, self._stat_cache)
        left += changed
        return self._disk.remove_files(sorted(set(listed).difference(changed)))

    def _save_final_manifest(
        self, unmade: Collection[str], left_paths: Iterable[str], withdrawn: Collection[str]
    ) -> str:
        """List exactly the planned files but ``unmade``, and those that were left. The digest of the manifest."""
        old = self._manifest
        planned = (path for path in self._by_path if path not in unmade)
        files = {path: self._entries.get(path) or old.files[path] for path in planned}
        left = _left_entries(self._disk, left_paths, self._listed)
        withdrawn = frozenset(left).intersection(withdrawn)
        is_same = (files, left, withdrawn) == (old.files, old.left, old.withdrawn)
        if is_same and not (old.damaged or old.missing):
            return old.digest
        return save_manifest(self._disk, files, left, withdrawn)

    def _save_actual_manifest(self, pending: Iterable[str], error: BaseException) -> None:
        """After a stop: list what there is now, also what was written without a word of it, as a forked process may."""
        try:
            files = {path: entry for path, entry in self._manifest.files.items() if entry.digest}
            files |= self._entries
            disk = self._disk
            for path in (*self._manifest.unfinished, *pending):
                if path in self._entries or path in self._changed or not disk.is_folder(parent(path)):
                    continue
                data = disk.read(path)
                if data is not None and not (path in files and files[path].digest == digest(data)):
                    files[path] = ManifestEntry("", digest(data), len(data))
            left = {path: entry for path, entry in self._manifest.left.items() if path not in files}
            save_manifest(disk, files, left, self._manifest.withdrawn & left.keys())
            disk.remove_temporary()
            disk.remove_created_folders()
        except OutputError as second:
            # The journal on disk lists more than there is, which is safe.
            error.add_note(f"The list of written files could not be brought up to date: {second}")


def _left_entries(
    disk: Disk, paths: Iterable[str], listed: Mapping[str, ManifestEntry]
) -> dict[str, ManifestEntry]:
    """What the manifest goes on to say of the ``paths`` that were left: not of folders, which no file was written to."""
    return {
        path: entry
        for path in paths
        if (entry := listed[path]).digest
        and (status := disk.lstat(path))
        and not stat.S_ISDIR(status.st_mode)
    }


def changed_outputs(folder: OutputFolder, paths: Collection[str] | None = None) -> list[str]:
    """The listed paths at which there is something else now than credsite wrote. :func:`remove_outputs` leaves it there.

    ``paths`` are those that are looked at; all, if left out.
    """
    disk = Disk(folder.path)
    manifest = read_manifest(disk)
    listed = manifest.listed
    return changed_since(disk, manifest, listed if paths is None else listed.keys() & set(paths))


def remove_some(folder: OutputFolder, paths: Collection[str]) -> list[str]:
    """Remove those of ``paths`` that credsite wrote and nobody has changed. Returns the paths of the files that are gone.

    The manifest goes on to list them: pages that mention them are not up to date before the website is written again.
    """
    disk = Disk(folder.path)
    manifest = read_manifest(disk)
    own = [path for path in paths if path in manifest.files]
    return disk.remove_files(set(own).difference(changed_since(disk, manifest, own)))


def remove_outputs(folder: OutputFolder, changed: Collection[str] | None = None) -> int:
    """Remove what credsite wrote, with the lock, and nothing else. The folder itself stays, and is closed.

    ``changed`` are the :func:`changed_outputs`, if these are known. Where any of them are left, so is the manifest, which
    lists only them, and where other files are left, the empty folder for temporary files. By these, the next build knows
    that it may write there.

    Returns the number of files. Raises OutputError where the manifest is damaged, because then nobody can say which files
    are credsite's.
    """
    disk = Disk(folder.path)
    manifest = read_manifest(disk)
    if manifest.damaged and not manifest.files:
        message = f"The list of files that credsite wrote ({MANIFEST}) in {folder.path} cannot be read."
        raise OutputError(f"{message} Empty the folder by hand.")
    listed = manifest.listed
    left = changed_since(disk, manifest, listed) if changed is None else changed
    removed = disk.remove_files(sorted(listed.keys() - set(left)))
    kept = _left_entries(disk, left, listed)
    if kept:
        save_manifest(disk, {}, kept, manifest.withdrawn & kept.keys())
    else:
        disk.remove_file(MANIFEST)
    disk.remove_temporary()
    if not kept and folder.has_others():
        disk.make_temporary()
    folder.discard()
    return len(removed)
