"""``credsite check --standard`` and ``--stale``: which courses meet a standard, and which entries are out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from credsite.cli.tables import write_table
from credsite.content.records import CourseRecord, ProviderRecord, Record
from credsite.core.text import pluralize
from credsite.problems.model import Problem
from credsite.problems.tables import Table

if TYPE_CHECKING:
    from credsite.audit.standards import EvaluatedCourse, Standard
    from credsite.build.analysed_site import AnalysedSite

RecordT = TypeVar("RecordT", bound=Record)


def evaluate_all_courses(site: AnalysedSite, standard: Standard) -> list[EvaluatedCourse]:
    """Every course of ``site`` without errors, published or not, compared with ``standard``."""
    from credsite.audit.standards import evaluate

    if site.plan is None:
        return []
    providers = {provider.slug: provider for provider in _entries(site, ProviderRecord)}
    return list(evaluate(standard, _entries(site, CourseRecord), providers, site.plan.view_builder.loader))


def configured_standard_problems(site: AnalysedSite) -> list[Problem]:
    """Advice on the courses that do not meet the standards named in the settings of ``site``."""
    from credsite.audit.standards import STANDARDS, standard_problems

    names = dict.fromkeys(site.config.standards) if site.config else ()
    return [
        problem
        for standard in (STANDARDS[name] for name in names)
        for problem in standard_problems(standard, evaluate_all_courses(site, standard))
    ]


def write_evaluated(
    standard: Standard, courses: Sequence[EvaluatedCourse], output_format: str, site: AnalysedSite
) -> None:
    """Write which of ``courses`` meet ``standard`` to standard output, in one of TABLE_FORMATS."""
    count = sum(course.meets for course in courses)
    if output_format == "text":
        table = Table(
            ("meets", "course", "missing"),
            tuple(
                (course.meets, course.path, ", ".join(requirement.name for requirement in course.missing))
                for course in courses
            ),
        )
        click.echo("\n".join([table.as_text(), *_missing_lines(standard, courses)]))
        meet = "meets" if count == 1 else "meet"
        click.echo(f"{count} of {pluralize(len(courses), 'course')} {meet} {standard.title}.")
    else:
        table = Table(
            ("path", "title", "meets", "missing", "where_possible"),
            tuple(
                (
                    course.path,
                    course.title,
                    course.meets,
                    tuple(map(str, course.missing)),
                    tuple(map(str, course.missing_optional)),
                )
                for course in courses
            ),
        )
        write_table(table, output_format, standard=standard.id, meet=count, courses=len(courses))
    _print_invalid_entries(site)


def _missing_lines(standard: Standard, courses: Iterable[EvaluatedCourse]) -> Iterator[str]:
    """For each requirement that is not met: how many courses lack it, and where to write it."""
    counts = Counter(
        requirement for course in courses for requirement in (*course.missing, *course.missing_optional)
    )
    in_order = standard.requirements.index
    for requirement in sorted(counts, key=lambda one: (one.is_optional, in_order(one))):
        words = (
            ("course could have, if possible:", "courses could have, if possible:")
            if requirement.is_optional
            else ("course lacks", "courses lack")
        )
        yield f"{pluralize(counts[requirement], *words)} {requirement.name}. Write {requirement.source}."
    if counts:
        yield ""


def write_stale(site: AnalysedSite, output_format: str) -> int:
    """Write the entries that are out of date to standard output, in one of TABLE_FORMATS. Returns their number."""
    from credsite.audit.stale import stale_entries

    stale = []
    if site.plan is not None:
        schema = site.plan.view_builder.config.site_schema
        stale = stale_entries(_entries(site, Record), site.plan.catalogue.clock, schema)
    if output_format != "text":
        rows = tuple((entry.path, entry.title, entry.since.isoformat(), entry.reasons) for entry in stale)
        write_table(Table(("path", "title", "since", "reasons"), rows), output_format)
    elif stale:
        table = Table(("entry", "reasons"), tuple((entry.path, entry.reasons) for entry in stale))
        click.echo(f"{table.as_text()}\n{pluralize(len(stale), 'entry', 'entries')} to look at.")
    else:
        click.echo("Nothing is stale.")
    _print_invalid_entries(site)
    return len(stale)


def _entries(site: AnalysedSite, kind: type[RecordT]) -> list[RecordT]:
    """All entries of a kind that have no errors."""
    entries = site.plan.link_resolver.all_entries.values() if site.plan is not None else ()
    return [entry for entry in entries if isinstance(entry, kind)]


def _print_invalid_entries(site: AnalysedSite) -> None:
    if site.plan is None:
        click.echo("The site has errors that must be fixed first: see `credsite check`.", err=True)
    elif site.invalid_entries:
        number = pluralize(len(site.invalid_entries), "entry has", "entries have")
        click.echo(f"{number} errors and could not be checked: see `credsite check`.", err=True)
