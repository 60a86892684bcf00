"""``credsite host``"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

import click

from credsite.cli.decorators import EXIT_PROBLEMS, errors_as_messages, site_option
from credsite.cli.sites import load_settings
from credsite.cli.text import display_path
from credsite.core.errors import CredsiteError
from credsite.schema.hosts import HOSTS, HostName

if TYPE_CHECKING:
    from credsite.schema.config import Config

host_choice = click.Choice(list(get_args(HostName)))
install_from_option = click.option(
    "--install-from",
    metavar="WHAT",
    help="From where the workflow installs credsite: a release of a package index, a commit of a Git repository, or a wheel.",
)


@click.command()
@click.argument("name", required=False, type=host_choice, metavar="[NAME]")
@site_option
@install_from_option
@click.option("--check", "only_checks", is_flag=True, help="Write nothing: say which files are out of date.")
@errors_as_messages
def command(name: HostName | None, site: Path, install_from: str | None, *, only_checks: bool) -> None:
    """Prepare a site to be published: on GitHub Pages, Netlify, nginx and so on.

    NAME is github-pages, gitlab-pages, netlify, cloudflare-pages, vercel, azure-static, s3, nginx, apache or sftp. It is
    written into credsite.yaml, so that builds write what the host reads. Beside it, the repository gets a workflow that checks
    each pull request, and builds and publishes the website at each push and each night.

    Run it again after you change the address or the time zone. A file that you have changed is left alone.
    """
    settings = load_settings(site)
    host = name or settings.host
    if host is None:
        raise click.UsageError(f"Name the host. It can be {', '.join(HOSTS)}.")
    if only_checks:
        _check(site, settings, host)
        return
    for line in prepared(site, host, install_from):
        click.echo(line)


def check_install_from(site: Path, install_from: str | None) -> None:
    """Raise CredsiteError where :func:`prepared` would, before a new site is written. Where it is asked for, all is well."""
    from credsite.authoring.hosting.requirements import installed_from
    from credsite.cli.new_values import can_ask

    if install_from is not None:
        _requirement(site, install_from)
    elif not can_ask() and not installed_from():
        raise CredsiteError(f"Say it with --install-from: {_about_install_from()}.")


def prepared(site: Path, host: HostName, install_from: str | None) -> Iterator[str]:
    """Write what publishes a site on ``host``. Lines that say what was done and what is left to do."""
    from credsite.authoring.editors.generated_files import GeneratedFiles, write_generated_files
    from credsite.authoring.hosting.requirements import REQUIREMENTS, requirements_file

    line = _new_requirement(site, install_from)
    yield from _write_setting(site, host)
    settings = load_settings(site)
    root = _repository(site)
    files = _workflow_files(site, root, settings, host)
    generated = write_generated_files(root, files)
    for path in generated.written:
        yield f"Wrote {display_path(root / path)}."
    installed = GeneratedFiles()
    if line:
        installed = write_generated_files(site, {REQUIREMENTS: requirements_file(line)})
    if installed.written:
        yield f"Wrote {display_path(site / REQUIREMENTS)}, from which the workflow installs credsite."
    yield "What next:"
    if installed.edited:
        yield f"  {REQUIREMENTS} is a file of your own. Write this line into it: {line}"
    for path in generated.edited:
        yield f"  {path} is a file of your own. Give it another name, and run `credsite host {host}` again."
    if other := _other_workflow(root, host):
        yield f"  Delete {other}, which would publish the website elsewhere."
    yield from _next_steps(settings, host, files)


def _check(site: Path, settings: Config, host: HostName) -> None:
    from credsite.authoring.editors.generated_files import stale_files

    root = _repository(site)
    stale = stale_files(root, _workflow_files(site, root, settings, host))
    for path in stale:
        click.echo(
            f"{path} does not fit the settings any more. Run `credsite host {host}`, and commit what it writes."
        )
    if settings.host != host:
        click.echo(
            f"credsite.yaml does not say `host: {host}`. Run `credsite host {host}`, and commit what it writes."
        )
    if stale or settings.host != host:
        sys.exit(EXIT_PROBLEMS)
    click.echo(f"What publishes the website on {HOSTS[host]} is up to date.")


def _workflow_files(site: Path, root: Path, settings: Config, host: HostName) -> dict[str, bytes]:
    from credsite.authoring.hosting.workflows import Workflow, workflow_files

    folder = Path(os.path.realpath(site)).relative_to(root).as_posix()
    base_path = urlsplit(settings.base_url).path
    return workflow_files(Workflow(host, base_path, settings.timezone, folder))


def _other_workflow(root: Path, host: HostName) -> str:
    """The path of a workflow that was written for another host; "" where there is none."""
    from credsite.authoring.editors.generated_files import has_valid_checksum
    from credsite.authoring.hosting.workflows import GITHUB_WORKFLOW, GITLAB_WORKFLOW

    other = GITHUB_WORKFLOW if host == "gitlab-pages" else GITLAB_WORKFLOW
    return other if has_valid_checksum(_text(root / other).encode()) else ""


def _repository(site: Path) -> Path:
    """The top folder of the Git repository that the site is in; the site's folder where there is none."""
    real = Path(os.path.realpath(site))
    return next((folder for folder in (real, *real.parents) if os.path.lexists(folder / ".git")), real)


def _new_requirement(site: Path, install_from: str | None) -> str:
    """The line for `requirements.txt`; "" where one is there already that names credsite, and nobody asks for another."""
    from credsite.authoring.hosting.requirements import REQUIREMENTS, installed_from, names_credsite
    from credsite.cli.new_values import ask_text, can_ask

    present = _text(site / REQUIREMENTS)
    if install_from is None and names_credsite(present):
        return ""
    default = installed_from()
    if install_from is None and can_ask():
        about = f"Write {_about_install_from()}."
        install_from = ask_text("Install from", about, required=True, default=default)
    install_from = install_from or default
    if not install_from:
        raise CredsiteError(f"Say it with --install-from: {_about_install_from()}.")
    line = _requirement(site, install_from)
    return "" if line in present.splitlines() else line


def _requirement(site: Path, install_from: str) -> str:
    from credsite.authoring.hosting.requirements import requirement

    line = requirement(install_from)
    if line.startswith("./") and not (site / line).is_file():
        raise CredsiteError(f"There is no file {line} in the site's folder. Copy the wheel there.")
    return line


def _about_install_from() -> str:
    from credsite.authoring.hosting.requirements import INSTALL_FROM_FORMS

    return f"from where the workflow installs credsite, which can be {INSTALL_FROM_FORMS}"


def _write_setting(site: Path, host: HostName) -> Iterator[str]:
    """Write `host` into credsite.yaml, or say that somebody has to."""
    from credsite.authoring.hosting.host_setting import with_host
    from credsite.core.atomic_write import atomic_write
    from credsite.schema.config import CONFIG_FILE

    if load_settings(site).host == host:
        return
    file = site / CONFIG_FILE
    text = _text(file)
    changed = with_host(text, host)
    if changed is not None:
        atomic_write(file, changed.encode())
        if load_settings(site).host == host:
            yield f"Wrote `host: {host}` into {CONFIG_FILE}."
            return
        atomic_write(file, text.encode())
    raise CredsiteError(
        f"Write `host: {host}` into {CONFIG_FILE} yourself, in a line of its own, and run this again."
    )


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError) as error:
        raise CredsiteError(f"{file} cannot be read: {error}.") from error


def _next_steps(settings: Config, host: HostName, files: Mapping[str, bytes]) -> Iterator[str]:
    from credsite.authoring.hosting.workflows import names_of
    from credsite.schema.config_file import is_real_address

    if not is_real_address(settings.base_url):
        yield f"  In credsite.yaml, write the address of the website as base_url, and run `credsite host {host}` again."
    if host == "gitlab-pages":
        yield "  In GitLab, add a pipeline schedule for each night: Build > Pipeline schedules."
    if host == "github-pages":
        yield "  On GitHub, choose GitHub Actions as the source of Pages: Settings > Pages."
    secrets, variables = names_of("secrets", files), names_of("vars", files)
    if secrets or variables:
        yield "  On GitHub, write down where the website goes: Settings > Secrets and variables > Actions."
    if secrets:
        yield f"    Secrets: {', '.join(secrets)}"
    if variables:
        yield f"    Variables: {', '.join(variables)}"
    yield "  Commit the files, and push them."
