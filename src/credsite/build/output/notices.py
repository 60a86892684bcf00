"""What a build has to say of files in the output folder that somebody else has changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from credsite.build.output.disk import MANIFEST
from credsite.core.text import join_names, without_control_characters

MANIFEST_DAMAGED: Final = (
    f"The list of files that credsite wrote ({MANIFEST}) cannot be read. A new one is made, but pages of "
    "earlier builds that are no longer planned stay. To be rid of them, empty the output folder by hand."
)


def left_notice(paths: Collection[str]) -> str:
    """Of files that are no longer planned and were not removed; ``""`` for none."""
    if not paths:
        return ""
    return (
        f"In the output folder, {_listed(paths)} {_were(paths)} changed since credsite wrote {_them(paths)}, or never "
        f"written by it, and {_were(paths)} left there, though the website no longer has {_them(paths)}. Delete what nobody needs, "
        "or put it into `static/` to keep it."
    )


def rewritten_notice(paths: Collection[str]) -> str:
    """Of planned files that were replaced although they had been changed; ``""`` for none."""
    if not paths:
        return ""
    return (
        f"In the output folder, {_listed(paths)} {_were(paths)} changed since credsite wrote {_them(paths)}, and {_were(paths)} "
        "written again. Make changes in `content/`, `static/` or the theme, where they last."
    )


def _listed(paths: Collection[str]) -> str:
    return join_names([f"`{without_control_characters(path)}`" for path in sorted(paths)])


def _were(paths: Collection[str]) -> str:
    return "was" if len(paths) == 1 else "were"


def _them(paths: Collection[str]) -> str:
    return "it" if len(paths) == 1 else "them"
