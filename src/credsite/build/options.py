"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

Progress = Callable[[str, int, int], None]
"""Is called with the name of a stage, how much of it is done, and how much there is."""
DEFAULT_OUTPUT: Final = "public"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do.

    ``now`` is the moment for which the site is built: None for the clock; a moment without offset is in the site's time
    zone. ``jobs`` is how many processes may work, and ``start_method`` how they begin, None for the system's default.
    Neither changes a byte of the website, and neither does ``no_cache``, with which nothing from earlier builds is used and
    nothing is stored for later ones.

    ``locate_advice`` says whether advice gets its lines, for which each file with some is read once more. ``strict`` counts
    warnings as errors, and ``keep_going`` builds what has no errors.

    ``preview`` is for a website that changes while it is looked at and that no browser caches: the names of its data files
    do not depend on what is in them. ``include_unpublished`` shows entries that must not be published too, whatever the
    reason: that is only for those who have the files.
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
