"""What a build did to its output folder."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """The numbers of files that were written, skipped because they are up to date, rendered but unchanged, and pruned.

    ``notice`` is a sentence for the editor, or ``""``; ``manifest`` is the digest of the manifest, where it is known.
    ``changed`` are the paths of the files that were written or pruned.
    """

    written: int
    skipped: int
    unchanged: int
    pruned: int
    notice: str = ""
    manifest: str = field(default="", compare=False)
    changed: tuple[str, ...] = field(default=(), compare=False)
