"""A plot of build times by size of the catalogue: an SVG with logarithmic scales, for light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from benchmarks.report.figures import exponent

Points = Sequence[tuple[float, float]]

_WIDTH: Final = 480
_HEIGHT: Final = 350
_LEFT: Final = 60
_RIGHT: Final = 136
_TOP: Final = 44
_BOTTOM: Final = 48
_LABEL_GAP: Final = 14.0
_LIGHT: Final = ("#b3261e", "#0f4c5c", "#8a5a00", "#5b3f9e", "#3d6b2f")
_DARK: Final = ("#ff8a80", "#6fd3e8", "#f2c14e", "#c3a6ff", "#a5d68f")
_DASHES: Final = ("6 3", "", "2 3", "8 3 2 3", "1 4")


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic scale between two edges of a panel. ``low`` and ``high`` are powers of ten."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * share

    def decades(self) -> Iterator[float]:
        return (10.0**power for power in range(self.low, self.high + 1))


def svg(panels: Mapping[str, Mapping[str, Points]], text: str) -> str:
    """A plot with one panel for each title. A panel has lines of (courses, seconds) by generator.

    If a line has at least two sizes, its label has the exponent of its fit. ``text`` describes the plot in words. Raises
    ValueError if there is nothing to draw.
    """
    lines = {
        title: {name: points for name, points in panel.items() if points} for title, panel in panels.items()
    }
    lines = {title: panel for title, panel in lines.items() if panel}
    every = [point for panel in lines.values() for points in panel.values() for point in points]
    if not every:
        raise ValueError("there is nothing to draw")
    names = list(dict.fromkeys(name for panel in panels.values() for name in panel))
    x = _Scale(*_decades(courses for courses, _ in every), _LEFT, _WIDTH - _RIGHT)
    y = _Scale(*_decades(seconds for _, seconds in every), _HEIGHT - _BOTTOM, _TOP)
    drawn = [
        _panel(title, panel, names, x, y, number * _WIDTH)
        for number, (title, panel) in enumerate(lines.items())
    ]
    width = _WIDTH * len(drawn)
    said = "; ".join(title.lower() for title in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" role="img" '
        f'aria-labelledby="plot_title" aria-describedby="plot_text">\n'
        f'<title id="plot_title">Build time by number of courses: {escape(said)}</title>\n'
        f'<desc id="plot_text">{escape(text)}</desc>\n'
        f"<style>\n{_style()}</style>\n"
        f'<rect class="paper" width="{width}" height="{_HEIGHT}"/>\n{"".join(drawn)}</svg>\n'
    )


def _style() -> str:
    return (
        "text { font: 12px system-ui, sans-serif; fill: #1f2328 }\n"
        ".title { font-weight: 600 }\n.paper { fill: #fff }\n.grid { stroke: #d8dbdf }\n"
        "polyline { fill: none; stroke-width: 2 }\n.faint { stroke-width: 1; opacity: .4 }\n"
        f"{_colours(_LIGHT)}"
        "@media (prefers-color-scheme: dark) {\ntext { fill: #e6e8eb }\n.paper { fill: #15191e }\n"
        f".grid {{ stroke: #363c44 }}\n{_colours(_DARK)}}}\n"
    )


def _colours(colours: Sequence[str]) -> str:
    return "".join(
        f"polyline.l{number} {{ stroke: {colour} }}\ncircle.l{number}, text.l{number} {{ fill: {colour} }}\n"
        for number, colour in enumerate(colours)
    )


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten that hold all values."""
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs) + 1e-9), math.ceil(max(logs) - 1e-9)
    return low, max(high, low + 1)


def _panel(
    title: str, lines: Mapping[str, Points], names: Sequence[str], x: _Scale, y: _Scale, offset: int
) -> str:
    return "".join(
        [
            f'<g transform="translate({offset} 0)">\n',
            f'<text class="title" x="{_LEFT}" y="22">{escape(title)}</text>\n',
            *_grid(x, y),
            *_lines(lines, names, x, y),
            "</g>\n",
        ]
    )


def _grid(x: _Scale, y: _Scale) -> Iterator[str]:
    for courses in x.decades():
        at = x.at(courses)
        yield f'<path class="grid" d="M{at:.1f} {y.end}V{y.start}"/>'
        yield f'<text x="{at:.1f}" y="{y.start + 18}" text-anchor="middle">{courses:,.0f}</text>\n'
    for seconds in y.decades():
        at = y.at(seconds)
        yield f'<path class="grid" d="M{x.start} {at:.1f}H{x.end}"/>'
        yield f'<text x="{x.start - 8}" y="{at + 4:.1f}" text-anchor="end">{seconds:,g} s</text>\n'
    yield f'<text x="{(x.start + x.end) / 2}" y="{y.start + 36}" text-anchor="middle">courses</text>\n'


def _lines(lines: Mapping[str, Points], names: Sequence[str], x: _Scale, y: _Scale) -> Iterator[str]:
    # Labels are in a column, moved apart if lines end close together. A faint line leads from the end of a line to its label.
    by_height = sorted(lines.items(), key=lambda item: y.at(item[1][-1][1]))
    last = -math.inf
    for name, points in by_height:
        number = names.index(name)
        look, dash = f"l{number % len(_LIGHT)}", _DASHES[number % len(_DASHES)]
        path = " ".join(f"{x.at(courses):.1f},{y.at(seconds):.1f}" for courses, seconds in points)
        yield f'<polyline class="{look}" points="{path}" stroke-dasharray="{dash}"/>'
        for courses, seconds in points:
            yield f'<circle class="{look}" cx="{x.at(courses):.1f}" cy="{y.at(seconds):.1f}" r="3.5"/>'
        end_x, end_y = x.at(points[-1][0]), y.at(points[-1][1])
        last = max(end_y, last + _LABEL_GAP)
        found = exponent(points)
        label = name if found is None else f"{name}, k = {found:.2f}"
        yield f'<polyline class="{look} faint" points="{end_x:.1f},{end_y:.1f} {x.end + 10},{last:.1f}"/>'
        yield f'<text class="{look}" x="{x.end + 14}" y="{last + 4:.1f}">{escape(label)}</text>\n'
