"""``credsite csp``"""

from __future__ import annotations

from pathlib import Path

import click

from credsite.cli.decorators import errors_as_messages, site_argument
from credsite.cli.sites import load_settings, load_site_entries


@click.command()
@site_argument
@errors_as_messages
def command(site: Path) -> None:
    """Print the Content-Security-Policy that suits SITE, for the settings of your host.

    It says from where browsers may load scripts, pictures and the rest. It allows what credsite.yaml asks for, such as the
    service that counts visitors, and the players of the videos of entries, and nothing else.
    """
    from credsite.site.security_policy import content_security_policy
    from credsite.site.videos import video_addresses

    settings = load_settings(site)
    entries = load_site_entries(site, settings)
    click.echo(content_security_policy(settings, video_addresses(entries.records, entries.loader)))
