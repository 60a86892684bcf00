"""The Content-Security-Policy under which the pages of a site work: as strict as what the site uses lets it be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from credsite.schema.config import Config
from credsite.site.analytics import tracking_script
from credsite.site.video_players import video_player

_SELF: Final = "'self'"
_NONE: Final = "'none'"
_LAST: Final[Sequence[tuple[str, Sequence[str]]]] = (
    ("base-uri", (_NONE,)),
    ("form-action", (_SELF,)),
    ("frame-ancestors", (_NONE,)),
)

_ONLY_IN_HEADERS: Final = frozenset({"frame-ancestors", "report-uri", "sandbox"})
"""Directives that browsers ignore in a page (Content Security Policy Level 3, section 3.3)."""


def content_security_policy(config: Config, videos: Iterable[str] = ()) -> str:
    """The value of the header for the site with these settings, these addresses of ``videos`` and the default theme."""
    directives = chain(_directives(config), _video_directives(videos), _LAST)
    return "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in directives)


def policy_of_pages(policy: str) -> str:
    """What a page itself can say of a policy, in a `meta` element. Who may frame it, only a header can."""
    return "; ".join(one for one in policy.split("; ") if one.partition(" ")[0] not in _ONLY_IN_HEADERS)


def _directives(config: Config) -> Iterator[tuple[str, Sequence[str]]]:
    tracking = tracking_script(config.analytics)
    scripts: tuple[str, ...] = ()
    sends_to: tuple[str, ...] = ()
    if tracking is not None:
        scripts = (tracking.scripts_from,)
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


def _video_directives(videos: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    players = [player for player in map(video_player, videos) if player is not None]
    frames = sorted({player.origin for player in players if player.frame})
    files = sorted({player.origin or _SELF for player in players if player.is_file})
    if frames:
        yield "frame-src", frames
    if files:
        yield "media-src", files
