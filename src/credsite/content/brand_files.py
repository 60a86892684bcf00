"""Reads the files that a site's brand names: its logo, its picture and its fonts, and says what is wrong with them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from credsite.content.icons import drawing_fault
from credsite.content.image_inspection import inspected
from credsite.content.source_folders import (
    BRAND,
    IMAGE_SUFFIXES,
    LINK_MESSAGE,
    NOT_A_FILE_MESSAGE,
    SOURCE_FOLDERS,
    is_ignored_path,
    walk,
)
from credsite.core.hashing import digest
from credsite.core.paths import join_inside
from credsite.core.regular_files import (
    FileTooLargeError,
    RefusedFileError,
    link_below,
    read_regular,
    size_in_words,
)
from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import closest_match
from credsite.schema.brand import FONT_SUFFIX, NO_HERO, Brand
from credsite.schema.config import CONFIG_FILE

_LOGO_SUFFIXES: Final = (".svg", ".png")
_MAX_LOGO: Final = 500_000
"""Bytes: every page shows it."""
_MAX_SIDE: Final = 4_000
"""Pixels: icons are drawn from it, and in memory a picture takes four bytes for each of its pixels."""
_MAX_FONT: Final = 5_000_000
"""Bytes: fonts of thousands of signs, as for Chinese, have some millions."""
_LETTERS: Final = re.compile(rb"<(?:\w+:)?(?:text|flowRoot)\b")
"""The elements of SVG that have letters."""
_NOT_DRAWN_ADVICE: Final = "Save it again, or name another picture, such as a PNG, as the `icon` of `brand`."
_WOFF2: Final = b"wOF2"
_WOFF2_HEADER: Final = 48
_VARIATIONS: Final = 47
"""The number that stands for the table of variations in the directory of a WOFF2."""


@dataclass(frozen=True, slots=True)
class BrandFile:
    """A file of the brand: its path in the site, its bytes with their digest, and what they say.

    ``width`` and ``height`` are those of a picture in pixels. ``is_variable`` says of a font whether it has several weights.
    """

    path: str
    data: bytes
    digest: str
    width: int = 0
    height: int = 0
    is_variable: bool = False

    @property
    def is_svg(self) -> bool:
        return _is_svg(self.path)


class _Wanted(NamedTuple):
    """A file that the brand names: the key where it does so, the path, how it may end, and how many bytes it may have.

    ``makes_icons`` says whether the icons of the site are drawn from it.
    """

    key: KeyPath
    path: str
    suffixes: tuple[str, ...]
    max_size: int
    advice: str = "Save a smaller one."
    makes_icons: bool = False


BrandFiles = Mapping[KeyPath, BrandFile]
"""The files of a brand by the keys that name them, such as ``("brand", "logo")``."""


def read_brand_files(
    root: Path, brand: Brand | None, max_image_size: int
) -> tuple[BrandFiles, list[Problem]]:
    """The files that ``brand`` names in the site at ``root``, as far as they can be used, and a problem for each other one."""
    files: dict[KeyPath, BrandFile] = {}
    problems: list[Problem] = []
    for wanted in _wanted(brand, max_image_size) if brand else ():
        found = _read(root, wanted)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        files[wanted.key] = found
        if found.is_svg and wanted.suffixes == _LOGO_SUFFIXES and _LETTERS.search(found.data):
            message = (
                f"`{found.path}` has letters that are not outlines. Each visitor sees them in another font, and icons lack them. "
                "Turn them into outlines: in Inkscape with Path > Object to Path, in Illustrator with Type > Create Outlines."
            )
            problems.append(Problem("logo-letters", message, Location(CONFIG_FILE, key=wanted.key)))
    return files, problems


def _wanted(brand: Brand, max_image_size: int) -> Iterator[_Wanted]:
    for key in ("logo", "logo_dark", "icon"):
        if path := getattr(brand, key):
            makes_icons = key == ("icon" if brand.icon else "logo")
            yield _Wanted(("brand", key), path, _LOGO_SUFFIXES, _MAX_LOGO, makes_icons=makes_icons)
    if brand.hero_file:
        advice = "Save a smaller copy, or raise `max_image_size`."
        yield _Wanted(("brand", "hero"), brand.hero_file, IMAGE_SUFFIXES, max_image_size, advice)
    for use in ("text", "display"):
        typeface = getattr(brand.fonts, use, None)
        for style, path in typeface.files.items() if typeface else ():
            yield _Wanted(("brand", "fonts", use, style), path, (FONT_SUFFIX,), _MAX_FONT)


def _read(root: Path, wanted: _Wanted) -> BrandFile | Problem:
    problem = partial(Problem, location=Location(CONFIG_FILE, key=wanted.key))
    path = join_inside("", wanted.path)
    if path is None or path.partition("/")[0] not in SOURCE_FOLDERS or path in SOURCE_FOLDERS:
        name = posixpath.basename(wanted.path.replace("\\", "/")) or "logo.svg"
        message = f"`{wanted.path}` is not a file in the folder `{BRAND}` of this site. Put it there, and write its path from here."
        if wanted.key == ("brand", "hero"):
            message += f" Or write `{NO_HERO}` for no picture."
        return problem("brand-file", message, suggestion=f"{BRAND}/{name}")
    if not path.lower().endswith(wanted.suffixes):
        *kinds, last = (suffix[1:].upper() for suffix in wanted.suffixes)
        names = f"{', '.join(kinds)} or {last}" if kinds else last
        return problem("brand-file", f"`{path}` is of a kind that cannot be used here. It has to be {names}.")
    if is_ignored_path(path):
        message = f"`{path}` has a name that is hidden or that programs use for copies, so it is not published. Rename it."
        return problem("brand-file", message)
    if link := link_below(root, path):
        return problem("symbolic-link", f"`{link}`: {LINK_MESSAGE}")
    try:
        data = read_regular(root / path, wanted.max_size)
    except FileTooLargeError:
        message = f"`{path}` has more than {size_in_words(wanted.max_size)}. {wanted.advice}"
        return problem("file-too-large", message)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return problem("brand-file", f"There is no file `{path}`.", suggestion=_similar(root, path))
    except RefusedFileError:
        return problem("file-unreadable", f"`{path}`: {NOT_A_FILE_MESSAGE}")
    except OSError as error:
        return problem("file-unreadable", f"`{path}` cannot be read: {error.strerror or error}.")
    found = _font(path, data) if path.lower().endswith(FONT_SUFFIX) else _picture(path, data)
    if not isinstance(found, BrandFile):
        return problem(*found)
    if wanted.suffixes == _LOGO_SUFFIXES and max(found.width, found.height) > _MAX_SIDE:
        message = f"`{path}` is more than {_MAX_SIDE:,} pixels wide or high. {wanted.advice}"
        return problem("file-too-large", message)
    if wanted.makes_icons and (fault := drawing_fault(found.data, found.is_svg)):
        return problem(
            "image-unreadable", f"`{path}` cannot be drawn as an icon: {fault}. {_NOT_DRAWN_ADVICE}"
        )
    return found


def _similar(root: Path, path: str) -> str:
    """The file in the same folder of sources that ``path`` probably means, or ""."""
    folder = path.partition("/")[0]
    return closest_match(path, [found for found, _ in walk(f"{root}/{folder}", folder, lambda *_: None)])


def _is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def _picture(path: str, data: bytes) -> BrandFile | tuple[str, str]:
    """The picture, or the code of a problem and its message."""
    found = inspected(data, _is_svg(path))
    if found.code:
        return found.code, f"`{path}` {found.fault}"
    if not (found.width and found.height):
        message = f"`{path}` does not say how wide and high it is. Save it with a `viewBox`, as drawing programs do."
        return "image-unreadable", message
    return BrandFile(path, data, digest(data), found.width, found.height)


def _font(path: str, data: bytes) -> BrandFile | tuple[str, str]:
    """The font, or the code of a problem and its message. Source: https://www.w3.org/TR/WOFF2/#woff20Header"""
    if not data.startswith(_WOFF2):
        message = f"`{path}` is not a font in the format WOFF2. Ask for this format, or have a font converted to it."
        return "brand-file", message
    tables = int.from_bytes(data[12:14])
    if len(data) < _WOFF2_HEADER or int.from_bytes(data[8:12]) != len(data) or not tables:
        return "brand-file", f"`{path}` is damaged: a part of the font is missing. Copy it again."
    return BrandFile(path, data, digest(data), is_variable=_has_variations(data, tables))


def _has_variations(data: bytes, tables: int) -> bool:
    """Whether the directory of a WOFF2 lists the table of variations."""
    place = _WOFF2_HEADER
    for _ in range(tables):
        if place >= len(data):
            return False
        flags = data[place]
        number, version = flags & 63, flags >> 6
        if number == _VARIATIONS:
            return True
        is_named = number == 63
        place += 5 if is_named else 1
        is_outline = number in (10, 11)  # whose tables are transformed unless their version is 3
        lengths = 2 if (version != 3 if is_outline else version != 0) else 1
        for _ in range(lengths):  # in groups of seven bits
            while place < len(data) and data[place] & 128:
                place += 1
            place += 1
    return False
