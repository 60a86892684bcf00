"""A run is measured whole, whatever its processes do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.measure.meter import RunError, measure

BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"


def test_the_time_of_a_process_that_nobody_waits_for_counts(tmp_path: Path) -> None:
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
    found = measure([sys.executable, "-c", parent], tmp_path, {}, memory=False)
    assert found.cpu >= 0.3
    assert found.memory == 0


def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; held = b'x' * 60_000_000; time.sleep(0.4)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    found = measure([sys.executable, "-c", parent], tmp_path, {}, memory=True)
    assert 60_000_000 <= found.memory <= 150_000_000
    assert found.wall >= 0.4


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such course"):
        measure([sys.executable, "-c", "raise SystemExit('no such course')"], tmp_path, {}, memory=False)


def test_variables_and_folder_reach_the_command(tmp_path: Path) -> None:
    script = "import os; assert os.environ['KEY'] == 'value'; open('here', 'w').close()"
    measure([sys.executable, "-c", script], tmp_path, {"KEY": "value"}, memory=False)
    assert (tmp_path / "here").exists()
