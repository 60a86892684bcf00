"""What the commands have in common: arguments and options, exit codes, and how a command ends that cannot go on.

It ends with a sentence, never with a traceback.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from credsite.core.dates import YEARS
from credsite.core.errors import CredsiteError, error_message, system_error_message

EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE_ERROR, EXIT_INTERNAL_ERROR = 0, 1, 2, 3
_EXIT_INTERRUPTED = 130
Command = TypeVar("Command", bound=Callable[..., Any])

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
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date or time such as 2027-01-31 or 2027-01-31T09:00.", param, ctx)
        if moment.year not in YEARS:
            self.fail(f"{value!r} is not in the years {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        return moment


def now_option(what: str) -> Callable[[Command], Command]:
    """The option for another date than today's; ``what`` is what the command does as if it were then."""
    about = f"{what} as if it were this date, or date and time."
    return click.option("--now", type=DateTimeType(), metavar="DATE", help=about)


def processor_count() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def errors_as_messages(command: Command) -> Command:
    """Decorate a command so that every exception ends it with a message on standard error and an exit code."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except CredsiteError as error:
            _exit_with(error, options.get("site"))
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(_EXIT_INTERRUPTED)
        except (click.exceptions.ClickException, BrokenPipeError):
            raise  # click handles these
        except Exception as error:  # noqa: BLE001 - the last resort, so that nobody sees a traceback
            message = system_error_message(error) if isinstance(error, OSError) else None
            click.echo(f"credsite: {message}" if message else internal_error_message(error), err=True)
            sys.exit(EXIT_USAGE_ERROR if message else EXIT_INTERNAL_ERROR)

    return run  # type: ignore[return-value]


def internal_error_message(error: Exception) -> str:
    """A message about an unexpected error. Writes the traceback to a temporary file that the user can send to us."""
    notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    return (
        f"credsite: this is a fault of credsite itself, not of your content ({type(error).__name__}: {error}).{notes}\n"
        f"Your files are as they were. Please report it, with {_traceback_file(error)}."
    )


def _traceback_file(error: Exception) -> str:
    """Where the traceback of ``error`` is, as the end of a sentence. It is lost if no file can be written."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="credsite-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError:  # such as a full disk
        return "what you did"
    return f"the file {file.name}"


def _exit_with(error: CredsiteError, site: Path | None) -> NoReturn:
    """End the command with a message or, if a template of the theme of ``site`` failed, with a listed problem."""
    # Imported here, because most commands run without a theme.
    from credsite.theme.loader import ThemeError

    if site is None or not isinstance(error, ThemeError):
        click.echo(f"credsite: {error_message(error)}", err=True)
        sys.exit(EXIT_USAGE_ERROR)
    from credsite.build.sources import theme_problem
    from credsite.cli.problem_text import problem_listing

    click.echo(problem_listing([theme_problem(error, site)], site), err=True)
    for note in getattr(error, "__notes__", ()):
        click.echo(f"\n{note}", err=True)
    sys.exit(EXIT_PROBLEMS)
