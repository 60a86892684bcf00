"""Thousands of mistakes in one file, or in many: keys, values, links and marks of all kinds.

Each case is a piece that is repeated, so that a file of any size can be made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.cli.problem_text import PROBLEM_FORMATS, write_problems
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.problems.model import MAX_PER_FILE
from tests.support.growth import MOST, growth
from tests.torture.trials import Trials

PROMISE = "Twice as much takes at most 2.5 times as long, and what is as large as a file may be takes seconds, not minutes."

COURSE = (
    "title: Baking\nsummary: A course.\nprovider: college\nindustries: [health]\ndelivery_modes: [online]\n"
)
SITE = {
    "credsite.yaml": "title: Site\nbase_url: https://college.test/\n",
    "content/providers/college.md": "---\ntitle: College\nsummary: S\n---\nText.\n",
    "content/industries/health.md": "---\ntitle: Health\nsummary: S\n---\nText.\n",
}
LARGE = 1_900_000
"""Almost as many characters as a file may have."""

# A piece may hold {n}, its number. What stands before the pieces is divided from them by a `<`.
FRONT_MATTER = {
    "unknown keys": "<key{n}: x\n",
    "unknown keys that are almost right": "<sessions{n}: x\n",
    "long unknown keys": "<" + "k" * 90 + "{n}: x\n",
    "keys with invisible characters": "<key\u00a0{n}: x\n",
    "unknown keys in blocks": "sessions:\n<  - {{starts: 2027-01-01, bad{n}: x}}\n",
    "unknown keys in one block": "credential:\n<  key{n}: x\n",
    "the same key": "<a: x\n",
    "keys without a name": "<~: x\n",
    "the same key in blocks": "sessions:\n<  - {{starts: 2027-01-01, starts: 2027-01-02}}\n",
    "wrong dates": "sessions:\n<  - starts: soon{n}\n",
    "dates in the wrong order": "sessions:\n<  - {{starts: 2027-01-01, ends: 2026-01-01}}\n",
    "sessions without a date": "sessions:\n<  - starts:\n",
    "texts in place of blocks": "sessions:\n<  - x\n",
    "lists in place of texts": "skills:\n<  - [a{n}]\n",
    "empty items": "skills:\n<  -\n",
    "unknown languages": "languages:\n<  - zz{n}\n",
    "unknown providers": "partners:\n<  - colege-{n}\n",
    "unknown courses": "prerequisites:\n<  - some-course-{n}\n",
    "unknown funding": "funding:\n<  - grant-{n}\n",
    "wrong old addresses": "aliases:\n<  - old {n}\n",
    "the same old address": "aliases:\n<  - /old/\n",
    "words of a new file": "outcomes:\n<  - The first\n",
    "comments in texts": "skills:\n<  - Room {n} #4\n",
    "comments in place of texts": "outcomes:\n<  - #4\n",
    "comments": "<# words\n",
    "lines that are joined": "skills:\n<  - a\n    - b\n",
    "a text of many lines": "description: a\n<  b\n",
    "a text with numbered lines": "description: a\n<  1) b\n",
    "a list without commas": "skills: [a\n<  b\n",
    "lines without a colon": "<word{n}\n",
    "two colons in a line": "<a{n}: b: c\n",
    "tabs": "<\ta: b\n",
    "quotation marks that are not closed": '<a: "b\n',
    "a quotation mark that is not closed": "a: 'b\n<c: d\n",
    "tags": "<a: !x y\n",
    "anchors": "<a{n}: &a{n} x\n",
    "brackets": "a: <[",
    "lists in lists": "a: [<[],",
    "lines of hyphens": "<--- \n",
    "merge conflicts": "<<<<<<<< ours\na: b\n=======\nb: c\n>>>>>>> theirs\n",
    "merge conflicts that begin": "<<<<<<<< ours\n",
    "merge conflicts that are left over": "<=======\nx: y\n",
    "mistakes in one line": "sessions: [<{{startz{n}: x}}, ",
    "unknown keys in one line": "x: {{<a{n}: x, ",
    "a long text": "description: <word ",
    "a long identifier": "prerequisites: [<a-",
    "a long path": "prerequisites: [<a/",
    "a long date": "review_by: <1",
    "a long length of time": "duration: <1 hour ",
    "a long price": "price: <about ",
    "a long number": "sessions:\n  - starts: 2027-01-01\n    seats: <1",
    "a long address": "enrol_url: <www.",
    "a long e-mail address": "enrol_url: mailto:<a@",
    "a long language": "languages: [<en-",
    "a long list in a text": "skills: <online, ",
    "a long level": "level: <a-",
}
BODY = {
    "links to files": "[a](no{n}.md)\n",
    "links in one line": "[a](no{n}.md) ",
    "links to pages": "[a](/courses/no{n}/)\n",
    "links to entries": "[a](course:no{n})\n",
    "links to headings": "# h{n}\n\n[a](#no{n})\n\n",
    "links to this computer": "[a](http://localhost/{n}/)\n",
    "links to the site": "[a](https://college.test/x/{n}/)\n",
    "links without an address": "[a]()\n",
    "links with entities": "[a](n&#111;{n}.md)\n",
    "missing images": "![a](no{n}.png)\n",
    "images of others": "![a](https://x.test/no{n}.png)\n",
    "words of a new file": "Not written yet. ",
    "code and links": "`a [x](no{n}.md) ",
    "fences and links": "```\n[x](no{n}.md)\n",
    "merge conflicts": "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n\n",
    "lines of equals signs": "=======\n\n",
}
SETTINGS = {
    "unknown keys": "<key{n}: x\n",
    "unknown codes": "problems:\n<  code{n}: error\n",
    "wrong names": "funding:\n<  F{n}: {{name: x}}\n",
    "unknown keys in blocks": "funding:\n<  f{n}: {{nam: x}}\n",
    "addresses of the site": "funding:\n<  f{n}: {{name: x, url: https://college.test/no{n}/}}\n",
    "the same filter": "filters:\n<  - mode\n",
    "unknown filters": "filters:\n<  - mod{n}\n",
    "the same amount": "cost_bands:\n<  - 5\n",
    "two colons in a line": "<a{n}: b: c\n",
}
OTHER_KINDS = {
    "content/pathways/x.md": "title: P\nsummary: S\nsteps:\n<  - {{title: x, courses: [no-{n}]}}\n",
    "content/stories/x.md": "title: P\nsummary: S\nlearner: {{name: Ada}}\nconsent: {{given: 2026-01-01}}\ncourses:\n<  - no-{n}\n",
    "content/providers/x.md": "title: P\nsummary: S\naccredited_by:\n<  - no-{n}\n",
    "content/pages/x.md": "title: P\nsummary: S\n<key{n}: x\n",
    "content/industries/x.md": "title: P\nsummary: S\n<key{n}: x\n",
}
DAMAGED = {
    "white space": " ",
    "empty lines": "\n",
    "hyphens": "-",
    "short lines of hyphens": "--\n",
    "dashes": "\u2013 ",
    "characters that are not UTF-8": "\udc80\n",
}


def repeated(pattern: str, size: int) -> str:
    """What stands before the first ``<`` of ``pattern``, and then its piece until there are ``size`` characters."""
    before, _, piece = pattern.partition("<")
    return before.format(n=0) + "".join(_pieces(piece, size))


def _pieces(piece: str, size: int) -> Iterator[str]:
    length = 0
    for number in count():
        if length >= size:
            return
        text = piece.format(n=number)
        length += len(text)
        yield text


def course(keys: str = "", body: str = "Text.\n") -> dict[str, str]:
    return {"content/courses/baking.md": f"---\n{COURSE}{keys}\n---\n{body}"}


def cases() -> dict[str, Callable[[int], dict[str, str]]]:
    """For each case: the files that it adds to a site, by the size of what is repeated."""
    found: dict[str, Callable[[int], dict[str, str]]] = {}
    for name, pattern in FRONT_MATTER.items():
        found[f"keys: {name}"] = lambda size, pattern=pattern: course(repeated(pattern, size))
    for name, pattern in BODY.items():
        found[f"text: {name}"] = lambda size, pattern=pattern: course(body="".join(_pieces(pattern, size)))
    for name, pattern in SETTINGS.items():
        found[f"settings: {name}"] = lambda size, pattern=pattern: {
            "credsite.yaml": SITE["credsite.yaml"] + repeated(pattern, size)
        }
    for path, pattern in OTHER_KINDS.items():
        found[path] = lambda size, path=path, pattern=pattern: {
            path: f"---\n{repeated(pattern, size)}\n---\n"
        }
    for name, piece in DAMAGED.items():
        found[f"damaged: {name}"] = lambda size, piece=piece: {
            "content/courses/baking.md": f"{piece * (size // len(piece))}\n---\n"
        }
    return found


CASES = cases()


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[dict[str, str], str], int]:
    """Checks a site with more files, and gives the number of its problems."""

    def check(files: dict[str, str], form: str = "text") -> int:
        for path, text in {**SITE, **files}.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode(errors="surrogateescape"))
        with garbage_collection_paused():
            problems = analyse(Options(tmp_path, jobs=1)).problems
            write_problems(problems, form, tmp_path)
        for path in files.keys() - SITE.keys():
            (tmp_path / path).unlink()
        return len(problems)

    return check


def test_twice_as_many_take_twice_as_long(
    trials: Trials, whole: bool, checked: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    size = 60_000 if whole else 12_000
    for name in CASES if whole else list(CASES)[::4]:
        with trials(name):
            assert growth(lambda size, name=name: checked(CASES[name](size)), size) <= MOST
        capfd.readouterr()


def test_no_file_of_the_largest_size_takes_long(
    trials: Trials, whole: bool, checked: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    """What is quadratic takes hours."""
    for name in CASES if whole else ("keys: unknown keys", "text: links to files"):
        with trials(name):
            assert checked(CASES[name](LARGE)) <= MAX_PER_FILE + 5
        capfd.readouterr()


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_reports_of_long_lines_grow_with_the_number_of_problems(
    form: str, trials: Trials, whole: bool, checked: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    name = "keys: mistakes in one line"
    with trials(f"{name}, {form}"):
        assert growth(lambda size: checked(CASES[name](size), form), 60_000 if whole else 15_000) <= MOST
    capfd.readouterr()


def test_thousands_of_wrong_ids_beside_thousands_of_right_ones(
    trials: Trials, whole: bool, checked: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    def files(number: int) -> dict[str, str]:
        wrong = repeated("prerequisites:\n<  - some-course-x{n}\n", number * 12)
        return {
            f"content/courses/some-course-{one}.md": f"---\n{COURSE}{wrong if not one else ''}\n---\n"
            for one in range(number)
        }

    with trials("courses"):
        assert growth(lambda number: checked(files(number)), 1_000 if whole else 200) <= MOST
    capfd.readouterr()
