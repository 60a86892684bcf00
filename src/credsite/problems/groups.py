"""Which of many problems are shown: those of some kinds only, and of each kind the first few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from credsite.problems.model import Problem, Severity

MAX_IN_FULL: Final = 30
"""How many problems are shown one by one. Of more, only the first few of each kind are."""
FIRST_OF_GROUP: Final = 5
_ORDER: Final = list(Severity)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems with one code and severity, in order of location."""

    code: str
    severity: Severity
    problems: tuple[Problem, ...]

    @property
    def file_count(self) -> int:
        return len({problem.location.path for problem in self.problems})

    @property
    def first(self) -> tuple[Problem, ...]:
        """The problems to show: all of a few, else those of the first few files, one of each before a second of any."""
        if len(self.problems) <= FIRST_OF_GROUP:
            return self.problems
        seen: set[str] = set()
        of_other_files: list[Problem] = []
        of_same_files: list[Problem] = []
        for problem in self.problems:
            is_new = problem.location.path not in seen
            seen.add(problem.location.path)
            (of_other_files if is_new else of_same_files).append(problem)
            if len(of_other_files) == FIRST_OF_GROUP:
                break
        shown = [*of_other_files, *of_same_files][:FIRST_OF_GROUP]
        return tuple(sorted(shown, key=lambda problem: problem.sort_key))


def group_by_code(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """The problems by their codes: errors, then warnings, then advice, and the most frequent first."""
    groups: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.severity, problem.code), []).append(problem)
    found = [ProblemGroup(code, severity, tuple(group)) for (severity, code), group in groups.items()]
    return sorted(found, key=lambda group: (_ORDER.index(group.severity), -len(group.problems), group.code))


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """Which problems to show: those of ``severity`` and worse, and those with one of ``codes``; all where these are empty."""

    severity: Severity | None = None
    codes: Collection[str] = ()

    def __bool__(self) -> bool:
        return bool(self.severity or self.codes)

    def shown(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return tuple(problem for problem in problems if self._shows(problem))

    def left_out(self, problems: Sequence[Problem]) -> Mapping[Severity, int]:
        """How many of ``problems`` are not shown, by severity."""
        return Counter(problem.severity for problem in problems if not self._shows(problem))

    def _shows(self, problem: Problem) -> bool:
        is_bad_enough = self.severity is None or _ORDER.index(problem.severity) <= _ORDER.index(self.severity)
        return is_bad_enough and (not self.codes or problem.code in self.codes)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which problems somebody asked for, and how many others there are by severity."""

    shows: ProblemFilter
    left_out: Mapping[Severity, int]

    def as_json(self) -> dict[str, object]:
        """An object with ``severity`` (or null), ``codes``, and ``left_out`` by severity."""
        return {
            "severity": self.shows.severity and self.shows.severity.value,
            "codes": list(self.shows.codes),
            "left_out": {severity.value: self.left_out.get(severity, 0) for severity in Severity},
        }
