"""On which days the files of a site first came into Git.

Only a whole history says that: hosts often fetch nothing but the last commit. Git is asked once for all files, and not again
before something is committed.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from credsite.build.version_control import git_folder
from credsite.content.source_folders import CONTENT
from credsite.core.dates import YEARS
from credsite.core.hashing import digest
from credsite.core.regular_files import read_regular
from credsite.core.serialization import DECODING_ERRORS, json_bytes
from credsite.schema.kinds import DATED_KINDS, KINDS

_MAX_REFS: Final = 50_000_000
_SECONDS: Final = 60
_COMMIT: Final = "\x01"
_LOG: Final = (
    *("git", "log", "--diff-filter=A", "--name-only", "--no-renames", "--relative", "-z"),
    *("--format=format:%x01%as", "--", *(f"{CONTENT}/{KINDS[kind].folder}" for kind in DATED_KINDS)),
)


@dataclass(frozen=True, slots=True)
class GitDays:
    """``days`` are those of the first commits of files, by :func:`path_key`, as of the commit ``head``.

    The cache holds them, and must not hold names of stories that are withdrawn.
    """

    head: str = ""
    days: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def from_bytes(cls, data: bytes) -> GitDays:
        """What :meth:`to_bytes` gave; nothing where it is something else."""
        try:
            head, days = json.loads(data.decode("utf-8", "surrogatepass"))
            return cls(head, {key: date.fromisoformat(day) for key, day in days.items()})
        except DECODING_ERRORS:
            return cls()

    def to_bytes(self) -> bytes:
        days = {key: day.isoformat() for key, day in self.days.items()}
        return json_bytes([self.head, days]) if days else b""


def path_key(path: str) -> str:
    """What stands for a file, given by its path from the site's root."""
    return digest(os.fsencode(path))[:16]


def git_days(root: Path, known: GitDays) -> GitDays:
    """Those of the site at ``root`` now. ``known`` are those of an earlier build."""
    head = git_head(root)
    return known if head == known.head else GitDays(head, dict(_first_commits(root)) if head else {})


def git_head(root: Path) -> str:
    """The commit that the files of the site belong to. "" where they are not in Git, or where only the last commits are there."""
    found = git_folder(root)
    if found is None:
        return ""
    try:
        folder = found[0]
        common = folder
        if (folder / "commondir").is_file():  # a worktree
            common = folder / read_regular(folder / "commondir", 4096).decode().strip()
        if (common / "shallow").is_file():
            return ""
        head = read_regular(folder / "HEAD", 4096).decode().strip()
        name = head.removeprefix("ref: ")
        if name == head:
            return head
        for place in (folder, common):
            if (place / name).is_file():
                return read_regular(place / name, 4096).decode().strip()
        lines = read_regular(common / "packed-refs", _MAX_REFS).decode().splitlines()
    except (OSError, ValueError):
        return ""
    return next((line.partition(" ")[0] for line in lines if line.endswith(f" {name}")), "")


def _first_commits(root: Path) -> Iterator[tuple[str, date]]:
    """The keys of files with the days of their first commits; nothing where Git is not installed or does not answer."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        output = subprocess.run(  # noqa: S603 - always the same words
            _LOG,
            cwd=root,
            env={**variables, "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    day = None
    for part in os.fsdecode(output).split("\0"):
        text = part
        if part.startswith(_COMMIT):
            given, _, text = part.removeprefix(_COMMIT).partition("\n")
            day = _day(given)
        if text and day is not None:
            yield path_key(text), day  # the first commit comes last


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
