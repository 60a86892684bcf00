"""The file of a new entry: a free name for it, and writing it without overwriting another file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import click

from credsite.authoring.slugs import MAX_NEW_SLUG_LENGTH, free_slug, is_slug, slug_from_title
from credsite.cli.sites import RESERVED_PAGE_SLUGS
from credsite.content.discovery import SourceFile
from credsite.content.source_folders import CONTENT
from credsite.core.errors import CredsiteError
from credsite.core.paths import is_inside
from credsite.schema.kinds import KINDS, Kind

_MAX_BYTES: Final = 20_000
"""How much of a file is read to find its slug."""
_SLUG_KEY: Final = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


def taken_slugs(site: Path, sources: Collection[SourceFile], kind: Kind) -> set[str]:
    """The slugs that a new entry of a kind cannot have: those of its other entries, and of the site's own pages."""
    taken = set(_slugs(site, [source for source in sources if source.kind is kind]))
    return taken | RESERVED_PAGE_SLUGS if kind is Kind.PAGE else taken


def _slugs(site: Path, sources: Collection[SourceFile]) -> Iterator[str]:
    """The names of the files, and the slugs that they contain, including those of invalid files."""
    for source in sources:
        yield source.slug
        yield from (slug.decode() for slug in _SLUG_KEY.findall(_bytes(site / source.path, _MAX_BYTES)))


def _bytes(file: Path, max_bytes: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(max_bytes + 1)
    except OSError:  # `check` reports it
        return b""


def checked_slug(slug: str, taken: Collection[str]) -> str:
    """The slug itself. Raises BadParameter if it is not valid, or is taken."""
    if not is_slug(slug):
        suggestion = slug_from_title(slug)
        message = f"Write the letters a to z, digits, and hyphens between them; {MAX_NEW_SLUG_LENGTH} characters at most."
        raise click.BadParameter(
            message + (f" For instance: {suggestion}" if suggestion else ""), param_hint="--slug"
        )
    if slug in taken:
        raise click.BadParameter(
            f"`{slug}` is taken. `{free_slug(slug, taken)}` is free.", param_hint="--slug"
        )
    return slug


def write_entry(site: Path, kind: Kind, slug: str, text: str, taken: set[str] | None) -> Path:
    """Write a new file, and return its path.

    If ``taken`` is given, the slug gets a number if it is one of these or the name of a file. Otherwise an existing file
    is an error.
    """
    folder = site / CONTENT / KINDS[kind].folder
    if not is_inside(folder, site):
        raise CredsiteError(f"{folder} is a symbolic link that leads out of the site's folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            name = slug if taken is None else free_slug(slug, taken)
            path = folder / f"{name}.md"
            try:
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            except FileExistsError:
                if taken is None:
                    raise CredsiteError(f"{path} already exists. Choose another --slug.") from None
                taken.add(name)
            else:
                return path
    except OSError as error:
        raise CredsiteError(
            f"{error.filename or folder} cannot be created: {error.strerror or error}."
        ) from error
