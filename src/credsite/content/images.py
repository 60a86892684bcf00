"""The images that entries use: found beside the entry or in ``content/images/``, checked, and measured.

An SVG is a document that can carry scripts. In a page it is only a picture, but whoever opens its address runs it,
so one with anything active in it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.parsers import expat

from credsite.content.records import IMAGE_SUFFIXES, Facts
from credsite.content.source_folders import CONTENT
from credsite.core.hashing import digest
from credsite.core.paths import is_inside, join_inside
from credsite.problems.model import Location, Problem

SHARED: Final = f"{CONTENT}/images"
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_ORIENTATION: Final = 0x0112  # Exif's tag; from 5 on, cameras turn the picture by a quarter
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*")
_LOADS: Final = re.compile(r"@import|url\((?![\"']?(?:#|data:))")
_ACTIVE_ELEMENTS: Final = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image of the site: its path from the site's root, its pixel size, and where the output has it.

    ``output`` carries a digest of the bytes, so that it may be cached for ever.
    """

    path: str
    width: int
    height: int
    digest: str
    output: str


@dataclass(frozen=True, slots=True)
class Images:
    """All images that entries use. ``found`` leads from an entry's folder and what it wrote to the file."""

    found: Mapping[tuple[str, str], ImageFile]

    def get(self, folder: str, src: str) -> ImageFile | None:
        return self.found.get((folder, src))


def read_images(root: Path, entries: Iterable[Facts]) -> tuple[Images, list[Problem]]:
    """Find, check and measure every image that ``entries`` use; each file is read once."""
    found: dict[tuple[str, str], ImageFile] = {}
    files: dict[str, ImageFile | Problem | None] = {}
    problems: list[Problem] = []
    for entry in entries:
        for use in entry.images:
            result = _find(root, entry.folder, use.src, use.location(entry.path), files)
            if isinstance(result, Problem):
                problems.append(result)
            else:
                found[entry.folder, use.src] = result
    return Images(found), problems


def _find(
    root: Path, folder: str, src: str, location: Location, files: dict[str, ImageFile | Problem | None]
) -> ImageFile | Problem:
    if not src.lower().endswith(IMAGE_SUFFIXES):
        kinds = ", ".join(suffix[1:] for suffix in IMAGE_SUFFIXES)
        return Problem(
            "image-unreadable", f"`{src}` is not an image file that browsers show: {kinds}.", location
        )
    for start in (folder, SHARED):
        path = join_inside(start, src)
        if path is None or not path.startswith(f"{CONTENT}/"):
            continue
        if path not in files:
            files[path] = _read(root, path, location)
        result = files[path]
        if isinstance(result, Problem):
            return Problem(result.code, result.message, location)
        if result is not None:
            return result
    return Problem(
        "broken-image",
        f"There is no image `{src}` beside this file or in `{SHARED}`. Check its name, or put it there.",
        location,
    )


def _read(root: Path, path: str, location: Location) -> ImageFile | Problem | None:
    file = root / path
    try:
        if not file.is_file():
            return None
        if not is_inside(file, root):
            return Problem(
                "link-outside-site",
                f"`{path}` is a symbolic link that leads out of the site's folder.",
                location,
            )
        data = file.read_bytes()
    except OSError as error:
        return Problem("file-unreadable", f"`{path}` cannot be read: {error.strerror or error}.", location)
    size = (
        _svg_size(data, path, location)
        if path.lower().endswith(".svg")
        else _raster_size(data, path, location)
    )
    if isinstance(size, Problem):
        return size
    name, _, suffix = path.removeprefix(f"{CONTENT}/").removeprefix("images/").rpartition(".")
    code = digest(data)
    # Never an empty part: a name that begins with a dot is hidden, and many hosts do not serve it.
    safe = "/".join(
        re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") or "image" for part in name.split("/")
    )
    return ImageFile(path, *size, code, f"images/{safe}.{code[:10]}.{suffix.lower()}")


def _raster_size(data: bytes, path: str, location: Location) -> tuple[int, int] | Problem:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            turned = image.format in ("JPEG", "MPO") and image.getexif().get(_ORIENTATION, 1) > 4
            width, height = image.size
            image.verify()
            return (height, width) if turned else (width, height)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        RuntimeError,
    ):
        message = f"`{path}` is damaged, or not an image at all. Save it again, or use another."
        return Problem("image-unreadable", message, location)


class _UnsafeError(Exception):
    pass


def _svg_size(data: bytes, path: str, location: Location) -> tuple[int, int] | Problem:
    """The size that the root element states, 0 where it states none; a problem where anything in it is active."""
    root: dict[str, str] = {}
    names: list[str] = []
    styles: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if not names:
            root.update(attributes)
        names.append(local)
        if local in _ACTIVE_ELEMENTS:
            raise _UnsafeError(f"<{name}>")
        for attribute, value in attributes.items():
            key, folded = attribute.rpartition(":")[2].lower(), "".join(value.split()).lower()
            if key.startswith("on") or "javascript:" in folded or _LOADS.search(folded):
                raise _UnsafeError(attribute)
            if attribute.startswith("xmlns") and folded.endswith("/xhtml"):
                raise _UnsafeError(f'{attribute}="{value}"')
            if key in ("href", "src") and not folded.startswith(
                ("#", "data:image/png", "data:image/jpeg", "data:image/webp")
            ):
                raise _UnsafeError(f'{attribute}="{value}"')

    def text(found: str) -> None:
        if names[-1] == "style":
            styles.append(found)

    def end(name: str) -> None:
        if name.endswith("style") and _LOADS.search("".join("".join(styles).split()).lower()):
            raise _UnsafeError("<style>")

    def refuse_doctype(*_arguments: object) -> None:
        raise _UnsafeError("<!DOCTYPE>")

    def refuse_instruction(target: str, _data: str) -> None:
        raise _UnsafeError(f"<?{target}?>")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.ProcessingInstructionHandler = refuse_instruction
    try:
        parser.Parse(data, True)
    except _UnsafeError as error:
        message = f"`{path}` holds `{error}`, which a picture does not need and which could harm visitors. Save it as a plain SVG."
        return Problem("image-unsafe", message, location)
    except (expat.ExpatError, ValueError) as error:
        return Problem("image-unreadable", f"`{path}` is not a well-formed SVG: {error}.", location)
    if names[0] != "svg":
        return Problem("image-unreadable", f"`{path}` is not an SVG image.", location)
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if all(sides):
        return tuple(round(float(side[1])) for side in sides if side)  # type: ignore[return-value]
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
