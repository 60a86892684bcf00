"""The file of a new entry: a name that is free, and a text that is written without ever overwriting another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import click

from credsite.authoring.slugs import MAX_SLUG_LENGTH, free_slug, is_slug, slug_from_title
from credsite.cli.sites import RESERVED_PAGE_SLUGS
from credsite.content.discovery import SourceFile
from credsite.content.source_folders import CONTENT
from credsite.core.errors import CredsiteError
from credsite.core.paths import is_inside
from credsite.schema.kinds import KINDS, Kind

_HEAD: Final = 20_000
_SLUG_KEY: Final = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


def taken_slugs(site: Path, sources: Collection[SourceFile], kind: Kind) -> set[str]:
    """The slugs that a new entry of a kind cannot have: those of its files, and of the site's own pages."""
    taken = set(_slugs(site, [source for source in sources if source.kind is kind]))
    return taken | RESERVED_PAGE_SLUGS if kind is Kind.PAGE else taken


def _slugs(site: Path, sources: Collection[SourceFile]) -> Iterator[str]:
    """The names of the files, and what they give as their slugs, broken ones included."""
    for source in sources:
        yield source.slug
        yield from (found.decode() for found in _SLUG_KEY.findall(_bytes(site / source.path, _HEAD)))


def _bytes(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError:  # `check` says so; here the file's name is all that counts then
        return b""


def checked_slug(slug: str, taken: Collection[str]) -> str:
    """The slug itself. BadParameter where it cannot be one, or is taken."""
    if not is_slug(slug):
        near = slug_from_title(slug)
        message = f"Write the letters a to z, digits, and hyphens between them; {MAX_SLUG_LENGTH} characters at most."
        raise click.BadParameter(message + (f" For instance: {near}" if near else ""), param_hint="--slug")
    if slug in taken:
        raise click.BadParameter(
            f"`{slug}` is taken. `{free_slug(slug, taken)}` is free.", param_hint="--slug"
        )
    return slug


def write_entry(site: Path, kind: Kind, slug: str, text: str, taken: set[str] | None) -> Path:
    """Write to a file that did not exist before, and return it.

    Where ``taken`` is given, the name is the first after ``slug`` that is neither in it nor that of a file.
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
                    raise CredsiteError(f"There is a file {path} already. Choose another --slug.") from None
                taken.add(name)
            else:
                return path
    except OSError as error:
        raise CredsiteError(
            f"{error.filename or folder} cannot be made: {error.strerror or error}."
        ) from error
