"""What the results of credsite's own code depend on beside their inputs: Python, the libraries, and the code itself."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from credsite import __version__
from credsite.digest import combined

LIBRARIES: Final = (
    "babel",
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
_PACKAGE = Path(__file__).parent


@lru_cache(maxsize=8)
def state_of(libraries: tuple[str, ...], modules: tuple[str, ...]) -> str:
    """A digest that changes with any of them. ``modules`` are patterns such as ``content/**/*.py``.

    It holds the text of the modules, so that a changed checkout never meets what another state of it kept.
    """
    files = sorted({file for pattern in modules for file in _PACKAGE.glob(pattern)})
    return combined(
        [
            __version__,
            sys.version,
            *(f"{name} {version(name)}" for name in libraries),
            *(
                f"{file.relative_to(_PACKAGE).as_posix()} {file.read_text(encoding='utf-8')}"
                for file in files
            ),
        ]
    )
