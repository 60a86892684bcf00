"""``credsite init``"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

import credsite
from credsite.cli.decorators import errors_as_messages
from credsite.cli.host import check_install_from, host_choice, install_from_option, prepared
from credsite.cli.sites import load_settings
from credsite.cli.text import command_name
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import is_link
from credsite.core.text import quote_argument
from credsite.schema.hosts import HostName

_STARTER: Final = Path(credsite.__file__).parent / "authoring/starter"
# Under its real name, the file would have an effect in credsite's own repository.
_RENAMED: Final = {"gitignore": ".gitignore"}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--host", type=host_choice, metavar="NAME", help="Prepare it to be published there: see `credsite host`."
)
@install_from_option
@errors_as_messages
def command(folder: Path, host: HostName | None, install_from: str | None) -> None:
    """Create a small site in DIR, with an example of each kind of entry, as a start for your own.

    DIR may contain other files, but none with the names of the site's files: nothing is overwritten.
    """
    from credsite.authoring.editors.choices import load_choices
    from credsite.authoring.editors.generated_files import write_generated_files
    from credsite.authoring.editors.vscode import editor_files
    from credsite.content.discovery import find_sources

    files = dict(_files())
    _check_free(folder, files)
    if install_from is not None and host is None:
        raise click.UsageError("`--install-from` is for the workflow of a host: name it with `--host`.")
    if host is not None:
        check_install_from(folder, install_from)
    try:
        for relative, data in files.items():
            target = folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)
    except OSError as error:
        raise CredsiteError(
            f"{error.filename or folder} cannot be created: {error.strerror or error}."
        ) from error
    settings = load_settings(folder)
    sources, _ = find_sources(folder, settings.language)
    generated = write_generated_files(
        folder, editor_files(load_choices(folder, settings, sources), settings.site_schema)
    )
    relative = os.path.relpath(folder)
    here = relative == "."
    count = len(files) + len(generated.written)
    click.echo(f"Created a site of {count} files in {'this folder' if here else relative}. What next:")
    program = command_name(folder)
    steps = [] if here else [(f"cd {quote_argument(relative)}", "go into its folder")]
    steps += [
        (f"{program} serve", "see it in your browser, also while you change it"),
        ("credsite.yaml", "open this file, and give the site its name and address"),
        ("content/", "change the examples in this folder, and delete what you do not need"),
        (f'{program} new course "Its title"', "add a course of your own"),
        (f"{program} check", "see what is still wrong, and how to fix it"),
        (f"{program} build", "make the website to publish, in public/"),
    ]
    width = max(len(what) for what, _ in steps)
    for what, why in steps:
        click.echo(f"  {what:<{width}}  {why}")
    for path in generated.edited:
        click.echo(f"{path} already existed, and was left alone.")
    if host is not None:
        click.echo()
        for line in prepared(folder, host, install_from):
            click.echo(line)


def _files() -> Iterator[tuple[str, bytes]]:
    for file in sorted(_STARTER.rglob("*")):
        if file.is_file():
            relative = file.relative_to(_STARTER).as_posix()
            yield _RENAMED.get(relative, relative), file.read_bytes()


def _check_free(folder: Path, files: dict[str, bytes]) -> None:
    """Raise CredsiteError if a file of the site already exists, or if something else is in the place of its folders."""
    paths = [folder, *(folder / relative for relative in files)]
    folders = {parent for path in paths[1:] for parent in path.parents if parent.is_relative_to(folder)}
    for path in sorted({*paths, *folders}):
        if path in folders:
            if os.path.lexists(path) and not (path.is_dir() and (path == folder or not is_link(path))):
                raise CredsiteError(f"{path} is in the way: a folder is needed there. Choose another folder.")
        elif os.path.lexists(path):
            raise CredsiteError(f"{path} already exists, and nothing is overwritten. Choose another folder.")
