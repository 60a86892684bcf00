"""What commands that build can be asked for: their common options, and what a build makes of these."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, TypedDict

import click

from credsite.build.options import Options
from credsite.cli.decorators import Command, jobs_option, now_option, processor_count, site_argument


class BuildArguments(TypedDict):
    """The values of :func:`build_options`."""

    site: Path
    output: Path | None
    base_url: str | None
    now: datetime | None
    drafts: bool
    strict: bool
    keep_going: bool
    jobs: int | None
    no_cache: bool


_OPTIONS: Final = (
    site_argument,
    click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path),
        help="Where to put the website.  [default: SITE/public]",
    ),
    click.option(
        "--base-url", metavar="URL", help="Build for this address instead of the one in credsite.yaml."
    ),
    now_option("Build"),
    click.option("--drafts", is_flag=True, help="Publish drafts too."),
    click.option("--strict", is_flag=True, help="Treat warnings as errors: stop for them too."),
    click.option("--keep-going", is_flag=True, help="Leave out entries with errors, instead of stopping."),
    jobs_option,
    click.option(
        "--no-cache", is_flag=True, help="Neither use nor write the cache that makes builds faster."
    ),
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print errors and warnings only.")


def build_options(command: Command) -> Command:
    """Decorate a command with the options that say what is built and how."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked_options(arguments: BuildArguments) -> Options:
    """What a build is asked to do."""
    return Options(
        arguments["site"],
        arguments["output"],
        arguments["base_url"],
        arguments["now"],
        arguments["drafts"],
        arguments["keep_going"],
        arguments["jobs"] or processor_count(),
        locate_advice=False,
        no_cache=arguments["no_cache"],
        strict=arguments["strict"],
    )
