"""Where the themes lie that come with credsite."""

from __future__ import annotations

from pathlib import Path


def packaged_themes() -> Path:
    """The folder of the themes that come with credsite: beside ``src/`` in a source checkout, else in the package."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent.parent / "themes"
    if package.parent.name == "src" and (checkout / "default" / "theme.yaml").is_file():
        return checkout
    return package / "themes"
