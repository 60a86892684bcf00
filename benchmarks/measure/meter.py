"""Runs one command and measures its time and memory: `python -m benchmarks.measure.meter [--memory] COMMAND...`.

It runs in a process of its own, which adopts every process that the command leaves behind. So the processor time of
the whole process tree is what the system has counted, and not a sample.

Memory is the peak of the sum of PSS (`/proc/*/smaps_rollup`) over all processes of the tree: memory that processes share
counts once. It is read every 20 ms, which slows down the command, so time and memory are measured in different runs.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.measure.stopping import started, tree

_INTERVAL: Final = 0.02
_ADOPT: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""
_PROC: Final = Path("/proc")


class RunError(Exception):
    """A command failed. The message is the last thing that it printed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. Times are in seconds; ``memory`` is in bytes, 0 if it was not measured.

    ``others`` is the processor time that other processes of the machine used during the run.
    """

    wall: float
    cpu: float
    memory: int
    others: float


def measure(command: list[str], folder: Path, environment: Mapping[str, str], *, memory: bool) -> Measured:
    """Run a command in a folder, started from a process of its own. Raises RunError if it fails."""
    options = ["--memory"] if memory else []
    # Data that earlier runs wrote must not be written to the disk during this run.
    os.sync()
    said = run_module(
        "benchmarks.measure.meter", [*options, *command], folder, environment, what=" ".join(command)
    )
    return Measured(**json.loads(said.splitlines()[-1]))


def run_module(
    module: str, arguments: list[str], folder: Path, environment: Mapping[str, str], *, what: str
) -> str:
    """Run a module of the bench in a process of its own. Returns what it prints. Raises RunError if it fails."""
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment}
    command = [sys.executable, "-m", module, *arguments]
    with started(command, folder=folder, environment=here) as process:
        said, complained = process.communicate()
    if process.returncode != 0:
        raise RunError(f"`{what}` ended with {process.returncode}: {complained.strip()[-2000:]}")
    return said


def run(command: list[str], *, memory: bool) -> tuple[int, Measured]:
    """The command's exit code, and the time and memory of the command and of all that it started."""
    with suppress(OSError, AttributeError):  # without it, only processes that nobody waits for are missed
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    busy = _busy_time()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    sampler = _Sampler(process.pid) if memory else None
    code = process.wait()
    wall = time.perf_counter() - start
    peak = sampler.stop() if sampler else 0
    _wait_for_the_rest()
    times = os.times()
    cpu = times.children_user + times.children_system
    others = max(0.0, _busy_time() - busy - cpu - times.user - times.system)
    return code, Measured(wall, cpu, peak, others)


def _wait_for_the_rest() -> None:
    with suppress(ChildProcessError):
        while True:
            os.wait()


class _Sampler:
    """Reads the memory of a process and its descendants, in a thread, until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(_INTERVAL):
            self._peak = max(self._peak, sum(map(_pss, tree(self._pid))))


def _pss(pid: int) -> int:
    """The PSS of a process in bytes; 0 if it has ended."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _busy_time() -> float:
    """The seconds that the processors have worked since the system started; 0 if the system does not say."""
    with suppress(OSError):
        fields = (_PROC / "stat").read_text().partition("\n")[0].split()[1:]
        ticks = [int(field) for field in fields[:8]]
        return float(sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")
    return 0.0


def main(arguments: list[str]) -> int:
    memory = arguments[:1] == ["--memory"]
    code, measured = run(arguments[1:] if memory else arguments, memory=memory)
    print(json.dumps(asdict(measured)))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
