"""``credsite build``, and for ``--profile`` the seconds that each of its stages took."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from credsite.build.options import Options
from credsite.build.output.manifest import WriteSummary, withdrawn_files
from credsite.build.output.notices import still_there_notice
from credsite.build.pipeline import build
from credsite.build.result import MAY_BE_MENTIONED, TAKEN_OFF, BuildReport, BuildResult
from credsite.cli.build_options import BuildArguments, asked_options, build_options, quiet_option
from credsite.cli.decorators import EXIT_INTERNAL_ERROR, EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.lost_addresses import lost_address_lines
from credsite.cli.streams import one_line, unfiltered
from credsite.cli.text import (
    command_name,
    display_path,
    next_change_text,
    problem_count,
    progress_bar,
    unpublished_lines,
)
from credsite.core.errors import CredsiteError
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.core.profiling import STAGES, Stopwatch, start_measuring
from credsite.core.text import pluralize, pluralize_nonzero
from credsite.problems.model import Problem, Severity

if TYPE_CHECKING:
    from credsite.build.withdrawal import Withdrawal


@click.command()
@build_options
@click.option("--verify", is_flag=True, help="Build again from nothing, and compare the two byte for byte.")
@click.option("--profile", is_flag=True, help="Print how long each stage of the build took.")
@click.option(
    "--profile-json",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write how long each stage took to FILE, as JSON.",
)
@quiet_option
@errors_as_messages
@garbage_collection_paused()
def command(
    verify: bool, profile: bool, profile_json: Path | None, quiet: bool, **asked_for: Unpack[BuildArguments]
) -> None:
    """Build the website of SITE, the folder with credsite.yaml (this folder if left out).

    Errors in the content stop the build before it writes anything. Only what must not be published any more, such as
    the story of a learner who has withdrawn consent, is taken off the website all the same. Files in the output folder
    that credsite did not write are never touched.
    """
    started = time.perf_counter()
    stopwatch = start_measuring() if profile or profile_json else None
    options = asked_options(asked_for)
    built = build_and_report(options, started, quiet=quiet)
    if built.report is None:
        sys.exit(EXIT_PROBLEMS)
    if stopwatch is not None:
        _write_profile(stopwatch, started, profile_json, prints=profile)
    if verify:
        _verify(built.report, options, quiet=quiet)
    print_still_there(built.still_there, options)
    sys.exit(EXIT_PROBLEMS if built.report.has_errors or built.still_there else EXIT_OK)


def build_and_report(
    options: Options, started: float, *, quiet: bool, publishes: bool = False
) -> BuildResult:
    """Build, and print what was built, or why not. The result has no report where errors have stopped the build.

    ``started`` is when the command began. ``publishes`` says whether it goes on to publish what was taken off the website.
    """
    with progress_bar(show=not quiet) as progress:
        try:
            built = build(options, progress=progress)
        except CredsiteError:
            print_still_there(withdrawn_files(options.output_folder), options)
            raise
    _print_problems(built.problems, options.root)
    if built.notice:
        click.echo(built.notice, err=True)
    if built.report is None or built.summary is None:
        _print_stop(built, options, publishes=publishes)
        print_still_there(built.still_there, options)
        return replace(built, report=None)
    if not quiet:
        _print_report(built.report, built.summary, options, time.perf_counter() - started)
    return built


def print_still_there(paths: Collection[str], options: Options) -> None:
    """Print which files somebody has to delete by hand, because they must not be published any more."""
    if paths:
        click.echo(still_there_notice(display_path(options.output_folder), paths), err=True)


def _print_stop(built: BuildResult, options: Options, *, publishes: bool) -> None:
    """Print that errors have stopped the build, and what was taken off the website all the same."""
    withdrawal = built.withdrawal
    written = "Not all pages were written" if built.is_begun else "Nothing was written"
    if withdrawal is not None:
        folder = "" if publishes else display_path(options.output_folder)
        for line in _withdrawal_lines(withdrawal, folder):
            click.echo(line, err=True)
        written = (
            "Nothing else was written"
            if withdrawal.is_rest_outdated
            else "The website was written without what has errors"
        )
    click.echo(f"{written}: {problem_count(built.problems)}. Fix the errors and build again.", err=True)


def _withdrawal_lines(withdrawal: Withdrawal, folder: str) -> Iterator[str]:
    """What was taken off the website, what became of the entries with errors, and what to do now with its ``folder``, if anything."""
    if withdrawal.addresses:
        yield TAKEN_OFF
        yield from (f"  {one_line(address)}" for address in withdrawal.addresses)
    pictures = sum(path.startswith("images/") for path in withdrawal.summary.removed)
    if pictures:
        yield f"{pluralize(pictures, 'picture')} that nothing else shows {'was' if pictures == 1 else 'were'} removed too."
    if withdrawal.is_rest_outdated:
        yield MAY_BE_MENTIONED
    if withdrawal.kept:
        yield "These have errors, so they stay on the website as they were last published:"
        yield from (f"  {one_line(path)}" for path in withdrawal.kept)
    if withdrawal.left_out:
        yield (
            "Left out too, until the errors are fixed, because no earlier version of them is known, or of what they need:"
        )
        yield from (f"  {one_line(address)}" for address in withdrawal.left_out)
    if withdrawal.addresses and folder:
        yield (
            f"Publish {folder} now, so that visitors do not see it any more. This build ends with an error, so a command such "
            "as `credsite build && rsync …` does not go on to publish."
        )


def _print_problems(problems: Iterable[Problem], site: Path) -> None:
    """Print the errors and warnings. Advice is only counted; ``credsite check`` lists it."""
    listed = [problem for problem in problems if problem.severity is not Severity.ADVICE]
    if listed:
        from credsite.cli.problem_text import problem_listing

        click.echo(f"{problem_listing(listed, site)}\n", err=True)


def _write_profile(stopwatch: Stopwatch, started: float, file: Path | None, *, prints: bool) -> None:
    stopwatch.add_startup(process_age() - (time.perf_counter() - started))
    if prints:
        print_profile(stopwatch, process_age())
    if file is not None:
        from credsite.cli.sites import write_result

        write_result(file, profile_as_json(stopwatch, process_age()).encode())


def _verify(report: BuildReport, options: Options, *, quiet: bool) -> None:
    from credsite.build.pipeline import differences

    different = differences(report.now, options)
    if different:
        click.echo(
            "The website differs from a build from nothing. If no file of the site was changed meanwhile, this is "
            "a fault of credsite: please report it. These files differ:",
            err=True,
        )
        for path in different:
            click.echo(f"  {one_line(path)}", err=True)
        sys.exit(EXIT_INTERNAL_ERROR)
    if not quiet:
        click.echo("Verified: a build from nothing gives the same website, byte for byte.")


def _print_report(report: BuildReport, summary: WriteSummary, options: Options, seconds: float) -> None:
    """Print what was built, what was not published and why, and when the website changes next."""
    if report.invalid_entries:
        click.echo(
            f"Left out because of errors: {pluralize(len(report.invalid_entries), 'entry', 'entries')}"
        )
        for path in report.invalid_entries:
            click.echo(f"  {one_line(path)}")
    if report.unpublished:
        click.echo(f"Held back: {pluralize(len(report.unpublished), 'entry', 'entries')}")
        for line in unpublished_lines(report.unpublished):
            click.echo(line)
    still_there = (*(entry.path for entry in report.unpublished), *report.invalid_entries)
    for line in lost_address_lines(summary.removed, still_there):
        click.echo(line)
    if report.next_change is not None:
        click.echo(next_change_text(report.next_change))
    if report.advice_count:
        advice = pluralize(report.advice_count, "piece of advice", "pieces of advice")
        click.echo(f"{advice}: see `credsite check`.")
    contents = pluralize_nonzero(
        (report.courses, "course"),
        (report.stories, "story", "stories"),
        (report.pathways, "pathway"),
        (report.providers, "provider"),
    )
    click.echo(
        f"Built {pluralize(report.pages, 'page')} ({', '.join(contents) or 'no entries'}) in {seconds:.1f} s: "
        f"{pluralize(summary.written, 'file')} written, {summary.skipped + summary.unchanged:,} unchanged, {summary.pruned:,} removed."
    )
    site = display_path(options.root)
    serve = f"{command_name()} serve" if site == "." else f"{command_name()} serve {site}"
    click.echo(f"The website is in {display_path(options.output_folder)}. To look at it: {serve}")


def print_profile(stopwatch: Stopwatch, total_seconds: float) -> None:
    """Print the stages with their seconds. ``total_seconds`` is how long the command has run so far."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Where {total_seconds:.2f} s went", title_justify="left")
    for heading, justify in (("stage", "left"), ("here", "right"), ("in workers", "right"), ("", "left")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    longest = max([*stopwatch.own.values(), *stopwatch.workers.values()], default=0.0)
    for name in STAGES:
        here, workers = stopwatch.own.get(name, 0.0), stopwatch.workers.get(name, 0.0)
        bar = "█" * round(24 * (here + workers) / (longest or 1.0)) if here + workers <= longest else "█" * 24
        table.add_row(name, f"{here:.3f} s", f"{workers:.3f} s" if workers else "", bar)
    other = total_seconds - sum(stopwatch.own.values())
    table.add_row("the rest", f"{max(other, 0.0):.3f} s", "", "")
    Console(file=unfiltered(sys.stderr)).print(table)


def profile_as_json(stopwatch: Stopwatch, total_seconds: float) -> str:
    """The stages as JSON: ``here`` are the seconds of this process, ``workers`` those of all worker processes together,
    and ``seconds`` their sum."""
    stages = [
        {
            "name": name,
            "seconds": round(stopwatch.own.get(name, 0.0) + stopwatch.workers.get(name, 0.0), 4),
            "here": round(stopwatch.own.get(name, 0.0), 4),
            "workers": round(stopwatch.workers.get(name, 0.0), 4),
            "processes": 1 + stopwatch.worker_count if name in stopwatch.workers else 1,
        }
        for name in STAGES
    ]
    return json.dumps({"whole": round(total_seconds, 4), "stages": stages}, indent=2) + "\n"


def process_age() -> float:
    """Seconds since this process started, before any of its code ran; 0 if the system does not say."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0.0
    return max(0.0, uptime - ticks / os.sysconf("SC_CLK_TCK"))
