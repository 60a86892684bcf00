"""How build times grow with the catalogue, as an SVG on logarithmic scales."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

Points = Sequence[tuple[float, float]]

_WIDTH: Final = 420
_HEIGHT: Final = 340
_LEFT: Final = 56
_RIGHT: Final = 88
_TOP: Final = 40
_BOTTOM: Final = 48
_COLOURS: Final = ("#b3261e", "#0f4c5c", "#8a6d00", "#5b3f9e", "#3d6b2f")
_DASHES: Final = ("6 3", "", "2 3", "8 3 2 3", "1 4")
_LABEL_GAP: Final = 13.0


def svg(panels: Mapping[str, Mapping[str, Points]]) -> str:
    """A picture with one panel for each title; each holds lines of (courses, seconds) by generator."""
    lines = {
        title: {name: points for name, points in panel.items() if points} for title, panel in panels.items()
    }
    every = [point for panel in lines.values() for points in panel.values() for point in points]
    if not every:
        raise ValueError("there is nothing to draw")
    names = list(dict.fromkeys(name for panel in panels.values() for name in panel))
    x_range = _decades(x for x, _ in every)
    y_range = _decades(y for _, y in every)
    drawn = [
        _panel(title, panel, names, x_range, y_range, number * _WIDTH)
        for number, (title, panel) in enumerate(lines.items())
    ]
    width = _WIDTH * len(drawn)
    said = "; ".join(title.lower() for title in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12" aria-labelledby="plot_title">\n'
        f'<title id="plot_title">Build time by number of courses: {escape(said)}</title>\n'
        f'<rect width="{width}" height="{_HEIGHT}" fill="#fff"/>\n{"".join(drawn)}</svg>\n'
    )


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten that hold all values."""
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs) + 1e-9), math.ceil(max(logs) - 1e-9)
    return low, max(high, low + 1)


def _panel(
    title: str,
    lines: Mapping[str, Points],
    names: Sequence[str],
    x_range: tuple[int, int],
    y_range: tuple[int, int],
    offset: int,
) -> str:
    def x_of(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log10(value) - x_range[0]) / (
            x_range[1] - x_range[0]
        )

    def y_of(value: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - height * (math.log10(value) - y_range[0]) / (y_range[1] - y_range[0])

    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    parts = [
        f'<g transform="translate({offset} 0)">\n<text x="{_LEFT}" y="22" font-weight="600">{escape(title)}</text>\n'
    ]
    for power in range(x_range[0], x_range[1] + 1):
        x = x_of(10.0**power)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{10**power:,}</text>\n')
    for power in range(y_range[0], y_range[1] + 1):
        y = y_of(10.0**power)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>\n')
    middle = (_LEFT + right) / 2
    parts.append(f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle">courses</text>\n')
    last = -math.inf
    # Labels from top to bottom, moved apart where lines end close together.
    for name, points in sorted(lines.items(), key=lambda item: y_of(item[1][-1][1])):
        number = names.index(name)
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
        path = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        parts += (
            f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3.5" fill="{colour}"/>' for x, y in points
        )
        end_x, end_y = x_of(points[-1][0]), y_of(points[-1][1])
        last = max(end_y, last + _LABEL_GAP)
        parts.append(f'<text x="{end_x + 8:.1f}" y="{last + 4:.1f}" fill="{colour}">{escape(name)}</text>\n')
    return "".join([*parts, "</g>\n"])
