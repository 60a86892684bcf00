"""What search engines show of a website's pages: their titles and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_TITLE = re.compile("<title[^>]*>(.*?)</title>", re.S)
_DESCRIPTION = re.compile('<meta name="description" content="([^"]*)">')
_HIDDEN = ('<meta name="robots" content="noindex">', '<meta http-equiv="refresh"')


def result_problems(folder: Path) -> list[str]:
    """The pages that may be found and have no title or description of their own, a sentence each."""
    seen: dict[tuple[str, str], str] = {}
    problems = []
    for page, text in _found(folder):
        for name, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
            match = pattern.search(text)
            if match is None or not match[1]:
                problems.append(f"{page} has no {name}")
            elif (other := seen.setdefault((name, match[1]), page)) != page:
                problems.append(f"{page} has the {name} of {other}: {match[1]}")
    assert seen
    return sorted(problems)


def _found(folder: Path) -> Iterator[tuple[str, str]]:
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if not any(sign in text for sign in _HIDDEN):
            yield page.relative_to(folder).as_posix(), text
