"""``credsite dates``"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from credsite.build.content_dates import ContentDates, content_dates_csv, is_foreign, read_content_dates
from credsite.build.options import Options
from credsite.cli.decorators import (
    EXIT_PROBLEMS,
    errors_as_messages,
    jobs_option,
    now_option,
    processor_count,
    site_argument,
)
from credsite.cli.sites import write_result
from credsite.cli.text import display_path, progress_bar
from credsite.content.source_folders import DATES_FILE
from credsite.core.errors import CredsiteError
from credsite.core.text import pluralize, pluralize_nonzero


@click.command()
@site_argument
@now_option("Record")
@jobs_option
@errors_as_messages
def command(site: Path, now: datetime | None, jobs: int | None) -> None:
    """Record when the entries of SITE were first published, and the dates of their sessions.

    Feeds need the first where an entry has no `publish_at`, calendars the second to say that a date has changed. Run it before
    each build that you publish, and commit the file content-dates.csv, which it writes beside credsite.yaml.
    """
    from credsite.build.analysis import analyse
    from credsite.build.cache import Cache
    from credsite.build.recorded_dates import recorded_dates

    before, problems = read_content_dates(site)
    if is_foreign(problems):
        raise CredsiteError(f"{problems[0].message} It was left alone.")
    options = Options(site, now=now, jobs=jobs or processor_count(), locate_advice=False)
    with progress_bar(show=True) as progress, Cache(site) as cache:
        analysed = analyse(options, entry_cache=cache, progress=progress)
    if analysed.config is None or analysed.catalogue is None:
        from credsite.cli.problem_text import problem_listing

        click.echo(problem_listing(analysed.problems, site), err=True)
        click.echo("Nothing was recorded: fix these errors first.", err=True)
        sys.exit(EXIT_PROBLEMS)
    dates = recorded_dates(analysed, before)
    file = site / DATES_FILE
    if dates == before and not problems:
        click.echo(f"{display_path(file)} is up to date.")
        return
    write_result(file, content_dates_csv(dates))
    click.echo(
        f"Wrote {display_path(file)}: {_changes(before, dates) or 'entries that are gone were taken out'}."
    )
    if problems:
        click.echo(f"{pluralize(len(problems), 'line')} that could not be read were taken out.")


def _changes(before: ContentDates, after: ContentDates) -> str:
    new_entries = len(after.first_seen.keys() - before.first_seen.keys())
    old = {(slug, one.name): one for slug, sessions in before.sessions.items() for one in sessions}
    new = {(slug, one.name): one for slug, sessions in after.sessions.items() for one in sessions}
    moved = sum(new[key] != one for key, one in old.items() if key in new)
    return ", ".join(
        pluralize_nonzero(
            (new_entries, "new entry", "new entries"),
            (len(new.keys() - old.keys()), "new session"),
            (moved, "session with other dates", "sessions with other dates"),
        )
    )
