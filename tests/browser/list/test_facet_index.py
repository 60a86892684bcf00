"""facet-index.js: which courses match, how many each value would give, and in which order."""

from __future__ import annotations

import random
from math import isnan
from typing import Any

import pytest

from tests.browser.conftest import Run
from tests.support.columns import START, matching, open_at, values_of


def random_columns(size: int, seed: int = 1) -> dict[str, Any]:
    """Invented data of ``size`` courses, in columns as the build writes them."""
    chance = random.Random(seed)

    def facet(name: str, values: int, *, several: bool = False) -> dict[str, Any]:
        codes: list[Any] = []
        for _ in range(size):
            found = sorted(chance.sample(range(values), chance.choice((0, 1, 1, 1, 2, 3)) if several else 1))
            codes.append(found[0] if len(found) == 1 else found)
        terms = [{"id": f"{name}-{n}", "title": f"The {name} {n}"} for n in range(values)]
        return {"id": name, "title": name.title(), "values": terms, "codes": codes}

    def sessions() -> Any:
        if chance.random() < 0.2:
            return 0
        found = []
        for _ in range(chance.randrange(4)):
            start = chance.randrange(200)
            found += [start, start - chance.choice((0, 0, 14, -14))]
        return found

    start = {"id": "start", "title": "Start", "codes": None}
    start["values"] = [{"id": name, "title": name} for name in (*START, "any-time")]
    return {
        "ids": [f"course-{n}" for n in range(size)],
        "facets": [
            facet("industry", 7, several=True),
            facet("mode", 4, several=True),
            facet("level", 3),
            start,
            facet("provider", max(2, size // 40)),
        ],
        "starts": [sessions() for _ in range(size)],
        "cost": [chance.choice((None, 0, 49.5, 120, 120, 495)) for _ in range(size)],
        "currencies": ["CAD", "USD"],
        "currency": [chance.choice((0, 0, 0, 1)) for _ in range(size)],
        "days": [chance.choice((None, 1, 7, 42, 42)) for _ in range(size)],
        "hours": [chance.choice((None, 5, 20)) for _ in range(size)],
        "added": [chance.choice((0, 20_000, 20_100)) for _ in range(size)],
        "skills": {
            "names": ["Reading", "Writing", "__proto__"],
            "codes": [sorted(chance.sample(range(3), chance.randrange(3))) for _ in range(size)],
        },
    }


CHOICES: list[dict[str, list[str]]] = [
    {},
    {"industry": ["industry-2"]},
    {"industry": ["industry-2", "industry-5"], "mode": ["mode-0"]},
    {"mode": ["mode-1", "mode-3"], "level": ["level-0"], "provider": ["provider-1"]},
    {"start": ["30-days"]},
    {"start": ["3-months", "any-time"], "level": ["level-1", "level-2"]},
    {"skill": ["Writing", "__proto__"], "industry": ["industry-0"]},
    {
        "industry": ["industry-2"],
        "mode": ["mode-0"],
        "level": ["level-0"],
        "provider": ["provider-0", "provider-1"],
    },
]


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 200])
@pytest.mark.parametrize("day", [0, 45])
def test_results_and_counts_agree_with_plain_counting(module: Run, size: int, day: int) -> None:
    data = random_columns(size)
    found = module(
        "list/facet-index.js",
        """
        const index = new m.FacetIndex(argument.data, argument.day);
        return argument.choices.map((chosen) => {
            const { numbers, counts } = index.select(chosen);
            return [[...numbers], Object.fromEntries([...counts].map(([id, all]) => [id, [...all]]))];
        });
        """,
        {"data": data, "day": day, "choices": CHOICES},
    )
    for chosen, (numbers, counts) in zip(CHOICES, found, strict=True):
        assert numbers == matching(data, chosen, day), chosen
        for facet in data["facets"]:
            others = {name: values for name, values in chosen.items() if name != facet["id"]}
            ground = matching(data, others, day)
            expected = [
                sum(value["id"] in values_of(data, facet["id"], number, day) for number in ground)
                for value in facet["values"]
            ]
            assert counts[facet["id"]] == expected, (chosen, facet["id"])


def test_given_sets_limit_results_and_counts(module: Run) -> None:
    data = random_columns(100)
    numbers, counts, ordered = module(
        "list/facet-index.js",
        """
        const index = new m.FacetIndex(argument, 0), ranked = [70, 3, 40, 99, 12];
        const found = index.select({ level: ["level-0"] }, [index.setOf(ranked), index.setOf([3, 70, 12, 99, 1_000])]);
        return [[...found.numbers], [...found.counts.get("level")], [...index.ordered(found, "", ranked)]];
        """,
        data,
    )
    level = data["facets"][2]["codes"]
    ground = [3, 12, 70, 99]
    assert numbers == [n for n in ground if level[n] == 0]
    assert counts == [sum(level[n] == code for n in ground) for code in range(3)]
    assert ordered == [n for n in (70, 3, 99, 12) if level[n] == 0]


def test_orders(module: Run) -> None:
    data = random_columns(150)
    day = 20
    orders = module(
        "list/facet-index.js",
        """
        const index = new m.FacetIndex(argument.data, argument.day), found = index.select({ mode: ["mode-0", "mode-1"] });
        return Object.fromEntries(["", "title", "start", "apply-by", "cost", "duration", "added", "unknown"].map(
            (sort) => [sort, [...index.ordered(found, sort)]]));
        """,
        {"data": data, "day": day},
    )
    late = 10**9

    def start(number: int) -> int:
        if data["starts"][number] == 0:
            return late - 1
        return min((s for s, _ in open_at(data, number, day)), default=late)

    def apply_by(number: int) -> int:
        if data["starts"][number] == 0:
            return late - 1
        return min((a for _, a in open_at(data, number, day)), default=late)

    def known(value: float | None) -> float:
        return late if value is None else value

    numbers = matching(data, {"mode": ["mode-0", "mode-1"]}, day)
    cost, days, hours, added = data["cost"], data["days"], data["hours"], data["added"]
    expected = {
        "": numbers,
        "title": numbers,
        "unknown": numbers,
        "start": sorted(numbers, key=start),
        "apply-by": sorted(numbers, key=lambda n: (apply_by(n), start(n))),
        "cost": sorted(
            numbers, key=lambda n: (late if cost[n] is None else data["currency"][n], known(cost[n]))
        ),
        "duration": sorted(numbers, key=lambda n: (known(days[n]), known(hours[n]))),
        "added": sorted(numbers, key=lambda n: -added[n]),
    }
    assert orders == expected


def test_own_fields_are_sorted_by_and_named(module: Run) -> None:
    data = random_columns(4) | {"orders": {"rate": [2, None, 0, 1]}}
    care = {
        "id": "care",
        "title": "Childcare",
        "named": True,
        "values": [{"id": "yes", "title": "Yes"}],
        "codes": [0] * 4,
    }
    order, titles = module(
        "list/facet-index.js",
        """
        const index = new m.FacetIndex(argument, 0);
        const titles = [index.chipTitle("care", "yes"), index.title("care", "yes"), index.chipTitle("mode", "mode-0")];
        return [[...index.ordered(index.select({}), "rate")], titles];
        """,
        data | {"facets": [*data["facets"], care]},
    )
    assert order == [2, 3, 0, 1]
    assert titles == ["Childcare: Yes", "Yes", title_of(data, "mode", "mode-0")]


def title_of(data: dict[str, Any], facet: str, value: str) -> str:
    found = next(one for one in data["facets"] if one["id"] == facet)
    return str(next(one["title"] for one in found["values"] if one["id"] == value))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ids": None}, "ids is not a list"),
        ({"facets": {}}, "facets is not a list"),
        ({"starts": [0]}, "starts has 1 rows, not 3"),
        ({"facets": [{"id": "mode", "title": "", "values": [], "codes": [0, 0, 0]}]}, "mode has no value 0"),
        (
            {"facets": [{"id": "mode", "title": "", "values": None, "codes": []}]},
            "values of mode is not a list",
        ),
        ({"facets": [{"id": "mode", "title": "", "values": [], "codes": [[], []]}]}, "mode has 2 rows"),
        ({"facets": [{"id": "mode", "title": "", "values": [{}], "codes": [0, "a", 0]}]}, "no value a"),
    ],
)
def test_invalid_data_is_rejected(module: Run, change: dict[str, Any], words: str) -> None:
    data = {**random_columns(3), **change}
    body = "try { new m.FacetIndex(argument); } catch (error) { return `${error.name}: ${error.message}`; }"
    found = module("list/facet-index.js", body, data)
    assert found.startswith("TypeError: ")
    assert words in found


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Halifax", "2026-11-25"),
        ("Pacific/Kiritimati", "2026-11-26"),
        ("UTC", "2026-11-26"),
        ("Asia/Kathmandu", "2026-11-26"),
        ("Pacific/Pago_Pago", "2026-11-25"),
        ("Nowhere/At_all", "2026-11-25"),  # the visitor's own day, here that of Halifax
        (None, "2026-11-25"),
    ],
)
def test_today_is_the_day_of_the_site(module: Run, zone: str | None, day: str) -> None:
    body = """
    const [zone, day] = argument;
    return [m.today(zone ?? undefined, new Date("2026-11-26T03:30:00Z")), m.dayNumber(day)];
    """
    today, expected = module("list/start-dates.js", body, [zone, day])
    assert today == expected


def test_text_that_is_no_day_has_no_number(module: Run) -> None:
    assert isnan(module("list/start-dates.js", "return m.dayNumber('soon');"))


def test_filtering_ten_thousand_courses_is_fast(module: Run) -> None:
    """The limit leaves room for a busy machine. The benchmark measures all the work of a list."""
    median = module(
        "list/facet-index.js",
        """
        const index = new m.FacetIndex(argument, 0), times = [];
        for (let turn = 0; turn < 60; turn += 1) {
            const chosen = { industry: [`industry-${turn % 7}`], mode: [`mode-${turn % 4}`], level: ["level-1"] };
            for (let drop = turn % 3; drop; drop -= 1) delete chosen[Object.keys(chosen)[0]];
            const begin = performance.now();
            index.ordered(index.select(chosen), ["", "cost", "start"][turn % 3]);
            times.push(performance.now() - begin);
        }
        return times.sort((a, b) => a - b)[30];
        """,
        random_columns(10_000),
    )
    assert median < 8, f"{median:.1f} ms"
