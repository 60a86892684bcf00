"""Carries out the steps of a page in ``docs/developing/`` on a copy of the source.

The steps are the fenced blocks of the page, in their order. The file of a block is the last one that the paragraph before it
names.

- ``sh`` has commands, which are run in the folder of the copy.
- ``diff`` is an edit of the file. The lines that begin with a space or with ``-`` must be in the file exactly once, in this
  order; those with ``+`` are new. A line ``@@`` begins another edit of the same file.
- Any other block is a new file. But if the file is in ``public/``, the build must have written it, and it must have the lines of
  the block, in this order.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.support.guides import NOW, Block, blocks
from tests.support.paths import REPOSITORY

COPIED: Final = (
    "src",
    "themes",
    "docs",
    "content",
    "credsite.yaml",
    "Makefile",
    "pyproject.toml",
    "tests/__init__.py",
    "tests/project",
    "tests/support",
)
SITE: Final = ("content/", "credsite.yaml")
"""The catalogue that shows the result. Edits of it do not count as part of the task."""
GENERATED: Final = ("docs/fields.md", "docs/problems.md", "themes/default/locale/messages.pot")
_PATH: Final = re.compile(r"`([\w.-]+(?:/[\w.-]+)+|credsite\.yaml|hooks\.py)`")
_PROGRAMS: Final = ("credsite", "python", "make", "mkdir", "cp")


class StepError(Exception):
    """A step cannot be carried out, or does not have the result that the page promises."""


def copy_source(folder: Path) -> None:
    """Copy everything that the pages edit or build into ``folder``."""
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    with (folder / "credsite.yaml").open("a", encoding="utf-8") as settings:
        settings.write("share_pictures: false\n")  # they take longer than everything else


@dataclass
class Checkout:
    """A copy of the source at ``root``, and the paths of the files that were edited by hand."""

    root: Path
    edited: set[str] = field(default_factory=set)

    def follow(self, page: str) -> None:
        """Carry out all steps. Raises StepError, with the line of the page, at the first that fails."""
        for block in blocks(page):
            try:
                self._carry_out(block, page)
            except StepError as error:
                raise StepError(f"line {block.line}: {error}") from None

    @property
    def by_hand(self) -> set[str]:
        """The files of the source that were edited, without those that a command writes."""
        return {path for path in self.edited if not path.startswith(SITE) and path not in GENERATED}

    def _carry_out(self, block: Block, page: str) -> None:
        if block.language == "sh":
            for line in block.text.splitlines():
                self._run(shlex.split(line))
            return
        path = file_before(block, page)
        file = self.root / path
        if path.startswith("public/"):
            check_content(file, block.text)
        elif block.language == "diff":
            if not file.is_file():
                raise StepError(f"there is no {path} to edit")
            file.write_text(applied(block.text, file.read_text(encoding="utf-8")), encoding="utf-8")
            self.edited.add(path)
        elif file.exists():
            raise StepError(f"{path} is there already")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            self.edited.add(path)

    def _run(self, words: list[str]) -> None:
        if words[0] not in _PROGRAMS:
            raise StepError(f"`{words[0]}` is not a command that these pages use")
        if words[0] == "make":
            for recipe in self._recipes(words[1]):
                self._run(recipe)
            return
        if words[0] == "credsite":
            words = ["python", "-m", "credsite", *words[1:], "--now", NOW]
        if words[0] == "python":
            words = [sys.executable, *words[1:]]
        done = subprocess.run(
            words,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "src")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise StepError(f"`{shlex.join(words)}` failed:\n{done.stdout}{done.stderr}")

    def _recipes(self, target: str) -> Iterator[list[str]]:
        """The commands of a target in the Makefile, as lists of words."""
        makefile = (self.root / "Makefile").read_text(encoding="utf-8")
        match = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
        if match is None:
            raise StepError(f"the Makefile has no target `{target}`")
        for line in match[1].splitlines():
            yield shlex.split(line.strip().removeprefix("@").replace("$(BIN)/", ""))


def file_before(block: Block, page: str) -> str:
    """The last path that the paragraph before ``block`` names."""
    before = "\n".join(page.split("\n")[: block.line - 1]).rstrip()
    paragraph = before.rpartition("\n\n")[2]
    paths: list[str] = _PATH.findall(paragraph)
    if not paths:
        raise StepError("the paragraph before this block names no file")
    return paths[-1]


def applied(diff: str, text: str) -> str:
    """``text`` with the edits of ``diff``. Raises StepError if an edit fits nowhere, or in several places."""
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE):
        lines = [line or " " for line in hunk.splitlines()]
        if not lines:
            continue
        old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
        new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
        # Only at the start of a line: the end of a longer line does not match.
        count = f"\n{text}".count(f"\n{old}")
        if count != 1:
            raise StepError(f"these lines are there {count} times, and not once:\n{old}")
        text = f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]
    return text


def check_content(file: Path, expected: str) -> None:
    """Raise StepError if ``file`` lacks one of the lines or has them in another order. Line breaks do not matter."""
    if not file.is_file():
        raise StepError(f"the build wrote no {file.name} at {file}")
    rest = " ".join(file.read_text(encoding="utf-8").split())
    for line in filter(str.strip, expected.splitlines()):
        wanted = " ".join(line.split())
        if wanted not in rest:
            raise StepError(f"`{wanted}` is not in {file}, or not in this order")
        rest = rest.partition(wanted)[2]
