"""What must not be published, in a preview that others see, while anything else is wrong with the site.

For each way to withhold a story and each other fault, everything that a browser can get is searched for words of the story.
"""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from credsite.build.options import Options
from credsite.serve.preview import Preview
from tests.serve.test_responses import edit
from tests.serve.test_written_entries import (
    BREAK,
    GIVEN,
    SECRETS,
    STORY,
    Change,
    secrets_in,
    shared,
    site,
    told,
    withdraw,
)
from tests.torture.trials import Trials

__all__ = ["site"]
PROMISE: Final = (
    "No word, picture or address of a story that was withdrawn, has expired, was deleted or cannot be read is in a preview "
    "that others see, whatever else is broken and in whichever order."
)


def rename_story(site: Path) -> None:
    (site / STORY).rename((site / STORY).with_suffix(".txt"))


def rename_folder(site: Path) -> None:
    (site / "content/stories").rename(site / "content/tales")


def withhold_courses(site: Path) -> None:
    for course in ("spreadsheets-for-beginners", "reception-in-a-clinic"):
        edit(site / f"content/courses/{course}.md", "---\ntitle:", "---\ndraft: true\ntitle:")


def in_story(old: str, new: str) -> Change:
    return lambda site: edit(site / STORY, old, new)


TITLE: Final = "title: A Desk"
WITHHOLD: Final[dict[str, Change]] = {
    "withdrawn": withdraw,
    "withdrawn with a day that is none": in_story(GIVEN, f"{GIVEN}\n  withdrawn: 2026-06-31"),
    "withdrawn with words": in_story(GIVEN, f"{GIVEN}\n  withdrawn: yes, please"),
    "withdrawn with an empty key": in_story(GIVEN, f"{GIVEN}\n  withdrawn: [2026-06-01]"),
    "withdrawn at the wrong indentation": in_story(GIVEN, f"{GIVEN}\nwithdrawn: 2026-06-01"),
    "withdrawn with a typing mistake": in_story(GIVEN, f"{GIVEN}\n  withdrawed: 2026-06-01"),
    "withdrawn where the YAML is broken": in_story(GIVEN, f"{GIVEN}\n withdrawn: [2026"),
    "withdrawn and another key is wrong": in_story(GIVEN, f"{GIVEN}\n  withdrawn: 2026-06-01\nlerner: x"),
    "expired": in_story(GIVEN, f"{GIVEN}\n  expires: 2026-06-01"),
    "not given": in_story(f"consent:\n{GIVEN}\n", ""),
    "given in the future": in_story(GIVEN, "  given: 2030-01-01"),
    "a draft": in_story(TITLE, f"draft: true\n{TITLE}"),
    "not yet": in_story(TITLE, f"publish_at: 2030-01-01\n{TITLE}"),
    "no longer": in_story(TITLE, f"expires_at: 2026-01-01\n{TITLE}"),
    "another slug": in_story(f"{GIVEN}\n", f"{GIVEN}\n  withdrawn: 2026-06-01\nslug: another\n"),
    "deleted": lambda site: (site / STORY).unlink(),
    "deleted with its folder": lambda site: shutil.rmtree(site / "content/stories"),
    "emptied": lambda site: edit(site / STORY, (site / STORY).read_text(), ""),
    "without front matter": in_story("---\ntitle", "title"),
    "not readable": lambda site: (site / STORY).write_bytes(b"\xff\xfe\x00"),
    "a link to nowhere": lambda site: ((site / STORY).unlink(), (site / STORY).symlink_to("nowhere.md")),
    "a folder in its place": lambda site: ((site / STORY).unlink(), (site / STORY).mkdir()),
    "renamed to what is no entry": rename_story,
    "in a folder that is renamed": rename_folder,
    "needs only drafts": withhold_courses,
}


def cases(*, whole: bool) -> list[tuple[str, str, bool]]:
    """How a story is withheld, what else is broken, and whether that is built in between; each is met by each."""
    pairs = list(product(WITHHOLD, BREAK))
    numbered = [(withheld, broken, number % 2 == 0) for number, (withheld, broken) in enumerate(pairs)]
    return numbered if whole else numbered[:: len(BREAK) * 4 + 1]


def test_words_of_the_story(site: Path, tmp_path: Path, trials: Trials, *, whole: bool) -> None:
    for number, (withheld, broken, in_between) in enumerate(cases(whole=whole)):
        copy = Path(shutil.copytree(site, tmp_path / f"site{number}"))
        with trials(f"{withheld}, and {broken}"):
            preview = shared(copy)
            assert set(secrets_in(preview)) == set(SECRETS)
            BREAK[broken](copy)
            if in_between:
                preview.rebuild()
            WITHHOLD[withheld](copy)
            preview.rebuild()
            assert secrets_in(preview) == []
        shutil.rmtree(copy)


@pytest.mark.parametrize("withheld", ["withdrawn", "deleted"])
def test_words_of_what_was_never_shown_to_others(
    site: Path, tmp_path: Path, trials: Trials, withheld: str
) -> None:
    """The folder of the preview and the cache are those of a preview that showed everything."""
    Preview(Options(site, include_unpublished=True)).rebuild()
    WITHHOLD[withheld](site)
    for broken in BREAK:
        copy = Path(shutil.copytree(site, tmp_path / broken))
        with trials(broken):
            BREAK[broken](copy)
            preview = shared(copy)
            assert secrets_in(preview) == []
            assert told(preview)
