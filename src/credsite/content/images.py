"""The images that entries use: found beside the entry or in ``content/images/``, and checked."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from credsite.content.image_inspection import Inspection, InspectionCache, Subject, inspected
from credsite.content.image_variants import ImageRecipe, ImageVariant, unchanged_output
from credsite.content.records import Record
from credsite.content.source_folders import CONTENT, IMAGE_SUFFIXES, is_ignored_path
from credsite.core.hashing import digest
from credsite.core.names import comparable, composed, name_difference
from credsite.core.parallel import parallel_map
from credsite.core.paths import join_inside
from credsite.core.processes import StartMethod
from credsite.core.regular_files import NOT_A_FILE, read_regular, size_in_words
from credsite.core.stat_cache import StatCache, signature
from credsite.problems.faults import fault_message
from credsite.problems.model import Location, Problem
from credsite.schema.images import USUAL_IMAGES, ImageSettings

SHARED_IMAGES: Final = f"{CONTENT}/images"
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
"""How paths on Windows begin."""
_MIN_PICTURES: Final = 8
"""The number of pictures from which starting processes saves time: to look at a photograph takes 10 to 50 ms."""
MAX_IMAGE_SIZE: Final = 20_000_000
"""Bytes of the largest image, where the settings say nothing else."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image of the site: its path from the site's root, its pixel size as it is shown, and where the output has it.

    ``variants`` are the files that a picture is published as: by format, the smallest format first, then by width. An SVG
    has none and is published as it is. ``output`` carries a digest, so that it may be cached for ever; of a picture, it is the
    largest file in the last format, which most programs can show. ``colour`` is the average colour as ``#rrggbb``, "" where
    it is not known or where something behind the picture can be seen. ``is_animated`` says that the file moves, of which only the
    first picture is published.
    """

    path: str
    width: int
    height: int
    digest: str
    output: str
    colour: str = ""
    variants: tuple[ImageVariant, ...] = field(default=(), repr=False)
    """Not part of what stands for an image in the fingerprints of pages: the settings and ``output`` decide them."""
    is_animated: bool = field(default=False, repr=False)

    @property
    def output_size(self) -> tuple[int, int]:
        """The width and height of the file ``output``."""
        largest = self.variants[-1] if self.variants else self
        return largest.width, largest.height

    @property
    def outputs(self) -> tuple[str, ...]:
        """The paths in the output of all its files."""
        return tuple(variant.output for variant in self.variants) or (self.output,)


Images = Mapping[tuple[str, str], ImageFile]
"""All images that entries use, by an entry's folder and what it wrote."""


def read_images(
    root: Path,
    entries: Iterable[Record],
    digests: StatCache | None = None,
    inspections: InspectionCache | None = None,
    unchanged: Mapping[str, ImageFile] = {},
    max_size: int = MAX_IMAGE_SIZE,
    settings: ImageSettings = USUAL_IMAGES,
    jobs: int = 1,
    start_method: StartMethod | None = None,
) -> tuple[Images, list[Problem]]:
    """Find every image that ``entries`` use, and say what is wrong with it.

    An image is read only where ``digests`` does not know its digest, or ``inspections`` nothing of such bytes. The system
    is not even asked about ``unchanged`` images, which are given by their paths. More than ``max_size`` bytes are a problem.
    ``settings`` say as which files pictures are published. Up to ``jobs`` processes inspect pictures.
    """
    finder = _Finder(
        root, digests or StatCache(), inspections or InspectionCache(), unchanged, max_size, settings
    )
    records = list(entries)
    finder.postpones = jobs > 1
    found = _found(finder, records)
    if finder.postponed:
        finder.inspect_postponed(jobs, start_method)
        found = _found(finder, records)
    return found


def _found(finder: _Finder, entries: Iterable[Record]) -> tuple[Images, list[Problem]]:
    images: dict[tuple[str, str], ImageFile] = {}
    problems: list[Problem] = []
    for entry in entries:
        for use in entry.images:
            found = finder.find(entry.folder, use.src)
            if isinstance(found, _Fault):
                problem = Problem(found.code, found.message, use.location(entry.path), related=found.location)
                if not problem.is_affected(entry.wrong_keys):
                    problems.append(problem)
            else:
                images[entry.folder, use.src] = found
    return images, problems


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an image cannot be used: the code of the problem, its message, and where in the image the fault is."""

    code: str
    message: str
    location: Location | None = None


class _Finder:
    """Finds images, and looks at each file once."""

    def __init__(
        self,
        root: Path,
        digests: StatCache,
        inspections: InspectionCache,
        unchanged: Mapping[str, ImageFile],
        max_size: int,
        settings: ImageSettings,
    ) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._digests = digests
        self._inspections = inspections
        self._max_size = max_size
        self._settings = settings
        self._files: dict[str, ImageFile | _Fault | None] = {**unchanged}
        self._is_real_folder: dict[str, bool] = {}
        # There, `a.png` is found as `A.png`, which a host would not find.
        self._ignores_case = os.path.lexists(f"{root}/{CONTENT.upper()}")
        self._names_in: dict[str, dict[str, list[str]]] = {}
        self.postpones = False
        """Whether pictures that are not inspected yet are left to :meth:`inspect_postponed`."""
        self.postponed: list[str] = []
        """The paths of these."""

    def inspect_postponed(self, jobs: int, start_method: StartMethod | None) -> None:
        """Inspect the pictures that were postponed, by up to ``jobs`` processes."""
        inspect = partial(_inspect_file, self._root, self._max_size)
        inspected_files = parallel_map(
            [inspect],
            self.postponed,
            jobs,
            start_method=start_method,
            min_items=_MIN_PICTURES,
            max_batch=1,
        )
        for path, found in zip(self.postponed, inspected_files, strict=True):
            del self._files[path]
            if found is not None:
                self._inspections.put(found[0], "raster", found[1])
        self.postpones, self.postponed = False, []

    def find(self, folder: str, src: str) -> ImageFile | _Fault:
        if not src:
            message = (
                "This image has no file: write its name between the parentheses, as in ![words](photo.jpg)."
            )
            return _Fault("broken-image", message)
        if not src.lower().endswith(IMAGE_SUFFIXES):
            kinds = ", ".join(suffix[1:] for suffix in IMAGE_SUFFIXES)
            return _Fault("image-unreadable", f"`{src}` is not an image file that browsers show: {kinds}.")
        for start in (folder, SHARED_IMAGES):
            path = join_inside(start, src)
            if path is None or not path.startswith(f"{CONTENT}/"):
                continue
            file = self._file(path)
            if file is not None and not (self._ignores_case and path not in self._similar_paths(path)):
                return file
        return self._find_similar(folder, src)

    def _file(self, path: str) -> ImageFile | _Fault | None:
        if path not in self._files:
            self._files[path] = self._look_at(path)
        return self._files[path]

    def _find_similar(self, folder: str, src: str) -> ImageFile | _Fault:
        """The one image whose name looks like ``src`` and is only coded in another way, or why there is none."""
        wanted = [join_inside(start, src) or "" for start in (folder, SHARED_IMAGES)]
        same = dict.fromkeys(other for path in wanted for other in self._similar_paths(path))
        similar = [path for path in same if path not in wanted]  # what has the very name is no file
        alike = [path for path in similar if composed(path) in map(composed, wanted)]
        if len(alike) == 1:
            file = self._file(alike[0])
            if file is not None:
                return file
        message = f"There is no image `{src}` beside this file or in `{SHARED_IMAGES}`"
        if not similar:
            return _Fault("broken-image", f"{message}. {self._advice(folder, src)}")
        names = " and ".join(f"`{path}`" for path in similar)
        how = next(filter(None, (name_difference(path, other) for path in wanted for other in similar)), "")
        verb = "is" if len(similar) == 1 else "are"
        message += f", but there {verb} {names}: the names {how}. Write the same name in both places."
        return _Fault("broken-image", message)

    def _advice(self, folder: str, src: str) -> str:
        """What to do about an image that is not where ``src`` says."""
        if "://" in src and not src.lower().startswith("file:"):
            return "A picture has to be a file of this site: save it, put it beside this file, and write its name."
        name = src.replace("\\", "/").rpartition("/")[2]
        if "\\" in src and not _DRIVE.match(src) and self._exists(folder, src.replace("\\", "/")):
            return f"Write `/` and not `\\` between folders: `{src.replace(chr(92), '/')}`."
        if name != src and self._exists(folder, name):
            return f"The file `{name}` is there: write only this name."
        is_outside = not (join_inside(folder, src) or "").startswith(f"{CONTENT}/")
        if _DRIVE.match(src) or src.lower().startswith("file:") or is_outside:
            return "Other places are not looked at. Copy the picture there, and write only its name."
        return "Check its name, or put it there."

    def _exists(self, folder: str, src: str) -> bool:
        paths = (join_inside(start, src) for start in (folder, SHARED_IMAGES))
        return any(path is not None and isinstance(self._file(path), ImageFile) for path in paths)

    def _similar_paths(self, path: str) -> list[str]:
        """The paths in ``content/`` that some system takes for ``path``."""
        found = [CONTENT] if path.startswith(f"{CONTENT}/") else []
        for name in path.split("/")[1:]:
            found = [
                f"{folder}/{similar}"
                for folder in found
                for similar in self._names(folder).get(comparable(name), ())
            ]
        return found

    def _names(self, folder: str) -> Mapping[str, list[str]]:
        """The names in a folder, by what is comparable in them."""
        if folder not in self._names_in:
            names = self._names_in[folder] = {}
            with suppress(OSError):
                for name in sorted(os.listdir(f"{self._root}/{folder}")):  # noqa: PTH208 - only the names
                    names.setdefault(comparable(name), []).append(name)
        return self._names_in[folder]

    def _look_at(self, path: str) -> ImageFile | _Fault | None:
        """The image at ``path``; None where there is no file."""
        try:
            status = self._status(path)
            if status is None or isinstance(status, _Fault):
                return status
            code, inspection = self._inspection(path, status)
        except OSError as error:
            return _Fault("file-unreadable", f"`{path}` cannot be read: {error.strerror or error}.")
        except Exception as error:  # noqa: BLE001 - all other images can still be looked at
            return _Fault("internal-fault", f"`{path}`: {fault_message(error)}")
        if inspection.code:
            location = Location(path, inspection.line, 1) if inspection.line else None
            return _Fault(inspection.code, f"`{path}` {inspection.fault}", location)
        return self._image(path, code, inspection)

    def _image(self, path: str, code: str, inspection: Inspection) -> ImageFile:
        width, height = inspection.width, inspection.height
        if not inspection.kind:
            return ImageFile(path, width, height, code, unchanged_output(path, code))
        variants = self._recipe.variants(path, code, (width, height), inspection.kind)
        return ImageFile(
            path,
            width,
            height,
            code,
            variants[-1].output,
            inspection.colour,
            variants,
            inspection.is_animated,
        )

    @cached_property
    def _recipe(self) -> ImageRecipe:
        return ImageRecipe.of(self._settings)

    def _status(self, path: str) -> os.stat_result | _Fault | None:
        try:
            status = os.lstat(f"{self._root}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISLNK(status.st_mode) or not self._is_real(path.rpartition("/")[0]):
            message = (
                f"`{path}` is a symbolic link, or in a folder that is one. Put the picture itself there."
            )
            return _Fault("symbolic-link", message)
        if stat.S_ISDIR(status.st_mode):
            return None
        if not stat.S_ISREG(status.st_mode):
            return _Fault("file-unreadable", f"`{path}` cannot be read: {NOT_A_FILE}.")
        if status.st_size > self._max_size:
            message = (
                f"`{path}` has more than {size_in_words(self._max_size)}, which takes long to load. Save a smaller copy, or "
                "raise `max_image_size` in credsite.yaml."
            )
            return _Fault("file-too-large", message)
        if is_ignored_path(path):
            message = f"`{path}` has a name that is hidden or that programs use for copies, so it is not published. Rename it."
            return _Fault("broken-image", message)
        return status

    def _is_real(self, folder: str) -> bool:
        """Whether ``folder`` lies where its path says: it takes long to ask that again for each file."""
        if folder not in self._is_real_folder:
            real = os.path.realpath(f"{self._root}/{folder}")
            self._is_real_folder[folder] = real == os.path.join(self._real_root, folder)  # noqa: PTH118
        return self._is_real_folder[folder]

    def _inspection(self, path: str, status: os.stat_result) -> tuple[str, Inspection]:
        """The digest of the image's bytes, and what they say."""
        subject: Subject = "svg" if path.lower().endswith(".svg") else "raster"
        code = self._digests.get(path, signature(status))
        inspection = self._inspections.get(code, subject) if code else None
        if code and inspection:
            return code, inspection
        data = read_regular(f"{self._root}/{path}", self._max_size)
        code = digest(data)
        self._digests.record_if_settled(path, signature(status), code)
        inspection = self._inspections.get(code, subject)
        if inspection is None and self.postpones and subject == "raster":
            self.postponed.append(path)
            return code, Inspection()
        if inspection is None:
            inspection = inspected(data, subject == "svg")
            self._inspections.put(code, subject, inspection)
        return code, inspection


def _inspect_file(root: Path, max_size: int, path: str) -> tuple[str, Inspection] | None:
    """The digest and the inspection of the picture at ``path``; None where it cannot be read, which is noticed later."""
    try:
        data = read_regular(f"{root}/{path}", max_size)
    except OSError:
        return None
    return digest(data), inspected(data, is_svg=False)
