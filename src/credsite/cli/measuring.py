"""``credsite check --standard`` and ``--stale``: which courses meet a standard, and what time has passed by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from credsite.cli.words import counted
from credsite.cli.writing import write_exactly
from credsite.content.facts import CourseFacts, Facts, ProviderFacts
from credsite.excerpts import harmless
from credsite.problems import Problem
from credsite.reports.tables import Table

if TYPE_CHECKING:
    from credsite.analysis import Site
    from credsite.standards import Measured, Standard

Kind = TypeVar("Kind", bound=Facts)


def measured(site: Site, standard: Standard) -> list[Measured]:
    """Every course of ``site`` that can be read, published or not, beside ``standard``; none where there is no plan."""
    from credsite.standards import measure

    if site.plan is None:
        return []
    library = site.plan.parts.library
    return list(measure(standard, _all(site, CourseFacts).values(), _all(site, ProviderFacts), library))


def standard_advice(site: Site) -> list[Problem]:
    """Advice on the standards that the settings of ``site`` name."""
    from credsite.standards import STANDARDS, advice

    names = dict.fromkeys(site.config.standards) if site.config else ()
    return [
        problem
        for standard in (STANDARDS[name] for name in names)
        for problem in advice(standard, measured(site, standard))
    ]


def write_measured(standard: Standard, found: Sequence[Measured], form: str, site: Site) -> None:
    """Write which courses meet ``standard``, in one of TABLES, to standard output."""
    met = sum(one.meets for one in found)
    table = Table(
        ("path", "title", "meets", "missing", "where_possible"),
        tuple(
            (
                one.path,
                one.title,
                one.meets,
                tuple(f"{lack.name} ({lack.mends})" for lack in one.missing),
                tuple(f"{lack.name} ({lack.mends})" for lack in one.possible),
            )
            for one in found
        ),
    )
    if form == "json":
        write_exactly(table.as_json(standard=standard.id, meet=met, courses=len(found)))
    elif form == "csv":
        write_exactly(table.as_csv())
    else:
        click.echo("".join(f"{line}\n" for line in _measured_lines(standard, found)), nl=False)
        click.echo(
            f"{met} of {counted(len(found), 'course')} {'meets' if met == 1 else 'meet'} {standard.title}."
        )
    _tell_broken(site)


def _measured_lines(standard: Standard, found: Iterable[Measured]) -> Iterator[str]:
    """Each course with what it lacks; then, in few words, what courses lack and what more they could have."""
    lacking: Counter[str] = Counter()
    for one in found:
        if one.meets:
            yield f"{click.style('yes', fg='green', bold=True)}  {harmless(one.path)}"
        else:
            yield f"{click.style('no', fg='yellow', bold=True)}   {harmless(one.path)}"
            yield from (f"       {lack.name}: {lack.mends}" for lack in one.missing)
        lacking.update(lack.name for lack in (*one.missing, *one.possible))
    for number, lack in enumerate(one for one in standard.requirements if one.name in lacking):
        if not number:
            yield ""
        words = ("course could have, where possible", "courses could have, where possible")
        yield f"{counted(lacking[lack.name], *(words if lack.possible else ('course lacks', 'courses lack')))}: {lack.name}"
    yield ""


def write_stale(site: Site, form: str) -> int:
    """Write the entries that time has passed by, in one of TABLES, to standard output; how many they are."""
    from credsite.catalogue.stale import stale

    found = stale(_all(site, Facts).values(), site.plan.catalogue.clock) if site.plan is not None else []
    table = Table(
        ("path", "title", "since", "reasons"),
        tuple((one.path, one.title, one.since.isoformat(), one.reasons) for one in found),
    )
    if form == "json":
        write_exactly(table.as_json())
    elif form == "csv":
        write_exactly(table.as_csv())
    else:
        for one in found:
            click.echo(
                f"{click.style(harmless(one.path), bold=True)}  {harmless(' '.join(one.title.split()))}"
            )
            for reason in one.reasons:
                click.echo(f"    {reason}")
        click.echo(f"{counted(len(found), 'entry', 'entries')} to look at." if found else "Nothing is stale.")
    _tell_broken(site)
    return len(found)


def _all(site: Site, kind: type[Kind]) -> Mapping[str, Kind]:
    """All entries of a kind that can be read, by their slugs; of all kinds, by their paths."""
    entries = site.plan.references.all_entries.values() if site.plan is not None else ()
    return {
        entry.path if kind is Facts else entry.slug: entry for entry in entries if isinstance(entry, kind)
    }


def _tell_broken(site: Site) -> None:
    if site.plan is None:
        click.echo("The site has errors that must be mended first: see `credsite check`.", err=True)
    elif site.left_out:
        number = counted(len(site.left_out), "entry has", "entries have")
        click.echo(f"{number} errors and could not be looked at: see `credsite check`.", err=True)
