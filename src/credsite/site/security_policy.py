"""The Content-Security-Policy under which the pages of a site work: as strict as what the site uses lets it be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from credsite.schema.config import Config
from credsite.site.analytics import tracking_script

_SELF: Final = "'self'"
_NONE: Final = "'none'"


def content_security_policy(config: Config) -> str:
    """The value of the header for the site with these settings and the default theme."""
    return "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in _directives(config))


def _directives(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    tracking = tracking_script(config.analytics)
    scripts: tuple[str, ...] = ()
    sends_to: tuple[str, ...] = ()
    if tracking is not None:
        parts = urlsplit(tracking.url)
        scripts = (tracking.scripts_from or f"{parts.scheme}://{parts.netloc}",)
        sends_to = tracking.sends_to
    yield "default-src", (_NONE,)
    yield "script-src", (_SELF, *scripts)
    yield "connect-src", (_SELF, *sends_to)
    yield "img-src", (_SELF, *sends_to)
    yield "style-src", (_SELF,)
    if config.brand is not None and config.brand.has_own_fonts:
        yield "font-src", (_SELF,)
    if config.brand is not None and config.brand.has_icons:
        yield "manifest-src", (_SELF,)
    yield "base-uri", (_NONE,)
    yield "form-action", (_SELF,)
    yield "frame-ancestors", (_NONE,)
