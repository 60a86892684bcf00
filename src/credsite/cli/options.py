"""What several commands have in common: the site's folder, the moment, and the way errors end a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from credsite.errors import CredsiteError

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., Any])

site_argument = click.argument(
    "site", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[SITE]"
)


class Moment(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A date, or a date and time, with or without an offset."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date or time such as 2027-01-31 or 2027-01-31T09:00.", param, ctx)


def default_jobs() -> int:
    """As many processes as this one may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def plain_errors(command: Command) -> Command:
    """End a command with a sentence, never with a traceback, where a run cannot go on."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except CredsiteError as error:
            click.echo(f"credsite: {error}", err=True)
            sys.exit(WRONG_USE)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(130)

    return run  # type: ignore[return-value]
