"""``credsite csp``"""

from __future__ import annotations

from pathlib import Path

import click

from credsite.cli.decorators import errors_as_messages, site_argument
from credsite.cli.sites import load_settings


@click.command()
@site_argument
@errors_as_messages
def command(site: Path) -> None:
    """Print the Content-Security-Policy that suits SITE, for the settings of your host.

    It says from where browsers may load scripts, pictures and the rest. It allows what credsite.yaml asks for, such as the
    service that counts visitors, and nothing else.
    """
    from credsite.site.security_policy import content_security_policy

    click.echo(content_security_policy(load_settings(site)))
