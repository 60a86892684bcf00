from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from credsite.hooks.loading import Hooks

WriteHooks = Callable[[str], Path]
Found = list[tuple[str, int, str]]
"""The code, the line and the beginning of each problem."""

IMPORTS = "from credsite.hooks import CheckHook, HookFinding, OutputHook, hook\n"


@pytest.fixture
def write_hooks(site: Path) -> WriteHooks:
    """Writes hooks.py, whose first line imports all that hooks need, and has credsite.yaml name it."""
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "hooks: hooks.py\n", encoding="utf-8")

    def write(code: str) -> Path:
        (site / "hooks.py").write_text(IMPORTS + code, encoding="utf-8")
        return site

    return write


def found(hooks: Hooks, length: int = 30) -> Found:
    return [(one.code, one.location.line, one.message[:length]) for one in hooks.problems]
