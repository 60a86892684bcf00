"""``credsite check``"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from credsite.build.analysed_site import AnalysedSite, with_problems
from credsite.build.analysis import analyse
from credsite.build.cache import Cache
from credsite.build.options import Options
from credsite.cli.decorators import (
    EXIT_OK,
    EXIT_PROBLEMS,
    errors_as_messages,
    jobs_option,
    now_option,
    processor_count,
    site_argument,
)
from credsite.cli.problem_text import PROBLEM_FORMATS, write_problems
from credsite.cli.streams import styled
from credsite.cli.tables import TABLE_FORMATS
from credsite.cli.text import progress_bar
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.problems.codes import CODES, OWN_CODE, warnings_as_errors
from credsite.problems.explanations import explanations
from credsite.problems.groups import ProblemFilter
from credsite.problems.model import Severity
from credsite.problems.suggestions import with_closest_match
from credsite.schema.config import StandardId
from credsite.site.settings_checks import all_links_to_parts

_ALL = "all"


@click.command()
@site_argument
@now_option("Check")
@jobs_option
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(PROBLEM_FORMATS),
    default="text",
    show_default=True,
    help="How to write the problems: for people, for programs, or for a spreadsheet.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    help="Show only problems of this severity and worse.",
)
@click.option("--code", "codes", multiple=True, help="Show only problems with this code. May be repeated.")
@click.option(
    "--full", is_flag=True, help="Show all problems, where else the first few of each kind are shown."
)
@click.option(
    "--links",
    is_flag=True,
    help="Also check addresses of this site in front matter, such as `enrol_url`.",
)
@click.option("--external-links", is_flag=True, help="Also check links to other websites, by asking them.")
@click.option("--stale", is_flag=True, help="Instead, list entries that are out of date.")
@click.option(
    "--standard",
    type=click.Choice(get_args(StandardId)),
    help="Instead, list which courses meet a standard for micro-credentials, and what is missing.",
)
@click.option("--explain", metavar="CODE", help="Instead, explain a problem code; `all` lists the codes.")
@errors_as_messages
@garbage_collection_paused()
def command(
    site: Path,
    now: datetime | None,
    jobs: int | None,
    output_format: str,
    strict: bool,
    severity: str | None,
    codes: tuple[str, ...],
    full: bool,
    links: bool,
    external_links: bool,
    stale: bool,
    standard: str | None,
    explain: str | None,
) -> None:
    """Check the content of SITE: say what is wrong, where, and how to fix it.

    Errors must be fixed before the website can be built; warnings should be; advice makes the catalogue better for
    visitors. The only thing that is written is a cache of what other websites answered.
    """
    if explain is not None:
        print_explanation(explain, site)
        return
    shows = ProblemFilter(Severity(severity) if severity else None, _known_codes(codes))
    if (stale or standard) and (shows or full):
        raise click.UsageError("`--severity`, `--code` and `--full` are for problems, and not for tables.")
    if stale and standard:
        raise click.UsageError("Use `--stale` or `--standard`, not both.")
    if (stale or standard) and output_format not in TABLE_FORMATS:
        raise click.UsageError(f"A table can be {', '.join(TABLE_FORMATS)}, but not {output_format}.")
    options = Options(site, now=now, jobs=jobs or processor_count())
    with progress_bar(show=True) as progress, Cache(site) as cache:  # only read: a check saves nothing
        analysed = analyse(options, entry_cache=cache, progress=progress)
        if stale or standard:
            is_good = _write_table(analysed, output_format, standard)
            sys.exit(EXIT_PROBLEMS if analysed.plan is None or (strict and not is_good) else EXIT_OK)
        if analysed.config is not None and analysed.config.standards:
            from credsite.cli.check_standards import configured_standard_problems

            analysed = with_problems(analysed, options, configured_standard_problems(analysed))
        if links or external_links or _has_links_to_parts(analysed):
            from credsite.cli.check_links import with_link_problems

            analysed = with_link_problems(
                analysed, options, own=links, external=external_links, progress=progress
            )
    problems = warnings_as_errors(analysed.problems) if strict else analysed.problems
    write_problems(problems, output_format, site, shows=shows, in_full=full)
    sys.exit(EXIT_PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else EXIT_OK)


def _has_links_to_parts(site: AnalysedSite) -> bool:
    """Whether pages have to be rendered, because a text links to a part of one that only the page itself shows."""
    if site.plan is None or site.config is None:
        return False
    return any(True for _ in all_links_to_parts(site.config, site.plan.link_resolver))


def _write_table(site: AnalysedSite, output_format: str, standard_id: str | None) -> bool:
    """Write the courses that meet a standard or, without one, the stale entries. Whether there is nothing to do."""
    from credsite.cli.check_standards import evaluate_all_courses, write_evaluated, write_stale

    if standard_id is None:
        return write_stale(site, output_format) == 0
    from credsite.audit.standards import STANDARDS

    standard = STANDARDS[standard_id]
    courses = evaluate_all_courses(site, standard)
    write_evaluated(standard, courses, output_format, site)
    return all(course.meets for course in courses)


def _known_codes(written: Iterable[str]) -> tuple[str, ...]:
    """Problem codes as somebody wrote them. UsageError if one is unknown."""
    codes = tuple(code.strip().strip("`") for code in written)
    for code in codes:
        if code not in CODES and not code.startswith(OWN_CODE):
            message = f"There is no problem with the code `{code}`."
            raise click.UsageError(
                with_closest_match(message, code, CODES, f"`--explain {_ALL}` lists them.")
            )
    return codes


def print_explanation(code: str, site: Path) -> None:
    """Print the explanation of a problem code, or a list of ``all`` codes. UsageError if the code is unknown.

    The codes of own checks are those of ``site``.
    """
    if code.strip().strip("`") == _ALL:
        click.echo("\n".join(_list()))
        return
    (code,) = _known_codes([code])
    if code.startswith(OWN_CODE):
        severity, text = _own_explanation(code, site)
    else:
        severity, text = CODES[code].severity, explanations()[code].as_text()
    title = (
        f"{code} ({severity})"
        if severity is Severity.ADVICE
        else f"{code} (a{'n' * (severity is Severity.ERROR)} {severity})"
    )
    click.echo(f"{styled(title, bold=True)}\n\n{text}")


def _own_explanation(code: str, site: Path) -> tuple[Severity, str]:
    """The severity and the meaning of the code of a check that a hook of ``site`` makes. UsageError if there is none."""
    from credsite.cli.sites import load_settings
    from credsite.hooks.loading import load_hooks

    hooks, _ = load_hooks(site, load_settings(site))
    check = next((check for _, check in hooks.checks if check.code == code), None)
    if check is None:
        message = with_closest_match(f"No check of your hooks has the code `{code}`.", code, hooks.codes)
        raise click.UsageError(message)
    return Severity(check.severity), check.meaning


def _list() -> list[str]:
    """All codes with their meanings, by severity."""
    width = max(map(len, CODES))
    lines = []
    for severity in Severity:
        lines += ["", styled(f"{severity}", bold=True)]
        lines += [
            f"  {code:<{width}}  {definition.meaning}"
            for code, definition in CODES.items()
            if definition.severity is severity
        ]
    return lines[1:]
