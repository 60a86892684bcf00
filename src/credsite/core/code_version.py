"""A digest of the code: results of one version of credsite, Python or a library are not reused by another."""

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
"""The libraries whose version can change a website."""
_PACKAGE = Path(__file__).parent.parent


@lru_cache(maxsize=8)
def code_digest(libraries: tuple[str, ...], patterns: tuple[str, ...]) -> str:
    """A digest of the versions of ``libraries`` and of the modules that match ``patterns``, such as ``content/**/*.py``.

    It covers the text of the modules, so that a changed checkout of credsite never uses what its old code has stored.
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
    """The name of the folder with the metadata of an installed library, which includes its version.

    ``importlib.metadata`` would read and parse the metadata, and takes longer to import than this whole digest.
    """
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                distribution = name.removesuffix(".dist-info").rpartition("-")[0]
                if name.endswith(".dist-info") and distribution.lower().replace("-", "_") == library:
                    return name
    from importlib.metadata import version

    return f"{library} {version(library)}"
