"""What is worth a look in a site's own theme: colours for one scheme only, and copies whose originals have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from credsite.problems.model import Location, Problem
from credsite.theme.loader import Theme, original_digest, read_theme_text
from credsite.theme.packaged import packaged_themes
from credsite.theme.tokens import Declaration, declarations, is_colour, resolved, values


def own_theme_problems(theme: Theme, root: Path) -> Iterator[Problem]:
    """The problems of the themes in the folder of the site at ``root``, as far as they do not make ``theme`` unusable."""
    if theme.is_packaged:
        return
    yield from _colour_problems(theme, root)
    for copy in theme.copies:
        if copy.original is not None and original_digest(copy.original) == copy.digest:
            continue
        if copy.original is None:
            what = "This is a copy of a file of the parent theme, which has no such file any more. Delete it if nothing uses it"
        else:
            what = (
                f"This is a copy of `{_shown(copy.original, root)}`, which has changed since. Compare it with what "
                f"`credsite theme eject {copy.name} --show` prints, and take over what is new there. Then run "
                f"`credsite theme eject {copy.name} --accept`"
            )
        yield Problem("copy-outdated", f"{what}.", Location(_shown(copy.path, root)))


def _shown(path: Path, root: Path) -> str:
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    packaged = packaged_themes()
    return path.relative_to(packaged).as_posix() if path.is_relative_to(packaged) else str(path)


def _colour_problems(theme: Theme, root: Path) -> Iterator[Problem]:
    assets = theme.files("assets")
    own: list[tuple[str, Declaration]] = []
    for name in theme.stylesheets:
        if assets[name].is_relative_to(root):
            text = read_theme_text(assets[name])
            own += ((_shown(assets[name], root), one) for one in declarations(text))
    if not own:
        return
    schemes: dict[str, set[str]] = {}
    for _, one in own:
        schemes.setdefault(one.name, set()).add(one.scheme)
    before = values(_inherited(theme, root))
    reported: set[str] = set()
    for path, one in own:
        if one.name in reported or len(schemes[one.name]) > 1 or not is_colour(one.value):
            continue
        light, dark = resolved(one.name, before)
        if light and light == dark and one.scheme != "dark":
            continue  # the parent has one colour for both, too
        yield _one_scheme(one, Location(path, one.line, one.column), light)
        reported.add(one.name)


def _inherited(theme: Theme, root: Path) -> Iterator[Declaration]:
    """What those themes set that are not in the site."""
    folders = [folder.path for folder in theme.ancestry if not folder.path.is_relative_to(root)]
    for name in theme.stylesheets:
        paths = (folder / "assets" / name for folder in folders)
        path = next((path for path in paths if path.is_file()), None)
        if path is not None:
            yield from declarations(read_theme_text(path))


def _one_scheme(one: Declaration, location: Location, inherited: str) -> Problem:
    if one.scheme == "dark":
        others = f"light screens keep {inherited}" if inherited else "light screens have no such colour"
        where = "in `:root { … }`"
    else:
        others = "dark screens show the same" if not one.scheme else "dark screens have no such colour"
        where = "in `@media screen and (prefers-color-scheme: dark) { :root { … } }`"
    which = "dark" if one.scheme == "dark" else "light"
    other = "light" if which == "dark" else "dark"
    message = (
        f"`{one.name}` is set for {which} screens only; {others}. Set it for {other} ones too, {where}, be it to the same "
        "colour. `credsite theme tokens` shows the colours of both."
    )
    return Problem("colour-one-scheme", message, location)
