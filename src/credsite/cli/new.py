"""``credsite new``"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from credsite.cli.options import plain_errors
from credsite.cli.sites import OWN_PAGES, settings_of, templates_of
from credsite.config import Config
from credsite.content.files import CONTENT, SourceFile, find_sources
from credsite.content.model import MODELS, Kind
from credsite.content.new import KINDS, REFERENCES, entry_text, free_slug, missing_kinds, slug_of
from credsite.content.parse import parse
from credsite.errors import CredsiteError
from credsite.field_types import SLUG_PATTERN
from credsite.paths import is_inside
from credsite.site.labels import backgrounds, supports

_FEW: Final = 13
_HEAD: Final = 20_000
_LONGEST_SLUG: Final = 100
_SLUG_KEY: Final = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


@click.command()
@click.argument("kind", type=click.Choice([str(kind) for kind in KINDS]))
@click.argument("title")
@click.option(
    "--site",
    default=".",
    metavar="SITE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with credsite.yaml.  [default: this folder]",
)
@click.option(
    "--slug", help="The file's name and the last part of the address.  [default: made from the title]"
)
@plain_errors
def command(kind: str, title: str, site: Path, slug: str | None) -> None:
    """Make a file for a new entry called TITLE, with every key that it may have and what each means.

    The new entry is a draft. No file is ever overwritten.
    """
    made = Kind(kind)
    title = _checked_title(title)
    settings = settings_of(site)
    sources, _ = find_sources(site, settings.language)
    taken = set(_slugs(site, [source for source in sources if source.kind is made]))
    if made is Kind.PAGE:
        taken |= OWN_PAGES
    ids = _ids(site, settings, sources)
    text = entry_text(made, title, ids, datetime.now(settings.zone).date())
    wanted = _slug_from(title) if slug is None else _checked_slug(slug, taken)
    path = _write(site, made, wanted, text, taken if slug is None else None)
    click.echo(f"Made {os.path.relpath(path)}")
    for needed in missing_kinds(made, ids):
        example = f'`credsite new {needed} "Its name"`'
        click.echo(
            f"There is no {needed} yet that it could name. Make one with {example}, and write its id in the file."
        )
    click.echo(
        "It is a draft: `credsite serve` shows it, and `credsite build` leaves it out until you remove `draft: true`."
    )


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if any(unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff" for sign in title):
        raise click.BadParameter("The title holds a character that no page can show.", param_hint="TITLE")
    if not title:
        raise click.BadParameter("Give the entry a title.", param_hint="TITLE")
    return title


def _ids(site: Path, settings: Config, sources: list[SourceFile]) -> dict[str, tuple[str, ...]]:
    """What each key may name: of entries only the first few, which is enough to choose from."""
    known = {kind: tuple(_few_ids(site, settings, sources, kind)) for kind in set(REFERENCES.values())}
    return {
        **{key: known[kind] for key, kind in REFERENCES.items()},
        "funding": tuple(settings.funding),
        "background": tuple(backgrounds(settings)),
        "support": tuple(supports(settings)),
        "languages": settings.languages,
        "template": templates_of(settings, site),
    }


def _few_ids(site: Path, settings: Config, sources: list[SourceFile], kind: Kind) -> Iterator[str]:
    for source in [source for source in sources if source.kind is kind][:_FEW]:
        entry = parse(
            _bytes(site / source.path, settings.max_file_size), source, settings.max_file_size
        ).entry
        yield source.slug if entry is None else entry.slug


def _slugs(site: Path, sources: list[SourceFile]) -> Iterator[str]:
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


def _slug_from(title: str) -> str:
    slug = slug_of(title)
    if not slug:
        raise click.UsageError(
            "An address needs the letters a to z, and the title has too few of them. "
            "Give one yourself, such as: --slug welcome"
        )
    return slug


def _checked_slug(slug: str, taken: set[str]) -> str:
    if not re.fullmatch(SLUG_PATTERN.strip("^$"), slug) or len(slug) > _LONGEST_SLUG:
        near = slug_of(slug)
        message = (
            f"Write the letters a to z, digits, and hyphens between them; {_LONGEST_SLUG} characters at most."
        )
        raise click.BadParameter(message + (f" For instance: {near}" if near else ""), param_hint="--slug")
    if slug in taken:
        raise click.BadParameter(
            f"`{slug}` is taken. `{free_slug(slug, taken)}` is free.", param_hint="--slug"
        )
    return slug


def _write(site: Path, kind: Kind, slug: str, text: str, taken: set[str] | None) -> Path:
    """Write to a file that did not exist before, and return it.

    Where ``taken`` is given, the name is the first after ``slug`` that is neither in it nor that of a file.
    """
    folder = site / CONTENT / MODELS[kind].FOLDER
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
