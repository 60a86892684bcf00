"""The colours of a website, light and dark, worked out from the few that its editor has chosen.

Each colour is used as it was given wherever it can be read there. Everything else is derived from it in OKLCH: the same hue,
lighter or darker until it has the contrast with every background that :mod:`credsite.theme.contrast_pairs` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from credsite.core.colours import Oklch, contrast, to_hex, to_oklch
from credsite.schema.brand import Colours
from credsite.theme.contrast_pairs import GRAPHIC_CONTRAST, PAIRS, TEXT_CONTRAST

_WHITE: Final = "#ffffff"
_BLACK: Final = "#000000"
_SUCCESS: Final = "#5f9b6b"
"""What stands for success where the editor has chosen nothing, as in the theme's own colours."""
_STEPS: Final = 14
_PALE: Final = 0.72
"""The lightness from which a colour is too light for the band of the home page, whose words are white."""
_BAND: Final = 0.5
"""The lightness up to which a colour is itself that band."""

Tokens = Mapping[str, str]
"""Colours such as ``#7a1f3d`` by the names of their custom properties, without the hyphens in front."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of both schemes."""

    light: Tokens
    dark: Tokens


class Clash(NamedTuple):
    """Two colours that the editor has chosen and that cannot be read on each other.

    ``front`` and ``background`` are the keys of both, ``ratio`` is their contrast, ``needed`` what they need, and ``nearest``
    the colour nearest to the one in front that has it.
    """

    front: str
    background: str
    ratio: float
    needed: float
    nearest: str


def make_palette(colours: Colours) -> Palette:
    """The palette for ``colours``, in which each colour of text can be read."""
    return Palette(_Light(colours).tokens, _Dark(colours).tokens)


def find_clash(colours: Colours) -> Clash | None:
    """The two colours that are both to be used as they are, on each other, and cannot be."""
    highlight, band = colours.highlight, colours.band
    if highlight is None or band is None or contrast(highlight, band) >= TEXT_CONTRAST:
        return None
    usable = [_moved(highlight, {band: TEXT_CONTRAST}, towards) for towards in (1.0, 0.0)]
    lightness = to_oklch(highlight).lightness
    nearest = min(
        (one for one in usable if contrast(one, band) >= TEXT_CONTRAST),
        key=lambda one: abs(to_oklch(one).lightness - lightness),
    )
    return Clash("highlight", "band", contrast(highlight, band), TEXT_CONTRAST, nearest)


def _moved(colour: str, backgrounds: Mapping[str, float], towards: float) -> str:
    """The colour with the lightness that is nearest to its own, in the direction of 0 or 1, with enough contrast.

    ``backgrounds`` has the least contrast with each background. Black or white where nothing else is enough.
    """

    def is_enough(one: str) -> bool:
        return all(contrast(one, background) >= least for background, least in backgrounds.items())

    if is_enough(colour):
        return colour
    start = to_oklch(colour)
    least, most = 0.0, 1.0  # of the way from the colour's lightness to the end
    found = _WHITE if towards else _BLACK
    for _ in range(_STEPS):
        middle = (least + most) / 2
        lightness = start.lightness + (towards - start.lightness) * middle
        one = to_hex(start._replace(lightness=lightness))
        if is_enough(one):
            most, found = middle, one
        else:
            least = middle
    return found


class _Scheme:
    """Works out the colours of one scheme, one after the other: each of them goes by those of its backgrounds."""

    towards: float
    """The lightness to which colours move that are to be read on the page: 0 for black, 1 for white."""

    def __init__(self, colours: Colours) -> None:
        self.tokens: dict[str, str] = {}
        self.accent = to_oklch(colours.accent)
        self._colours = colours
        self._add_page()
        self._add_accent()
        self._add_secondary()
        self._add_success()
        self._add_band()
        self._add_page_marks()

    def tint(self, lightness: float, chroma: float, of: Oklch | None = None) -> str:
        """A colour with the hue of the accent, or ``of`` another colour, and with no more chroma than that has."""
        source = of or self.accent
        return to_hex(Oklch(lightness, min(chroma, source.chroma), source.hue))

    def readable(self, name: str, colour: str, towards: float | None = None) -> str:
        """``colour``, moved until it has the contrast that the pairs of ``name`` ask for with all backgrounds so far."""
        backgrounds: dict[str, float] = {}
        for pair in PAIRS:
            if pair.front == name and pair.background in self.tokens:
                background = self.tokens[pair.background]
                backgrounds[background] = max(pair.minimum, backgrounds.get(background, 0))
        return _moved(colour, backgrounds, self.towards if towards is None else towards)

    def add(self, name: str, colour: str, towards: float | None = None) -> None:
        self.tokens[name] = self.readable(name, colour, towards)

    def add_words_on(self, name: str, background: str, of: Oklch | None = None) -> bool:
        """Add the colour ``name`` of words on ``background``: white if that can be read, else dark. Whether it is white."""
        is_white = contrast(_WHITE, self.tokens[background]) >= TEXT_CONTRAST
        self.add(name, _WHITE if is_white else self.tint(0.2, 0.02, of), towards=float(is_white))
        return is_white

    def _add_page(self) -> None:
        """The backgrounds and the words of the page."""
        raise NotImplementedError

    def _add_fill(self, colour: str) -> str:
        """The accent as the fill of buttons."""
        raise NotImplementedError

    def _soft(self, of: Oklch, *, strong: bool = False) -> str:
        """A background that only hints at a colour."""
        raise NotImplementedError

    def _band(self) -> str:
        """The background of the band of the home page and of the footer."""
        raise NotImplementedError

    def _add_accent(self) -> None:
        tokens, colour = self.tokens, self._colours.accent
        tokens["accent-soft"] = self._soft(self.accent)
        fill = tokens["accent"] = self._add_fill(colour)
        is_white = self.add_words_on("on-accent", "accent")
        # What is under the pointer moves away from its words, so that these are not harder to read.
        filled = to_oklch(fill)
        tokens["accent-strong"] = to_hex(
            filled._replace(lightness=filled.lightness + (-0.07 if is_white else 0.05))
        )
        self.add("accent-ink", colour)
        is_seen = all(
            contrast(fill, tokens[name]) >= GRAPHIC_CONTRAST for name in ("paper", "surface", "sunken")
        )
        tokens["accent-edge"] = fill if is_seen else tokens["accent-ink"]

    def _add_secondary(self) -> None:
        colour = self._colours.secondary or self._colours.accent
        self.tokens["warm-soft"] = self._soft(to_oklch(colour), strong=not self._colours.secondary)
        self.add("warm-ink", colour)
        self.add("warm", colour)

    def _add_success(self) -> None:
        colour = self._colours.success or _SUCCESS
        self.tokens["leaf"] = colour
        self.tokens["leaf-soft"] = self._soft(to_oklch(colour))
        self.add("leaf-ink", colour)

    def _add_band(self) -> None:
        tokens = self.tokens
        highlight = self._colours.highlight or self._default_highlight()
        tokens["sun"] = highlight
        self.add_words_on("on-sun", "sun", of=to_oklch(highlight))
        tokens["deep"] = self._band()
        is_white = self.add_words_on("on-deep", "deep")
        band = to_oklch(tokens["deep"])
        self.add(
            "on-deep-soft", self.tint(0.88 if is_white else 0.35, 0.03, of=band), towards=float(is_white)
        )
        self.add("sun-ink", highlight, towards=float(is_white))

    def _default_highlight(self) -> str:
        """A light tone of the accent; the accent itself if it is light."""
        if self.accent.lightness >= _PALE:
            return self._colours.accent
        return self.tint(0.9, max(min(self.accent.chroma * 0.6, 0.1), 0.02))

    def _add_page_marks(self) -> None:
        """What has to be read on all backgrounds of the page, which are there by now."""
        for name in ("ink", "soft"):
            self.add(name, self.tokens[name])
        self.add("link", self.tokens["accent-ink"])
        self.add("focus", self.tokens["accent-ink"])


class _Light(_Scheme):
    towards = 0.0

    def _add_page(self) -> None:
        self.tokens.update(
            paper=self.tint(0.988, 0.004),
            surface=_WHITE,
            sunken=self.tint(0.962, 0.009),
            ink=self.tint(0.24, 0.025),
            soft=self.tint(0.45, 0.025),
            line=self.tint(0.885, 0.012),
        )
        self.add("line-strong", self.tint(0.6, 0.02))

    def _add_fill(self, colour: str) -> str:
        return colour

    def _soft(self, of: Oklch, *, strong: bool = False) -> str:
        return self.tint(0.925 if strong else 0.945, 0.035 if strong else 0.025, of)

    def _band(self) -> str:
        if self._colours.band:
            return self._colours.band
        if self.accent.lightness >= _PALE:
            return self.tint(0.25, 0.025)
        if self.accent.lightness > _BAND:
            return self.tint(0.37, 0.1)
        return self._colours.accent


class _Dark(_Scheme):
    towards = 1.0

    def _add_page(self) -> None:
        self.tokens.update(
            paper=self.tint(0.2, 0.014),
            surface=self.tint(0.25, 0.018),
            sunken=self.tint(0.165, 0.012),
            ink=self.tint(0.95, 0.006),
            soft=self.tint(0.78, 0.015),
            line=self.tint(0.36, 0.02),
        )
        self.add("line-strong", self.tint(0.58, 0.025))

    def _add_fill(self, colour: str) -> str:
        # On a dark page, a dark button would be hard to see.
        return _moved(
            colour,
            dict.fromkeys((self.tokens[name] for name in ("paper", "surface")), GRAPHIC_CONTRAST),
            self.towards,
        )

    def _soft(self, of: Oklch, *, strong: bool = False) -> str:
        return self.tint(0.32 if strong else 0.3, 0.06 if strong else 0.045, of)

    def _band(self) -> str:
        band = to_oklch(self._colours.band or self._colours.accent)
        chroma = 0.025 if band.lightness >= _PALE else 0.085
        return self.tint(min(band.lightness, 0.31), chroma, band)
