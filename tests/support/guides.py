"""Follows a page of the documentation as a reader would, and compares the output with what the page says.

The steps are the fenced blocks of the page, in their order. The words after the fence say what a block is:

- ``sh`` and ``bat`` have commands. Those of credsite and ``cd`` are run; other commands must be in a list of known ones.
  The reader answers each question of ``credsite new`` with "1", which is the first choice or a short text.
- ``markdown file=PATH`` and ``svg file=PATH`` are files that the reader writes.
- ``yaml change=PATH`` replaces the same key in that file. Then ``credsite check`` is run.
- ``text`` is output of the last command. There may be more output, but these lines must be in it, in this order.
- All other blocks are examples and are ignored.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from credsite.cli import main, new

NOW = "2027-01-15"
"""The date on which the reader follows the page, so that tests do not depend on the real date."""
_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>.*)\n(?P<text>(?:.*\n)*?)(?P=indent)```$", re.MULTILINE)
_FILES = ("markdown", "svg")
_NOT_OURS = ("make", "python", "python3", "py", "pip", "source", "env\\Scripts\\activate")
_DATED = ("build", "check", "serve", "report")


class Block(NamedTuple):
    line: int
    language: str
    path: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a Markdown page."""
    for match in _FENCE.finditer(page):
        language, _, where = match["info"].partition(" ")
        indent = len(match["indent"])
        text = "".join(line[indent:] for line in match["text"].splitlines(keepends=True))
        yield Block(page[: match.start()].count("\n") + 1, language, where.partition("=")[2], text)


class Reader:
    """A reader who follows a page, in the current folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(new, "can_ask", lambda: True)
        self.output = ""
        self.ran: list[str] = []

    def follow(self, page: str) -> list[str]:
        """Follow the steps of a page. Returns what is not as the page says, as ``line: sentence``."""
        return [f"{block.line}: {fault}" for block in blocks(page) for fault in self._do(block)]

    def _do(self, block: Block) -> Iterator[str]:
        if block.language in ("sh", "bat"):
            self.output = ""
            for line in block.text.splitlines():
                yield from self._run(shlex.split(line, comments=True, posix=block.language == "sh"))
        elif block.path and block.language in _FILES:
            file = Path(block.path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.path:
            file = Path(block.path)
            file.write_text(changed(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
            self.output = ""
            yield from self._run(["credsite", "check"])
        elif block.language == "text":
            yield from _missing_lines(block.text, self.output)

    def _run(self, words: list[str]) -> Iterator[str]:
        program, *arguments = words
        if program == "cd":
            self._monkeypatch.chdir(arguments[0])
        elif program == "credsite":
            self.ran.append(arguments[0])
            if arguments[0] in _DATED and "--now" not in arguments:
                arguments += ["--now", NOW]
            if arguments[0] == "serve":
                arguments += ["--port", "0"]
            done = CliRunner().invoke(main, arguments, input="1\n" * 20, catch_exceptions=False)
            self.output += re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", done.output)
            if done.exit_code > 1:
                yield f"`{shlex.join(words)}` is not understood: {done.output}"
        elif program not in _NOT_OURS:
            yield f"`{program}` is not known here."


def changed(file: str, snippet: str) -> str:
    """``file`` with a snippet of YAML that replaces the same key, or is added at the end of the front matter or settings."""
    found = re.match(r"[\w-]+", snippet)
    assert found is not None, f"This is no front matter: {snippet}"
    there = re.compile(rf"^{found[0]}:.*\n(?:[ #-].*\n)*", re.MULTILINE)
    if there.search(file):
        return there.sub(lambda _: snippet, file, count=1)
    if not file.startswith("---\n"):
        return f"{file}{snippet}"
    _, front, body = file.split("---\n", 2)
    return f"---\n{front}{snippet}---\n{body}"


def _missing_lines(expected: str, said: str) -> Iterator[str]:
    """Yields the first line that is not in the output in this order. Line breaks do not matter."""
    rest = " ".join(said.split())
    for line in filter(str.strip, expected.splitlines()):
        wanted = " ".join(line.split())
        if wanted not in rest:
            yield f"`{wanted}` was not said, but:\n{said}"
            return
        rest = rest.partition(wanted)[2]
