"""``credsite serve``"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

import click

from credsite.cli.decorators import (
    errors_as_messages,
    internal_error_message,
    jobs_option,
    now_option,
    processor_count,
    site_argument,
)
from credsite.cli.text import progress_bar
from credsite.core.text import join_names

if TYPE_CHECKING:
    import socket

    from credsite.serve.preview import RebuildResult

_HOST: Final = "127.0.0.1"
_PORT: Final = 8000


@click.command()
@site_argument
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="The port to serve at.",
)
@click.option(
    "--host",
    default=_HOST,
    show_default=True,
    help="The address to serve at. The default can be reached from this computer only.",
)
@click.option(
    "--allow-host",
    "allowed_hosts",
    metavar="NAME",
    multiple=True,
    help="Another name by which browsers may ask for the site. Can be given several times.",
)
@now_option("Show the site")
@jobs_option
@click.option("--open", "opens", is_flag=True, help="Open the site in your browser.")
@errors_as_messages
def command(
    site: Path,
    port: int,
    host: str,
    allowed_hosts: tuple[str, ...],
    now: datetime | None,
    jobs: int | None,
    *,
    opens: bool,
) -> None:
    """Preview the website of SITE in your browser. Whenever you save a file, the browser shows the change.

    Drafts and other entries that are not published are shown too, with a banner that says why. With a --host that other
    computers can reach, or with --allow-host, only what a build publishes is shown. While a file has errors, its last good page stays, and the
    browser lists the errors. If the port is taken, the next free one is used.
    """
    import asyncio

    from credsite.build.options import Options
    from credsite.schema.config_file import load_config
    from credsite.serve.hosts import host_name
    from credsite.serve.preview import Preview
    from credsite.serve.preview_folder import open_preview_folder
    from credsite.serve.server import is_shared, listen, serve, server_urls

    names = [host_name(name) for name in allowed_hosts]
    load_config(site)  # raises if this is not a site, before anything is written there
    try:
        with open_preview_folder(site, _warn) as folder, listen(host, port) as listener:
            url, *other_urls = server_urls(host, listener)
            same_command = _serve_command(host, _actual_port(listener, port), names)
            on_network = is_shared(listener)
            # A name leads others here, for instance through a tunnel to this computer.
            shared = on_network or bool(names)
            base_url = (other_urls or [url])[0]
            options = Options(site, None, base_url, now, locate_advice=False, include_unpublished=not shared)
            preview = Preview(options, folder, is_shared=shared)
            report = _result_printer(site, url)
            with progress_bar(show=True) as progress:
                result = preview.rebuild(jobs=jobs or processor_count(), progress=progress)
            report(result)
            click.echo(f"The site is at {url} (Ctrl-C ends it).")
            if shared:
                click.echo(_shared_line(other_urls, on_network=on_network))
            if opens:
                _open_browser(url)
            try:
                asyncio.run(serve(preview, site, host, listener, report, _warn, names, same_command))
            finally:
                preview.remove_unpublished()
    except (KeyboardInterrupt, asyncio.CancelledError):
        pass  # the usual way to end it; nothing but Ctrl-C cancels the server
    click.echo("Stopped.")


def _actual_port(listener: socket.socket, wanted: int) -> int:
    """The port at which the site is served. Says so, if that is another one than the user ``wanted``."""
    port: int = listener.getsockname()[1]
    if wanted not in (0, port):
        click.echo(f"Port {wanted} is taken, so the site is served at port {port}.")
    return port


def _shared_line(urls: Sequence[str], *, on_network: bool) -> str:
    """Who else can see the site, and at which addresses."""
    others = "Others on your network" if on_network else "Others who ask by that name"
    at = f" at {join_names(urls)}" if urls else ""
    return f"{others} can see it{at}. So it shows only what a build publishes, without drafts."


def _serve_command(host: str, port: int, allowed_hosts: list[str]) -> str:
    """The command that serves the site as it is served now."""
    options = [f"--host {host}"] if host != _HOST else []
    options += [f"--port {port}"] if port != _PORT else []
    return " ".join(["credsite serve", *options, *(f"--allow-host {name}" for name in allowed_hosts)])


def _warn(sentence: str) -> None:
    click.echo(sentence, err=True)


def _open_browser(url: str) -> Thread:
    """Open ``url`` in a browser on another thread, because some browsers do not return before they are closed."""
    import webbrowser

    def open_url() -> None:
        try:
            is_open = webbrowser.open(url)
        except (webbrowser.Error, OSError):
            is_open = False
        if not is_open:
            click.echo(f"No browser could be opened. Open {url} yourself.", err=True)

    thread = Thread(target=open_url, daemon=True)
    thread.start()
    return thread


def _result_printer(root: Path, site_url: str) -> Callable[[RebuildResult], None]:
    """A function that prints the result of a build: only problems that the build before did not have, and each notice
    once."""
    from credsite.cli.problem_text import problem_listing
    from credsite.problems.model import Problem, Severity

    previous_problems: set[Problem] = set()
    printed_notices = {""}

    def print_result(result: RebuildResult) -> None:
        new = [
            problem
            for problem in result.problems
            if problem.severity is not Severity.ADVICE and problem not in previous_problems
        ]
        if new:
            click.echo(f"{problem_listing(new, root)}\n", err=True)
        previous_problems.clear()
        previous_problems.update(result.problems)
        if result.notice not in printed_notices:
            printed_notices.add(result.notice)
            click.echo(result.notice, err=True)
        if result.crash:
            click.echo(internal_error_message(result.crash), err=True)
        elif result.failure:
            click.echo(result.failure, err=True)
        click.echo(f"{datetime.now():%H:%M:%S}  {_result_line(result, site_url)}")

    return print_result


def _result_line(result: RebuildResult, site_url: str) -> str:
    """``Built in 0.05 s, 3 files changed: http://127.0.0.1:8000/about/``, or that nothing was built."""
    from urllib.parse import quote

    from credsite.cli.text import problem_count
    from credsite.core.text import pluralize

    problems = f" ({problem_count(result.problems)})" if result.problems else ""
    if result.summary is None and not result.has_pages:
        return f"Not built: the browser shows no page until the website can be built again{problems}."
    if result.summary is None:
        return f"Not built: what the browser shows stays as it is{problems}."
    page = f": {site_url}{quote(result.page)}" if result.page and result.changed else "."
    changed = pluralize(result.summary.written + result.summary.pruned, "file")
    return f"Built in {result.seconds:.2f} s, {changed} changed{problems}{page}"
