"""``credsite check --standard`` and ``--stale``: which courses meet a standard, and what time has passed by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from credsite.cli.problem_output import write_utf8
from credsite.content.records import CourseRecord, ProviderRecord, Record
from credsite.core.humanize import pluralize
from credsite.problems.model import Problem
from credsite.problems.tables import Table

if TYPE_CHECKING:
    from credsite.audit.standards import EvaluatedCourse, Standard
    from credsite.build.analysis import AnalysedSite

RecordT = TypeVar("RecordT", bound=Record)


def evaluated_courses(site: AnalysedSite, standard: Standard) -> list[EvaluatedCourse]:
    """Every course of ``site`` that can be read, published or not, beside ``standard``; none where there is no plan."""
    from credsite.audit.standards import evaluate

    if site.plan is None:
        return []
    library = site.plan.view_builder.loader
    return list(evaluate(standard, _all(site, CourseRecord).values(), _all(site, ProviderRecord), library))


def standard_advice(site: AnalysedSite) -> list[Problem]:
    """Advice on the standards that the settings of ``site`` name."""
    from credsite.audit.standards import STANDARDS, standard_problems

    names = dict.fromkeys(site.config.standards) if site.config else ()
    return [
        problem
        for standard in (STANDARDS[name] for name in names)
        for problem in standard_problems(standard, evaluated_courses(site, standard))
    ]


def write_evaluated(
    standard: Standard, found: Sequence[EvaluatedCourse], form: str, site: AnalysedSite
) -> None:
    """Write which courses meet ``standard``, in one of TABLES, to standard output."""
    met = sum(one.meets for one in found)
    if form == "text":
        table = Table(
            ("meets", "course", "missing"),
            tuple((one.meets, one.path, ", ".join(lack.name for lack in one.missing)) for one in found),
        )
        click.echo("\n".join([table.as_text(), *_what_is_lacking(standard, found)]))
        meet = "meets" if met == 1 else "meet"
        click.echo(f"{met} of {pluralize(len(found), 'course')} {meet} {standard.title}.")
    else:
        whole = Table(
            ("path", "title", "meets", "missing", "where_possible"),
            tuple(
                (
                    one.path,
                    one.title,
                    one.meets,
                    tuple(f"{lack.name} ({lack.source})" for lack in one.missing),
                    tuple(f"{lack.name} ({lack.source})" for lack in one.missing_optional),
                )
                for one in found
            ),
        )
        beside = {"standard": standard.id, "meet": met, "courses": len(found)}
        write_utf8(whole.as_json(**beside) if form == "json" else whole.as_csv())
    _tell_broken(site)


def _what_is_lacking(standard: Standard, found: Iterable[EvaluatedCourse]) -> Iterator[str]:
    """How many courses lack each thing, and where it is written."""
    lacking = Counter(lack.name for one in found for lack in (*one.missing, *one.missing_optional))
    for lack in sorted(standard.requirements, key=lambda one: one.is_optional):
        if lack.name in lacking:
            words = (
                ("course could have, if possible:", "courses could have, if possible:")
                if lack.is_optional
                else ("course lacks", "courses lack")
            )
            yield f"{pluralize(lacking[lack.name], *words)} {lack.name}. Write {lack.source}."
    if lacking:
        yield ""


def write_stale(site: AnalysedSite, form: str) -> int:
    """Write the entries that time has passed by, in one of TABLES, to standard output; how many they are."""
    from credsite.audit.stale import stale_entries

    found = (
        stale_entries(_all(site, Record).values(), site.plan.catalogue.clock) if site.plan is not None else []
    )
    if form == "text":
        table = Table(("entry", "reasons"), tuple((one.path, one.reasons) for one in found))
        count = f"{pluralize(len(found), 'entry', 'entries')} to look at."
        click.echo(f"{table.as_text()}\n{count}" if found else "Nothing is stale.")
    else:
        whole = Table(
            ("path", "title", "since", "reasons"),
            tuple((one.path, one.title, one.since.isoformat(), one.reasons) for one in found),
        )
        write_utf8(whole.as_json() if form == "json" else whole.as_csv())
    _tell_broken(site)
    return len(found)


def _all(site: AnalysedSite, kind: type[RecordT]) -> Mapping[str, RecordT]:
    """All entries of a kind that can be read, by their slugs; of all kinds, by their paths."""
    entries = site.plan.link_resolver.all_entries.values() if site.plan is not None else ()
    return {
        entry.path if kind is Record else entry.slug: entry for entry in entries if isinstance(entry, kind)
    }


def _tell_broken(site: AnalysedSite) -> None:
    if site.plan is None:
        click.echo("The site has errors that must be mended first: see `credsite check`.", err=True)
    elif site.invalid_entries:
        number = pluralize(len(site.invalid_entries), "entry has", "entries have")
        click.echo(f"{number} errors and could not be looked at: see `credsite check`.", err=True)
