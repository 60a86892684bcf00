"""Which colours stand on which in the default theme, by the names of their custom properties in ``tokens.css``.

The palette of a site's own colours is worked out from this table, so each colour that the theme puts on another has to be
here. A test opens pages in a browser and looks for pairs that are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

TEXT_CONTRAST: Final = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
GRAPHIC_CONTRAST: Final = 3.0
"""The least contrast of icons, of the borders of controls, and of what shows the focus (1.4.11)."""

_PAGE: Final = ("paper", "surface", "sunken")
_TINTS: Final = ("accent-soft", "leaf-soft", "warm-soft")

TEXT_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": (*_PAGE, *_TINTS),
    "soft": (*_PAGE, *_TINTS),
    "link": (*_PAGE, *_TINTS),
    "accent-ink": (*_PAGE, "accent-soft"),
    "warm-ink": (*_PAGE, "warm-soft"),
    "leaf-ink": (*_PAGE, "accent-soft", "leaf-soft"),
    "paper": ("ink", "leaf-ink"),
    "on-accent": ("accent", "accent-strong"),
    "on-sun": ("sun",),
    "on-deep": ("deep",),
    "on-deep-soft": ("deep",),
    "sun-ink": ("deep",),
}
"""By colour of text, the colours of the backgrounds."""
GRAPHICS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "line-strong": _PAGE,
    "focus": (*_PAGE, *_TINTS),
    "warm": ("paper", "surface"),
}
"""The same for what is seen and not read."""


class Pair(NamedTuple):
    """A colour on another, and the least contrast that they need."""

    front: str
    background: str
    minimum: float


PAIRS: Final = tuple(
    Pair(front, background, minimum)
    for table, minimum in ((TEXT_ON, TEXT_CONTRAST), (GRAPHICS_ON, GRAPHIC_CONTRAST))
    for front, backgrounds in table.items()
    for background in backgrounds
)
