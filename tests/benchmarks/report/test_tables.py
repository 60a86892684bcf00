"""The tables of the bench, its budgets and its document."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.measure.meter import Measured
from benchmarks.measure.serving import Reloads
from benchmarks.report.budgets import Budget, budgets
from benchmarks.report.document import document
from benchmarks.report.figures import OwnFields, Results
from benchmarks.report.tables import (
    budget_table,
    filtering_table,
    growth_table,
    large_photos_table,
    output_table,
    own_fields_table,
    ratio_table,
    reload_table,
    stage_table,
    time_table,
    visit_table,
    warnings,
)
from tests.benchmarks.invented import SETTING, everything, results, run


def rows(table: str) -> dict[str, list[str]]:
    """The rows of a table by their first cell, without the heading."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {row[0]: row[1:] for row in cells}


def test_tables_tell_ratios_seconds_and_growth() -> None:
    found = results()
    # Rounds 6/4, 6/9 and 6/5.
    assert rows(ratio_table(found, SETTING, 1_000))["credsite"] == [
        "1.20 (3)",
        "–",
        "0.20 (1)",
        "–",
        "–",
        "0.25",
    ]
    assert rows(time_table(found, SETTING, 1_000))["Hugo"][0] == "5.00 s (1.00; 3)"
    found.html = {(1_000, "credsite"): 5_600_000, (1_000, "hugo"): 4_000_000}
    assert rows(output_table(found, SETTING, 1_000))["credsite"] == ["1,000", "6 MB", "1.40", "–", "100 MB"]
    assert rows(growth_table(found, SETTING)) == {
        "Hugo": ["1.00", "–", "0.00"],
        "credsite": ["1.00", "–", "0.00"],
    }


def test_every_row_of_a_table_has_as_many_cells() -> None:
    table = time_table(results(), SETTING, 1_000).splitlines()
    assert len({line.count("|") for line in table}) == 1
    assert len({len(line) for line in table}) == 1


def test_every_budget_has_a_row_whether_or_not_it_was_measured() -> None:
    nothing, something = rows(budget_table(Results())), rows(budget_table(results()))
    assert len(nothing) == len(something) == 21
    assert {row[-1] for row in nothing.values()} == {"not measured"}
    told = [row[-1] for row in something.values()]
    assert told[:4] == ["**not met**", "**not met**", "not measured", "met"]
    assert told.count("not measured") == 17
    assert something["Cold build of 10,000 courses ÷ Hugo's"][1] == "1.20 × (0.67 to 1.50 in 3 rounds)"
    assert something["Exponent of growth, cold, 1,000 to 10,000 courses"] == ["at most 1.05", "1.00", "met"]


def test_peers_memory_and_the_preview_are_held_to_their_budgets() -> None:
    found = results()
    found.add(10_000, "eleventy", "cold", 1, run(60.0))
    found.add(10_000, "pelican", "cold", 1, run(299.0))
    found.add(10_000, "mkdocs", "cold", 1, run(300.0))
    found.memory[50_000, "credsite"] = 4_000_000_000
    found.html = {(10_000, "credsite"): 141, (10_000, "hugo"): 100}
    found.reloads[10_000] = (
        Reloads("the text of a course", (299.0, 900.0, 20.0)),
        Reloads("the title", (300.0,)),
    )
    told = {one.what: one.verdict for one in budgets(found)}
    assert told["Cold build of 10,000 courses ÷ Eleventy's"] == "**not met**"  # as fast is not ahead
    assert told["Pelican's cold build of 10,000 courses ÷ credsite's"] == "**not met**"
    assert told["MkDocs's cold build of 10,000 courses ÷ credsite's"] == "met"
    assert told["Peak memory of all processes, cold, 50,000 courses"] == "met"
    assert told["Bytes of all HTML files ÷ Hugo's, 10,000 courses"] == "**not met**"
    assert told["`serve`, 10,000 courses: the text of a course saved to shown (median)"] == "met"
    assert told["`serve`, 10,000 courses: the title saved to shown (median)"] == "**not met**"
    assert told["`serve`, 1,000 courses: a file saved to shown"] == "not measured"


def test_large_photos_take_less_than_a_gigabyte_and_are_made_once() -> None:
    found = results()
    found.large_photos[500] = (Measured(200.0, 390.0, 480_000_000, 0.0), run(0.5))
    told = {one.what: (one.verdict, one.measured_text) for one in budgets(found)}
    memory, second = (
        "500 photos of 12 megapixels: peak memory of all processes in the first build",
        "500 photos of 12 megapixels: second build ÷ first",
    )
    assert (told[memory], told[second]) == (("met", "0.48 GB"), ("met", "0.00 ×"))
    assert "| first build  |   200.0 s |        390.0 s | 480 MB |" in large_photos_table(found, 500)
    found.large_photos[500] = (Measured(200.0, 390.0, 1_000_000_000, 0.0), run(4.0))
    told = {one.what: (one.verdict, one.measured_text) for one in budgets(found)}
    assert told[memory][0] == told[second][0] == "**not met**"


def test_photos_may_slow_a_build_in_which_nothing_changed_by_a_fifth() -> None:
    found = results()
    found.photos[1_000] = tuple((run(wall), run(1.0)) for wall in (1.1, 1.3, 1.2))
    told = {one.what: (one.verdict, one.measured_text) for one in budgets(found)}
    what = "Build when nothing changed, 1,000 courses with a photo of 0.5 MB each ÷ without photos"
    assert told[what] == ("met", "1.20 × (1.10 to 1.30 in 3 rounds)")
    found.photos[1_000] = ((run(1.21), run(1.0)),)
    assert {one.what: one.verdict for one in budgets(found)}[what] == "**not met**"


def test_ten_own_fields_may_cost_a_twentieth_of_a_cold_build() -> None:
    found = results()
    what = "Cold build of 10,000 courses with ten own fields ÷ without them (processor time)"
    assert {one.what: one.verdict for one in budgets(found)}[what] == "not measured"
    rounds = tuple((run(9.0, cpu), run(9.0, 10.0)) for cpu in (10.6, 10.1, 10.5))
    found.own_fields[10_000] = OwnFields(rounds, (120, 100), (3_000_000, 2_000_000))
    told = {one.what: (one.verdict, one.measured_text) for one in budgets(found)}
    assert told[what] == ("met", "1.05 × (1.01 to 1.06 in 3 rounds)")
    rows = own_fields_table(found, 10_000).splitlines()
    assert [cell.strip() for cell in rows[2].split("|")[1:-1]] == [
        "with ten own fields",
        "10.50 s",
        "120",
        "3 MB",
    ]
    assert own_fields_table(found, 1_000) == ""
    found.own_fields[10_000] = OwnFields(((run(1.0, 10.6), run(1.0, 10.0)),), (120, 100), (3, 2))
    assert {one.what: one.verdict for one in budgets(found)}[what] == "**not met**"


@pytest.mark.parametrize(
    ("measured", "at_least", "strict", "verdict"),
    [
        (None, False, False, "not measured"),
        (2.0, False, False, "met"),
        (2.0, False, True, "**not met**"),
        (2.1, False, False, "**not met**"),
        (2.0, True, False, "met"),
        (1.9, True, False, "**not met**"),
    ],
)
def test_a_limit_is_kept_or_not(measured: float | None, at_least: bool, strict: bool, verdict: str) -> None:
    assert Budget("x", 2.0, measured, at_least=at_least, strict=strict).verdict == verdict


def test_stages_stand_side_by_side() -> None:
    assert rows(stage_table(everything(), 1_000)) == {
        "read": ["0.50 s (1)", "0.10 s (1)"],
        "render": ["2.25 s (2)", "–"],
        "plan": ["–", "0.05 s (1)"],
    }
    assert stage_table(results(), 1_000) == ""


def test_the_preview_and_the_pages_have_tables() -> None:
    assert rows(reload_table(everything())) == {"1,000": ["the text of a course", "3", "110 ms", "200 ms"]}
    assert rows(visit_table(everything(), 1_000)) == {
        "list": ["20.4 KB", "80.0 KB", "5", "0", "0.010", "88 ms"]
    }
    assert rows(filtering_table(everything(), 1_000)) == {
        "a filter changed (3 times)": ["4.0 ms", "9.0 ms"],
        "a search answered (2 times)": ["2.0 ms", "3.0 ms"],
        "building the index of the search": ["1,234 ms", ""],
        "data loaded for the first filter, compressed": ["225 KB", ""],
    }
    assert reload_table(results()) == visit_table(results(), 1_000) == filtering_table(results(), 1_000) == ""


def test_it_is_said_when_pages_differ_and_when_others_were_at_work() -> None:
    found = results()
    assert warnings(found, SETTING, [1_000]) == []
    found.pages[1_000, "hugo"] = 1_100
    found.add(1_000, "credsite", "theme", 1, run(2.0, others=1.0))
    differ, disturbed = warnings(found, SETTING, [1_000])
    assert "10%" in differ
    assert "0% to 50% of a processor" in disturbed


def test_the_document_tells_what_is_missing() -> None:
    text = document(results(), SETTING, [1_000, 10_000], "performance.svg")
    assert text.startswith("# Performance\n")
    for part in ("A machine.", "There is no npm.", "Hugo 1.0", "(performance.svg)", "10,000 courses:"):
        assert part in text
    assert "{" not in text
    assert "stopped" not in text
    assert "credsite from 6.0 s at 1,000 to 60.0 s at 10,000 (exponent 1.00)" in text
    for heading in ("## Where credsite's time goes", "## The preview", "## In the browser"):
        assert heading not in text
        assert heading in document(everything(), SETTING, [1_000], "x.svg")


def test_the_document_of_a_run_that_was_stopped_says_so() -> None:
    text = document(results(), dataclasses.replace(SETTING, stopped=True), [1_000], "x.svg")
    assert "The run was stopped before its end" in text
