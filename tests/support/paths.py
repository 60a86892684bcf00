"""Paths in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = REPOSITORY / "src/credsite"
STARTER: Final = PACKAGE / "authoring/starter"
"""The site that ``credsite init`` starts with."""
SITES: Final = REPOSITORY / "tests/sites"
"""Small sites: one for each problem, and some good ones."""
