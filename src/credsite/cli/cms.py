"""``credsite cms``"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from credsite.authoring.editors.choices import keys_written_as_blocks, load_choices
from credsite.authoring.editors.cms import BACKENDS, Backend, form_files
from credsite.authoring.editors.generated_files import write_generated_files
from credsite.authoring.editors.sveltia import PACKAGES, SCRIPT, download, extract_files, is_installed
from credsite.cli.errors import errors_as_messages
from credsite.cli.options import site_argument
from credsite.cli.sites import generated_files_lines, load_settings
from credsite.cli.text import display_path
from credsite.content.discovery import find_sources
from credsite.content.source_folders import STATIC
from credsite.core.errors import CredsiteError
from credsite.schema.kinds import KINDS

_FOLDER: Final = f"{STATIC}/admin"


@click.command()
@site_argument
@click.option(
    "--backend",
    type=click.Choice(list(BACKENDS)),
    default="github",
    show_default=True,
    help="Who keeps the site's repository.",
)
@click.option(
    "--repo",
    metavar="OWNER/NAME",
    help="The repository there. Without it, the form edits a copy on the editor's own computer only.",
)
@click.option("--branch", default="", help="The branch that is edited.  [default: the repository's main one]")
@click.option(
    "--host",
    default="",
    metavar="URL",
    help="The address of a service of your own, such as https://git.example.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A package of npm on this computer, instead of downloading it; once for each of the two.",
)
@errors_as_messages
def command(
    site: Path, backend: str, repo: str | None, branch: str, host: str, packages: tuple[Path, ...]
) -> None:
    """Put a form into SITE/static/admin/, with which the site is edited in a browser.

    It is Sveltia CMS, set up for what your entries may hold. Its script is downloaded once, from the npm registry, and
    proven by its checksum. Run the command again after changes to providers, industries or settings.
    """
    settings = load_settings(site)
    if repo is not None and ("/" not in repo.strip("/") or " " in repo):
        raise click.BadParameter(
            "Write the owner and the name, such as our-college/courses.", param_hint="--repo"
        )
    if host and not host.startswith("https://"):
        raise click.BadParameter("Write an address that begins with https://.", param_hint="--host")
    sources, _ = find_sources(site, settings.language)
    place = Backend(backend, repo or f"local/{site.resolve().name or 'site'}", branch, host.rstrip("/"))
    left_out = keys_written_as_blocks(site, settings, sources)
    files = form_files(settings, load_choices(site, settings, sources), place, left_out)
    if packages or not is_installed(site / _FOLDER):
        files |= extract_files(_packages(packages))
    renewed = write_generated_files(site, {f"{_FOLDER}/{name}": data for name, data in files.items()})
    for line in generated_files_lines(renewed, display_path(site / _FOLDER)):
        click.echo(line)
    if f"{_FOLDER}/{SCRIPT}" in renewed.edited:
        click.echo("The form may not work with that script. Move it away, and run the command again.")
    for kind, keys in left_out.items():
        click.echo(
            f"The form leaves {', '.join(f'`{key}`' for key in sorted(keys))} of {KINDS[kind].folder} alone: it knows the "
            "short way to write it only, and some of your files write it as a block."
        )
    click.echo("`credsite serve` shows the form at /admin/, and `credsite build` publishes it with the site.")


def _packages(files: tuple[Path, ...]) -> list[bytes]:
    if not files:
        for package in PACKAGES:
            click.echo(f"Downloading {package.name} {package.version} ...")
        return [download(package) for package in PACKAGES]
    try:
        return [file.read_bytes() for file in files]
    except OSError as error:
        raise CredsiteError(f"{error.filename} cannot be read: {error.strerror or error}.") from error
