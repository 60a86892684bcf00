"""``credsite clean``"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from credsite.build.options import DEFAULT_OUTPUT
from credsite.build.output.disk import MANIFEST, TEMPORARY, Disk
from credsite.build.output.folder import OutputFolder
from credsite.build.output.writer import changed_outputs, remove_outputs
from credsite.build.state_dir import FOLDER
from credsite.cli.decorators import errors_as_messages, site_argument
from credsite.core.errors import CredsiteError
from credsite.core.text import join_names, pluralize, without_control_characters
from credsite.schema.config_file import load_config


@click.command()
@site_argument
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Where the website is.  [default: SITE/public]"
)
@errors_as_messages
def command(site: Path, output: Path | None) -> None:
    """Remove the built website of SITE, and the cache in SITE/.credsite.

    Only files that credsite wrote, and that nobody has changed since, are removed.
    """
    load_config(site)  # raises if this is not a site, so that a typing error in the folder's name is noticed
    messages = [*_remove_website(output, site), *_remove_state_folder(site / FOLDER)]
    for line in messages or ["There was nothing to remove."]:
        click.echo(line)


def _remove_website(output: Path | None, site: Path) -> list[str]:
    folder = output or site / DEFAULT_OUTPUT
    disk = Disk(folder)
    if not any(disk.lstat(name) for name in (MANIFEST, TEMPORARY)):
        return []
    with OutputFolder.open(folder, site, is_named=output is not None) as opened:
        changed = changed_outputs(opened)
        count = remove_outputs(opened, changed)
    name = os.path.relpath(folder)
    lines = [f"Removed {pluralize(count, 'file')} from {name}."] if count else []
    if changed:
        paths = join_names([f"`{without_control_characters(path)}`" for path in sorted(changed)])
        lines.append(
            f"Left in {name}, because it is not what credsite wrote there: {paths}. Delete what nobody needs."
        )
    return lines


def _remove_state_folder(folder: Path) -> list[str]:
    if not os.path.lexists(folder):
        return []
    if folder.is_symlink() or not folder.is_dir():
        raise CredsiteError(f"{folder} is not a folder that credsite created, so it was left alone.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise CredsiteError(f"{folder} could not be removed: {error.strerror or error}.") from error
    return [f"Removed {os.path.relpath(folder)}."]
