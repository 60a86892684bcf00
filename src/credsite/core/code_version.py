"""A digest of the code: results of one version of credsite, Python or a library are not reused by another."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from credsite import __version__
from credsite.core.hashing import combined_digest, file_digest

_LIBRARIES: Final = (
    "anyascii",
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


@cache
def code_digest() -> str:
    """A digest of all modules of credsite, and of the versions of Python and of the libraries.

    It covers the text of the modules, so that a changed checkout of credsite never uses what its old code has stored.
    """
    # With paths as text: there are hundreds of files, and each build begins with this.
    package = str(_PACKAGE)
    files = sorted(
        f"{folder}/{name}" for folder, _, names in os.walk(package) for name in names if name.endswith(".py")
    )
    modules = (f"{file.removeprefix(package)} {file_digest(file)}" for file in files)
    return combined_digest([__version__, sys.version, *_releases(), *modules])


def _releases() -> list[str]:
    """The names of the folders with the metadata of the installed libraries, which include their versions.

    ``importlib.metadata`` would read and parse the metadata, and takes longer to import than the whole digest.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                if name.endswith(".dist-info"):
                    library = name.removesuffix(".dist-info").rpartition("-")[0]
                    found.setdefault(library.lower().replace("-", "_"), name)
    return [found.get(library) or _release(library) for library in _LIBRARIES]


def _release(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:  # installed in a way that leaves no metadata
        return library
