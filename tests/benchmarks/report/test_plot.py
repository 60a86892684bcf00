"""The picture of the bench."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from benchmarks.report.plot import svg


def test_the_picture_is_svg_with_a_line_for_each_generator() -> None:
    lines = {"Hugo": [(1_000, 0.4), (10_000, 4.0)], "a < b": [(1_000, 0.5), (10_000, 0.5)], "absent": []}
    root = ElementTree.fromstring(svg({"Cold": lines, "Edited": lines, "Empty": {"Hugo": []}}, "In <words>."))
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    drawn = [
        element
        for element in root.iter()
        if "points" in element.attrib and "faint" not in element.attrib["class"]
    ]
    assert len(drawn) == 4
    assert tags.count("circle") == 8
    texts = {element.text for element in root.iter() if element.text}
    assert {"Cold", "Edited", "Hugo, k = 1.00", "a < b, k = 0.00", "1,000", "In <words>."} <= texts
    assert not {"absent", "Empty"} & texts


def test_greater_costs_are_drawn_higher() -> None:
    root = ElementTree.fromstring(svg({"Cold": {"Hugo": [(100, 1.0), (1_000, 10.0)]}}, ""))
    line = next(element for element in root.iter() if element.tag.endswith("polyline"))
    (x1, y1), (x2, y2) = (map(float, pair.split(",")) for pair in line.attrib["points"].split())
    assert x2 > x1
    assert y2 < y1
    assert math.isfinite(y2)


def test_every_colour_can_be_read_on_its_paper() -> None:
    light, dark = svg({"Cold": {"Hugo": [(100, 1.0)]}}, "").split("@media (prefers-color-scheme: dark)")
    for style in (light, dark):
        paper = found(r"\.paper \{ fill: (#\w+)", style)[0]
        colours = found(r"text[.\w]* \{ (?:font: [^;]*; )?fill: (#\w+)", style)
        assert len(colours) == 6
        assert min(contrast(colour, paper) for colour in colours) >= 4.5


def found(pattern: str, text: str) -> list[str]:
    return re.findall(pattern, text)


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_nothing_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        svg({"Cold": {}}, "")
