"""The geometry of the report's charts, to be drawn as SVG.

Across, everything is in percent of the picture, and down in pixels: so a chart fits a telephone and a desk without its
words becoming smaller or larger than those around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from credsite.core.humanize import short_date

_TOP: Final = 28.0
_TALL: Final = 150.0
_LINE_OF_LABEL: Final = 15.0
_GAP: Final = 0.2
"""The part of a bar's place that stays free."""
_LINE: Final = 38.0
_FURTHEST: Final = 4 * 366
"""Days that a timeline has at most: what ends later reaches to its edge."""
_LONGEST: Final = 32
"""Characters of a label that stand above a line on a small screen."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle: ``x`` and ``width`` in percent, ``y`` and ``height`` in pixels. ``is_second`` is that of a second kind."""

    x: str
    width: str
    y: str
    height: str
    is_second: bool


@dataclass(frozen=True, slots=True)
class ChartText:
    """A text with its baseline at ``y`` pixels. ``anchor`` says which part of it is at ``x``, in percent."""

    text: str
    x: str
    y: str
    anchor: str = "middle"
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line straight across, or down."""

    x1: str
    y1: str
    x2: str
    y2: str
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its name and a text that says what it shows. ``height`` is in pixels. ``key`` explains the two
    kinds of blocks, where there are two."""

    id: str
    title: str
    description: str
    height: str
    rectangles: tuple[Rectangle, ...]
    texts: tuple[ChartText, ...]
    lines: tuple[ChartLine, ...]
    legend: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """``label`` has one line or more. ``second`` stands on ``first``."""

    label: Sequence[str]
    first: int
    second: int = 0


def column_chart(
    name: str, title: str, text: str, bars: Sequence[Bar], key: tuple[str, str] | None = None
) -> Chart:
    """Upright bars, each with its number above it and its label below it."""
    highest = max((bar.first + bar.second for bar in bars), default=0) or 1
    place = 100 / max(len(bars), 1)
    bottom = _TOP + _TALL
    blocks: list[Rectangle] = []
    words: list[ChartText] = []
    for number, bar in enumerate(bars):
        left, middle = (number + _GAP / 2) * place, (number + 0.5) * place
        top = bottom
        for value, is_second in ((bar.first, False), (bar.second, True)):
            if value:
                height = max(value / highest * _TALL, 1.0)
                top -= height
                blocks.append(
                    Rectangle(_percent(left), _percent(place * (1 - _GAP)), _px(top), _px(height), is_second)
                )
        total = bar.first + bar.second
        words.append(ChartText(f"{total:,}", _percent(middle), _px(top - 6), is_faint=not total))
        words += (
            ChartText(line, _percent(middle), _px(bottom + 18 + _LINE_OF_LABEL * below), is_faint=below > 0)
            for below, line in enumerate(bar.label)
        )
    baseline = ChartLine("0%", _px(bottom), "100%", _px(bottom))
    return Chart(
        name,
        title,
        text,
        _px(bottom + 8 + _LINE_OF_LABEL * max((len(bar.label) for bar in bars), default=0)),
        tuple(blocks),
        tuple(words),
        (baseline,),
        key if any(bar.second for bar in bars) else None,
    )


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A line of a timeline: from its beginning to ``ends``."""

    label: str
    ends: date
    is_soon: bool


def timeline_chart(
    name: str,
    title: str,
    text: str,
    today: date,
    soon: date,
    stretches: Iterable[TimelineBar],
    key: tuple[str, str],
) -> Chart:
    """One line for each stretch, from today to its end, below its label; and a mark at the day until which is soon."""
    lines = list(stretches)
    longest = max([(stretch.ends - today).days for stretch in lines] + [(soon - today).days]) + 1
    days = min(longest, _FURTHEST)
    height = _TOP + _LINE * len(lines)
    blocks = []
    words = []
    for number, stretch in enumerate(lines):
        y = _TOP + _LINE * number
        words.append(ChartText(shortened(stretch.label), "0%", _px(y + 12), "start"))
        words.append(ChartText(short_date(stretch.ends), "100%", _px(y + 12), "end", is_faint=True))
        share = max(((stretch.ends - today).days + 1) / days * 100, 1)
        blocks.append(Rectangle("0%", _percent(min(share, 100)), _px(y + 18), _px(10), stretch.is_soon))
    mark = _percent((soon - today).days / days * 100)
    words.append(
        ChartText(short_date(soon), mark, _px(14), "start" if float(mark[:-1]) < 50 else "end", is_faint=True)
    )
    # Not through the labels, which would be hard to read.
    bars = [_TOP + _LINE * number + 18 for number in range(len(lines))]
    rules = tuple(ChartLine(mark, _px(y - 1), mark, _px(y + 12), is_dashed=True) for y in bars)
    return Chart(name, title, text, _px(height + 4), tuple(blocks), tuple(words), rules, key)


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def _px(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
