"""``credsite theme``"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from credsite.authoring.own_theme import (
    accept,
    eject,
    ejectable,
    new_theme_files,
    original_of,
    write_new_files,
)
from credsite.cli.decorators import errors_as_messages, site_option
from credsite.cli.sites import load_settings
from credsite.cli.streams import write_utf8
from credsite.cli.tables import TABLE_FORMATS, write_table
from credsite.content.source_folders import THEMES
from credsite.core.errors import CredsiteError
from credsite.problems.tables import Table
from credsite.theme.loader import load_theme, read_theme_text
from credsite.theme.tokens import ThemeToken, theme_tokens

_LONGEST: Final = 32
"""Characters of a value in a table for people."""


@click.group()
def command() -> None:
    """Make a theme of your own: another look, or other templates.

    Colours, fonts and pictures of your college need no theme: write `brand` in credsite.yaml.
    """


@command.command()
@click.argument("name")
@site_option
@errors_as_messages
def new(name: str, site: Path) -> None:
    """Create a theme, which extends the present one.

    It is in SITE/themes/NAME. Nothing is overwritten.
    """
    parent = load_settings(site).theme
    files = new_theme_files(name, parent)
    write_new_files(site, files)
    click.echo(f"Created the theme in {THEMES}/{name}, with {len(files)} files.")
    click.echo(f"To use it, write in credsite.yaml:\n\n  theme: {name}\n")
    click.echo(
        "`credsite theme tokens` lists the colours and sizes that its stylesheet can set, and `credsite theme eject`\n"
        "the templates that it can have copies of."
    )


@command.command("eject")
@click.argument("template", required=False)
@site_option
@click.option("--show", is_flag=True, help="Only print the original, to compare a copy with it.")
@click.option("--accept", "accepts", is_flag=True, help="Note that a copy has what is new in its original.")
@errors_as_messages
def eject_command(template: str | None, site: Path, *, show: bool, accepts: bool) -> None:
    """Copy a file of the parent theme, to change it.

    TEMPLATE is a template, a stylesheet, a script or another file, such as parts/footer.html. The copy is in the site's theme.

    Without TEMPLATE, the files are listed. Nothing is overwritten. When the original changes in a later release, `credsite check`
    says so.
    """
    theme = load_theme(load_settings(site).theme, site)
    if template is None:
        if show or accepts:
            raise click.UsageError("Name the file.")
        click.echo("\n".join(ejectable(theme)))
        return
    if show:
        write_utf8(read_theme_text(original_of(theme, template)[1]))
        return
    if theme.ancestry[0].path.parent.resolve() != (site / THEMES).resolve():
        raise CredsiteError(
            f"The site has no theme of its own yet, but uses `{theme.name}`. `credsite theme new NAME` creates one."
        )
    if accepts:
        click.echo(f"Noted that the copy of {accept(theme, template)} has what is new in its original.")
    else:
        click.echo(f"Created {eject(theme, site, template)}. Change it as you like.")


@command.command()
@site_option
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(TABLE_FORMATS),
    default="text",
    show_default=True,
    help="How to write the list: for people, for programs, or for a spreadsheet.",
)
@errors_as_messages
def tokens(site: Path, output_format: str) -> None:
    """List colours, fonts and sizes.

    These are the custom properties that the site's theme sets.

    A stylesheet of your own theme can set any of them, for light and for dark screens.
    """
    from credsite.content.brand_files import read_brand_files
    from credsite.theme.brand import with_brand

    settings = load_settings(site)
    files, _ = read_brand_files(site, settings.brand, settings.max_image_size)
    theme, _ = with_brand(load_theme(settings.theme, site), settings, files)
    found = theme_tokens(theme)
    if output_format == "text":
        headings = ("name", "light", "dark", "what_it_is_for")
        rows = tuple((one.name, _cell(one.light), _cell(_dark(one)), one.purpose) for one in found)
    else:
        headings = ("name", "light", "dark", "purpose")
        rows = tuple((one.name, one.light, one.dark, one.purpose) for one in found)
    write_table(Table(headings, rows), output_format)


def _dark(token: ThemeToken) -> str:
    return "the same" if token.dark == token.light else token.dark


def _cell(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
