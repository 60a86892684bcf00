"""What the bench asks of a generator."""

from __future__ import annotations

import re
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final, Literal

from benchmarks.catalogue import Catalogue

Edit = Literal["course", "industry", "theme"]
EDITS: Final[tuple[Edit, ...]] = ("course", "industry", "theme")
REPOSITORY: Final = Path(__file__).resolve().parents[2]
PEERS: Final = REPOSITORY / "benchmarks" / "peers"
TOOLS: Final = REPOSITORY / ".tools" / "bench"

_MARK: Final = re.compile(rb"edition \d+")


class UnavailableError(Exception):
    """A generator cannot be had on this machine; the message says in one sentence why."""


class Generator(ABC):
    """A generator with a site of its own in ``folder``.

    ``name`` is how the command line calls it, ``title`` how tables do. ``caches`` are paths below ``folder``, beside
    the output, that a build leaves behind for the next one.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    caches: ClassVar[tuple[str, ...]] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """Its version. Raises UnavailableError where it cannot be had; may fetch it first."""

    @abstractmethod
    def prepare(self, catalogue: Catalogue) -> None:
        """Write the site of ``catalogue`` into ``folder``, which is new."""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """Builds the site when run in ``folder``."""

    @abstractmethod
    def edited_file(self, catalogue: Catalogue, edit: Edit) -> Path:
        """The file in which the mark stands that such an edit changes."""

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables that its command wants beside those of the bench."""
        return {}

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def edit(self, catalogue: Catalogue, edit: Edit, number: int) -> None:
        """Change the mark in the file of such an edit to that of edition ``number``."""
        path = self.edited_file(catalogue, edit)
        before = path.read_bytes()
        after = _MARK.sub(b"edition %d" % number, before)
        if after == before:
            raise ValueError(f"{path} was not changed by the edit")
        path.write_bytes(after)

    def clean(self) -> None:
        """Take away everything that a build has left behind."""
        for path in (self.output, *(self.folder / cache for cache in self.caches)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


def first_line(command: list[str], what: str) -> str:
    """What a command says first. Raises UnavailableError where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{what} cannot be run: {error}") from error
    return done.stdout.strip().partition("\n")[0]
