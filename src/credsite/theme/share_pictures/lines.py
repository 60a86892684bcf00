"""Breaks a text into lines that fit into a width, by the widths of the letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from credsite.theme.share_pictures.picture_fonts import PictureFont, chosen_fonts, text_runs

_ELLIPSIS: Final = "…"
RIGHT_TO_LEFT: Final = Markup("\u2067{}\u2069")
"""Signs that are not seen, and that have a text run from right to left though its first letters run the other way."""
_STEPS: Final = 6
_OPENING: Final = ("Ps", "Pi")
_CLOSING: Final = ("Pe", "Pf", "Po", "Mn", "Mc")

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text as it can be drawn: its lines, the fonts that have its letters, the main one first, and their size.

    Lines are SVG: what is not in the main font is in an element that says in which it is.

    Without ``lines`` there is nothing that can be drawn. ``width`` is that of the longest line.
    """

    lines: tuple[Markup, ...] = ()
    fonts: tuple[PictureFont, ...] = ()
    size: float = 0
    width: float = 0

    @property
    def family(self) -> str:
        return self.fonts[0].family

    @property
    def weight(self) -> int:
        return self.fonts[0].weight

    def __bool__(self) -> bool:
        return bool(self.lines)


NOTHING: Final = FittedText()


def fitted_text(
    text: str,
    fonts: Sequence[PictureFont],
    width: float,
    sizes: Sequence[tuple[float, int]],
    *,
    is_rtl: bool = False,
) -> FittedText:
    """``text`` in the first of ``sizes`` in which it fits into ``width``. Each has the most lines that there may be.

    Where it fits in none, it ends with an ellipsis after a word. Lines are about as long as each other. ``is_rtl`` says whether
    the words of the site run from right to left.
    """
    chosen = chosen_fonts(text, fonts)
    if chosen is None:
        return NOTHING
    used, drawn = chosen
    units = list(_units(drawn))
    for size, most_lines in sizes:

        def measure(line: str, size: float = size) -> float:
            return sum(font.width(run, size) for font, run in text_runs(line, used))

        lines = _wrapped(units, width, measure)
        has_whole_words = all(measure(unit) <= width for unit in units)
        if len(lines) <= most_lines and (has_whole_words or size == sizes[-1][0]):
            lines = _balanced(units, lines, width, measure)
            break
    else:
        lines = _shortened(lines, most_lines, width, measure)
    longest = max(map(measure, lines))
    return FittedText(tuple(_marked(line.strip(), used, is_rtl) for line in lines), used, size, longest)


def _marked(line: str, fonts: Sequence[PictureFont], is_rtl: bool) -> Markup:
    # Not left to the library that draws: where one font has fewer glyphs for a text than another, it draws boxes.
    mark = Markup('<tspan font-family="{}" font-weight="{}">{}</tspan>')
    marked = Markup("").join(
        escape(run) if font is fonts[0] else mark.format(font.family, font.weight, run)
        for font, run in text_runs(line, fonts)
    )
    return RIGHT_TO_LEFT.format(marked) if is_rtl else marked


def _units(text: str) -> Iterator[str]:
    """The pieces between which a line may end, each with the space behind it: words, and the characters of scripts without spaces."""
    unit = ""
    for character in text:
        if unit and _is_break(unit[-1], character):
            yield unit
            unit = ""
        unit += character
    if unit:
        yield unit


def _is_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before == " ":
        return after != " "
    if not (_is_ideograph(before) or _is_ideograph(after)):
        return False
    return (
        unicodedata.category(after) not in (*_CLOSING, "Zs") and unicodedata.category(before) not in _OPENING
    )


def _is_ideograph(character: str) -> bool:
    """Whether it is of a script in which a line may end after each character: Chinese or Japanese."""
    return unicodedata.east_asian_width(character) == "W" and not unicodedata.name(character, "").startswith(
        "HANGUL"
    )


def _wrapped(units: Sequence[str], width: float, measure: Measure) -> list[str]:
    """The lines, each as long as possible. A piece that is too long for a line is broken anywhere."""
    lines: list[str] = []
    line = ""
    for unit in units:
        if not line or measure((line + unit).rstrip()) <= width:
            line += unit
        else:
            lines.append(line)
            line = unit
        while measure(line.rstrip()) > width:
            cut = _longest_start(line, width, measure)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _longest_start(text: str, width: float, measure: Measure) -> int:
    """How many characters of ``text`` fit, and at least one. A mark stays with its letter."""
    cut = len(text) - 1
    while cut > 1 and (measure(text[:cut]) > width or unicodedata.combining(text[cut])):
        cut -= 1
    return cut


def _balanced(units: Sequence[str], lines: list[str], width: float, measure: Measure) -> list[str]:
    """As many lines, the longest of which is as short as possible: so the last one has no word alone."""
    narrow, wide = width / 2, width
    for _ in range(_STEPS if len(lines) > 1 else 0):
        middle = (narrow + wide) / 2
        tried = _wrapped(units, middle, measure)
        if len(tried) == len(lines) and all(measure(unit.rstrip()) <= middle for unit in units):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _shortened(lines: Sequence[str], most: int, width: float, measure: Measure) -> list[str]:
    """The first ``most`` lines, the last of which ends with an ellipsis after a word."""
    last = lines[most - 1].rstrip()
    while last and measure(last + _ELLIPSIS) > width:
        shorter = last.rpartition(" ")[0]
        last = (shorter or last[:-1]).rstrip(" ,;:.–—-")
    return [*lines[: most - 1], last.rstrip(" ,;:.–—-") + _ELLIPSIS]
