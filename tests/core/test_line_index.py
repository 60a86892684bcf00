from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from credsite.core.line_index import LineIndex


@given(st.text("a\n\r\u2028"))
def test_line_and_column_are_those_of_the_character(text: str) -> None:
    index = LineIndex(text)
    lines = text.split("\n")
    for at in range(len(text) + 1):
        line, column = index.position(at)
        assert (line, column) == (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        assert lines[line - 1][column - 1 :].startswith(text[at : at + 1].rstrip("\n"))
