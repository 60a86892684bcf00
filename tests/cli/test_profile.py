"""`credsite build --profile` and `--profile-json`: where the time of a build went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credsite.cli.build import print_profile, profile_as_json
from credsite.core.profiling import STAGES, Stopwatch
from tests.support.cli import Run


def measured(here: dict[str, float], workers: dict[str, float], count: int = 0) -> Stopwatch:
    stopwatch = Stopwatch()
    stopwatch.own.update(here)
    stopwatch.workers.update(workers)
    stopwatch.worker_count = count
    return stopwatch


def test_json_has_every_stage_once_with_the_time_of_all_processes() -> None:
    found = json.loads(profile_as_json(measured({"read": 1.0, "render": 0.25}, {"render": 2.0}, 2), 4.5))
    assert found["whole"] == 4.5
    stages = {stage.pop("name"): stage for stage in found["stages"]}
    assert list(stages) == list(STAGES)
    assert stages["render"] == {"seconds": 2.25, "here": 0.25, "workers": 2.0, "processes": 3}
    assert stages["read"] == {"seconds": 1.0, "here": 1.0, "workers": 0.0, "processes": 1}
    assert stages["plan"]["seconds"] == 0.0


def test_the_table_has_every_stage_and_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    print_profile(measured({"read": 1.0, "write": 0.5}, {"render": 2.0}, 2), 4.0)
    said = capsys.readouterr()
    assert said.out == ""
    rows = {row[1:].split("│")[0].strip(): row for row in said.err.splitlines() if row.startswith("│")}
    assert list(rows) == [*STAGES, "the rest"]
    assert "1.000 s" in rows["read"]
    assert "2.000 s" in rows["render"]
    assert "2.500 s" in rows["the rest"]  # of this process, whose time alone makes up the whole
    assert rows["render"].count("█") == 2 * rows["read"].count("█") > 0


def test_a_build_prints_how_long_its_stages_took(run: Run, site: Path, tmp_path: Path) -> None:
    result = run("build", site, "--profile", "--profile-json", tmp_path / "profile.json")
    assert result.exit_code == 0
    assert "Where " in result.stderr
    found = json.loads((tmp_path / "profile.json").read_text())
    seconds = {stage["name"]: stage["seconds"] for stage in found["stages"]}
    assert all(
        seconds[name] > 0 for name in ("read", "parse", "Markdown", "catalogue", "plan", "render", "write")
    )
    assert sum(stage["here"] for stage in found["stages"]) <= found["whole"]


def test_a_build_without_the_option_prints_no_times(run: Run, site: Path) -> None:
    assert "Where " not in run("build", site).stderr
