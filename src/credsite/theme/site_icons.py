"""Which icons a site has, and the manifest that lists them for telephones.

Sources: https://html.spec.whatwg.org/#rel-icon, https://www.w3.org/TR/appmanifest/, and for the safe zone of icons that systems
cut into a shape https://www.w3.org/TR/appmanifest/#icon-masks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from credsite.content.icons import Icon
from credsite.core.serialization import json_bytes

WEB_MANIFEST: Final = "site.webmanifest"


class _Use(NamedTuple):
    """What an icon is for, its size in pixels, the free part at each side, and whether something is behind the picture."""

    use: str
    size: int
    margin: float = 0.0
    has_ground: bool = False


_USES: Final = (
    _Use("tab", 32),
    _Use("apple", 180, margin=0.1, has_ground=True),  # which would be black where nothing is
    _Use("any", 192),
    _Use("any", 512),
    _Use("maskable", 192, margin=0.2, has_ground=True),
    _Use("maskable", 512, margin=0.2, has_ground=True),
)


@dataclass(frozen=True, slots=True)
class SiteIcon:
    """An icon with its output path. ``use``: ``tab`` of a browser, ``apple`` home screen, else a ``purpose`` of the manifest."""

    use: str
    path: str
    icon: Icon


def site_icons(picture: bytes, *, is_svg: bool, ground: str) -> tuple[SiteIcon, ...]:
    """The icons with a picture, on ``ground`` where the picture must not be transparent."""
    icons = [
        (use, Icon(picture, is_svg, use.size, use.margin, ground if use.has_ground else "")) for use in _USES
    ]
    return tuple(
        SiteIcon(use.use, f"assets/brand/{use.use}-{use.size}.{icon.fingerprint[:10]}.png", icon)
        for use, icon in icons
    )


def web_manifest(
    title: str, language: str, base_path: str, icons: Sequence[SiteIcon], *, colour: str, ground: str
) -> bytes:
    """The manifest of the site. ``colour`` is that of the frame which browsers draw around its pages."""
    listed = [
        {
            "src": f"{base_path}{one.path}",
            "sizes": f"{one.icon.size}x{one.icon.size}",
            "type": "image/png",
            "purpose": one.use,
        }
        for one in icons
        if one.use in ("any", "maskable")
    ]
    return json_bytes(
        {
            "id": base_path,
            "name": title,
            "lang": language,
            "start_url": base_path,
            "scope": base_path,
            "display": "browser",
            "theme_color": colour,
            "background_color": ground,
            "icons": listed,
        }
    )
