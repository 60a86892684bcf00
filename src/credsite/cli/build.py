"""``credsite build``"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import click

from credsite.build import Options, Site, analyse, theme_problem, write
from credsite.cli.options import (
    FINE,
    OWN_FAULT,
    PROBLEMS,
    Moment,
    called_as,
    default_jobs,
    plain_errors,
    shown,
    site_argument,
    without_garbage_collection,
)
from credsite.cli.report import (
    change_text,
    counted,
    held_back_text,
    problem_count,
    problem_text,
    progress_bar,
)
from credsite.output.writer import Summary
from credsite.problems import Severity
from credsite.theme.loader import ThemeError


@click.command()
@site_argument
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="Where to put the website.  [default: SITE/public]",
)
@click.option("--base-url", metavar="URL", help="Build for this address instead of that in credsite.yaml.")
@click.option("--now", type=Moment(), metavar="DATE", help="Build as if it were this date, or date and time.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--keep-going", is_flag=True, help="Leave out entries that have errors, instead of stopping.")
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="How many processes to use.  [default: one a processor]"
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what makes the next build faster.")
@click.option("--verify", is_flag=True, help="Build once more from nothing, and compare byte for byte.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors and warnings only.")
@plain_errors
@without_garbage_collection
def command(
    site: Path,
    output: Path | None,
    base_url: str | None,
    now: datetime | None,
    drafts: bool,
    keep_going: bool,
    jobs: int | None,
    no_cache: bool,
    verify: bool,
    quiet: bool,
) -> None:
    """Build the website of SITE, the folder with credsite.yaml (this folder if left out).

    Errors in the content stop the build before it writes anything. Files in the output folder that credsite did
    not write are never touched.
    """
    started = time.perf_counter()
    options = Options(
        site,
        output,
        base_url,
        now,
        drafts,
        keep_going,
        jobs or default_jobs(),
        places_of_advice=False,
        no_cache=no_cache,
    )
    with progress_bar(show=not quiet) as progress:
        found = analyse(options, progress=progress)
        stopped = found.plan is None or (found.count(Severity.ERROR) and not keep_going)
        summary = None
        if not stopped:
            try:
                summary = write(found, options, progress=progress)
            except ThemeError as error:
                click.echo(problem_text(theme_problem(error, site)), err=True)
                sys.exit(PROBLEMS)
    for problem in found.problems:
        if problem.severity is not Severity.ADVICE:
            click.echo(problem_text(problem), err=True)
    for notice in dict.fromkeys((found.notice, summary.notice if summary else "")):
        if notice:
            click.echo(notice, err=True)
    if summary is None:
        click.echo(
            f"Nothing was written: {problem_count(found.problems)}. Mend the errors and build again.",
            err=True,
        )
        sys.exit(PROBLEMS)
    if not quiet:
        _say(found, summary, options, time.perf_counter() - started)
    if verify:
        _verify(found, options, quiet=quiet)
    sys.exit(PROBLEMS if found.count(Severity.ERROR) else FINE)


def _verify(site: Site, options: Options, *, quiet: bool) -> None:
    from credsite.verify import differences

    different = differences(site, options)
    if different:
        click.echo(
            "The website is not what a build from nothing gives. If no file of the site was changed meanwhile, this is "
            "a fault of credsite: please report it. These files differ:",
            err=True,
        )
        for path in different:
            click.echo(f"  {path}", err=True)
        sys.exit(OWN_FAULT)
    if not quiet:
        click.echo("Verified: a build from nothing gives the same website, byte for byte.")


def _say(site: Site, summary: Summary, options: Options, seconds: float) -> None:
    catalogue, plan = site.catalogue, site.plan
    if catalogue is None or plan is None:
        return
    if site.left_out:
        click.echo(f"Left out because of errors: {counted(len(site.left_out), 'entry', 'entries')}")
        for path in site.left_out:
            click.echo(f"  {path}")
    if catalogue.held_back:
        click.echo(f"Held back: {counted(len(catalogue.held_back), 'entry', 'entries')}")
        for line in held_back_text(catalogue.held_back):
            click.echo(line)
    if catalogue.changes:
        click.echo(change_text(catalogue.changes[0]))
    advice = site.count(Severity.ADVICE)
    if advice:
        click.echo(f"{counted(advice, 'piece of advice', 'pieces of advice')}: see `credsite check`.")
    contents = ", ".join(
        counted(len(entries), *words)
        for entries, words in (
            (catalogue.courses, ("course",)),
            (catalogue.stories, ("story", "stories")),
            (catalogue.pathways, ("pathway",)),
            (catalogue.providers, ("provider",)),
        )
        if entries
    )
    click.echo(
        f"Built {counted(len(plan.pages), 'page')} ({contents or 'no entries'}) in {seconds:.1f} s: "
        f"{summary.written:,} files written, {summary.kept + summary.unchanged:,} unchanged, {summary.pruned:,} removed."
    )
    where = "" if shown(options.root) == "." else f" {shown(options.root)}"
    click.echo(f"The website is in {shown(options.output_folder)}. To look at it: {called_as()} serve{where}")
