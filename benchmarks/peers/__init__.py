"""The generators that are compared. Each has a class that writes, builds, edits and cleans its site."""

from __future__ import annotations

from benchmarks.peers.base import Generator, UnavailableError
from benchmarks.peers.credsite import Credsite
from benchmarks.peers.eleventy import Eleventy
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.mkdocs import MkDocs
from benchmarks.peers.pelican import Pelican

REFERENCE = Hugo.name
"""The generator that all others are measured against."""
GENERATORS: dict[str, type[Generator]] = {
    kind.name: kind for kind in (Hugo, Credsite, Eleventy, Pelican, MkDocs)
}

__all__ = ["GENERATORS", "REFERENCE", "Generator", "UnavailableError"]
