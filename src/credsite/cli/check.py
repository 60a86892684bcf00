"""``credsite check``"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from credsite.build.analysis import AnalysedSite, analyse, with_problems
from credsite.build.cache import Cache
from credsite.build.options import Options
from credsite.cli.errors import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.options import DateTimeType, jobs_option, processor_count, site_argument
from credsite.cli.problem_output import PROBLEM_FORMATS, TABLE_FORMATS, write_problems
from credsite.cli.progress import progress_bar
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.problems.codes import warnings_as_errors
from credsite.problems.model import Severity
from credsite.schema.config import StandardId


@click.command()
@site_argument
@click.option(
    "--now", type=DateTimeType(), metavar="DATE", help="Check as if it were this date, or date and time."
)
@jobs_option
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(PROBLEM_FORMATS),
    default="text",
    show_default=True,
    help="How to write what was found: for people, for programs, or for a spreadsheet.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--links", is_flag=True, help="Also look for the parts of pages that links lead to.")
@click.option(
    "--external-links", is_flag=True, help="Also ask other websites whether what is linked is there."
)
@click.option(
    "--stale", is_flag=True, help="Instead, list entries past their review, or with only past sessions."
)
@click.option(
    "--standard",
    type=click.Choice(get_args(StandardId)),
    help="Instead, list which courses meet a description of micro-credentials, and what is missing.",
)
@click.option("--explain", metavar="CODE", help="Instead, say what a problem means; `all` lists them.")
@errors_as_messages
@garbage_collection_paused()
def command(
    site: Path,
    now: datetime | None,
    jobs: int | None,
    form: str,
    strict: bool,
    links: bool,
    external_links: bool,
    stale: bool,
    standard: str | None,
    explain: str | None,
) -> None:
    """Say everything that is wrong with the content of SITE, where, and how to mend it.

    Nothing is written but what other websites answered. Errors must be mended before the website can be built;
    warnings should be; advice makes the catalogue better for visitors.
    """
    if explain is not None:
        from credsite.cli.explain import print_explanation

        print_explanation(explain)
        return
    if stale and standard:
        raise click.UsageError("Ask for `--stale` or for `--standard`, one at a time.")
    if (stale or standard) and form not in TABLE_FORMATS:
        raise click.UsageError(f"A table can be {', '.join(TABLE_FORMATS)}, but not {form}.")
    options = Options(site, now=now, jobs=jobs or processor_count())
    with progress_bar(show=True) as progress, Cache(site) as memo:  # which is read, and not saved
        found = analyse(options, memo=memo, progress=progress)
        if stale or standard:
            fine = _table(found, form, standard)
        else:
            if found.config is not None and found.config.standards:
                from credsite.cli.check_standards import standard_advice

                found = with_problems(found, options, standard_advice(found))
            if links or external_links:
                from credsite.cli.check_links import with_link_problems
                from credsite.cli.errors import theme_errors_as_problems

                with theme_errors_as_problems(site):
                    found = with_link_problems(found, options, external=external_links, progress=progress)
    if stale or standard:
        sys.exit(EXIT_PROBLEMS if found.plan is None or (strict and not fine) else EXIT_OK)
    problems = warnings_as_errors(found.problems) if strict else found.problems
    write_problems(problems, form, site)
    sys.exit(EXIT_PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else EXIT_OK)


def _table(site: AnalysedSite, form: str, standard: str | None) -> bool:
    """Write the table that was asked for; whether nothing is stale, or all courses meet ``standard``."""
    from credsite.cli.check_standards import evaluated_courses, write_evaluated, write_stale

    if standard is None:
        return not write_stale(site, form)
    from credsite.audit.standards import STANDARDS

    found = evaluated_courses(site, STANDARDS[standard])
    write_evaluated(STANDARDS[standard], found, form, site)
    return all(one.meets for one in found)
