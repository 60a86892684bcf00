"""``credsite cms``"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from credsite.authoring.editors.choices import keys_written_as_blocks, load_choices
from credsite.authoring.editors.cms import BACKENDS, Backend, form_files
from credsite.authoring.editors.generated_files import write_generated_files
from credsite.authoring.editors.sveltia import (
    MAX_PACKAGE_SIZE,
    PACKAGES,
    SCRIPT,
    download,
    extract_files,
    is_installed,
)
from credsite.cli.decorators import errors_as_messages, site_argument
from credsite.cli.sites import generated_files_lines, load_settings
from credsite.cli.text import display_path
from credsite.content.discovery import find_sources
from credsite.content.source_folders import STATIC
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import read_regular
from credsite.schema.kinds import KINDS

_FOLDER: Final = f"{STATIC}/admin"


@click.command()
@site_argument
@click.option(
    "--backend",
    type=click.Choice(list(BACKENDS)),
    default="github",
    show_default=True,
    help="The service that hosts the site's repository.",
)
@click.option(
    "--repo",
    metavar="OWNER/NAME",
    help="The repository. Without it, the form only edits the files on your own computer.",
)
@click.option("--branch", default="", help="The branch to edit.  [default: the repository's main branch]")
@click.option(
    "--host",
    default="",
    metavar="URL",
    help="The address of your own server, such as https://git.example.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An npm package on this computer, instead of a download. Give it once for each of the two packages.",
)
@errors_as_messages
def command(
    site: Path, backend: str, repo: str | None, branch: str, host: str, packages: tuple[Path, ...]
) -> None:
    """Add a form to SITE/static/admin/, to edit the site in a browser.

    The form is Sveltia CMS, with the fields that your entries can have. Its script is downloaded once from the npm
    registry, and checked by its checksum. Run the command again after you change the settings.
    """
    settings = load_settings(site)
    if repo is not None and ("/" not in repo.strip("/") or " " in repo):
        raise click.BadParameter(
            "Write the owner and the name, such as our-college/courses.", param_hint="--repo"
        )
    if host and not host.startswith("https://"):
        raise click.BadParameter("Write an address that begins with https://.", param_hint="--host")
    sources, _ = find_sources(site, settings.language)
    service = Backend(backend, repo or f"local/{site.resolve().name or 'site'}", branch, host.rstrip("/"))
    omitted = keys_written_as_blocks(site, settings, sources)
    files = form_files(settings, load_choices(site, settings, sources), service, omitted)
    if packages or not is_installed(site / _FOLDER):
        files |= extract_files(_packages(packages))
    generated = write_generated_files(site, {f"{_FOLDER}/{name}": data for name, data in files.items()})
    for line in generated_files_lines(generated, display_path(site / _FOLDER)):
        click.echo(line)
    if f"{_FOLDER}/{SCRIPT}" in generated.edited:
        click.echo("The form may not work with that script. Delete or rename it, and run the command again.")
    for kind, keys in omitted.items():
        click.echo(
            f"The form does not show {', '.join(f'`{key}`' for key in sorted(keys))} of {KINDS[kind].folder}, because it can "
            "only write a value on one line, and some of your files have a block there."
        )
    click.echo("`credsite serve` shows the form at /admin/, and `credsite build` publishes it with the site.")


def _packages(files: tuple[Path, ...]) -> list[bytes]:
    if not files:
        for package in PACKAGES:
            click.echo(f"Downloading {package.name} {package.version} ...")
        return [download(package) for package in PACKAGES]
    try:
        return [read_regular(file, MAX_PACKAGE_SIZE, follow_links=True) for file in files]
    except OSError as error:
        raise CredsiteError(f"{error.filename} cannot be read: {error.strerror or error}.") from error
