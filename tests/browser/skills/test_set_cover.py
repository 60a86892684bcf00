"""The fewest courses for some skills, as the browser finds them, compared with a search of all sets of courses in Python."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.paths import REPOSITORY
from tests.support.server import serve

Courses = dict[str, Any]
Key = tuple[int, int, float, int, float]

SOLVE = """async ([url, questions]) => {
    const { fewestCourses } = await import(url);
    return questions.map(({ data, wanted, without = [], ...options }) =>
        fewestCourses(data, wanted, { ...options, isAllowed: (course) => !without.includes(course) }));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with serve(REPOSITORY / "themes" / "default" / "assets") as site:
        context = browser.new_context()
        opened = context.new_page()
        opened.goto(site.address("favicon.svg"))
        yield opened
        context.close()


def solve(page: Page, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate(SOLVE, ["/js/skills/set-cover.js", questions])
    assert len(answers) == len(questions)
    return answers


def courses(*rows: tuple[list[int], float | None, float | None]) -> Courses:
    """Data of courses from skills, price in the first currency and hours."""
    return {
        "skills": {"codes": [skills for skills, _, _ in rows]},
        "cost": [cost for _, cost, _ in rows],
        "currency": [-1 if cost is None else 0 for _, cost, _ in rows],
        "hours": [hours for _, _, hours in rows],
    }


def random_courses(chance: random.Random, number: int, skills: int, most: int) -> Courses:
    data = courses(
        *(
            (
                chance.sample(range(skills), chance.randint(0, min(most, skills))),
                chance.choice((None, 0, 0, 19.99, 50, 50, 75, 100, 250.5, chance.randint(1, 400))),
                chance.choice((None, 2, 4.5, 8, 8, 20, chance.randint(1, 80))),
            )
            for _ in range(number)
        )
    )
    data["currency"] = [-1 if cost is None else int(chance.random() < 0.15) for cost in data["cost"]]
    return data


def key(data: Courses, chosen: tuple[int, ...] | list[int], currency: int) -> Key:
    """What covers are compared by: courses, courses without a comparable price, price, courses without workload, hours."""
    unpriced, money, untimed, hours = 0, 0.0, 0, 0.0
    for course in chosen:
        cost, time = data["cost"][course], data["hours"][course]
        if cost is None or (cost > 0 and data["currency"][course] != currency):
            unpriced += 1
        else:
            money += cost
        untimed, hours = (untimed + 1, hours) if time is None else (untimed, hours + time)
    return len(chosen), unpriced, round(money, 6), untimed, round(hours, 6)


def taught_by(data: Courses, chosen: tuple[int, ...] | list[int]) -> set[int]:
    return {skill for course in chosen for skill in data["skills"]["codes"][course]}


def usual_currency(data: Courses, wanted: set[int]) -> int:
    paid = Counter(
        data["currency"][course]
        for course, skills in enumerate(data["skills"]["codes"])
        if wanted & set(skills) and data["cost"][course]
    )
    return min(paid, key=lambda code: (-paid[code], code), default=0)


def best(data: Courses, wanted: set[int]) -> Key:
    """The key of the best cover, found by trying all sets of courses, smaller ones first."""
    useful = [course for course, skills in enumerate(data["skills"]["codes"]) if wanted & set(skills)]
    known = wanted & taught_by(data, useful)
    currency = usual_currency(data, wanted)
    for size in range(len(known) + 1):
        found = [
            key(data, chosen, currency)
            for chosen in combinations(useful, size)
            if known <= taught_by(data, chosen)
        ]
        if found:
            return min(found)
    raise AssertionError("All of the courses cover all that they teach.")


def small_questions(seed: int, number: int, hardest: bool = False) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    questions = []
    for _ in range(number):
        skills = 14 if hardest else chance.randint(2, 12)
        data = random_courses(chance, 18 if hardest else chance.randint(0, 13), skills, chance.randint(1, 5))
        wanted = chance.sample(range(skills + 2), skills if hardest else chance.randint(1, min(skills, 9)))
        questions.append({"data": data, "wanted": wanted})
    return questions


def priced_questions(seed: int, number: int) -> list[dict[str, Any]]:
    """Questions with many covers of one size, which differ only in prices and hours."""
    chance = random.Random(seed)
    questions = []
    for _ in range(number):
        prices = chance.choice(([100], [0], [100, 101, 102], list(range(50, 150))))
        rows = [
            (chance.sample(range(9), 3), chance.choice(prices), chance.randint(20, 40)) for _ in range(22)
        ]
        questions.append({"data": courses(*rows), "wanted": list(range(9))})
    return questions


def check_is_a_cover(question: dict[str, Any], answer: dict[str, Any]) -> None:
    data, wanted = question["data"], set(question["wanted"])
    everything = taught_by(data, range(len(data["cost"])))  # type: ignore[arg-type]
    assert set(answer["missing"]) == wanted - everything
    assert wanted & everything == taught_by(data, answer["courses"]) & wanted
    assert len(set(answer["courses"])) == len(answer["courses"])
    for course, skills in zip(answer["courses"], answer["teaches"], strict=True):
        assert set(skills) == wanted & set(data["skills"]["codes"][course])
        others = [other for other in answer["courses"] if other != course]
        assert not set(skills) <= taught_by(data, others), "One of the courses is not needed."


def test_no_cover_is_better(page: Page) -> None:
    questions = [*small_questions(seed=20270103, number=600), *priced_questions(seed=5, number=150)]
    for question, answer in zip(questions, solve(page, questions), strict=True):
        check_is_a_cover(question, answer)
        wanted = set(question["wanted"])
        found = key(question["data"], answer["courses"], usual_currency(question["data"], wanted))
        assert found == best(question["data"], wanted), question
        assert answer["fewest"]
        assert answer["cheapest"]
        assert answer["atLeast"] == len(answer["courses"])


def test_the_claims_about_a_cover_hold_if_the_search_was_stopped_early(page: Page) -> None:
    chance = random.Random(4)
    questions = small_questions(seed=7, number=100, hardest=True)
    for question in questions:
        question["steps"] = chance.randint(0, 9)
    seen: Counter[tuple[bool, bool]] = Counter()
    for question, answer in zip(questions, solve(page, questions), strict=True):
        check_is_a_cover(question, answer)
        data, wanted = question["data"], set(question["wanted"])
        least = best(data, wanted)
        size = len(answer["courses"])
        assert answer["atLeast"] <= least[0] <= size
        assert answer["fewest"] == (answer["atLeast"] == size)
        if answer["cheapest"]:
            assert key(data, answer["courses"], usual_currency(data, wanted)) == least
        seen[answer["fewest"], answer["cheapest"]] += 1
    assert set(seen) == {(True, True), (True, False), (False, False)}, "Some cases were not met."


def test_a_hard_question_gets_a_cover_and_a_bound(page: Page) -> None:
    """Thirty skills, of which each course teaches five at random: trying all covers would take forever."""
    chance = random.Random(11)
    data = courses(*((chance.sample(range(30), 5), 100, 10) for _ in range(300)))
    question = {"data": data, "wanted": list(range(30)), "steps": 2000}
    (answer,) = solve(page, [question])
    check_is_a_cover(question, answer)
    assert 6 <= answer["atLeast"] <= len(answer["courses"]) <= 11
    assert answer["fewest"] == (answer["atLeast"] == len(answer["courses"]))


def test_the_order_of_the_skills_makes_no_difference(page: Page) -> None:
    chance = random.Random(3)
    data = random_courses(chance, 80, 25, 5)
    skills = chance.sample(range(25), 14)
    orders = [chance.sample(skills, len(skills)) for _ in range(5)]
    answers = solve(page, [{"data": data, "wanted": [*order, order[0]]} for order in orders])
    assert all(answer == answers[0] for answer in answers)


def test_two_courses_may_be_better_than_the_one_that_teaches_most(page: Page) -> None:
    """A greedy search would need three courses here."""
    data = courses(([0, 1, 2], 10, 1), ([3, 4, 5], 10, 1), ([0, 1, 3, 4], 10, 1))
    (answer,) = solve(page, [{"data": data, "wanted": list(range(6))}])
    assert sorted(answer["courses"]) == [0, 1]


def test_among_covers_of_one_size_price_decides_and_then_hours(page: Page) -> None:
    data = courses(
        ([0, 1], 300, 5), ([0, 1], 200, 9), ([0, 1], 200, 8), ([0, 1], None, 1), ([0], 0, 1), ([1], 0, 1)
    )
    (answer,) = solve(page, [{"data": data, "wanted": [0, 1]}])
    assert answer["courses"] == [2]
    assert answer["teaches"] == [[0, 1]]


def test_courses_that_are_not_allowed_are_left_out(page: Page) -> None:
    data = courses(([0, 1], 1, 1), ([0], 1, 1))
    whole, part, none = solve(
        page,
        [{"data": data, "wanted": [0, 1], "without": without} for without in ([], [0], [0, 1])],
    )
    assert (whole["courses"], whole["missing"]) == ([0], [])
    assert (part["courses"], part["missing"]) == ([1], [1])
    assert (none["courses"], none["missing"], none["fewest"]) == ([], [0, 1], True)


def test_no_skills_give_no_courses_and_too_many_are_rejected(page: Page) -> None:
    data = courses(([0], 1, 1))
    assert solve(page, [{"data": data, "wanted": []}])[0]["courses"] == []
    with pytest.raises(Exception, match="RangeError"):
        solve(page, [{"data": data, "wanted": list(range(31))}])


def test_a_substitute_teaches_what_only_its_course_does(page: Page) -> None:
    data = courses(
        ([0, 1, 2], 50, 1), ([2, 3], 50, 1), ([3], 90, 1), ([3, 4], None, 1), ([0, 1], 70, 1), ([0], 1, 1)
    )
    found = page.evaluate(
        """async ([url, data]) => {
            const { fewestCourses, substitutes } = await import(url);
            const cover = fewestCourses(data, [0, 1, 2, 3]);
            return cover.courses.map((course) => [course, substitutes(data, cover, course)]);
        }""",
        ["/js/skills/set-cover.js", data],
    )
    assert dict(found) == {0: [4], 1: [2, 3]}


def test_ten_thousand_courses_and_thirty_skills(page: Page, record_property: Any) -> None:
    """The time is only reported, because it depends on what else the machine does."""
    chance = random.Random(1)
    data = courses(
        *(
            (
                chance.sample(range(200), chance.randint(3, 7)),
                chance.randint(0, 60) * 10,
                chance.randint(4, 60),
            )
            for _ in range(10_000)
        )
    )
    wanted = [chance.sample(range(200), 30) for _ in range(9)]
    answers, times = page.evaluate(
        """async ([url, data, wanted]) => {
            const { fewestCourses } = await import(url);
            const times = [];
            const answers = wanted.map((skills) => {
                const before = performance.now();
                const answer = fewestCourses(data, skills);
                times.push(performance.now() - before);
                return answer;
            });
            return [answers, times];
        }""",
        ["/js/skills/set-cover.js", data, wanted],
    )
    for skills, answer in zip(wanted, answers, strict=True):
        check_is_a_cover({"data": data, "wanted": skills}, answer)
        assert answer["atLeast"] <= len(answer["courses"]) <= answer["atLeast"] + 1
    times = sorted(times)
    record_property("median_ms", round(times[len(times) // 2], 1))
    print(f"median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms")
