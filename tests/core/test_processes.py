from __future__ import annotations

import pytest

from credsite.core import processes
from credsite.core.processes import StartMethod, default_start_method


@pytest.mark.parametrize(("system", "start"), [("linux", "fork"), ("darwin", "spawn"), ("win32", "spawn")])
def test_the_start_method_of_each_system(
    system: str, start: StartMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    if system == "win32":
        monkeypatch.setattr(processes.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert default_start_method() == start
