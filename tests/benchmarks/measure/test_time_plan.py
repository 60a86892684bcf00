"""What the bench runs, in which order, and how long it estimates that this takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from benchmarks.measure.time_plan import BUDGETED, PlanOptions, Step, cold_seconds, plan, rounds_of, total
from benchmarks.peers import GENERATORS, REFERENCE
from benchmarks.report.figures import SCENARIOS
from benchmarks.run import SIZES

MAIN = (REFERENCE, "credsite")


def options_for(*sizes: int, rounds: int = 5, everything: bool = True) -> PlanOptions:
    return PlanOptions(sizes, tuple(GENERATORS), MAIN, rounds, profiled=everything, browser=everything)


def builds(steps: list[Step]) -> Counter[tuple[str, str]]:
    return Counter((step.generator, step.scenario) for step in steps if step.task == "build")


def test_the_estimate_of_the_whole_bench_is_about_40_minutes() -> None:
    assert 34 <= cold_seconds(REFERENCE, 10_000) <= 37  # the slow machine that this is promised for
    assert 28 <= total(plan(options_for(*SIZES))) / 60 <= 43


def test_what_budgets_are_about_is_run_in_every_round_at_every_size() -> None:
    for size in SIZES:
        done = builds(plan(options_for(size)))
        assert {done[name, scenario] for name in MAIN for scenario in BUDGETED} == {5}
        assert all(1 <= done[name, scenario] <= 5 for name in MAIN for scenario in SCENARIOS)
        assert all(done[name, "cold"] >= 1 for name in GENERATORS)


def test_the_main_generators_have_the_same_rounds() -> None:
    for size in (*SIZES, 3_000):
        done = builds(plan(options_for(size)))
        for scenario in SCENARIOS:
            assert done[REFERENCE, scenario] == done["credsite", scenario]


def test_slow_generators_are_run_less_often_with_greater_catalogues() -> None:
    rounds = [rounds_of(options_for(size), "mkdocs", "cold", size) for size in SIZES]
    assert rounds == sorted(rounds, reverse=True)
    assert (rounds[0], rounds[-1]) == (5, 1)
    assert builds(plan(options_for(10_000)))["mkdocs", "course"] == 0


def test_rounds_are_interleaved_and_every_case_of_a_round_follows_on_the_cold_one() -> None:
    steps = [step for step in plan(options_for(100, rounds=2)) if step.task == "build"]
    assert [step.number for step in steps] == sorted(step.number for step in steps)
    first = [(step.scenario, step.generator) for step in steps[:7]]
    assert first == [
        *(("cold", name) for name in GENERATORS),
        ("nothing", REFERENCE),
        ("nothing", "credsite"),
    ]


def test_the_greatest_catalogue_is_built_once_for_growth_and_memory() -> None:
    done = Counter((step.task, step.generator) for step in plan(options_for(50_000)))
    assert done["build", REFERENCE] == 1
    assert done["memory", "credsite"] == 1
    assert done["serve", "credsite"] == done["build", "mkdocs"] == 0


def test_photos_are_measured_with_one_size() -> None:
    asked = replace(options_for(*SIZES), large_photos=True)
    steps = [(step.task, step.size) for step in plan(asked) if "photos" in step.task]
    assert steps == [("photos", 1_000), ("large photos", 1_000), ("serve photos", 1_000)]


def test_own_fields_are_measured_with_the_size_that_has_a_budget() -> None:
    asked = replace(options_for(*SIZES), own_fields=True)
    steps = [step for step in plan(asked) if step.task == "own fields"]
    assert [(step.size, step.generator) for step in steps] == [(10_000, "credsite")]
    assert steps[0].number > 1  # rounds


def test_nothing_is_planned_that_cannot_be_had() -> None:
    tasks = {step.task for step in plan(options_for(*SIZES, everything=False))}
    assert tasks == {"prepare", "build", "memory", "photos", "clean"}
    alone = plan(PlanOptions((100,), ("pelican",), MAIN, 1))
    assert {step.generator for step in alone} == {"pelican", ""}


def test_each_size_begins_with_its_sites_and_ends_with_cleaning() -> None:
    steps = plan(options_for(1_000, 100))
    assert [step.size for step in steps] == sorted(step.size for step in steps)
    assert steps[0].task == "prepare"
    assert [step.size for step in steps if step.task == "clean"] == [100, 1_000]
    assert steps[-1].task == "clean"
