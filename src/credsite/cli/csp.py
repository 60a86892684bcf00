"""``credsite csp``"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from credsite.cli.decorators import errors_as_messages, site_argument
from credsite.cli.sites import load_settings, load_site_entries

if TYPE_CHECKING:
    from credsite.content.loader import LoadedEntries


@click.command()
@site_argument
@errors_as_messages
def command(site: Path) -> None:
    """Print the Content-Security-Policy that suits SITE, for the settings of your host.

    It says from where browsers may load scripts, pictures and the rest. It allows what credsite.yaml asks for, such as the
    service that counts visitors, and the players of the videos of entries, and nothing else.
    """
    from credsite.site.security_policy import content_security_policy

    settings = load_settings(site)
    entries = load_site_entries(site, settings)
    click.echo(content_security_policy(settings, _videos(entries)))


def _videos(entries: LoadedEntries) -> Iterator[str]:
    """The addresses of all videos, those in drafts too."""
    from credsite.schema.models import Course, Story

    for record in entries.records:
        if record.references:  # a video is one of them
            fields = entries.loader.entry(record).fields
            if isinstance(fields, Course | Story) and fields.video is not None:
                yield fields.video.url
