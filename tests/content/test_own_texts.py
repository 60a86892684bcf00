"""Own fields in Markdown: ids and headings that fit into a page with other texts."""

from __future__ import annotations

import pytest

from credsite.content.markdown.body import render
from credsite.content.own_texts import below_heading


def below(text: str) -> tuple[str, list[tuple[str, int]]]:
    body = below_heading(render(text)[0], "notes")
    return body.html, [(heading.id, heading.level) for heading in body.headings]


def test_headings_are_one_level_lower_with_ids_of_their_own() -> None:
    html, headings = below("# Fees\n\n## Refunds")
    assert html == '<h3 id="notes-fees">Fees</h3>\n<h4 id="notes-refunds">Refunds</h4>'
    assert headings == [("notes-fees", 3), ("notes-refunds", 4)]


def test_footnotes_have_ids_of_their_own() -> None:
    html, _ = below("Fees[^1]\n\n[^1]: In dollars.")
    assert 'id="notes-fnref:1"' in html
    assert 'href="#notes-fn:1"' in html


@pytest.mark.parametrize("text", ['Write id="x" or href="#x".', '`<p id="x">`', '![is id="x"](x.png)'])
def test_words_stay_as_they_are(text: str) -> None:
    assert below(text)[0] == render(text)[0].html
