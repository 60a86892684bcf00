"""The list of problems as HTML: for the overlay on pages, and for the page shown while nothing could be built.

All text is escaped here, because some of it comes straight from the files of the site.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from credsite.content.source_folders import THEMES
from credsite.core.hashing import digest
from credsite.core.text import pluralize, pluralize_nonzero
from credsite.problems.codes import meaning_of
from credsite.problems.excerpts import Excerpt, ExcerptFinder
from credsite.problems.groups import MAX_IN_FULL, group_by_code
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.suggestions import did_you_mean, list_allowed
from credsite.schema.config import CONFIG_FILE

_LISTED_SEVERITIES: Final = (Severity.ERROR, Severity.WARNING)
_BACKTICKS: Final = re.compile("`([^`]+)`")

_SHARED_FAILURE: Final = (
    "The website cannot be built now. The terminal in which `credsite serve` runs says why."
)


@dataclass(frozen=True, slots=True)
class ProblemList:
    """``heading`` has the numbers of problems, ``html`` the list below it.

    ``id`` differs between different lists, and is "" if there is nothing to list. ``is_urgent`` says whether the pages
    cannot show what the files say.
    """

    id: str = ""
    heading: str = ""
    is_urgent: bool = False
    html: str = ""


def problem_list(
    problems: Collection[Problem],
    failure: str,
    read: Callable[[str], str | None],
    *,
    is_outdated: bool = False,
    private: Collection[Problem] = (),
) -> ProblemList:
    """The errors, then the warnings, each with its line of the file; of very many, the first few of each kind.

    Advice is only counted.

    ``failure`` is a sentence about what stopped the build, or "". ``is_outdated`` says whether browsers still show the
    pages of an earlier build. ``read`` returns the text of a file, given its path in the site. Of the ``private`` problems,
    nothing but their number is said.
    """
    counts = Counter(problem.severity for problem in (*problems, *private))
    listed = [
        problem for severity in _LISTED_SEVERITIES for problem in problems if problem.severity is severity
    ]
    number_private = sum(problem.severity in _LISTED_SEVERITIES for problem in private)
    if not listed and not failure and not number_private:
        return ProblemList()
    excerpts = ExcerptFinder(read)
    items = [f'<li class="error"><p>{_text(failure)}</p></li>'] if failure else []
    groups = group_by_code(listed) if len(listed) > MAX_IN_FULL else []
    items += (_item(problem, excerpts.find(problem.location)) for problem in (() if groups else listed))
    for group in groups:
        items += (_item(problem, excerpts.find(problem.location)) for problem in group.first)
        if more := len(group.problems) - len(group.first):
            items.append(
                f'<li class="{group.severity}"><p>And {more:,} more: <code>{group.code}</code></p></li>'
            )
    if number_private:
        items.append(
            f"<li><p>{pluralize(number_private, 'problem')} in files that are not on the website: see the "
            "terminal in which <code>credsite serve</code> runs.</p></li>"
        )
    parts = [f"<ol>{''.join(items)}</ol>"]
    if groups:
        totals = ", ".join(f"{len(group.problems):,} <code>{group.code}</code>" for group in groups)
        parts.insert(0, f"<p>{totals}</p>")
    if is_outdated:
        parts.insert(
            0, "<p>The website is not built again until this is fixed. What you see is from before.</p>"
        )
    if advice := counts[Severity.ADVICE]:
        number = pluralize(advice, "piece of advice", "pieces of advice")
        parts.append(
            f"<p>There {'is' if advice == 1 else 'are'} also {number}: see <code>credsite check</code>.</p>"
        )
    heading = pluralize_nonzero(
        (counts[Severity.ERROR] + bool(failure), "error"), (counts[Severity.WARNING], "warning")
    )
    text = "".join(parts)
    return ProblemList(
        digest(text.encode())[:16], ", ".join(heading), bool(counts[Severity.ERROR] or failure), text
    )


def shared_problem_list(
    problems: Collection[Problem], failure: str, published: Collection[str], *, is_outdated: bool = False
) -> ProblemList:
    """The list for a preview that others see too: it quotes no file.

    Of problems in the files at the paths ``published``, in the settings and in themes, it says only where they are and of
    what kind. A message may name another entry, one that is not published.
    """
    public: list[Problem] = []
    private: list[Problem] = []
    for problem in problems:
        place = problem.location
        if place.path in published or place.path == CONFIG_FILE or place.path.startswith(f"{THEMES}/"):
            place = Location(place.path, place.line, place.column)
            meaning = meaning_of(problem.code)
            public.append(Problem(problem.code, meaning, place, severity=problem.severity))
        else:
            private.append(problem)
    sentence = _SHARED_FAILURE if failure else ""
    return problem_list(public, sentence, lambda _: None, is_outdated=is_outdated, private=private)


def problem_page(problems: ProblemList) -> bytes:
    """The page shown while the site has errors and has never been built."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<title>The website cannot be built yet</title>\n"
        '<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/_credsite/preview.css">\n</head>\n<body class="problem-page">\n<main>\n'
        "<h1>The website cannot be built yet</h1>\n"
        "<p>Fix what is listed here. The website takes the place of this page as soon as it can be built.</p>\n"
        f"{problems.html}\n</main>\n</body>\n</html>\n"
    ).encode()


def _item(problem: Problem, excerpt: Excerpt | None) -> str:
    parts = [
        f'<p class="where"><strong>{problem.severity.capitalize()}</strong> '
        f"<code>{html.escape(str(problem.location))}</code></p>",
        f"<p>{_text(problem.message)}</p>",
    ]
    if excerpt is not None:
        before, marked, after = (
            html.escape(part)
            for part in (
                excerpt.text[: excerpt.start],
                excerpt.text[excerpt.start : excerpt.end],
                excerpt.text[excerpt.end :],
            )
        )
        line = f'<span class="line">{excerpt.number}</span> {before}<mark>{marked}</mark>{after}'
        parts.insert(1, f"<pre>{line}</pre>")
    if problem.suggestion:
        parts.append(f"<p>{_text(did_you_mean(problem.suggestion))}</p>")
    if problem.allowed:
        parts.append(f"<p>{_text(list_allowed(f'`{value}`' for value in problem.allowed))}</p>")
    if problem.related is not None:
        parts.append(f"<p>The other place: <code>{html.escape(str(problem.related))}</code></p>")
    return f'<li class="{problem.severity}">{"".join(parts)}</li>'


def _text(sentence: str) -> str:
    """A sentence as HTML, in which words between backticks become code."""
    return _BACKTICKS.sub(r"<code>\1</code>", html.escape(sentence))
