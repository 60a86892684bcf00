"""The problems of a site, made ready to be shown: with severities and lines, and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from credsite.build.analysed_site import AnalysedSite
from credsite.build.options import Options
from credsite.content.locate import fill_in_locations
from credsite.problems.codes import CODES, with_severities
from credsite.problems.excerpts import file_text_reader
from credsite.problems.model import Problem, Severity


def finish_problems(
    problems: list[Problem], options: Options, severities: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems with their lines and severities, in order of location.

    ``severities`` are those that the settings give to codes.
    """
    with_lines: list[Problem] = []
    without_lines: list[Problem] = []
    for problem in with_severities(problems, severities):
        needs_line = options.locate_advice or problem.severity is not Severity.ADVICE
        (with_lines if needs_line else without_lines).append(problem)
    located = fill_in_locations(with_lines, file_text_reader(options.root))
    return tuple(sorted([*located, *without_lines], key=lambda problem: problem.sort_key))


def with_problems(site: AnalysedSite, options: Options, more: Iterable[Problem]) -> AnalysedSite:
    """The site with ``more`` problems, which only some commands look for."""
    severities = site.config.problems if site.config else {}
    found = [*site.problems, *finish_problems(list(more), options, severities)]
    return replace(site, problems=tuple(sorted(found, key=lambda problem: problem.sort_key)))


def paths_with_errors(problems: Iterable[Problem], severities: Mapping[str, str]) -> frozenset[str]:
    """The paths of the files with an error, which forbids to publish them."""
    return frozenset(
        problem.location.path
        for problem in problems
        if severities.get(problem.code, CODES[problem.code].severity) == Severity.ERROR
    )
