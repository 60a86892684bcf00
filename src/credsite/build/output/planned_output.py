"""What is to be written, before and after: a planned output, its rendered bytes, and what was written of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from credsite.build.output.disk import OutputError, casefolded, unsafe_paths
from credsite.build.output.manifest import ManifestEntry
from credsite.core.hashing import digest
from credsite.core.paths import folders_above
from credsite.site.dependencies.recorder import Dependent, Lookups


class Rendered(NamedTuple):
    """The bytes of an output and their fingerprint, and the bytes of its companions and of its copies, in their order.

    A copy that is None is not written.

    ``lookups`` is what the page looked up while it was rendered. It is for whoever planned the output, and only passed on
    here.
    """

    data: bytes
    fingerprint: str
    lookups: Mapping[Dependent, Lookups] = {}
    companions: tuple[bytes, ...] = ()
    copies: tuple[bytes | None, ...] = ()


def _nothing() -> None:
    """What is looked up for an output that needs nothing."""


class Output(NamedTuple):
    """A planned file. ``path`` is relative to the output folder, with forward slashes.

    It is made in two steps, so that many outputs can go through each step together: ``look_up`` gives what ``render``
    turns into bytes.

    ``identity`` is its fingerprint, or what computes it. Equal fingerprints mean equal bytes; an empty one means that it
    is not known before the file is rendered. ``companions`` are the paths of files that are rendered together with it,
    from the same data, and so have the same fingerprint. ``copies`` are the paths of files that may come of it too.
    ``picture`` is the path in the site of the picture that the files are
    made from, which takes a thousand times as long as a page, or ``""``. ``is_drawn`` says that it is a share picture, which takes
    as long as twenty pages.
    """

    path: str
    identity: str | Callable[[], str]
    render: Callable[[Any], Rendered]
    look_up: Callable[[], Any] = _nothing
    companions: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    picture: str = ""
    is_drawn: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all its files."""
        return (self.path, *self.companions, *self.copies)

    @property
    def fingerprint(self) -> str:
        return self.identity if isinstance(self.identity, str) else self.identity()

    def rendered(self) -> Rendered:
        """Both steps at once."""
        return self.render(self.look_up())

    def files(self, rendered: Rendered) -> dict[str, bytes]:
        """The bytes of all its files by path."""
        files = (rendered.data, *rendered.companions, *rendered.copies)
        return {path: data for path, data in zip(self.paths, files, strict=True) if data is not None}


@dataclass(frozen=True, slots=True)
class WrittenOutput:
    """An output that is in place: the manifest entries of its files, and what it looked up.

    ``written`` are the paths of those files that were not there with the same bytes, ``created_folders`` the folders that
    were made for them, outer ones first.
    """

    entries: Mapping[str, ManifestEntry]
    written: tuple[str, ...]
    created_folders: tuple[str, ...] = ()
    lookups: Mapping[Dependent, Lookups] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return next(iter(self.entries.values())).fingerprint


Put = Callable[[Output, Rendered], WrittenOutput]
"""Writes what was rendered. It may run in a forked process, whose changes to the memory are lost."""

RenderAll = Callable[[Put, Sequence[Output]], Iterator[WrittenOutput]]
"""Renders and puts each output, in this process or in others, and gives the results in order."""


def render_here(put: Put, outputs: Sequence[Output]) -> Iterator[WrittenOutput]:
    """The simplest :data:`RenderAll`: one output after another, in this process."""
    return (put(output, output.rendered()) for output in outputs)


def manifest_entries(files: Mapping[str, bytes], fingerprint: str) -> dict[str, ManifestEntry]:
    """The entries of an output's files, given by path."""
    return {path: ManifestEntry(fingerprint, digest(data), len(data)) for path, data in files.items()}


def outputs_by_path(outputs: Iterable[Output], *, ignores_case: bool) -> dict[str, Output]:
    """The outputs by the paths of all their files.

    Raises OutputError where two files would be one, a path would be a file and a folder, or leads out of the folder.
    ``ignores_case`` says whether the disk takes names that differ only in case for the same name.
    """
    by_path: dict[str, Output] = {}
    for output in outputs:
        for path in output.paths:
            if path in by_path:
                raise OutputError(f"Two pages would be written to {path}.")
            by_path[path] = output
    for path in unsafe_paths(by_path):
        raise OutputError(f"`{path}` is no path that can be written in the output folder.")
    folders = folders_above(by_path)
    for path in sorted(folders & by_path.keys()):
        raise OutputError(f"{path} would be a page and a folder of pages at once.")
    if ignores_case:
        names: dict[str, str] = {}
        for path in sorted(folders | by_path.keys()):
            other = names.setdefault(casefolded(path), path)
            if other != path:
                raise OutputError(f"{other} and {path} would be one and the same on this disk.")
    return by_path
