"""The table of colours on colours has every pair that a rule of the theme's stylesheets states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credsite.theme.contrast_pairs import PAIRS, TEXT_CONTRAST
from tests.support.paths import REPOSITORY

CSS = REPOSITORY / "themes/default/assets/css"
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
BACKGROUND = re.compile(r"background: var\(--([\w-]+)\)")
COLOUR = re.compile(r"(?:^|[\s;])color: var\(--([\w-]+)\)")


def stated_pairs() -> Iterator[tuple[str, str]]:
    """The colours of text and background of each rule that has both."""
    for sheet in sorted(CSS.glob("*.css")):
        for _, declarations in RULE.findall(sheet.read_text(encoding="utf-8")):
            background, colour = BACKGROUND.search(declarations), COLOUR.search(declarations)
            if background and colour:
                yield colour[1], background[1]


def test_every_pair_that_a_rule_states_is_in_the_table() -> None:
    listed = {(pair.front, pair.background) for pair in PAIRS if pair.minimum == TEXT_CONTRAST}
    stated = set(stated_pairs())
    assert ("on-accent", "accent") in stated
    assert stated <= listed, sorted(stated - listed)
