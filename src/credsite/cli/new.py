"""``credsite new``: what goes into a new entry, a free name for its file, and writing it without overwriting another."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from credsite.authoring.editors.choices import Choices, ids_of, load_choices
from credsite.authoring.scaffold import entry_text, missing_kinds
from credsite.authoring.slugs import (
    MAX_NEW_SLUG_LENGTH,
    free_slug,
    is_slug,
    is_transliterated,
    slug_from_title,
)
from credsite.cli.decorators import errors_as_messages, site_option
from credsite.cli.new_values import (
    ask_for_missing_values,
    ask_text,
    can_ask,
    missing_option_lines,
    option_for,
    required_values,
    unknown_id_messages,
    values_from_options,
    values_from_set_options,
)
from credsite.cli.sites import RESERVED_PAGE_SLUGS, load_settings
from credsite.cli.text import display_path
from credsite.content.discovery import SourceFile, find_sources
from credsite.content.parser import parse
from credsite.content.source_files import read_source
from credsite.content.source_folders import CONTENT
from credsite.core.errors import CredsiteError
from credsite.core.published_names import is_device_name, name_fault
from credsite.core.regular_files import link_below
from credsite.problems.codes import CODES
from credsite.problems.model import Severity
from credsite.problems.suggestions import list_allowed, with_closest_match, with_suggestion
from credsite.schema.config import Config
from credsite.schema.empty_values import is_blank
from credsite.schema.front_matter import parse_document
from credsite.schema.introspection import ordered_fields
from credsite.schema.kinds import CREATABLE, KINDS, Kind
from credsite.schema.models import MODELS, EntryFields
from credsite.schema.placeholders import PLACEHOLDER_TEXT

_NO_SLUG: Final = (
    "The title has no letters or digits to make an address from. Give one yourself, such as: --slug welcome"
)
_ABOUT_SLUG: Final = "The file's name, in the letters a to z: the last part of the page's address."
_MAX_BYTES: Final = 20_000
"""How much of a file is read to find its slug."""
_SLUG_KEY: Final = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


class _Kinds(click.Group):
    """A command for each kind of entry, with options for its required keys. Only the command that runs is created."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [str(kind) for kind in CREATABLE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return _command(Kind(cmd_name)) if cmd_name in CREATABLE else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in CREATABLE and not args[0].startswith("-"):
            message = f"`{args[0]}` is not a kind of entry that can be created."
            raise click.UsageError(
                with_closest_match(message, args[0], CREATABLE, list_allowed(CREATABLE)), ctx
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_Kinds, subcommand_metavar="KIND [TITLE] [OPTIONS]")
def command() -> None:
    """Create a file for a new entry, with all the keys that it can have, and their explanations.

    On a terminal you are asked for required values that you have not given. The new entry is a draft. No file is ever
    overwritten. `credsite new KIND --help` lists the options of a kind.
    """


def _command(kind: Kind) -> click.Command:
    """The command that creates entries of one kind."""
    label = KINDS[kind].label_with_article
    created = click.Command(
        str(kind),
        callback=errors_as_messages(partial(_create, kind)),
        short_help=f"Create {label}.",
        help=f"""Create a file for {label} called TITLE, with all the keys that it can have, and their explanations.

        On a terminal you are asked for required values that you have not given. Otherwise give at least those that have
        to be chosen, such as ids.
        The {kind} is a draft. No file is ever overwritten.
        """,
        params=[
            click.Argument(["title"], required=False),
            *(option_for(leaf) for leaf in required_values(MODELS[kind])),
            click.Option(
                ["--set", "settings"],
                multiple=True,
                metavar="KEY=VALUE",
                help="Any other key, with its value as you would write it in the file. Repeat it for several.",
            ),
            click.Option(
                ["--slug"],
                help="The file's name and the last part of the address.  [default: made from the title]",
            ),
        ],
    )
    return site_option(created)


def _create(
    kind: Kind, title: str | None, settings: tuple[str, ...], slug: str | None, site: Path, **options: Any
) -> None:
    config = load_settings(site)
    model = config.site_schema.models[kind]
    given: dict[tuple[str, ...], Any] = {
        **values_from_set_options(model, settings),
        **values_from_options(model, options),
    }
    sources, _ = find_sources(site, config.language)
    choices = load_choices(site, config, sources, _references(model, config))
    taken = taken_slugs(site, sources, kind)
    try:
        if title is None and can_ask():
            title = ask_text("Title", _about_title(kind), required=True, check=_checked_title)
        if title is None and not can_ask():
            _checked_text(kind, None, config, given, choices)
        title = _checked_title(title)
        wanted = checked_slug(slug, taken) if slug is not None else _slug(title, config.language, taken)
        if can_ask():
            given.update(ask_for_missing_values(model, given, choices))
    except click.Abort:
        click.echo("\nStopped. Nothing was created.", err=True)
        sys.exit(130)
    text = _checked_text(kind, title, config, given, choices)
    path = write_entry(site, kind, wanted, text, taken if slug is None else None)
    click.echo(f"Created {display_path(path)}")
    for other in missing_kinds(kind, ids_of(choices), config.site_schema):
        example = f'`credsite new {other} "Its name"`'
        click.echo(f"The site has no {other} yet. Create one with {example}, and write its id in the file.")
    if ("draft",) not in given:
        click.echo(
            "It is a draft: `credsite serve` shows it, and `credsite build` leaves it out until you remove `draft: true`."
        )


def _slug(title: str, language: str, taken: Collection[str]) -> str:
    """The slug for ``title``. One in other letters than the title is shown on a terminal, and can be changed."""
    slug = slug_from_title(title, language)
    if not can_ask():
        if not slug:
            raise click.UsageError(_NO_SLUG)
        if is_transliterated(title):
            click.echo(f"The title in the letters a to z is `{slug}`. `--slug` gives the file another name.")
        return slug
    if slug and not is_transliterated(title):
        return slug
    offered = free_slug(slug, taken) if slug else ""
    return ask_text(
        "Slug", _ABOUT_SLUG, required=True, check=partial(checked_slug, taken=taken), default=offered
    )


def _references(model: type[EntryFields], config: Config) -> set[str]:
    """The keys of a model whose values are ids of other entries, including those in required blocks."""
    keys = {name for name, _ in ordered_fields(model)} | {leaf.name for leaf in required_values(model)}
    return keys & set(config.site_schema.reference_keys)


def _about_title(kind: Kind) -> str:
    return MODELS[kind].model_fields["title"].description or ""


def _checked_text(
    kind: Kind, title: str | None, config: Config, given: Mapping[tuple[str, ...], Any], choices: Choices
) -> str:
    """The text of the new file. Raises UsageError with everything that is wrong with the given values or missing.

    Outside of a terminal, what would have to be chosen is missing: credsite makes no choices itself.
    """
    schema, today = config.site_schema, datetime.now(config.zone).date()
    text = entry_text(kind, title or "Untitled", ids_of(choices), today, given, schema)
    source = SourceFile(f"{CONTENT}/{KINDS[kind].folder}/new.md", kind, "new", "en")
    parsed = parse(text.encode("utf-8"), source, len(text) * 4 + 1, schema=schema)
    errors = [problem for problem in parsed.problems if CODES[problem.code].severity is Severity.ERROR]
    # What is left to write is reported by `check` when it would be published.
    errors = [problem for problem in errors if problem.code != PLACEHOLDER_TEXT]
    messages = [with_suggestion(problem.message, problem.suggestion) for problem in errors]
    names = {path[0] for path in given}
    values = {name: value for name, value in parse_document(text.encode()).values.items() if name in names}
    messages += unknown_id_messages(values, choices, schema.reference_keys)
    missing = [] if can_ask() else list(missing_option_lines(schema.models[kind], given, choices))
    if title is None:
        missing.insert(0, f'  TITLE  {_about_title(kind)} For example: "First aid at work".')
    if missing:
        messages += ["Outside of a terminal nothing is asked, so give these as well:", *missing]
    if messages:
        raise click.UsageError("Nothing was created. " + "\n".join(messages))
    return text


def _checked_title(title: str | None) -> str:
    if title is None:
        raise click.UsageError('Give the entry a TITLE, such as "First aid at work".')
    title = " ".join(title.split())
    if any(
        unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff" for character in title
    ):
        raise click.BadParameter("The title holds a character that no page can show.", param_hint="TITLE")
    if is_blank(title):
        raise click.BadParameter("Give the entry a title.", param_hint="TITLE")
    return title


def taken_slugs(site: Path, sources: Collection[SourceFile], kind: Kind) -> set[str]:
    """The slugs that a new entry of a kind cannot have: those of its other entries, and of the site's own pages."""
    taken = set(_slugs(site, [source for source in sources if source.kind is kind]))
    return taken | RESERVED_PAGE_SLUGS if kind is Kind.PAGE else taken


def _slugs(site: Path, sources: Collection[SourceFile]) -> Iterator[str]:
    """The names of the files, and the slugs that they contain, including those of invalid files."""
    for source in sources:
        yield source.slug
        data, _ = read_source(
            f"{site}/{source.path}", source.path, _MAX_BYTES
        )  # `check` reports what cannot be read
        yield from (slug.decode() for slug in _SLUG_KEY.findall(data))


def checked_slug(slug: str, taken: Collection[str]) -> str:
    """The slug itself. Raises BadParameter if it is not valid, or is taken."""
    if is_device_name(slug):
        message = f"`{slug}` {name_fault(slug)}. For instance: {free_slug(slug, taken)}"
        raise click.BadParameter(message, param_hint="--slug")
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
    link = link_below(site, f"{CONTENT}/{KINDS[kind].folder}")
    if link:
        raise CredsiteError(
            f"{site / link} is a symbolic link, which is not followed. Put the folder itself there."
        )
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
            except OSError as error:
                with suppress(OSError):  # such as an empty file on a full disk
                    path.unlink()
                raise CredsiteError(f"{path} cannot be created: {error.strerror or error}.") from error
            else:
                return path
    except OSError as error:
        raise CredsiteError(f"{folder} cannot be created: {error.strerror or error}.") from error
