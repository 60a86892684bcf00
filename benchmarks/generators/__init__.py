"""The generators that are compared: each knows how its site is written, built, edited and cleaned."""

from __future__ import annotations

from benchmarks.generators.base import Generator, UnavailableError
from benchmarks.generators.credsite import Credsite
from benchmarks.generators.eleventy import Eleventy
from benchmarks.generators.hugo import Hugo
from benchmarks.generators.mkdocs import MkDocs
from benchmarks.generators.pelican import Pelican

REFERENCE = Hugo.name
"""The generator that all others are measured against."""
GENERATORS: dict[str, type[Generator]] = {
    kind.name: kind for kind in (Hugo, Credsite, Eleventy, Pelican, MkDocs)
}

__all__ = ["GENERATORS", "REFERENCE", "Generator", "UnavailableError"]
