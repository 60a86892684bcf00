"""Colours of screens, the perceptual space OKLCH, and how well one can be read on another.

Sources: https://bottosson.github.io/posts/oklab/ (OKLCH), WCAG 2.2 (contrast). These few formulas take a hundredth of the
time to load that the libraries for colours take, and each build of a site with colours of its own needs them.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final, NamedTuple

HEX: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
"""How a colour is written: ``#7a1f3d``, or ``#fff`` for ``#ffffff``."""
_GAMUT_STEPS: Final = 12
_TOLERANCE: Final = 1e-4


class Oklch(NamedTuple):
    """A colour by its lightness (0 to 1), its chroma (0 for grey, up to about 0.37) and its hue in radians."""

    lightness: float
    chroma: float
    hue: float


def normal_hex(text: str) -> str:
    """The colour ``text``, which matches HEX, with six small digits."""
    digits = text[1:].lower()
    return f"#{digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)}"


@lru_cache(maxsize=256)
def luminance(colour: str) -> float:
    """The relative luminance of a colour such as ``#7a1f3d``, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as ``#7a1f3d``, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def to_oklch(colour: str) -> Oklch:
    """A colour such as ``#7a1f3d`` in OKLCH."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def to_hex(colour: Oklch) -> str:
    """The colour as ``#7a1f3d``. One that no screen shows gets as much chroma as the lightness and the hue allow."""
    channels = _channels(colour)
    if not _is_shown(channels):
        least, most = 0.0, colour.chroma
        for _ in range(_GAMUT_STEPS):
            middle = (least + most) / 2
            if _is_shown(_channels(colour._replace(chroma=middle))):
                least = middle
            else:
                most = middle
        channels = _channels(colour._replace(chroma=least))
    return "#" + "".join(f"{_byte(channel):02x}" for channel in channels)


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return min(channels) >= -_TOLERANCE and max(channels) <= 1 + _TOLERANCE


def _linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue as amounts of light, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def _light(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _byte(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def _channels(colour: Oklch) -> tuple[float, float, float]:
    """Red, green and blue as amounts of light, below 0 or above 1 where no screen shows the colour."""
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
