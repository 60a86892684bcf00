"""The files of a built website that are published, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from credsite.build.options import Options
from credsite.build.output.disk import Disk
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import ManifestEntry, read_manifest
from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest


class PublishError(CredsiteError):
    """The website cannot be published. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Website:
    """The files that a build wrote to ``folder``, by path. Nobody else's files in it are among them, and no list of credsite's."""

    folder: Path
    files: Mapping[str, ManifestEntry]

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each file's path and bytes, in order of path. Raises PublishError where a file is not as the build wrote it."""
        disk = Disk(self.folder)
        for path in sorted(self.files):
            data = disk.read(path)
            if data is None or digest(data) != self.files[path].digest:
                message = f"{self.folder / path} was changed after the website was built, so nothing was published. Publish again."
                raise PublishError(message)
            yield path, data


@contextmanager
def built_website(options: Options, removed: Collection[str] = ()) -> Iterator[Website]:
    """The website that was just built with ``options``, without the ``removed`` files, which the manifest may still list.

    Meanwhile no other build writes to its folder.
    """
    with OutputFolder.open(
        options.output_folder, options.root, is_named=options.output is not None
    ) as folder:
        manifest = read_manifest(Disk(folder.path))
        if manifest.missing or manifest.damaged or manifest.unfinished:
            message = f"Another build of {options.output_folder} has been stopped meanwhile, so nothing was published. Publish again."
            raise PublishError(message)
        yield Website(
            folder.path, {path: manifest.files[path] for path in manifest.files.keys() - set(removed)}
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published, or would be: to which ``place``, in words, and which files are ``new``, ``changed`` and ``removed``.

    ``notes`` are sentences for whoever publishes.
    """

    place: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_up_to_date(self) -> bool:
        return not (self.new or self.changed or self.removed)
