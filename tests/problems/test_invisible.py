"""Characters that nobody sees, or takes for others."""

from __future__ import annotations

import pytest

from credsite.problems.invisible import invisible_advice, without_look_alikes
from credsite.problems.model import Location
from credsite.problems.suggestions import unknown_value_problem


@pytest.mark.parametrize(
    ("written", "seen", "words"),
    [
        ("tern-college\u00a0", "tern-college", "a no-break space (U+00A0) at its end"),
        ("tern\u00a0college", "tern college", "a no-break space (U+00A0) after `tern`"),
        ("\ufeffonline", "online", "a byte order mark (U+FEFF) at its beginning"),
        ("on\u200bline", "online", "a zero-width space (U+200B) after `on`"),
        ("on\u00adline", "online", "a soft hyphen (U+00AD) after `on`"),
        ("495\u202fCAD", "495 CAD", "a narrow no-break space (U+202F) after `495`"),
        ("1\u2007250", "1 250", "a figure space (U+2007) after `1`"),
        ("online\u200e", "online", "`left-to-right mark` (U+200E) at its end"),
        ("a\tb", "a b", "a tab (U+0009) after `a`"),
        ("first-\u0430id", "first-aid", "is a Cyrillic one (U+0430) that looks like `a`"),
        ("g\u03bfvernment", "government", "is a Greek one (U+03BF) that looks like `o`"),
    ],
)
def test_what_nobody_sees_is_named(written: str, seen: str, words: str) -> None:
    assert without_look_alikes(written) == seen
    assert words in invisible_advice(written)


@pytest.mark.parametrize("text", ["", "online", "Café", "Харків", "Αθήνα", "介護", "a b", "l'école"])
def test_what_is_as_it_looks_is_left_alone(text: str) -> None:
    assert without_look_alikes(text) == text
    assert invisible_advice(text) == ""


def test_an_unknown_value_that_looks_right_says_why() -> None:
    problem = unknown_value_problem(
        "unknown-id", "There is no provider.", Location("a.md"), "tern\u2011college\u200b", ["tern-college"]
    )
    assert problem.message.startswith("There is no provider. It has a zero-width space (U+200B) at its end")
    assert problem.suggestion == "tern-college"
