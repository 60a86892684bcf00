"""Stops builds at random moments, and checks that the next build completes the website."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST, Disk
from credsite.build.output.manifest import read_manifest
from tests.support import site_edits
from tests.support.edits import ENTRY_EDITS
from tests.support.paths import REPOSITORY
from tests.support.sequences import NOW, Way, build, content_of
from tests.support.small_site import small_site

EDITS: Final = (
    *ENTRY_EDITS, site_edits.page_size, site_edits.site_title, site_edits.theme_template, site_edits.theme_style,
    site_edits.image_replaced, site_edits.static_file, site_edits.static_away,
)  # fmt: skip
FOREIGN: Final = {"mine.txt": b"not credsite's", "courses/mine/notes.html": b"nor this"}
_TEMPORARY: Final = ".credsite-tmp"
_PATIENCE: Final = 120


@dataclass
class Site:
    """A small site with its output folder, which also has files that credsite did not write."""

    folder: Path
    way: Way
    chance: random.Random
    site: Path = field(init=False)
    output: Path = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.site = small_site(self.folder)
        self.output = self.folder / "public"
        options = Options(self.site, self.output, now=NOW, keep_going=True)
        assert build(options).failure == ""
        # All pages are rendered again, and all entries are in the cache.
        site_edits.site_title(self.site, self.chance)
        assert self.stopped(None, 0) == (0, "")
        for name, data in FOREIGN.items():
            (self.output / name).parent.mkdir(parents=True, exist_ok=True)
            (self.output / name).write_bytes(data)

    def stopped(self, sign: signal.Signals | None, delay: float) -> tuple[int, str]:
        """Build in a new process group, send it a signal after ``delay`` seconds, and wait until it ends.

        Returns the exit code and the text on stderr. Raises AssertionError if one of its processes is left.
        """
        start = self.way.start_method or "fork"
        command = [sys.executable, "-m", "tests.support.command", start, "build", str(self.site), "--quiet"]
        command += ["--output", str(self.output), "--jobs", str(self.way.jobs), "--keep-going"]
        running = subprocess.Popen(
            [*command, "--now", NOW.isoformat()],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "begins\n"
        began = time.monotonic()
        if sign is not None:
            time.sleep(delay)
            os.killpg(
                running.pid, sign
            )  # nobody else can have this process id until the process was waited for
        _, stderr = running.communicate(timeout=_PATIENCE)
        if sign is None:
            self.seconds = time.monotonic() - began
        assert not is_alive(running.pid), "a worker is left behind"
        return running.returncode, stderr

    def edit(self) -> str:
        edits = [site_edits.site_title, *self.chance.sample(EDITS, self.chance.randint(1, 3))]
        return "; ".join(edit(self.site, self.chance) for edit in edits)

    def unlisted(self) -> list[str]:
        """Files of credsite in the output folder that are not in its manifest."""
        own = read_manifest(Disk(self.output)).files
        return [
            path
            for path in content_of(self.output)
            if path not in own
            and path not in FOREIGN
            and path != MANIFEST
            and not path.startswith(_TEMPORARY)
        ]

    def differences(self) -> Iterator[str]:
        """Build without stopping. Yields the paths of files that differ from those of a clean build."""
        self.stopped(None, 0)
        clean = build(Options(self.site, self.folder / "clean", now=NOW, keep_going=True, no_cache=True))
        files = content_of(self.output)
        expected = clean.files | FOREIGN
        yield from (path for path in files.keys() | expected.keys() if files.get(path) != expected.get(path))


def faults(folder: Path, seed: int, signs: Sequence[signal.Signals], way: Way) -> Iterator[str]:
    """Send a build and all its workers each of ``signs``, with edits in between. Yields what is wrong afterwards."""
    site = Site(folder, way, random.Random(seed))
    log = [f"seed {seed}, {way}, stopped within {site.seconds:.1f} s"]
    for sign in signs:
        log.append(site.edit())
        delay = site.chance.uniform(0, site.seconds)
        code, stderr = site.stopped(sign, delay)
        log.append(f"  {sign.name} after {delay:.3f} s: {code}")
        if sign == signal.SIGINT and not _is_good_ending(code, stderr):
            yield "\n".join([f"interrupted, it ended with {code} and printed\n{stderr}", *log])
        for path in site.unlisted():
            yield "\n".join([f"{path} is not listed as credsite's", *log])
    for path in site.differences():
        yield "\n".join([f"{path} is not as in a clean build", *log])


def _is_good_ending(code: int, stderr: str) -> bool:
    """Whether the build said that it was stopped, or ended without a traceback because the signal came too late."""
    done = (0, 1, -signal.SIGINT)
    return (code, stderr) == (130, "Stopped.\n") or (code in done and "Traceback" not in stderr)


def is_alive(group: int) -> bool:
    """Whether a process of the group still runs after five seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True
