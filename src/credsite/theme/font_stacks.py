"""The fonts of visitors' computers by the kinds that editors choose from. Source: https://modernfontstacks.com/ (CC0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from credsite.schema.brand import FontStack

FONT_STACKS: Final[Mapping[FontStack, str]] = {
    "system-ui": "system-ui, sans-serif",
    "transitional": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, serif',
    "old-style": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif',
    "geometric-humanist": 'Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif',
    "classical-humanist": 'Optima, Candara, "Noto Sans", source-sans-pro, sans-serif',
    "neo-grotesque": 'Inter, Roboto, "Helvetica Neue", "Arial Nova", "Nimbus Sans", Arial, sans-serif',
    "industrial": 'Bahnschrift, "DIN Alternate", "Franklin Gothic Medium", "Nimbus Sans Narrow", sans-serif-condensed, sans-serif',
    "rounded-sans": 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, "Arial Rounded MT", '
    '"Arial Rounded MT Bold", Calibri, source-sans-pro, sans-serif',
    "slab-serif": 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
    "antique": 'Superclarendon, "Bookman Old Style", "URW Bookman", "URW Bookman L", "Georgia Pro", Georgia, serif',
    "didone": 'Didot, "Bodoni MT", "Noto Serif Display", "URW Palladio L", P052, Sylfaen, serif',
}
