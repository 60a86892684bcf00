"""Which of many problems are shown."""

from __future__ import annotations

import pytest

from credsite.problems.groups import FIRST_OF_GROUP, ProblemFilter, group_by_code
from credsite.problems.model import Location, Problem, Severity

ERROR = Problem("bad-date", "No date.", Location("a.md", 1, 1))
WARNING = Problem("broken-link", "No page.", Location("b.md", 1, 1), severity=Severity.WARNING)
ADVICE = Problem("missing-price", "No price.", Location("c.md", 1, 1), severity=Severity.ADVICE)
ALL = (ADVICE, WARNING, ERROR)


def test_the_worst_kinds_come_first_and_then_the_most_frequent() -> None:
    other = Problem("bad-price", "No price.", Location("a.md", 2, 1))
    groups = group_by_code([*ALL, other, Problem("bad-price", "No price.", Location("b.md", 2, 1))])
    assert [(group.code, len(group.problems)) for group in groups] == [
        ("bad-price", 2), ("bad-date", 1), ("broken-link", 1), ("missing-price", 1)
    ]  # fmt: skip


def test_the_first_of_a_kind_are_of_as_many_files_as_possible() -> None:
    problems = [Problem("bad-date", "No.", Location("a.md", line, 1)) for line in range(1, 9)]
    problems += [Problem("bad-date", "No.", Location(f"{name}.md", 1, 1)) for name in "bcd"]
    (group,) = group_by_code(problems)
    assert len(group.first) == FIRST_OF_GROUP
    assert [str(problem.location) for problem in group.first] == [
        "a.md:1:1", "a.md:2:1", "b.md:1:1", "c.md:1:1", "d.md:1:1"
    ]  # fmt: skip
    assert group.file_count == 4


@pytest.mark.parametrize(
    ("shows", "expected", "left_out"),
    [
        (ProblemFilter(), ALL, {}),
        (ProblemFilter(Severity.ADVICE), ALL, {}),
        (ProblemFilter(Severity.WARNING), (WARNING, ERROR), {Severity.ADVICE: 1}),
        (ProblemFilter(Severity.ERROR), (ERROR,), {Severity.ADVICE: 1, Severity.WARNING: 1}),
        (ProblemFilter(codes=("broken-link", "bad-date")), (WARNING, ERROR), {Severity.ADVICE: 1}),
        (ProblemFilter(Severity.ERROR, ("broken-link",)), (), dict.fromkeys(Severity, 1)),
    ],
)
def test_a_filter_shows_what_is_asked_for_and_counts_the_rest(
    shows: ProblemFilter, expected: tuple[Problem, ...], left_out: dict[Severity, int]
) -> None:
    assert shows.shown(ALL) == expected
    assert shows.left_out(ALL) == left_out
