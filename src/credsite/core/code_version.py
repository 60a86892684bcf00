"""Digests of the code: results of one version of credsite, Python or a library are not reused by another."""

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
    "resvg_py",
)
"""The libraries whose version can change a website."""
_PACKAGE = Path(__file__).parent.parent


@cache
def code_digest() -> str:
    """A digest of :func:`program_digest` and the release of Python, for what is stored on this computer."""
    return combined_digest([sys.version, program_digest()])


@cache
def program_digest() -> str:
    """A digest of all modules of credsite, and of the versions of the libraries, for what is published.

    It covers the text of the modules, so that a changed checkout of credsite never uses what its old code has stored. It does
    not depend on Python or the system: otherwise visitors would load everything again after the host's next update.
    """
    # With paths as text: there are hundreds of files, and each build begins with this.
    package = str(_PACKAGE)
    files = sorted(
        (f"{folder.removeprefix(package)}/{name}".replace(os.sep, "/"), f"{folder}/{name}")
        for folder, _, names in os.walk(package)
        for name in names
        if name.endswith(".py")
    )
    modules = (f"{name} {file_digest(file)}" for name, file in files)
    return combined_digest([__version__, *_releases(), *modules])


def _releases() -> list[str]:
    """The installed libraries with their versions, from the names of the folders with their metadata.

    ``importlib.metadata`` would read and parse the metadata, and takes longer to import than the whole digest.
    """
    found = _installed()
    return [found.get(library) or _release(library) for library in _LIBRARIES]


@cache
def library_release(library: str) -> str:
    """The name and version of an installed library, such as ``pillow 13.0.0``."""
    return _installed().get(library) or _release(library)


def _installed() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                if name.endswith(".dist-info"):
                    library, _, version = name.removesuffix(".dist-info").rpartition("-")
                    library = library.lower().replace("-", "_")
                    found.setdefault(library, f"{library} {version}")
    return found


def _release(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:  # installed in a way that leaves no metadata
        return library
