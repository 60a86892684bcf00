"""A fault of credsite itself while it looks at one file becomes a problem of that file, and so stops nothing else."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Final

from credsite.core.errors import CredsiteError
from credsite.problems.model import Location, Problem

DEBUG: Final = "CREDSITE_DEBUG"
"""The environment variable that lets faults end a command, with a traceback in a file."""
_PACKAGE: Final = Path(__file__).parent.parent
_MAX_LENGTH: Final = 200


def fault_problem(error: Exception, path: str) -> Problem:
    """The problem of the file at ``path``, at which ``error`` was raised; see :func:`fault_message`."""
    return Problem("internal-fault", fault_message(error), Location(path))


def fault_message(error: Exception) -> str:
    """What to tell an editor of an unexpected ``error``, and its maintainers.

    Raises ``error`` where nobody can go on: where the memory ran out, where it says itself what is wrong, and in debugging.
    """
    if isinstance(error, MemoryError | CredsiteError) or os.environ.get(DEBUG):
        raise error
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    place = f", {Path(own[-1].filename).relative_to(_PACKAGE).as_posix()}:{own[-1].lineno}" if own else ""
    words = " ".join(str(error).split())[:_MAX_LENGTH]
    return (
        f"credsite itself fails here ({type(error).__name__}: {words}{place}), so this is left out. What you wrote need not be "
        "wrong. Move the file out of the site's folder if it is in the way, and please report this, with the file."
    )
