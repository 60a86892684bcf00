"""Share pictures: what other websites show beside a link to a page, drawn from a template of the theme."""

from pathlib import Path
from typing import Final

FONTS_FOLDER: Final = Path(__file__).parent / "fonts"
"""The fonts that come with credsite."""
