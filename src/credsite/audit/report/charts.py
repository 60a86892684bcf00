"""The geometry of the report's charts, which are drawn as SVG.

Horizontal lengths are in percent of the width, vertical ones in pixels. So a chart fits every screen, and its texts have
the same size everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from credsite.core.text import short_date, without_control_characters

_TOP: Final = 28.0
"""Pixels above the bars, for texts."""
_COLUMN_HEIGHT: Final = 150.0
_LABEL_LINE_HEIGHT: Final = 15.0
_GAP: Final = 0.2
"""The share of a column's width that stays free."""
_TIMELINE_ROW_HEIGHT: Final = 38.0
_MAX_DAYS: Final = 4 * 366
"""The longest timeline. Bars that end later reach to its edge."""
_MAX_LABEL_LENGTH: Final = 32
"""How many characters of a label fit above a bar on a small screen."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A bar, or a part of it. ``is_second`` says that it belongs to the second kind that the legend explains."""

    x: str
    width: str
    y: str
    height: str
    is_second: bool


@dataclass(frozen=True, slots=True)
class ChartText:
    """A text with its baseline at ``y``. ``anchor`` says which part of it is at ``x``, as in SVG."""

    text: str
    x: str
    y: str
    anchor: str = "middle"
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A horizontal or vertical line."""

    x1: str
    y1: str
    x2: str
    y2: str
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. ``description`` says what it shows, for those who cannot see it. ``legend`` names the two kinds of
    rectangles, if there are two."""

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
    """A column with its label in one or more lines. The part ``second`` stands on top of ``first``."""

    label: Sequence[str]
    first: int
    second: int = 0


def column_chart(
    name: str, title: str, text: str, bars: Sequence[Bar], key: tuple[str, str] | None = None
) -> Chart:
    """Columns, each with its number above and its label below. ``text`` describes the chart."""
    highest = max((bar.first + bar.second for bar in bars), default=0) or 1
    place = 100 / max(len(bars), 1)
    bottom = _TOP + _COLUMN_HEIGHT
    blocks: list[Rectangle] = []
    words: list[ChartText] = []
    for number, bar in enumerate(bars):
        left, middle = (number + _GAP / 2) * place, (number + 0.5) * place
        top = bottom
        for value, is_second in ((bar.first, False), (bar.second, True)):
            if value:
                height = max(value / highest * _COLUMN_HEIGHT, 1.0)
                top -= height
                blocks.append(
                    Rectangle(_percent(left), _percent(place * (1 - _GAP)), _px(top), _px(height), is_second)
                )
        total = bar.first + bar.second
        words.append(ChartText(f"{total:,}", _percent(middle), _px(top - 6), is_faint=not total))
        words += (
            ChartText(
                line, _percent(middle), _px(bottom + 18 + _LABEL_LINE_HEIGHT * below), is_faint=below > 0
            )
            for below, line in enumerate(bar.label)
        )
    baseline = ChartLine("0%", _px(bottom), "100%", _px(bottom))
    return Chart(
        name,
        title,
        text,
        _px(bottom + 8 + _LABEL_LINE_HEIGHT * max((len(bar.label) for bar in bars), default=0)),
        tuple(blocks),
        tuple(words),
        (baseline,),
        key if any(bar.second for bar in bars) else None,
    )


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A bar of a timeline, from its beginning to ``ends``."""

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
    """One bar for each of ``bars``, from today to its end, below its label; and a vertical mark at the day ``soon``."""
    lines = list(stretches)
    longest = max([(stretch.ends - today).days for stretch in lines] + [(soon - today).days]) + 1
    days = min(longest, _MAX_DAYS)
    height = _TOP + _TIMELINE_ROW_HEIGHT * len(lines)
    blocks = []
    words = []
    for number, stretch in enumerate(lines):
        y = _TOP + _TIMELINE_ROW_HEIGHT * number
        words.append(ChartText(shortened(stretch.label), "0%", _px(y + 12), "start"))
        words.append(ChartText(short_date(stretch.ends), "100%", _px(y + 12), "end", is_faint=True))
        share = max(((stretch.ends - today).days + 1) / days * 100, 1)
        blocks.append(Rectangle("0%", _percent(min(share, 100)), _px(y + 18), _px(10), stretch.is_soon))
    mark = _percent((soon - today).days / days * 100)
    words.append(
        ChartText(short_date(soon), mark, _px(14), "start" if float(mark[:-1]) < 50 else "end", is_faint=True)
    )
    # The mark leaves out the labels, which would be hard to read otherwise.
    bars = [_TOP + _TIMELINE_ROW_HEIGHT * number + 18 for number in range(len(lines))]
    rules = tuple(ChartLine(mark, _px(y - 1), mark, _px(y + 12), is_dashed=True) for y in bars)
    return Chart(name, title, text, _px(height + 4), tuple(blocks), tuple(words), rules, key)


def shortened(text: str) -> str:
    """``text`` on one line, cut to the length of a label."""
    text = without_control_characters(text)
    return text if len(text) <= _MAX_LABEL_LENGTH else f"{text[: _MAX_LABEL_LENGTH - 1].rstrip()}…"


def _percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def _px(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
