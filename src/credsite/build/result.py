"""What a build has to say to whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from credsite.build.output.manifest import WriteSummary
from credsite.build.output.notices import left_notice, rewritten_notice
from credsite.catalogue.unpublished import Change, Unpublished
from credsite.problems.model import Problem, Severity

if TYPE_CHECKING:
    from credsite.build.analysed_site import AnalysedSite
    from credsite.build.withdrawal import Withdrawal


TAKEN_OFF: Final = "Taken off the website, because it must not be published any more:"
"""Comes before the addresses of what a build takes off although it is stopped."""
MAY_BE_MENTIONED: Final = (
    "Other pages may still mention it, because no page can be made before the errors are fixed."
)
"""Comes after these addresses where only the pages of the entries themselves could be removed."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built, in a form that can be stored.

    ``problems`` are errors and warnings in order of location; of advice there is only the number. ``invalid_entries`` are
    the paths of entries with errors, and ``next_change`` is when the site changes by its dates, if it does. The numbers
    count what is published. ``now`` is the moment that the build was for, in the time zone ``zone`` of the site.
    ``hook_packages`` are the names of installed hooks, each with a digest of its code.
    ``git_head`` is the commit whose history dates entries, "" where there is none, None where no entry needs it.
    """

    now: datetime
    zone: str
    problems: tuple[Problem, ...]
    advice_count: int
    invalid_entries: tuple[str, ...]
    unpublished: tuple[Unpublished, ...]
    next_change: Change | None
    pages: int
    courses: int
    stories: int
    pathways: int
    providers: int
    hook_packages: tuple[str, ...] = ()
    git_head: str | None = None

    @classmethod
    def of(cls, site: AnalysedSite) -> BuildReport:
        """The report on an analysed site that has a plan."""
        catalogue, plan = site.catalogue, site.plan
        if catalogue is None or plan is None:
            raise ValueError("a site without a plan cannot be reported on")
        return cls(
            catalogue.clock.now,
            site.config.timezone if site.config else "UTC",
            tuple(problem for problem in site.problems if problem.severity is not Severity.ADVICE),
            site.count(Severity.ADVICE),
            site.invalid_entries,
            catalogue.unpublished,
            catalogue.changes.first,
            len(plan.pages),
            len(catalogue.courses),
            len(catalogue.stories),
            len(catalogue.pathways),
            len(catalogue.providers),
            site.renderer.hooks.packages if site.renderer and site.renderer.hooks else (),
            site.git.head if site.git is not None else None,
        )

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def is_valid_at(self, now: datetime) -> bool:
        """Whether a build for the moment ``now`` would give the same, if no file has changed."""
        following = self.next_change
        return (
            self.now.astimezone(now.tzinfo).date() == now.date()
            and self.now <= now
            and (following is None or now < following.at)
        )


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of a build. ``report`` and ``summary`` are None where errors forbade to write anything.

    ``problems`` may leave out advice: the report has its number. ``notice`` is a sentence for the editor, or ``""``.
    ``is_begun`` says that the errors were found only when some pages had been written. ``withdrawal`` is what was taken off
    the website all the same. ``still_there`` are output paths of files that must not be published any more, and that only
    somebody else may delete.
    """

    problems: tuple[Problem, ...]
    report: BuildReport | None = None
    summary: WriteSummary | None = None
    notice: str = ""
    is_begun: bool = False
    withdrawal: Withdrawal | None = None
    still_there: tuple[str, ...] = ()


def joined_notices(*notices: str, summary: WriteSummary) -> str:
    """Several notices and those of what was written, each on a line of its own and each once."""
    written = (summary.notice, left_notice(summary.left), rewritten_notice(summary.rewritten))
    return "\n".join(dict.fromkeys(filter(None, (*written, *notices))))
