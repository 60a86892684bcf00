"""The stages of a credsite build with their times, as `credsite build --profile-json FILE` writes them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OPTION: Final = "--profile-json"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a build: its time in seconds, and the number of processes that worked on it."""

    name: str
    seconds: float
    processes: int


def can_profile(program: Path) -> bool:
    """Whether this version of credsite has the option; older ones do not."""
    asked = subprocess.run([str(program), "build", "--help"], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and OPTION in asked.stdout


def read(text: str) -> tuple[Stage, ...]:
    """The stages of a profile in their order. Raises ValueError if the text is not a profile."""
    try:
        return tuple(
            Stage(str(row["name"]), float(row["seconds"]), int(row["processes"]))
            for row in json.loads(text)["stages"]
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"This is not a profile of credsite: {error!r} is missing or wrong.") from error
