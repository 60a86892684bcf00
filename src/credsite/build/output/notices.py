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
    is_one = len(paths) == 1
    it, was = ("it", "was") if is_one else ("them", "were")
    return _notice(
        paths,
        f", or credsite never wrote {it}. The website no longer has {it}, so {'it' if is_one else 'they'} {was} left there. "
        f"Delete what nobody needs, or put it into `static/` to keep it.",
    )


def rewritten_notice(paths: Collection[str]) -> str:
    """Of planned files that were replaced although they had been changed; ``""`` for none."""
    return _notice(
        paths,
        f". {'It was' if len(paths) == 1 else 'They were'} written again. Make changes in `content/`, `static/` or the theme, "
        "where they last.",
    )


def still_there_notice(folder: str, paths: Collection[str]) -> str:
    """Of files in the output ``folder`` that must not be published any more, but were changed and so not removed; ``""`` for none.

    All are named, because somebody has to delete each of them.
    """
    if not paths:
        return ""
    names = "".join(f"\n  {without_control_characters(f'{folder}/{path}')}" for path in sorted(paths))
    left = (
        "This file was changed by hand, so it was left there, but it"
        if len(paths) == 1
        else "These files were changed by hand, so they were left there, but they"
    )
    it = "it" if len(paths) == 1 else "them"
    return f"STILL THERE: {left} must not be published any more. Delete {it} now:{names}"


def _notice(paths: Collection[str], rest: str) -> str:
    if not paths:
        return ""
    names = join_names([f"`{without_control_characters(path)}`" for path in sorted(paths)])
    was, it = ("was", "it") if len(paths) == 1 else ("were", "them")
    return f"In the output folder, {names} {was} changed since credsite wrote {it}{rest}"
