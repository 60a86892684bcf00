"""A build may be stopped at any moment: the next build completes the website.

``python -m tests.end_to_end.long_killed`` stops many more.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from credsite.core.parallel import parallel_map
from credsite.core.processes import StartMethod
from tests.support.paths import REPOSITORY
from tests.support.sequences import Way
from tests.support.stopped import faults, is_alive

BOTH = [signal.SIGKILL, signal.SIGINT]


@pytest.mark.parametrize(
    ("way", "signs"),
    [
        (Way(1), [*BOTH, *BOTH]),
        (Way(2, "fork"), [*BOTH, *BOTH]),
        (Way(2, "spawn"), BOTH),  # take long to start
    ],
    ids=str,
)
def test_next_build_equals_a_clean_one(tmp_path: Path, way: Way, signs: list[signal.Signals]) -> None:
    assert list(faults(tmp_path, 1, signs, way)) == []


def slow(number: int) -> int:
    if number == 0:
        print("begins", flush=True)
    time.sleep(0.01)
    return number


def work_for_long(start: StartMethod) -> None:
    for _ in parallel_map((slow,), range(100_000), 3, start_method=start):
        pass


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_end_when_only_their_parent_is_killed(start: StartMethod) -> None:
    code = f"from tests.end_to_end.test_killed import work_for_long; work_for_long({start!r})"
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begins\n"
        os.kill(running.pid, signal.SIGKILL)
    assert not is_alive(running.pid)
