"""Problems: what is wrong in an author's files, where it is, and how to fix it.

Every part of credsite that reads content collects problems instead of raising an error; `cli/` prints them once, at the
end. While the text of the file is not at hand, a problem gives its location as a key (a path into the front matter) or as
a snippet (a piece of the body). :mod:`credsite.content.locate` turns either into a line and a column when the problem is
shown.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

KeyPath = tuple[str | int, ...]
"""Leads into YAML: ``("sessions", 0, "starts")``. ``()`` is all of it."""


NO_KEY: Final[KeyPath] = ("",)
"""Stands among the wrong keys of a file where something is wrong that is no key."""
MAX_PER_FILE: Final = 10_000
"""How many problems of one file are looked for and told of."""
_MAX_MESSAGE: Final = 2_000


def keys_overlap(key: KeyPath, others: Iterable[KeyPath]) -> bool:
    """Whether ``key`` is one of ``others``, or leads into one of them, or one of them leads into it."""
    return any(key[: len(other)] == other[: len(key)] for other in others)


class Severity(enum.StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the site.

    ``path`` is relative to the site's root, with forward slashes. ``line`` and ``column`` count from 1; 0 means
    that they are not known (yet). ``key`` leads into the YAML (``("sessions", 0, "starts")``), and ``target`` says
    whether the key itself or its value is meant; ``snippet`` is a piece of the body's text.
    """

    path: str
    line: int = 0
    column: int = 0
    key: KeyPath = ()
    target: Literal["key", "value"] = "value"
    snippet: str = ""

    def __str__(self) -> str:
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``message`` is a plain sentence that says what to do.

    ``allowed`` lists the values that may stand there, where they are few; ``suggestion`` is the one that is
    probably meant; ``related`` is the second place where two places disagree.
    """

    code: str
    message: str
    location: Location
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    related: Location | None = None
    severity: Severity = Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.location.path, self.location.line, self.location.column, self.code, self.message)

    def is_affected(self, wrong_keys: Collection[KeyPath]) -> bool:
        """Whether it is about a key that is wrong already. What is found in a body is about no key."""
        key = self.location.key
        return bool(wrong_keys and key and not self.location.snippet and keys_overlap(key, wrong_keys))


def with_others(problem: Problem) -> Problem:
    """``problem``, the last one that is told of its file, which has others."""
    more = "This file has more problems, which are told of as soon as some are fixed."
    return problem if more in problem.message else replace(problem, message=f"{problem.message} {more}")


def limited(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, of each file at most MAX_PER_FILE, and with words of a length that people can read."""
    counts: dict[str, int] = {}
    for problem in problems:
        path = problem.location.path
        count = counts[path] = counts.get(path, 0) + 1
        if count < MAX_PER_FILE:
            yield _shortened(problem)
        elif count == MAX_PER_FILE:
            yield with_others(_shortened(problem))


def _shortened(problem: Problem) -> Problem:
    """``problem`` with the middle of its message left out where that is very long, as where it repeats a very long value."""
    message, suggestion = problem.message, problem.suggestion
    if len(message) <= _MAX_MESSAGE and len(suggestion) <= _MAX_MESSAGE:
        return problem
    if len(message) > _MAX_MESSAGE:
        message = f"{message[: _MAX_MESSAGE // 2]} … {message[-_MAX_MESSAGE // 2 :]}"
    return replace(problem, message=message, suggestion=suggestion if len(suggestion) <= _MAX_MESSAGE else "")
