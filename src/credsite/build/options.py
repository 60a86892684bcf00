"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, how much of it is done, and how much there is."""
DEFAULT_OUTPUT: Final = "public"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do. ``now`` is None for the clock; a moment without offset is in the site's zone.

    ``locate_advice`` says whether advice gets its lines, for which each file with some is read once more;
    ``no_cache``, that nothing is kept from earlier builds or for later ones, which changes no byte of the website.
    ``start_method`` is how processes begin, None for the system's way, which changes no byte either. ``preview`` is for a website
    that is looked at while it changes, and that no browser keeps: the names of its data say nothing of what is in them.
    ``include_unpublished`` has it show what must not be published too, whatever the reason: that is for whoever has the files.
    ``strict`` counts warnings as errors.
    """

    root: Path
    output: Path | None = None
    base_url: str | None = None
    now: datetime | None = None
    drafts: bool = False
    keep_going: bool = False
    jobs: int = 1
    locate_advice: bool = True
    no_cache: bool = False
    start_method: Literal["fork", "spawn"] | None = None
    preview: bool = False
    include_unpublished: bool = False
    strict: bool = False

    @property
    def output_folder(self) -> Path:
        return self.output or self.root / DEFAULT_OUTPUT
