"""What the bench asks of a generator."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import EDITS, Edit, mark, marks

REPOSITORY: Final = Path(__file__).resolve().parents[2]
TEMPLATES: Final = REPOSITORY / "benchmarks" / "peers" / "templates"
"""What each generator needs of its own: templates, settings, a stylesheet."""
TOOLS: Final = REPOSITORY / ".tools" / "bench"


_ROOM: Final = 20_000_000_000
"""Bytes that must be free on the disk to keep what builds have made until the end."""


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

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables that its command wants beside those of the bench."""
        return {}

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def find_marks(self) -> None:
        """Learn from the new site which files each edit changes: those in which its mark stands.

        A generator to which titles were given more than once, ready-made for cards, has more than one.
        """
        self.edited_files: dict[Edit, list[Path]] = {edit: [] for edit in EDITS}
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            text = path.read_bytes()
            for edit, files in self.edited_files.items():
                if mark(edit).encode() in text:
                    files.append(path)

    def edit(self, edit: Edit, number: int) -> None:
        """Write ``number`` into the marks of such an edit. Raises ValueError where a file is not changed by that."""
        wanted = mark(edit, number).encode()
        for path in self.edited_files[edit]:
            before = path.read_bytes()
            after = marks(edit).sub(wanted, before)
            if after == before:
                raise ValueError(f"{path} was not changed by the edit")
            path.write_bytes(after)

    def clean(self, aside: Path) -> None:
        """Take away everything that a build has left behind, into the folder ``aside``, which is on the same disk."""
        for path in (self.output, *(self.folder / cache for cache in self.caches)):
            set_aside(path, aside)


def set_aside(path: Path, aside: Path) -> None:
    """Take a file or folder away into ``aside``, or remove it where the disk is too full to keep it.

    What is removed would slow down whatever is measured next: on some disks, to make files takes several times as long in
    the minute after thousands of others were removed.
    """
    if not path.exists():
        return
    aside.mkdir(exist_ok=True)
    if shutil.disk_usage(aside).free > _ROOM:
        path.rename(Path(tempfile.mkdtemp(dir=aside)) / path.name)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def first_line(command: list[str], what: str) -> str:
    """What a command says first. Raises UnavailableError where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{what} cannot be run: {error}") from error
    return done.stdout.strip().partition("\n")[0]
