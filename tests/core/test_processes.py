from __future__ import annotations

import os
import signal

import pytest

from credsite.core import processes
from credsite.core.processes import BackgroundTask, StartMethod, default_start_method


@pytest.mark.parametrize(("system", "start"), [("linux", "fork"), ("darwin", "spawn"), ("win32", "spawn")])
def test_the_start_method_of_each_system(
    system: str, start: StartMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    if system == "win32":
        monkeypatch.setattr(processes.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert default_start_method() == start


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_background_task_gives_what_its_work_gives(jobs: int) -> None:
    task = BackgroundTask(lambda: (os.getpid(), "x" * 1_000_000), jobs)
    assert task.runs_elsewhere == (jobs > 1)
    process, text = task.result()
    assert (process == os.getpid()) == (jobs == 1)
    assert text == "x" * 1_000_000


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_that_fails_in_the_background_fails_here(jobs: int) -> None:
    def fail() -> None:
        raise OSError("no such thing")

    with pytest.raises(OSError, match="no such thing"):
        BackgroundTask(fail, jobs).result()


def test_where_the_process_is_stopped_the_work_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert BackgroundTask(work, 2).result() == here
