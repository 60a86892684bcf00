"""``credsite publish``"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Unpack

import click
from pydantic import ValidationError

from credsite.build.options import Options
from credsite.cli.build import build_and_report, print_still_there
from credsite.cli.build_options import BuildArguments, asked_options, build_options, quiet_option
from credsite.cli.decorators import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.streams import one_line
from credsite.core.text import pluralize, pluralize_nonzero
from credsite.publishing.git_branch import BranchPublisher
from credsite.publishing.rsync_folder import RsyncPublisher
from credsite.publishing.website import Publication, PublishError, Website, built_website
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import is_real_address, read_settings
from credsite.schema.publish import Publish

_NOT_PUBLISHED: Final = (
    "Nothing was published. With --keep-going, the website is published without the entries that have errors."
)
_NEEDED: Final = ((), ("",), ("base_url",), ("publish",))
"""The settings, or all of them, without which nobody knows where to publish."""
_LISTED: Final = 20
"""How many files a dry run names at most."""


@click.command()
@build_options
@click.option("--branch", metavar="NAME", help="Publish to this branch of Git.")
@click.option(
    "--remote", metavar="NAME", help="The remote of Git, or the address, of this branch.  [default: origin]"
)
@click.option(
    "--rsync",
    "rsync",
    metavar="FOLDER",
    help="Publish to this folder, such as web@server:/srv/www, with rsync.",
)
@click.option(
    "--take-over", is_flag=True, help="Replace what is there, although credsite has not published it."
)
@click.option("--dry-run", is_flag=True, help="Build, and say what would be published, but publish nothing.")
@quiet_option
@errors_as_messages
def command(
    branch: str | None,
    remote: str | None,
    rsync: str | None,
    take_over: bool,
    dry_run: bool,
    quiet: bool,
    **asked_for: Unpack[BuildArguments],
) -> None:
    """Build the website of SITE, and put it into a branch of Git or into a folder on a server.

    `publish` in credsite.yaml says where, or --branch or --rsync. Nothing is published if the content has errors; only
    what must not be published any more, such as the story of a learner who has withdrawn consent, is taken off all the
    same. Only files of the website are published, and only files that credsite has published are replaced or removed.
    """
    started = time.perf_counter()
    options = asked_options(asked_for)
    settings = read_settings(options.root)
    job = None
    if not any(key[:1] in _NEEDED for key in settings.wrong_keys):
        config = settings.config.with_base_url(options.base_url) if options.base_url else settings.config
        job = _Job(config, options, _target(config.publish, branch, remote, rsync))
        job.check()
    built = build_and_report(options, started, quiet=quiet, publishes=job is not None)
    taken_off = built.withdrawal if built.withdrawal and built.withdrawal.addresses else None
    if job is None or (built.report is None and taken_off is None):
        click.echo(_NOT_PUBLISHED if job else "Nothing was published.", err=True)
        sys.exit(EXIT_PROBLEMS)
    with built_website(options, taken_off.summary.removed if taken_off else ()) as website:
        for publication in job.publish(website, dry_run=dry_run, takes_over=take_over):
            if dry_run or not quiet:
                for line in _lines(publication, job.config.base_url, dry_run=dry_run):
                    click.echo(line)
    print_still_there(built.still_there, options)
    has_errors = built.report is None or built.report.has_errors
    sys.exit(EXIT_PROBLEMS if has_errors or built.still_there else EXIT_OK)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is published, and where."""

    config: Config
    options: Options
    target: Publish

    def check(self) -> None:
        """Raise PublishError where nothing can be published, as far as that is known before anything is built."""
        if not is_real_address(self.config.base_url):
            raise PublishError(
                f"`base_url` is {self.config.base_url}, which is only an example. All links, feeds and calendars of the website would "
                f"lead there. Write the address at which visitors will find it into {CONFIG_FILE}."
            )
        if self.target.branch:
            self._branch_publisher(self.target.branch).check()
        if self.target.rsync:
            RsyncPublisher(self.options.root, self.target.rsync).check(self.options.output_folder)

    def publish(self, website: Website, *, dry_run: bool, takes_over: bool) -> Iterator[Publication]:
        """Publish to one place after the other. Raises PublishError."""
        if self.target.branch:
            publisher = self._branch_publisher(self.target.branch)
            yield publisher.publish(website, self.config.base_url, dry_run=dry_run, takes_over=takes_over)
        if self.target.rsync:
            folder = RsyncPublisher(self.options.root, self.target.rsync)
            yield folder.publish(website, dry_run=dry_run, takes_over=takes_over)

    def _branch_publisher(self, branch: str) -> BranchPublisher:
        return BranchPublisher(self.options.root, self.target.remote, branch)


def _target(settings: Publish | None, branch: str | None, remote: str | None, rsync: str | None) -> Publish:
    """Where to publish: what the options say, else the settings. Raises UsageError where neither says it."""
    chosen = settings.model_dump() if settings else {}
    if branch or rsync:
        chosen |= {"branch": branch, "rsync": rsync}
    if remote:
        chosen["remote"] = remote
    if not (chosen.get("branch") or chosen.get("rsync")):
        raise click.UsageError(
            f"Nothing says where the website goes. Write `publish` into {CONFIG_FILE}, or add --branch gh-pages, or --rsync and a folder."
        )
    try:
        return Publish.model_validate(chosen)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise click.BadParameter(wrong["msg"], param_hint=f"--{wrong['loc'][0]}") from None


def _lines(publication: Publication, base_url: str, *, dry_run: bool) -> Iterator[str]:
    """What was published where, and what is different now."""
    lists = {"new": publication.new, "changed": publication.changed, "removed": publication.removed}
    if dry_run:
        for word, paths in lists.items():
            yield from (f"  {word:8} {one_line(path)}" for path in paths[:_LISTED])
            if len(paths) > _LISTED:
                yield f"  {word:8} and {pluralize(len(paths) - _LISTED, 'other')}"
    yield from publication.notes
    counts = pluralize_nonzero(
        *((len(paths), f"file {word}", f"files {word}") for word, paths in lists.items())
    )
    place = one_line(publication.place)
    if publication.is_up_to_date:
        yield f"Nothing to publish: {place} already has this website, {base_url} ."
    elif dry_run:
        yield f"This would be published to {place}, for {base_url} : {', '.join(counts)}. Nothing was published."
    else:
        yield f"Published {base_url} to {place}: {', '.join(counts)}."
