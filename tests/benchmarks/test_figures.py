"""The arithmetic of the bench, its tables and its picture."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest

from benchmarks.figures import Results, exponent
from benchmarks.meter import Measured
from benchmarks.plot import svg
from benchmarks.report import Setting, budget_table, document, growth_table, ratio_table, time_table, warnings

SETTING = Setting(
    machine="A machine.",
    date="2026-11-23",
    versions={"hugo": "1.0", "credsite": "2.0"},
    titles={"hugo": "Hugo", "credsite": "credsite"},
    missing=["Eleventy was left out. There is no npm."],
    rounds=3,
    reference="hugo",
)


def run(wall: float, cpu: float = 1.0, others: float = 0.0) -> Measured:
    return Measured(wall, cpu, 0, others)


def results() -> Results:
    found = Results()
    for size in (1_000, 10_000):
        for wall in (4.0, 9.0, 5.0):
            found.add(size, "hugo", "cold", run(wall * size / 1_000))
        found.add(size, "credsite", "cold", run(6.0 * size / 1_000))
        found.add(size, "hugo", "course", run(5.0))
        found.add(size, "credsite", "course", run(1.0))
        found.memory |= {(size, "hugo"): 400_000_000, (size, "credsite"): 100_000_000}
        found.pages |= {(size, "hugo"): size, (size, "credsite"): size}
    return found


def test_a_line_holds_medians() -> None:
    line = results().line(1_000, "hugo", "cold")
    assert line is not None
    assert (line.wall, line.cpu, line.runs) == (5.0, 1.0, 3)


def test_ratios_are_those_of_medians() -> None:
    found = results()
    assert found.ratio(1_000, "credsite", "cold", "hugo") == pytest.approx(1.2)
    assert found.ratio(1_000, "hugo", "cold", "hugo") == 1.0
    assert found.ratio(1_000, "credsite", "theme", "hugo") is None
    assert found.memory_ratio(1_000, "credsite", "hugo") == 0.25
    assert found.memory_ratio(7, "credsite", "hugo") is None


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    assert exponent([(x, 3.0 * x**power) for x in (100, 1_000, 10_000)]) == pytest.approx(power)


def test_the_exponent_fits_points_off_the_line() -> None:
    # Logarithms 0, 1, 2 against 0, 1, 1: a slope of one half.
    assert exponent([(1, 1), (10, 10), (100, 10)]) == pytest.approx(0.5)


def test_one_size_has_no_exponent() -> None:
    assert exponent([(100, 1.0)]) is None
    assert exponent([]) is None


def test_points_are_in_order_of_size() -> None:
    assert results().points("credsite", "cold") == [(1_000, 6.0), (10_000, 60.0)]


def test_tables_tell_ratios_seconds_growth_and_budgets() -> None:
    found = results()
    assert "| credsite | 1.20 |" in ratio_table(found, SETTING, 1_000)
    assert "5.00 s (1.00; 3)" in time_table(found, SETTING, 1_000)
    assert "1.00" in growth_table(found, SETTING).splitlines()[2]
    budgets = budget_table(found, SETTING).splitlines()
    assert [line.split("|")[-2].strip() for line in budgets[2:]] == ["kept", "**not kept**", "kept"]


def test_every_row_of_a_table_has_as_many_cells() -> None:
    table = time_table(results(), SETTING, 1_000).splitlines()
    assert len({line.count("|") for line in table}) == 1
    assert len({len(line) for line in table}) == 1


def test_it_is_said_when_pages_differ_and_when_others_were_at_work() -> None:
    found = results()
    assert warnings(found, SETTING, [1_000]) == []
    found.pages[1_000, "hugo"] = 1_100
    found.add(1_000, "credsite", "theme", run(2.0, others=1.0))
    differ, disturbed = warnings(found, SETTING, [1_000])
    assert "10%" in differ
    assert "0% to 50% of a processor" in disturbed


def test_the_document_tells_what_is_missing() -> None:
    text = document(results(), SETTING, [1_000, 10_000], "performance.svg")
    assert text.startswith("# Performance\n")
    for part in ("A machine.", "There is no npm.", "Hugo 1.0", "(performance.svg)", "10,000 courses:"):
        assert part in text
    assert "{" not in text


def test_the_picture_is_svg_with_a_line_for_each_generator() -> None:
    lines = {"Hugo": [(100, 0.4), (1_000, 2.0)], "a < b": [(100, 0.5), (1_000, 3.0)], "absent": []}
    root = ElementTree.fromstring(svg({"Cold": lines, "Edited": lines}))
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert tags.count("polyline") == 4
    assert tags.count("circle") == 8
    texts = {element.text for element in root.iter() if element.text}
    assert {"Cold", "Edited", "a < b", "1,000"} <= texts
    assert "absent" not in texts


def test_greater_costs_are_drawn_higher() -> None:
    root = ElementTree.fromstring(svg({"Cold": {"Hugo": [(100, 1.0), (1_000, 10.0)]}}))
    line = next(element for element in root.iter() if element.tag.endswith("polyline"))
    (x1, y1), (x2, y2) = (map(float, pair.split(",")) for pair in line.attrib["points"].split())
    assert x2 > x1
    assert y2 < y1
    assert math.isfinite(y2)


def test_nothing_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        svg({"Cold": {}})
