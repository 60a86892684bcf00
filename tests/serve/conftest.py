"""A site that is being served by the real command."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

CREDSITE = Path(sysconfig.get_path("scripts"), "credsite")
PATIENCE = 20.0


def until(what: str, condition: Callable[[], bool]) -> None:
    """Wait for a condition; fail with ``what`` where it does not come true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"Waited in vain: {what}"
        time.sleep(0.02)


@dataclass
class Served:
    """A running `credsite serve`, and what it has said so far."""

    site: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    url: str = ""
    reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reader = threading.Thread(target=self._read, daemon=True)

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def get(self, path: str = "") -> httpx.Response:
        return httpx.get(self.url + path, timeout=PATIENCE)

    def shows(self, path: str, text: str) -> Callable[[], bool]:
        return lambda: text in self.get(path).text

    def write(self, path: str, old: str, new: str) -> None:
        """Replace in a file of the site, which must hold ``old``."""
        text = (self.site / path).read_text()
        assert old in text
        (self.site / path).write_text(text.replace(old, new))

    def stop(self) -> int:
        """End it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code

    def end(self) -> None:
        """End it, whatever it is doing."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip("\n"))


Start = Callable[..., Served]


def start_server(folder: Path, *arguments: str, **environment: str) -> Served:
    """`credsite serve` on a site, on a free port if none is given, when it has said that it is there or has ended."""
    process = subprocess.Popen(
        [CREDSITE, "serve", folder, *(arguments or ("--port", "0"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    )
    served = Served(folder, process)
    served.reader.start()
    until("the server starts", lambda: "(Ctrl-C ends it)" in served.said or process.poll() is not None)
    found = [line for line in served.lines if line.startswith("The site is at ")]
    served.url = found[0].split()[4] if found else ""
    return served


@pytest.fixture
def start(site: Path) -> Iterator[Start]:
    """Starts `credsite serve` on the site. All are ended with the test."""
    started: list[Served] = []

    def begin(*arguments: str, folder: Path = site, **environment: str) -> Served:
        careful = {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"}
        started.append(start_server(folder, *arguments, **careful, **environment))
        return started[-1]

    yield begin
    for served in started:
        served.end()


@pytest.fixture
def served(start: Start) -> Served:
    running = start()
    assert running.url, running.said
    return running
