"""Problems as a browser shows them: the same list in the overlay and on the page that stands where nothing is built.

All text is escaped here: some of it stands in the editor's files as it is.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from credsite.core.hashing import digest
from credsite.problems.excerpts import Excerpt, ExcerptFinder
from credsite.problems.model import Problem, Severity
from credsite.problems.suggestions import did_you_mean

_MOST: Final = 50
"""Problems that are listed. Whoever has more of them mends the first ones first."""
_SHOWN: Final = (Severity.ERROR, Severity.WARNING)
_QUOTED: Final = re.compile("`([^`]+)`")


@dataclass(frozen=True, slots=True)
class ProblemList:
    """``id`` is "" where there is nothing to list, and another text for each other list. ``heading`` counts.

    ``is_urgent`` says whether something is shown otherwise than the files say. ``html`` is a list without a heading.
    """

    id: str = ""
    heading: str = ""
    is_urgent: bool = False
    html: str = ""


def problem_list(
    problems: Collection[Problem], failure: str, read: Callable[[str], str | None], *, stays: bool = False
) -> ProblemList:
    """The errors, then the warnings, each with its line of the file; of advice only the number.

    ``failure`` is a sentence on what stopped a build, or "", and ``stays`` says whether old pages are still shown.
    ``read`` gives the text of a file by its path in the site.
    """
    counts = Counter(found.severity for found in problems)
    listed = [found for severity in _SHOWN for found in problems if found.severity is severity]
    if not listed and not failure:
        return ProblemList()
    excerpts = ExcerptFinder(read)
    items = [f'<li class="error"><p>{_text(failure)}</p></li>'] if failure else []
    items += [_item(found, excerpts.find(found.location)) for found in listed[:_MOST]]
    parts = [f"<ol>{''.join(items)}</ol>"]
    if stays:
        parts.insert(
            0, "<p>The website is not built anew until this is mended. What you see is from before.</p>"
        )
    if len(listed) > _MOST:
        parts.append(f"<p>And {len(listed) - _MOST} more.</p>")
    if advice := counts[Severity.ADVICE]:
        said = _counted(advice, "piece of advice", "pieces of advice")
        parts.append(
            f"<p>There {'is' if advice == 1 else 'are'} also {said}: see <code>credsite check</code>.</p>"
        )
    heading = ", ".join(
        _counted(number, word, f"{word}s")
        for number, word in (
            (counts[Severity.ERROR] + bool(failure), "error"),
            (counts[Severity.WARNING], "warning"),
        )
        if number
    )
    text = "".join(parts)
    return ProblemList(digest(text.encode())[:16], heading, bool(counts[Severity.ERROR] or failure), text)


def problem_page(found: ProblemList) -> bytes:
    """A page that says why there is nothing to show yet."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<title>The website cannot be built yet</title>\n"
        '<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/_credsite/preview.css">\n</head>\n<body class="problem-page">\n<main>\n'
        "<h1>The website cannot be built yet</h1>\n"
        "<p>Mend what is listed here. This page gives way to the website as soon as it can be built.</p>\n"
        f"{found.html}\n</main>\n</body>\n</html>\n"
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
        allowed = ", ".join(f"<code>{html.escape(value)}</code>" for value in problem.allowed)
        parts.append(f"<p>It can be: {allowed}.</p>")
    if problem.related is not None:
        parts.append(f"<p>The other place: <code>{html.escape(str(problem.related))}</code></p>")
    return f'<li class="{problem.severity}">{"".join(parts)}</li>'


def _text(sentence: str) -> str:
    """A sentence in which signs between backticks stand as they are."""
    return _QUOTED.sub(r"<code>\1</code>", html.escape(sentence))


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
