"""What several commands have in common: the site's folder, the moment, and the way errors end a command."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from credsite.core.errors import CredsiteError

FINE, PROBLEMS, WRONG_USE, OWN_FAULT = 0, 1, 2, 3
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
    "--jobs", "-j", type=click.IntRange(min=1), help="How many processes to use.  [default: one a processor]"
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


def since_start() -> float:
    """Seconds since this process began, also before any of its code ran; 0 where the system does not say."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0.0
    return max(0.0, up - ticks / os.sysconf("SC_CLK_TCK"))


def called_as() -> str:
    """How this command is called from here: its name where the shell finds it, else its path."""
    name = Path(sys.argv[0]).name
    if name != "credsite" or shutil.which(name):
        return "credsite"
    return os.path.relpath(sys.argv[0])


def shown(path: Path) -> str:
    """A path as seen from the current folder, where there is such a way."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return str(path)


def own_fault(error: Exception) -> str:
    """What to say of an error that nobody foresaw; its traceback goes into a file for whoever mends it."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="credsite-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    where = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    return (
        f"credsite: this is a fault of credsite itself, not of your content ({type(error).__name__}: {error}).{where}\n"
        f"Your files are as they were. Please report it, with the file {file.name}."
    )


def without_garbage_collection(command: Command) -> Command:
    """Run a command that makes millions of objects, nearly all of which live until it ends.

    To look for garbage among them, again and again, takes a fifth of a large build, and finds next to nothing.
    """

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return command(*arguments, **options)
        finally:
            if was_on:
                gc.freeze()  # else the interpreter looks through all of them once more before it ends
                gc.enable()

    return run  # type: ignore[return-value]


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
        except (click.exceptions.ClickException, BrokenPipeError):
            raise  # click sees to them; nobody reads on, for instance, where the output went to `head`
        except Exception as error:  # noqa: BLE001 - the last resort, so that nobody is shown a traceback
            click.echo(own_fault(error), err=True)
            sys.exit(OWN_FAULT)

    return run  # type: ignore[return-value]
