"""Help with a theme of one's own: a new one that works, and copies of what its parent has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Final

from credsite.content.source_folders import THEMES
from credsite.core.atomic_write import atomic_write, create_file
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import link_below
from credsite.problems.suggestions import with_closest_match
from credsite.schema.field_types import SLUG_PATTERN
from credsite.schema.yaml import loader
from credsite.theme.loader import THEME_PARTS, Theme, original_digest, read_theme_bytes, read_theme_text
from credsite.theme.packaged import packaged_themes

_COPIES: Final = "copies"
_COPIES_LINE: Final = re.compile(r"copies\s*:")
_MAX_NAME: Final = 60
"""Characters of a name, which is part of file names."""
_SETTINGS: Final = """\
# A theme of your own. What it does not have comes from its parent.
name: {title}
extends: {parent}
stylesheets: [css/{name}.css]
"""
_STYLESHEET: Final = """\
/* Your own look. `credsite theme tokens` lists everything that can be set like this. */
:root {
  --link: #7a1f3d;
}

@media screen and (prefers-color-scheme: dark) {
  :root {
    --link: #f3b3c6;
  }
}
"""
_README: Final = """\
# {title}

The theme of this site. `credsite.yaml` names it: `theme: {name}`.
Change `assets/css/{name}.css`; `credsite theme tokens` lists what can be set there.
`credsite theme eject` lists the templates, stylesheets and scripts that can be copied here and changed.
"""


def new_theme_files(name: str, parent: str) -> dict[str, bytes]:
    """The files of a new theme that extends ``parent``, by their paths in the site. CredsiteError where ``name`` is none."""
    if len(name) > _MAX_NAME:
        raise CredsiteError(
            f"The name of the theme has more than {_MAX_NAME} characters. Choose a shorter one."
        )
    if not re.fullmatch(SLUG_PATTERN, name):
        raise CredsiteError(
            f"`{name}` cannot be the name of a theme. Write small letters from a to z, digits, and hyphens between them."
        )
    if (packaged_themes() / name).is_dir():
        raise CredsiteError(f"`{name}` is a theme that comes with credsite. Choose another name.")
    values = {"name": name, "title": name.replace("-", " ").capitalize(), "parent": parent}
    folder = f"{THEMES}/{name}"
    return {
        f"{folder}/theme.yaml": _SETTINGS.format(**values).encode(),
        f"{folder}/assets/css/{name}.css": _STYLESHEET.encode(),
        f"{folder}/README.md": _README.format(**values).encode(),
    }


def write_new_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that must not be there yet. CredsiteError where one is, and then nothing is written."""
    for path in files:
        _check_is_new(root, path)
    try:
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            create_file(root / path, data)
    except OSError as error:
        raise CredsiteError(
            f"{error.filename or root} cannot be created: {error.strerror or error}."
        ) from error


def _check_is_new(root: Path, path: str) -> None:
    """CredsiteError where there is something at ``path`` in the site already, or a symbolic link on the way to it."""
    link = link_below(root, path)
    if link:
        raise CredsiteError(f"{link} is a symbolic link, which is not followed.")
    if (root / path).exists():
        raise CredsiteError(f"{path} already exists, and nothing is overwritten.")


def ejectable(theme: Theme) -> dict[str, Path]:
    """The files that a theme of the site can have copies of, by their paths in it, such as ``templates/parts/footer.html``.

    These are the files that ``theme`` has from its parents or, where it comes with credsite itself, all of its files.
    """
    own = theme.ancestry[0].path
    files = _files(theme)
    return (
        files
        if theme.is_packaged
        else {name: path for name, path in files.items() if not path.is_relative_to(own)}
    )


def _files(theme: Theme) -> dict[str, Path]:
    return {f"{part}/{name}": path for part in THEME_PARTS for name, path in theme.files(part).items()}


def find_file(written: str, names: list[str]) -> str:
    """The file that somebody means by ``written``: its path, or the end of it, with or without `.html`. CredsiteError."""
    wanted = written.strip().removeprefix("./")
    for candidate in (wanted, f"{wanted}.html"):
        if candidate in names:
            return candidate
    for candidate in (wanted, f"{wanted}.html"):
        found = [name for name in names if name.partition("/")[2] == candidate]
        found = found or [name for name in names if name.endswith(f"/{candidate}")]
        if len(found) == 1:
            return found[0]
        if found:
            meant = ", ".join(f"`{name}`" for name in found)
            raise CredsiteError(f"`{written}` is the name of several files. Write one of: {meant}.")
    known = {part for name in names for part in (name, name.partition("/")[2], Path(name).stem)}
    message = f"There is no file `{written}` to copy."
    advice = "`credsite theme eject` without a name lists all of them."
    raise CredsiteError(with_closest_match(message, written, sorted(known), advice))


def eject(theme: Theme, root: Path, written: str) -> str:
    """Copy a file of the parent into the theme, and note what it was copied from. The path of the copy in the site.

    CredsiteError where there is no such file, or the theme has one of its own.
    """
    own = theme.ancestry[0]
    files = _files(theme)
    name = find_file(written, sorted(files))
    target = f"{THEMES}/{own.name}/{name}"
    _check_is_new(root, target)
    settings = _with_copy(own.path / "theme.yaml", name, original_digest(files[name]))
    write_new_files(root, {target: read_theme_bytes(files[name])})
    _write_settings(own.path / "theme.yaml", settings)
    return target


def original_of(theme: Theme, written: str) -> tuple[str, Path]:
    """The name and the original of a copy that the theme has, or of a file that it could copy. CredsiteError."""
    originals = {**ejectable(theme), **_originals_of_copies(theme)}
    name = find_file(written, sorted(originals))
    return name, originals[name]


def accept(theme: Theme, written: str) -> str:
    """Note that a copy has been compared with its original as that is now. The name of the copy. CredsiteError."""
    originals = _originals_of_copies(theme)
    if not originals:
        raise CredsiteError("The theme has no copies of files of its parent.")
    name = find_file(written, sorted(originals))
    path = theme.ancestry[0].path / "theme.yaml"
    _write_settings(path, _with_copy(path, name, original_digest(originals[name])))
    return name


def _originals_of_copies(theme: Theme) -> dict[str, Path]:
    return {copy.name: copy.original for copy in theme.copies if copy.original is not None}


def _with_copy(settings: Path, name: str, digest: str) -> str:
    """The text of ``theme.yaml`` with the digest of a copy's original. All other lines stay as they are.

    CredsiteError where the copies stand there in a way that cannot be changed line by line.
    """
    lines = read_theme_text(settings).splitlines()
    line = f'  {name}: "{digest}"'
    block = next((number for number, one in enumerate(lines) if _COPIES_LINE.match(one)), None)
    if block is None:
        lines += [f"{_COPIES}:  # of files of the parent, each with a digest of the original", line]
    else:
        noted = takewhile(lambda number: lines[number][:1] in (" ", "#", ""), range(block + 1, len(lines)))
        old = next((number for number in noted if lines[number].strip().startswith(f"{name}:")), None)
        if old is None:
            lines.insert(block + 1, line)
        else:
            lines[old] = line
    text = "\n".join(lines) + "\n"
    data, problems = loader.load_yaml(text, settings.name)
    copies = data.get(_COPIES) if isinstance(data, dict) and not problems else None
    if not isinstance(copies, dict) or copies.get(name) != digest:
        raise CredsiteError(
            f"{settings}: write each of the `copies` on a line of its own below `copies:`, and then `{line.strip()}`."
        )
    return text


def _write_settings(path: Path, text: str) -> None:
    try:
        atomic_write(path, text.encode())
    except OSError as error:
        raise CredsiteError(f"{path} cannot be written: {error.strerror or error}.") from error
