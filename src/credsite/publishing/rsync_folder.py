"""Publishes a website to a folder on a server, or on this computer, with the system's rsync.

The folder may hold other files too. A list there says which files credsite has published, wherever it was run. Only these are
ever replaced or removed. While files are sent, the list has the old and the new ones, so whenever that is interrupted, the
next time knows all that is there.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from credsite.build.output.disk import MAX_LIST_BYTES, OutputError, unsafe_paths
from credsite.build.output.folder import check_output_folder
from credsite.core.paths import folders_above
from credsite.core.regular_files import read_regular
from credsite.core.serialization import json_bytes
from credsite.core.text import join_names, without_control_characters
from credsite.publishing.programs import run_program
from credsite.publishing.website import Publication, PublishError, Website

LIST: Final = ".credsite-published.json"
"""The list in the folder. It names only what visitors can see there."""
_LIST_VERSION: Final = 1
_NO_RSYNC: Final = (
    "There is no program `rsync` on this computer. Install it (on Debian and Ubuntu: apt-get install rsync; on macOS: brew install "
    "rsync), then publish again. The server needs it too."
)
_VERSION: Final = re.compile(rb"rsync\s+version\s+v?(\d+)\.(\d+)")
_OLDEST: Final = (3, 1)
_CHANGE: Final = re.compile(r"[<>]f(?P<how>\S+)\|(?P<path>.+)")
_NEW: Final = "+++++++++"
_WILDCARD: Final = re.compile(r"[*?\[]")


class RsyncPublisher:
    """Publishes to ``target``: `account@server:folder`, or a path, which is relative to the folder ``site``."""

    def __init__(self, site: Path, target: str) -> None:
        self._is_here = ":" not in target
        self._target = os.path.abspath(site / target) if self._is_here else target  # noqa: PTH100 - links stay
        self._site = site

    def check(self, output: Path) -> None:
        """Raise PublishError where nothing can be published, as far as that is known before anything is built.

        ``output`` is the folder of the built website.
        """
        told = run_program("rsync", "--version", failure="rsync cannot be started.", missing=_NO_RSYNC)
        match = _VERSION.search(told)
        if match is None or (int(match[1]), int(match[2])) < _OLDEST:
            raise PublishError(
                "The program `rsync` on this computer is too old, or another one of that name. Install rsync 3.1 or newer "
                "(on macOS: brew install rsync)."
            )
        if self._is_here:
            self._check_folder(output)

    def publish(self, website: Website, *, dry_run: bool, takes_over: bool) -> Publication:
        """Make the folder hold the website beside what else is in it, unless ``dry_run``. What is different then.

        Other files in the place of the website's are only replaced if ``takes_over`` says so. Raises PublishError.
        """
        with tempfile.TemporaryDirectory(prefix="credsite-") as name:
            scratch = Path(name)
            published = self._published(scratch)
            new, changed = self._differences(website)
            self._refuse_others(published, changed, takes_over=takes_over)
            stale = published - website.files.keys()
            if not dry_run:
                self._send_list(scratch, published.union(website.files), published)
                if new or changed:
                    self._transfer(website.folder, (*new, *changed), "--delay-updates")
                if stale:
                    self._remove(scratch, stale)
                self._send_list(scratch, set(website.files), published.union(website.files))
        return Publication(self._target, tuple(new), tuple(changed), tuple(sorted(stale)))

    def _check_folder(self, output: Path) -> None:
        real, built = Path(os.path.realpath(self._target)), Path(os.path.realpath(output))
        if real == built or real.is_relative_to(built) or built.is_relative_to(real):
            message = f"The website is built in {output}, so it cannot be published to {self._target}. Choose another folder."
            raise PublishError(message)
        try:
            check_output_folder(real, Path(os.path.realpath(self._site)))
        except OutputError as error:
            raise PublishError(str(error)) from error
        if not real.parent.is_dir():
            raise PublishError(f"There is no folder {real.parent}. Make it, or write the right one.")

    def _published(self, scratch: Path) -> set[str]:
        """The paths in the list of the target; none where there is no list. Paths that lead out of it are left out."""
        # Relative to the folder above it, since the folder need not be there yet.
        computer, colon, path = self._target.rpartition(":")
        above, name = posixpath.split(path)
        source = f"{computer}{colon}{posixpath.join(above, '.', name, LIST)}"
        self._rsync("--ignore-missing-args", "--relative", source, f"{scratch}/fetched/")
        file = scratch / "fetched" / name / LIST
        if not file.exists():
            return set()
        try:
            return _listed(read_regular(file, MAX_LIST_BYTES))
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise PublishError(
                f"The list of files that credsite has published, {LIST} in {self._target}, cannot be read. Empty the folder by hand, "
                "or delete that list and publish with --take-over."
            ) from error

    def _differences(self, website: Website) -> tuple[list[str], list[str]]:
        """The paths of files that are not in the target, and of those that are different there."""
        output = self._transfer(website.folder, website.files, "--dry-run", "--itemize-changes")
        new: list[str] = []
        changed: list[str] = []
        for line in output.decode("utf-8", "surrogateescape").splitlines():
            if match := _CHANGE.fullmatch(line):
                (new if match["how"] == _NEW else changed).append(match["path"])
        return sorted(new), sorted(changed)

    def _refuse_others(self, published: Collection[str], changed: Iterable[str], *, takes_over: bool) -> None:
        others = [path for path in changed if path not in published]
        if others and not takes_over:
            raise PublishError(
                f"In {self._target} there are files that credsite has not published, where the website has others: "
                f"{join_names(others, 3)}. Choose another folder, or delete them. If the website is to replace them, add --take-over "
                "this once."
            )

    def _send_list(self, scratch: Path, paths: set[str], there: set[str]) -> None:
        if paths == there:
            return
        folder = scratch / "list"
        folder.mkdir(exist_ok=True)
        (folder / LIST).write_bytes(json_bytes({"files": sorted(paths), "version": _LIST_VERSION}) + b"\n")
        self._transfer(folder, [LIST])

    def _transfer(self, source: Path, paths: Iterable[str], *options: str) -> bytes:
        """Send the files at ``paths``, as far as they differ. What rsync says of each."""
        return self._rsync(
            *options,
            "--checksum",  # the times of files say nothing where each build is on another computer
            "--chmod=D755,F644",
            "--8-bit-output",
            "--out-format=%i|%n",
            "--from0",
            "--files-from=-",
            f"{source}/",
            f"{self._target}/",
            data=[b"%s\0" % path.encode() for path in paths],
        )

    def _remove(self, scratch: Path, paths: Collection[str]) -> None:
        """Remove the files at ``paths``, and the folders above them that are empty then."""
        empty = scratch / "empty"
        empty.mkdir()
        rules = [f"+ /{_literal(path)}" for path in sorted(paths)]
        rules += [f"+ /{_literal(path)}/" for path in sorted(folders_above(paths))]
        file = scratch / "rules"
        file.write_text("\n".join([*rules, "- *", ""]), encoding="utf-8", errors="surrogateescape")
        self._rsync("--recursive", "--delete", f"--filter=merge {file}", f"{empty}/", f"{self._target}/")

    def _rsync(self, *arguments: str, data: Iterable[bytes] = ()) -> bytes:
        place = without_control_characters(self._target)
        return run_program(
            "rsync",
            "--protect-args",
            *arguments,
            data=data,
            failure=f"rsync cannot publish to {place}.",
            missing=_NO_RSYNC,
        )


def _listed(data: bytes) -> set[str]:
    """The paths of a list. Raises ValueError, TypeError or KeyError where it is none, as a file of another version is."""
    values = json.loads(data)
    if values["version"] != _LIST_VERSION:
        raise ValueError("no list of this version")
    paths = {str(path) for path in values["files"]}
    return paths.difference(unsafe_paths(paths))


def _literal(path: str) -> str:
    """A path as a pattern that only it matches."""
    return re.sub(r"[\\*?\[]", r"\\\g<0>", path) if _WILDCARD.search(path) else path
