"""The interface of a generator."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import EDITS, Edit, mark, mark_pattern

REPOSITORY: Final = Path(__file__).resolve().parents[2]
TEMPLATES: Final = REPOSITORY / "benchmarks" / "peers" / "templates"
"""The templates, settings and stylesheets of all generators."""
TOOLS: Final = REPOSITORY / ".tools" / "bench"


_MIN_FREE_BYTES: Final = 20_000_000_000
"""Free bytes that the disk must have if the output of builds is kept until the end."""


class UnavailableError(Exception):
    """A generator is not available on this machine. The message says why in one sentence."""


class Generator(ABC):
    """A generator with a site of its own in ``folder``.

    ``name`` is its name on the command line, ``title`` its name in tables. ``caches`` are paths below ``folder``, besides
    the output, that a build writes for the next one.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    caches: ClassVar[tuple[str, ...]] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """The version of the generator, which is downloaded first if needed. Raises UnavailableError."""

    @abstractmethod
    def prepare(self, catalogue: Catalogue) -> None:
        """Write the site of ``catalogue`` into ``folder``, which is new."""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """The command that builds the site. It is run in ``folder``."""

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables that the command needs in addition to those of the bench."""
        return {}

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def find_marks(self) -> None:
        """Find the files that each edit changes: those of the new site that have its mark.

        There are several if a title was also written into the files of other pages, for their cards.
        """
        self.edited_files: dict[Edit, list[Path]] = {edit: [] for edit in EDITS}
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            text = path.read_bytes()
            for edit, files in self.edited_files.items():
                if mark(edit).encode() in text:
                    files.append(path)

    def edit(self, edit: Edit, number: int) -> None:
        """Write ``number`` into the marks of this kind of edit. Raises ValueError if that does not change a file."""
        wanted = mark(edit, number).encode()
        for path in self.edited_files[edit]:
            before = path.read_bytes()
            after = mark_pattern(edit).sub(wanted, before)
            if after == before:
                raise ValueError(f"{path} was not changed by the edit")
            path.write_bytes(after)

    def clean(self, aside: Path) -> None:
        """Move everything that builds wrote into the folder ``aside``, which must be on the same disk."""
        for path in (self.output, *(self.folder / cache for cache in self.caches)):
            set_aside(path, aside)


def set_aside(path: Path, aside: Path) -> None:
    """Move a file or folder into ``aside``, or remove it if the disk is too full to keep it.

    Removing files would slow down the next run: on some disks, creating files takes several times as long in the minute after
    thousands of others were removed.
    """
    if not path.exists():
        return
    aside.mkdir(exist_ok=True)
    if shutil.disk_usage(aside).free > _MIN_FREE_BYTES:
        path.rename(Path(tempfile.mkdtemp(dir=aside)) / path.name)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def first_line(command: list[str], what: str) -> str:
    """The first line that a command prints. Raises UnavailableError if it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{what} cannot be run: {error}") from error
    return done.stdout.strip().partition("\n")[0]
