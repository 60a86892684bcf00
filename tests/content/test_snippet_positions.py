from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.content.snippet_positions import SnippetPositions, find_snippet

TEXT = """\
First `course:sql` in code, then [one](course:sql-basics)
and [two](course:sql).

```
course:sql
```

Again course:sql.
"""


@pytest.mark.parametrize(
    ("text", "snippet", "nth", "place"),
    [
        (TEXT, "course:sql", 0, (2, 11)),
        (TEXT, "course:sql", 1, (8, 7)),
        (TEXT, "course:sql-basics", 0, (1, 40)),
        (TEXT, "course:none", 0, None),
        ("`only` in code `only`", "only", 0, None),
        ("````\n```\nx\n````\nx", "x", 0, (5, 1)),
        ("~~~\nx\nnever closed", "x", 0, None),
        ("1. ```\n   x\n   ```\n   x", "x", 0, (4, 4)),
        ("> - a\n>\n>   ~~~\n>   x\n>   ~~~\n> x", "x", 0, (6, 3)),
        ("a ` b\n\nc ` d", "b", 0, (1, 5)),
        ("[a](my\\_file.md)", "my_file.md", 0, (1, 5)),
        ("[a](x?b=1&amp;c=2)", "x?b=1&c=2", 0, (1, 5)),
        ("&copy; &#33; [a](n&#111;.md) b", "no.md", 0, (1, 18)),
        ("&copy; &#33; [a](n&#111;.md) b", "b", 0, (1, 30)),
        ("[a](<one\ntwo.md>)", "one two.md", 0, (1, 6)),
        ("[a](../x.md) [b](x.md)", "x.md", 0, (1, 18)),
        ("[a](../x.md)", "x.md", 0, (1, 8)),
        ("prefix-and-more", "prefix-and", 0, (1, 1)),
        ("anything", "", 0, None),
        ("anything", " \n", 0, None),
    ],
)
def test_places(text: str, snippet: str, nth: int, place: tuple[int, int] | None) -> None:
    assert find_snippet(text, snippet, nth) == place


@settings(deadline=None)
@given(st.text(), st.text(), st.integers(0, 3))
def test_a_place_is_in_the_text(text: str, snippet: str, nth: int) -> None:
    place = find_snippet(text, snippet, nth)
    if place is not None:
        line, column = place
        assert 1 <= column <= len(text.split("\n")[line - 1]) + 1


def test_many_snippets_are_found_where_one_is() -> None:
    text = "".join(f"See [one](no-{number}.md) and `code`.\n\n" for number in range(500))
    positions = SnippetPositions(text)
    for number in range(500):
        assert (
            positions.find(f"no-{number}.md") == (2 * number + 1, 11) == find_snippet(text, f"no-{number}.md")
        )
