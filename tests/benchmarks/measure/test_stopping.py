"""A run that is ended leaves no process and no folder behind, and shows what it has measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.measure.stopping import scratch, started, stoppable
from benchmarks.peers.base import REPOSITORY

SLEEPER = "import sys, time; print('here', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {SLEEPER!r}], start_new_session=True)\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)\n"
)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + 10
    while runs(pid):
        assert time.monotonic() < end, f"process {pid} is still there"
        time.sleep(0.02)


def stopped_on_the_way() -> None:
    with stoppable():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)


def test_nothing_of_a_command_is_left_after_the_block() -> None:
    with started([sys.executable, "-c", PARENT]) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert runs(child)
    wait_until_gone(process.pid)
    wait_until_gone(child)


def test_the_first_signal_is_an_interruption_and_later_ones_are_not_heard() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt) as stopped:
        stopped_on_the_way()
    assert stopped.value.args == (signal.SIGTERM,)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_temporary_folder_goes_and_a_given_one_stays(tmp_path: Path) -> None:
    with scratch(tmp_path / "given") as kept:
        assert kept.parent == tmp_path / "given"
    assert kept.is_dir()
    with scratch(None) as folder:
        (folder / "file").touch()
    assert not folder.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_writes_what_it_has_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    temporary, document = tmp_path / "temporary", tmp_path / "performance.md"
    temporary.mkdir()
    arguments = [
        "--only",
        "credsite",
        "--sizes",
        "90",
        "--rounds",
        "50",
        "--no-browser",
        "--output",
        str(document),
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.run", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as bench:
        assert bench.stderr is not None
        for line in bench.stderr:
            if "round 1, nothing changed" in line:
                break
        children = Path(f"/proc/{bench.pid}/task/{bench.pid}/children")
        while not (meters := children.read_text().split()):
            time.sleep(0.01)
        bench.send_signal(number)
        shown, _ = bench.communicate(timeout=60)
    assert bench.returncode == 128 + number
    assert "90 courses, wall time" in shown
    text = document.read_text(encoding="utf-8")
    assert "The run was stopped before its end" in text
    assert list(temporary.iterdir()) == []
    for meter in meters:
        wait_until_gone(int(meter))
