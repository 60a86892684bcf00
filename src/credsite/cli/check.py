"""``credsite check``"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from credsite.analysis import analyse
from credsite.cache import Cache
from credsite.cli.options import (
    FINE,
    PROBLEMS,
    Moment,
    default_jobs,
    plain_errors,
    site_argument,
    without_garbage_collection,
)
from credsite.cli.words import problem_count, problem_text, progress_bar
from credsite.options import Options
from credsite.problems import Severity


@click.command()
@site_argument
@click.option("--now", type=Moment(), metavar="DATE", help="Check as if it were this date, or date and time.")
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="How many processes to use.  [default: one a processor]"
)
@plain_errors
@without_garbage_collection
def command(site: Path, now: datetime | None, jobs: int | None) -> None:
    """Say everything that is wrong with the content of SITE, where, and how to mend it.

    Nothing is written. Errors must be mended before the website can be built; warnings should be; advice makes
    the catalogue better for visitors.
    """
    options = Options(site, now=now, jobs=jobs or default_jobs())
    with progress_bar(show=True) as progress, Cache(site) as memo:  # which is read, and not saved
        found = analyse(options, memo=memo, progress=progress)
    for problem in found.problems:
        click.echo(problem_text(problem))
    count = problem_count(found.problems)
    click.echo(f"{count[0].upper()}{count[1:]}.")
    sys.exit(PROBLEMS if found.count(Severity.ERROR) else FINE)
