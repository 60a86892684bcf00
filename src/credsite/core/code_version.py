"""What the results of credsite's own code depend on beside their inputs: Python, the libraries, and the code itself."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from credsite import __version__
from credsite.core.hashing import combined_digest

LIBRARIES: Final = (
    "babel",
    "icalendar",
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "pillow",
    "pydantic",
    "pydantic_core",
    "pyyaml",
)
"""All that can show in a website."""
_PACKAGE = Path(__file__).parent.parent


@lru_cache(maxsize=8)
def code_digest(libraries: tuple[str, ...], patterns: tuple[str, ...]) -> str:
    """A digest that changes with any of them. ``modules`` are patterns such as ``content/**/*.py``.

    It holds the text of the modules, so that a changed checkout never meets what another state of it kept.
    """
    files = sorted({file for pattern in patterns for file in _PACKAGE.glob(pattern)})
    return combined_digest(
        [
            __version__,
            sys.version,
            *map(_release, libraries),
            *(
                f"{file.relative_to(_PACKAGE).as_posix()} {file.read_text(encoding='utf-8')}"
                for file in files
            ),
        ]
    )


def _release(library: str) -> str:
    """The name of the folder in which an installed library states its version.

    The standard library would read and parse the statement, and takes longer to be loaded than all of this.
    """
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                stated = name.removesuffix(".dist-info").rpartition("-")[0]
                if name.endswith(".dist-info") and stated.lower().replace("-", "_") == library:
                    return name
    from importlib.metadata import version

    return f"{library} {version(library)}"
