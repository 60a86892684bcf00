"""Arguments and options that several commands have in common."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

site_argument = click.argument(
    "site", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[SITE]"
)
site_option = click.option(
    "--site",
    default=".",
    metavar="SITE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with credsite.yaml.  [default: this folder]",
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="How many processes to use.  [default: one per processor]",
)


class DateTimeType(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A date, or a date and time, with or without a UTC offset, in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date or time such as 2027-01-31 or 2027-01-31T09:00.", param, ctx)


def now_option(what: str) -> Callable[[Function], Function]:
    """The option for another date than today's; ``what`` is what the command does as if it were then."""
    about = f"{what} as if it were this date, or date and time."
    return click.option("--now", type=DateTimeType(), metavar="DATE", help=about)


def processor_count() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
