"""``credsite schema``"""

from __future__ import annotations

from pathlib import Path

import click

from credsite.authoring.editors.choices import Choices, ids_of, load_choices
from credsite.authoring.editors.json_schema import SETTINGS_SCHEMA, json_schema, json_text
from credsite.cli.decorators import errors_as_messages, site_option
from credsite.cli.sites import generated_files_lines, load_settings
from credsite.cli.streams import write_utf8
from credsite.cli.text import display_path
from credsite.content.discovery import find_sources
from credsite.schema.config import CONFIG_FILE
from credsite.schema.kinds import KINDS
from credsite.schema.site_schema import BUILT_IN, SiteSchema


@click.command()
@click.argument("kind", required=False, type=click.Choice([*map(str, KINDS), SETTINGS_SCHEMA]))
@site_option
@click.option(
    "--write",
    is_flag=True,
    help="Write the files for Visual Studio Code into SITE/.vscode, or update them with the current ids.",
)
@errors_as_messages
def command(kind: str | None, site: Path, *, write: bool) -> None:
    """Print the JSON Schema of the front matter of a KIND of entry, for code editors.

    KIND `settings` stands for credsite.yaml. In the folder of a site, the schema suggests the ids of its entries.
    """
    if write == (kind is not None):
        raise click.UsageError("Name the KIND to print, or give --write alone to write them all.")
    choices, schema = _of_site(site) if write or (site / CONFIG_FILE).exists() else ({}, BUILT_IN)
    if kind is not None:
        write_utf8(json_text(json_schema(kind, ids_of(choices), schema)))
        return
    from credsite.authoring.editors.generated_files import write_generated_files
    from credsite.authoring.editors.vscode import VSCODE_FOLDER, editor_files

    generated = write_generated_files(site, editor_files(choices, schema))
    for line in generated_files_lines(generated, display_path(site / VSCODE_FOLDER)):
        click.echo(line)


def _of_site(site: Path) -> tuple[Choices, SiteSchema]:
    settings = load_settings(site)
    sources, _ = find_sources(site, settings.language)
    return load_choices(site, settings, sources), settings.site_schema
