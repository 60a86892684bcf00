"""What a build has to say to whoever asked for it, in a form that can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from credsite.catalogue.publication import Change, Unpublished
from credsite.problems.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class BuildReport:
    """``problems`` are errors and warnings in order of place; of advice there is only the number.

    ``invalid_entries`` are the paths of broken entries, ``next_change`` is when the site changes by itself, if it does.
    The numbers count what is shown; ``now`` is the moment that the build was for, in the site's time ``zone``.
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

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def is_valid_at(self, now: datetime) -> bool:
        """Whether it would be the same at ``now``, in its own time zone, if no file has changed."""
        following = self.next_change
        return (
            self.now.astimezone(now.tzinfo).date() == now.date()
            and self.now <= now
            and (following is None or now < following.at)
        )
