"""The arithmetic of the bench."""

from __future__ import annotations

import pytest

from benchmarks.report.figures import Results, exponent
from tests.benchmarks.invented import results, run


def test_a_line_holds_medians() -> None:
    line = results().line(1_000, "hugo", "cold")
    assert line is not None
    assert (line.wall, line.cpu, line.runs) == (5.0, 1.0, 3)


def test_ratios_are_formed_within_a_round_and_their_median_is_taken() -> None:
    found = Results()
    for number, (ours, theirs) in enumerate([(1.0, 2.0), (30.0, 10.0), (4.0, 4.0)], start=1):
        found.add(100, "credsite", "cold", number, run(ours))
        found.add(100, "hugo", "cold", number, run(theirs))
    ratio = found.ratio(100, "credsite", "cold", "hugo")
    assert ratio is not None
    # Of medians it would be 4 ÷ 4 as well, of means 2.2: the least and the greatest tell them apart.
    assert (ratio.median, ratio.least, ratio.greatest, ratio.rounds) == (1.0, 0.5, 3.0, 3)
    found.add(100, "credsite", "cold", 4, run(1_000.0))
    assert found.ratio(100, "credsite", "cold", "hugo") == ratio


def test_the_ratio_is_not_that_of_medians() -> None:
    found = Results()
    for number, (ours, theirs) in enumerate([(1.0, 1.0), (2.0, 4.0), (9.0, 3.0)], start=1):
        found.add(100, "credsite", "cold", number, run(ours))
        found.add(100, "hugo", "cold", number, run(theirs))
    ratio = found.ratio(100, "credsite", "cold", "hugo")
    assert ratio is not None
    assert ratio.median == 1.0  # the medians are 2 and 3


def test_there_is_no_ratio_without_a_common_round() -> None:
    found = results()
    assert found.ratio(1_000, "credsite", "theme", "hugo") is None
    found.add(1_000, "credsite", "theme", 1, run(1.0))
    found.add(1_000, "hugo", "theme", 2, run(1.0))
    assert found.ratio(1_000, "credsite", "theme", "hugo") is None
    assert found.memory_ratio(1_000, "credsite", "hugo") == 0.25
    assert found.memory_ratio(7, "credsite", "hugo") is None


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    assert exponent([(x, 3.0 * x**power) for x in (1_000, 10_000, 50_000)]) == pytest.approx(power)


def test_the_exponent_fits_points_off_the_line() -> None:
    # Logarithms 3, 4, 5 against 0, 1, 1: a slope of one half.
    assert exponent([(1_000, 1), (10_000, 10), (100_000, 10)]) == pytest.approx(0.5)


def test_one_size_has_no_exponent() -> None:
    assert exponent([(1_000, 1.0)]) is None
    assert exponent([]) is None


def test_small_catalogues_say_nothing_on_growth() -> None:
    assert exponent([(100, 0.9), (500, 1.0), (1_000, 1.0)]) is None
    assert exponent([(100, 0.9), (1_000, 1.0), (10_000, 10.0)]) == pytest.approx(1.0)


def test_points_are_in_order_of_size() -> None:
    assert results().points("credsite", "cold") == [(1_000, 6.0), (10_000, 60.0)]
