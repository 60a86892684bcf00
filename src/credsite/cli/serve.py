"""``credsite serve``"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from credsite.cli.errors import errors_as_messages, internal_error_message
from credsite.cli.options import DateTimeType, jobs_option, processor_count, site_argument

if TYPE_CHECKING:
    from credsite.serve.preview import RebuildResult


@click.command()
@site_argument
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where to serve."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to serve at: this computer only."
)
@click.option(
    "--now",
    type=DateTimeType(),
    metavar="DATE",
    help="Show the site as if it were this date, or date and time.",
)
@jobs_option
@click.option("--open", "opens", is_flag=True, help="Open the site in your browser.")
@errors_as_messages
def command(site: Path, port: int, host: str, now: datetime | None, jobs: int | None, *, opens: bool) -> None:
    """Show the website of SITE in your browser, and again whenever you save a file.

    Drafts and entries that are held back are shown too, with a ribbon that says why; at another address than this
    computer's own, only drafts are. While a file is wrong, its last good page stays, with a list of what is wrong. Another
    port is taken where the wanted one is not free.
    """
    import asyncio

    from filelock import FileLock, Timeout

    from credsite.build.options import Options
    from credsite.cli.progress import progress_bar
    from credsite.core.errors import CredsiteError
    from credsite.schema import config
    from credsite.serve.preview import STATE_FOLDER, Preview
    from credsite.serve.server import LOOPBACK_HOSTS, listen, serve, server_url

    config.load(site)  # raises where this is no site, before anything is made there
    lock = _lock_file(site / STATE_FOLDER)
    try:
        with FileLock(lock, timeout=0), listen(host, port) as listener:
            url = server_url(host, listener)
            taken = listener.getsockname()[1]
            if port not in (0, taken):
                click.echo(f"Port {port} is taken, so the site is served at port {taken}.")
            wanted = Options(
                site, base_url=url, now=now, locate_advice=False, include_unpublished=host in LOOPBACK_HOSTS
            )
            preview = Preview(wanted)
            report = _reporter(site, url)
            with progress_bar(show=True) as progress:
                outcome = preview.rebuild(jobs=jobs or processor_count(), progress=progress)
            report(outcome)
            click.echo(f"The site is at {url} (Ctrl-C ends it).")
            if opens:
                _open(url)
            asyncio.run(serve(preview, site, host, listener, report))
    except Timeout:
        raise CredsiteError(
            "Another `credsite serve` shows this site already. End it first with Ctrl-C."
        ) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        pass  # that is how it is meant to end, and nothing but Ctrl-C cancels the server
    click.echo("Stopped.")


def _open(url: str) -> Thread:
    """Open the page in a browser, without waiting for it: some do not return before they are closed."""
    import webbrowser

    def ask() -> None:
        try:
            is_open = webbrowser.open(url)
        except (webbrowser.Error, OSError):
            is_open = False
        if not is_open:
            click.echo(f"No browser could be opened. Open {url} yourself.", err=True)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    return asking


def _lock_file(folder: Path) -> Path:
    from credsite.core.errors import CredsiteError

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CredsiteError(f"{folder} cannot be made: {error.strerror}.") from error
    return folder / "serve.lock"


def _reporter(root: Path, url: str) -> Callable[[RebuildResult], None]:
    """Says what came of a build: of problems only those that the build before did not have, and each notice once.

    ``url`` is that of the site.
    """
    from urllib.parse import quote

    from credsite.cli.problem_text import problem_listing
    from credsite.cli.text import problem_count
    from credsite.core.humanize import pluralize
    from credsite.problems.model import Problem, Severity

    known: set[Problem] = set()
    said: set[str] = {""}

    def report(outcome: RebuildResult) -> None:
        new = [
            problem
            for problem in outcome.problems
            if problem.severity is not Severity.ADVICE and problem not in known
        ]
        if new:
            click.echo(f"{problem_listing(new, root)}\n", err=True)
        known.clear()
        known.update(outcome.problems)
        if outcome.notice not in said:
            said.add(outcome.notice)
            click.echo(outcome.notice, err=True)
        if outcome.fault:
            click.echo(internal_error_message(outcome.fault), err=True)
        elif outcome.failure:
            click.echo(outcome.failure, err=True)
        stamp = f"{datetime.now():%H:%M:%S}"
        count = f" ({problem_count(outcome.problems)})" if outcome.problems else ""
        if outcome.summary is None:
            click.echo(f"{stamp}  Not built: what the browser shows stays as it is{count}.")
        else:
            shown = f": {url}{quote(outcome.page)}" if outcome.page and outcome.changed else ""
            changed = pluralize(outcome.summary.written + outcome.summary.pruned, "file")
            click.echo(f"{stamp}  Built in {outcome.seconds:.2f} s, {changed} changed{count}{shown or '.'}")

    return report
