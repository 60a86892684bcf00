"""The steps of each page in docs/developing/ work, and need edits in few files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.support.developing import Checkout, StepError, applied, copy_source
from tests.support.paths import REPOSITORY

PAGES: Final = REPOSITORY / "docs/developing"
MOST_FILES: Final = {
    "course-field": 2,
    "delivery-mode": 1,
    "hooks": 1,
    "host": 3,
    "kind-of-entry": 5,
    "output-format": 1,
    "translation": 1,
}
"""For each page, the most files that a programmer has to edit by hand."""
OTHER_PAGES: Final = ("README", "releasing")
"""Pages about something else than adding one thing."""


def test_each_page_is_followed() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == {*MOST_FILES, *OTHER_PAGES}


@pytest.mark.parametrize("name", MOST_FILES)
def test_the_steps_work_and_touch_few_files(name: str, tmp_path: Path) -> None:
    copy_source(tmp_path)
    checkout = Checkout(tmp_path)
    checkout.follow((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert 1 <= len(checkout.by_hand) <= MOST_FILES[name], sorted(checkout.by_hand)
    assert any((tmp_path / "public").rglob("*.html")), "The page builds nothing."


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("```python\nx\n```\n", "line 1: the paragraph before this block names no file"),
        ("`src/a.py`\n\n```diff\n+b\n```\n", "line 3: there is no src/a.py to edit"),
        ("`docs/a.md`:\n\n```md\nb\n```\n", "line 3: docs/a.md is there already"),
        ("`docs/a.md`:\n\n```diff\n-b\n```\n", "line 3: these lines are there 0 times"),
        ("`public/a.html`:\n\n```html\nc\n```\n", "line 3: the build wrote no a.html"),
        ("`public/index.html`:\n\n```html\nno\n```\n", "line 3: `no` is not in "),
        ("`public/index.html`:\n\n```html\nyes\nyes\n```\n", "line 3: `yes` is not in "),
        ("```sh\nrm docs/a.md\n```\n", "line 1: `rm` is not a command"),
        ("```sh\npython -c 'raise SystemExit(3)'\n```\n", "failed"),
        ("```sh\nmake nothing\n```\n", "line 1: the Makefile has no target `nothing`"),
    ],
)
def test_a_page_that_is_not_true_is_found(page: str, fault: str, tmp_path: Path) -> None:
    for name in ("docs/a.md", "public/index.html", "Makefile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("yes\n")
    with pytest.raises(StepError) as error:
        Checkout(tmp_path).follow(page)
    assert fault in str(error.value)


def test_only_files_of_the_source_that_no_command_writes_count(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    for path in ("content/a.md", "docs/fields.md", "src/a.py", "docs/b.md"):
        checkout.follow(f"Make `{path}`, not `src/other.py`, I mean `{path}`:\n\n```text\nx\n```\n")
    assert checkout.by_hand == {"src/a.py", "docs/b.md"}


@pytest.mark.parametrize(
    ("diff", "result"),
    [
        (" a\n+b\n", "a\nb\nx\na2\nx\n"),
        ("-a\n+b\n", "b\nx\na2\nx\n"),
        (" x\n-a2\n", "a\nx\nx\n"),
        ("@@\n-a\n@@ in the next one\n a2\n+b\n", "x\na2\nb\nx\n"),
    ],
)
def test_edits_are_applied_exactly(diff: str, result: str) -> None:
    assert applied(diff, "a\nx\na2\nx\n") == result


def test_an_edit_that_fits_in_two_places_is_refused() -> None:
    with pytest.raises(StepError, match="2 times"):
        applied("-x\n", "a\nx\na2\nx\n")
