"""Makes the files that pictures are published as, by several processes, and keeps them for other output folders.

A picture is decoded once for all of its files, and only where neither the output folder nor the cache has them. Share pictures,
which are drawn, are kept beside them. What is kept is
in ``SITE/.credsite/pictures``, a file for each picture, and sealed like the rest of the cache.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credsite.build.output.planned_output import Output, Put, Rendered, WrittenOutput
from credsite.build.state_dir import FOLDER, state_folder
from credsite.content.image_variants import ImageVariant, mark_of
from credsite.core.atomic_write import atomic_write
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.parallel import parallel_map
from credsite.core.processes import StartMethod, default_start_method
from credsite.core.profiling import stage
from credsite.core.regular_files import is_link, read_regular
from credsite.core.user_cache import can_seal, sealed, unsealed
from credsite.problems.model import Problem
from credsite.schema.config import MAX_SIZE

if TYPE_CHECKING:
    from credsite.build.options import Options, Progress
    from credsite.content.images import ImageFile
    from credsite.site.links import LinkResolver
    from credsite.site.planner import Plan

_PICTURES: Final = "pictures"
_MIN_ITEMS: Final[dict[StartMethod, int]] = {"fork": 2, "spawn": 4}
"""The number of pictures from which starting processes saves time: a photograph takes about a second."""


class PicturesError(Exception):
    """Pictures cannot be made, although they could be inspected: what was raised, by their paths in the site."""

    def __init__(self, faults: Mapping[str, Exception]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults

    def problems(self, resolver: LinkResolver) -> list[Problem]:
        """A problem for each use of such a picture."""
        return [
            Problem("image-unreadable", _message(image.path, error), use.location(entry.path))
            for entry in resolver.all_entries.values()
            for use in entry.images
            if (image := resolver.images.get((entry.folder, use.src))) is not None
            and (error := self.faults.get(image.path)) is not None
        ]


def _message(path: str, error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return f"No smaller copies of `{path}` can be made ({words}). Save it again, as a JPEG or PNG, or use another."


class PictureStore:
    """The files of pictures that earlier builds of the site at ``root`` made."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def files(self, image: ImageFile, variants: Sequence[ImageVariant]) -> list[bytes] | None:
        """The bytes of ``variants`` of a picture; None where any of them is not there, or is damaged."""
        try:
            data = self._read(mark_of(image.output))
            header, _, rest = data.partition(b"\n")
            picture, lengths = json.loads(header)
            if picture != image.digest:
                return None
            found: dict[str, bytes] = {}
            start = 0
            for name, length in lengths:
                found[name] = rest[start : start + length]
                start += length
            return [found[variant.name] for variant in variants]
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def store(self, image: ImageFile, files: Sequence[bytes]) -> None:
        """Keep the files of a picture. Where that fails, the next build of another folder makes them again."""
        lengths = [(variant.name, len(data)) for variant, data in zip(image.variants, files, strict=True)]
        header = json.dumps((image.digest, lengths)).encode()
        self._write(mark_of(image.output), header + b"\n" + b"".join(files))

    def drawn(self, mark: str) -> bytes | None:
        """The share picture with a :func:`drawn_mark`; None where it is not there, or is damaged."""
        try:
            name, _, data = self._read(mark).partition(b"\n")
        except (OSError, ValueError):
            return None
        return data if name == mark.encode() else None

    def store_drawn(self, mark: str, data: bytes) -> None:
        """Keep a share picture, as far as that is possible."""
        self._write(mark, mark.encode() + b"\n" + data)

    def _read(self, mark: str) -> bytes:
        return unsealed(read_regular(self._root / FOLDER / _PICTURES / mark, MAX_SIZE))

    def _write(self, mark: str, data: bytes) -> None:
        folder = state_folder(self._root) if can_seal() else None
        if folder is None or is_link(folder / _PICTURES):
            return
        with suppress(OSError):
            (folder / _PICTURES).mkdir(exist_ok=True)
            atomic_write(folder / _PICTURES / mark, sealed(data))


def retain_pictures(root: Path, marks: Collection[str]) -> None:
    """Remove from the cache the pictures with other marks: of those that are not published any more, nothing is kept."""
    folder = root / FOLDER / _PICTURES
    if is_link(folder.parent) or is_link(folder):
        return
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - only the names
            if name not in marks:
                (folder / name).unlink()


def published_marks(
    resolver: LinkResolver | None, withheld: Collection[str], plan: Plan | None
) -> frozenset[str]:
    """The marks of the pictures of all entries but the ``withheld`` ones, which are given by their paths, and of what is drawn."""
    drawn = (file.digest for file in (plan.files if plan is not None else ()) if file.drawn is not None)
    return frozenset({*_marks_of_entries(resolver, withheld), *map(drawn_mark, drawn)})


def _marks_of_entries(resolver: LinkResolver | None, withheld: Collection[str]) -> frozenset[str]:
    if resolver is None:
        return frozenset()
    entries = (*resolver.all_entries.values(), *resolver.invalid_records)
    return frozenset(
        mark_of(image.output)
        for entry in entries
        if entry.path not in withheld
        for use in entry.images
        if (image := resolver.images.get((entry.folder, use.src))) is not None and image.variants
    )


def drawn_mark(fingerprint: str) -> str:
    """The name by which a share picture is kept."""
    return f"share-{fingerprint}"


def picture_output(root: Path, image: ImageFile, quality: int, store: PictureStore | None) -> Output:
    """The files of a picture. Their fingerprint is known without making them."""
    path, *companions = image.outputs
    fingerprint = combined_digest(image.outputs)
    render = partial(_render, root, image, quality, store, fingerprint)
    return Output(path, fingerprint, render, companions=tuple(companions), picture=image.path)


def picture_file(
    root: Path, image: ImageFile, variant: ImageVariant, quality: int, store: PictureStore | None
) -> bytes:
    """One file of a picture."""
    return _files(root, image, (variant,), quality, store)[0]


def _render(
    root: Path, image: ImageFile, quality: int, store: PictureStore | None, fingerprint: str, _: None
) -> Rendered:
    first, *others = _files(root, image, image.variants, quality, store)
    return Rendered(first, fingerprint, companions=tuple(others))


def _files(
    root: Path,
    image: ImageFile,
    variants: Sequence[ImageVariant],
    quality: int,
    store: PictureStore | None,
) -> list[bytes]:
    found = store.files(image, variants) if store is not None else None
    if found is not None:
        return found
    data = read_unchanged(root / image.path, image.digest)
    # Imported here: mostly, all pictures are there.
    from credsite.content.image_encoding import encoded_files

    with stage("pictures"):
        files = encoded_files(data, variants, quality)
    if store is not None and variants is image.variants:
        store.store(image, files)
    return files


def read_unchanged(path: Path, wanted_digest: str) -> bytes:
    """The bytes of a file, which must be those that were looked at. CredsiteError where they are not."""
    try:
        data = read_regular(path, MAX_SIZE)
    except OSError as error:
        raise CredsiteError(f"{path} cannot be read: {error.strerror or error}.") from error
    if digest(data) != wanted_digest:
        raise CredsiteError(f"{path} was changed while the website was being built. Build again.")
    return data


def make_pictures(
    options: Options, progress: Progress | None, put: Put, outputs: Sequence[Output]
) -> Iterator[WrittenOutput]:
    """Make and put ``outputs``, all of which are pictures. Raises PicturesError, at the end, where some cannot be made."""
    start_method = options.start_method or default_start_method()
    forks = start_method == "fork"
    steps: list[Callable[..., object]] = [_made]
    if forks:
        steps.append(partial(_put, put))
    results = parallel_map(
        steps,
        outputs,
        options.jobs,
        name_of=lambda output: output.path,
        start_method=options.start_method,
        min_items=_MIN_ITEMS[start_method],
        max_batch=1,
    )
    faults: dict[str, Exception] = {}
    for number, (output, result) in enumerate(zip(outputs, results, strict=True), start=1):
        if isinstance(result, Exception):
            faults[output.picture] = result
        else:
            yield result if forks else put(output, result[1])
        if progress is not None:
            progress("Pictures", number, len(outputs))
    if faults:
        raise PicturesError(faults)


def _made(output: Output) -> tuple[Output, Rendered] | Exception:
    try:
        return output, output.rendered()
    except (MemoryError, CredsiteError):
        raise
    except Exception as error:  # noqa: BLE001 - damaged pictures make decoders raise nearly anything
        return error


def _put(put: Put, made: tuple[Output, Rendered] | Exception) -> WrittenOutput | Exception:
    return made if isinstance(made, Exception) else put(*made)
