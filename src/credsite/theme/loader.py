"""Finds a theme and its parents, and checks that they are complete.

A theme is a folder with ``theme.yaml``, ``templates/``, ``assets/`` and ``locale/``. It may extend another theme: a file of
the child replaces the parent's file at the same path, and what the child lacks comes from the parent. Stylesheets and page
templates add up: first the parent's, then the child's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from pydantic import ValidationError

from credsite.content.source_folders import THEMES, walk
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.paths import join_inside
from credsite.core.regular_files import is_link, is_linked_entry, read_regular
from credsite.problems.model import KeyPath
from credsite.problems.suggestions import with_closest_match, with_suggestion
from credsite.schema.validation import validation_problems
from credsite.schema.yaml import loader
from credsite.schema.yaml.key_positions import find_key
from credsite.theme.packaged import packaged_themes
from credsite.theme.theme_yaml import ThemeYaml

if TYPE_CHECKING:
    from credsite.theme.site_icons import SiteIcon

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LINK: Final = "This is a symbolic link, which is not followed. Put in its place what it leads to."
_MAX_BYTES: Final = 100_000_000
"""Bytes of the largest file of a theme."""
_CONFLICT_MARKER: Final = re.compile(rb"^(?:<{7}|>{7}) [^\s<>]", re.MULTILINE)
THEME_PARTS: Final = ("templates", "assets", "locale")
"""The folders of a theme whose files replace those of its parents."""
_DIGEST_LENGTH: Final = 16


class ThemeError(CredsiteError):
    """A theme is missing or wrong.

    ``path`` is the file with the mistake, if there is one, ``line`` its line from 1 (0 if unknown), and ``message`` one or
    more plain sentences without the location.
    """

    def __init__(self, message: str, path: Path | None = None, line: int = 0) -> None:
        location = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(location + message)
        self.message = message
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[type[ThemeError], tuple[str, Path | None, int]]:
        # A worker process pickles an error to send it back; by default only the message would be sent.
        return type(self), (self.message, self.path, self.line)


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """A theme or one of its ancestors: the name of its folder, and the folder."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class BrandPicture:
    """A picture of the brand: the names of its assets, ``dark`` for dark screens or "", and its size in pixels."""

    name: str
    width: int
    height: int
    dark: str = ""


@dataclass(frozen=True, slots=True)
class ThemeBrand:
    """What a site's brand changes in a theme, as templates see it.

    ``stylesheet`` sets custom properties. ``files`` are assets by their names, and ``preloads`` the names of those that each page
    needs at once. ``light_colour`` and ``dark_colour`` are for the frame that browsers draw around the pages, "" where the
    theme's own are to be used. ``mark`` is the name of the picture that stands for the site in small, and ``icons`` are made of
    it. Without a ``hero``, the home page has a drawing, if it ``has_drawing``.
    """

    stylesheet: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    preloads: tuple[str, ...] = ()
    light_colour: str = ""
    dark_colour: str = ""
    logo: BrandPicture | None = None
    logo_has_name: bool = False
    mark: str = "favicon.svg"
    icons: tuple[SiteIcon, ...] = ()
    hero: BrandPicture | None = None
    has_drawing: bool = True


NO_BRAND: Final = ThemeBrand()


@dataclass(frozen=True, slots=True)
class ThemeCopy:
    """A file of a theme that was copied from its parent to be changed: the copy, the present original, and a digest.

    ``digest`` is that of the original when it was copied. ``original`` is None where the parent has no such file any more.
    """

    name: str
    path: Path
    original: Path | None
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its parents, checked when it was loaded.

    ``ancestry`` begins with the theme itself and ends with its oldest ancestor. ``stylesheets`` are paths below ``assets/`` in
    the order in which they are joined. ``templates`` are the names that the ``template`` of a page may have. ``digest`` covers
    the content of every file of the ancestry, and the ``brand``. ``copies`` are the files that were copied from a parent.
    """

    name: str
    ancestry: tuple[ThemeFolder, ...]
    stylesheets: tuple[str, ...]
    templates: tuple[str, ...]
    digest: str
    brand: ThemeBrand = NO_BRAND
    copies: tuple[ThemeCopy, ...] = ()

    @property
    def is_packaged(self) -> bool:
        """Whether all of it comes with credsite."""
        packaged = packaged_themes()
        return all(folder.path.resolve().is_relative_to(packaged) for folder in self.ancestry)

    def files(self, part: str) -> dict[str, Path]:
        """The files below a folder such as ``assets`` by their path in it. A child's file replaces its parents' files."""
        files: dict[str, Path] = {}
        for folder in reversed(self.ancestry):
            files.update(_files(folder.path, part))
        return dict(sorted(files.items()))


def load_theme(name: str, site_root: Path) -> Theme:
    """The theme ``name`` of the site, or else the theme of that name that comes with credsite.

    ThemeError where the theme or one of its parents is missing or wrong.
    """
    sources = (site_root / "themes", packaged_themes())
    settings = _read_ancestry(name, sources, site_root)
    ancestry = tuple(each.folder for each in settings)
    digests = [
        combined_digest([folder.name, relative, digest(read_theme_bytes(path))])
        for folder in ancestry
        for relative, path in _all_files(folder.path)
    ]
    theme = Theme(
        name,
        ancestry,
        _without_duplicates(*(each.values.stylesheets for each in reversed(settings))),
        _without_duplicates(*(each.values.templates for each in reversed(settings))),
        combined_digest(digests),
    )
    for each in settings:
        each.check(theme)
    return replace(theme, copies=tuple(_copies(settings)))


def _copies(settings: list[_Settings]) -> Iterator[ThemeCopy]:
    """The files that ``theme.yaml`` lists as copies and that are there."""
    for number, each in enumerate(settings):
        for name, original_digest in each.values.copies.items():
            copy = each.folder.path / name
            if copy.is_file():
                originals = (other.folder.path / name for other in settings[number + 1 :])
                original = next((path for path in originals if path.is_file()), None)
                yield ThemeCopy(name, copy, original, original_digest)


def original_digest(path: Path) -> str:
    """What stands for the content of an original. It is the same with all ends of lines."""
    return digest(read_theme_bytes(path).replace(b"\r\n", b"\n"))[:_DIGEST_LENGTH]


def _read_ancestry(name: str, sources: tuple[Path, ...], site_root: Path) -> list[_Settings]:
    """The settings of the theme and its ancestors, the theme's own first."""
    settings: list[_Settings] = []
    child: _Settings | None = None
    while name or child is None:
        folder = _find_theme(name, sources, child)
        _refuse_link(site_root / THEMES)
        _refuse_link(folder.path)
        child = _Settings.read(folder)
        settings.append(child)
        name = child.values.extends
        names = [each.folder.name for each in settings]
        if name in names:
            circle = " extends ".join([*names, name])
            message = f"Themes extend each other in a circle: {circle}."
            raise ThemeError(message, child.path, child.line(("extends",)))
    return settings


@dataclass(frozen=True, slots=True)
class _Settings:
    """The values of a ``theme.yaml``, and its text, to find the lines of mistakes."""

    folder: ThemeFolder
    text: str
    values: ThemeYaml

    @classmethod
    def read(cls, folder: ThemeFolder) -> _Settings:
        path = folder.path / "theme.yaml"
        text = read_theme_text(path)
        data, problems = loader.load_yaml(text, path.name)
        if problems:
            raise ThemeError(problems[0].message, path, problems[0].location.line)
        if not isinstance(data, dict | None):
            raise ThemeError("A theme.yaml holds `key: value` lines, such as `name: My theme`.", path, 1)
        try:
            return cls(folder, text, ThemeYaml.model_validate(data or {}))
        except ValidationError as error:
            problem = validation_problems(error, ThemeYaml, path.name)[0]
            message = with_suggestion(problem.message, problem.suggestion)
            raise ThemeError(message, path, _line(text, problem.location.key)) from error

    @property
    def path(self) -> Path:
        return self.folder.path / "theme.yaml"

    def line(self, key: KeyPath) -> int:
        return _line(self.text, key)

    def check(self, theme: Theme) -> None:
        """ThemeError where ``theme`` does not have a stylesheet or page template that is listed here, or a copy is none."""
        assets, templates = theme.files("assets"), theme.files("templates")
        for number, name in enumerate(self.values.stylesheets):
            if name not in assets:
                sheets = [path for path in assets if path.endswith(".css")]
                message = _unknown(f"The stylesheet assets/{name} does not exist.", name, sheets)
                raise ThemeError(message, self.path, self.line(("stylesheets", number)))
        for number, name in enumerate(self.values.templates):
            if not _NAME.fullmatch(name):
                message = (
                    f"`{name}` is not a name for a page template. Write it without folder and file ending."
                )
                raise ThemeError(message, self.path, self.line(("templates", number)))
            if f"{name}.html" not in templates:
                message = f"The page template templates/{name}.html does not exist."
                raise ThemeError(message, self.path, self.line(("templates", number)))
        for name in self.values.copies:
            if join_inside("", name) != name or name.partition("/")[0] not in THEME_PARTS:
                message = (
                    f"`{name}` is not the path of a file in this theme, such as templates/parts/footer.html."
                )
                raise ThemeError(message, self.path, self.line(("copies", name)))


def read_theme_text(path: Path) -> str:
    """The text of a file of a theme, with Unix line ends. ThemeError if it is not UTF-8."""
    try:
        return read_theme_bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = "The file is not saved as UTF-8. Save it again with the encoding UTF-8."
        raise ThemeError(message, path) from error


def read_theme_bytes(path: Path) -> bytes:
    """The content of a file of a theme.

    ThemeError where it cannot be read, or a merge conflict in it has not been resolved.
    """
    try:
        data = read_regular(path, _MAX_BYTES)
    except OSError as error:
        raise ThemeError(f"The file cannot be read: {error.strerror or error}.", path) from error
    if (b"<<<<<<< " in data or b">>>>>>> " in data) and (marker := _CONFLICT_MARKER.search(data)):
        message = (
            "This line is left over from a merge conflict: two versions of the lines around it stand in the file. "
            "Keep the lines that are right, and delete the others, also those that begin with <<<<<<<, |||||||, ======= or >>>>>>>."
        )
        raise ThemeError(message, path, data.count(b"\n", 0, marker.start()) + 1)
    return data


def _find_theme(name: str, sources: tuple[Path, ...], child: _Settings | None) -> ThemeFolder:
    if _NAME.fullmatch(name):
        for source in sources:
            try:
                if (source / name / "theme.yaml").is_file():
                    return ThemeFolder(name, source / name)
            except PermissionError as error:
                _unreadable("", error)
    path, line = (child.path, child.line(("extends",))) if child else (None, 0)
    for source in sources:
        if _NAME.fullmatch(name) and (source / name).is_dir():
            raise ThemeError(f"The theme `{name}` has no file theme.yaml.", source / name / "theme.yaml")
    known = sorted({file.parent.name for source in sources for file in source.glob("*/theme.yaml")})
    raise ThemeError(_unknown(f"There is no theme `{name}`.", name, known), path, line)


def _unknown(message: str, written: str, known: list[str]) -> str:
    names = ", ".join(f"`{name}`" for name in known)
    return with_closest_match(message, written, known, f"There is: {names}." if known else "")


def _line(text: str, key: KeyPath) -> int:
    position = find_key(text, key, target="key")
    return position[0] if position else 0


def _without_duplicates(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _all_files(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "theme.yaml", folder / "theme.yaml"
    for part in THEME_PARTS:
        for relative, path in _files(folder, part):
            yield f"{part}/{relative}", path


def _files(folder: Path, part: str) -> list[tuple[str, Path]]:
    """The files below ``part``, sorted, with their paths in it."""
    _refuse_link(folder / part)
    files: list[tuple[str, Path]] = []
    for relative, item in walk(str(folder / part), THEMES, _unreadable):
        path = Path(item.path)
        if is_linked_entry(item):
            raise ThemeError(_LINK, path)
        files.append((relative.removeprefix(f"{THEMES}/"), path))
    return sorted(files)


def _unreadable(_path: str, error: OSError) -> NoReturn:
    message = f"The folder cannot be read: {error.strerror or error}. Check its permissions."
    raise ThemeError(message, Path(error.filename)) from error


def _refuse_link(path: Path) -> None:
    if is_link(path):
        raise ThemeError(_LINK, path)
