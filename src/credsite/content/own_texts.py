"""Own fields of an entry that are long texts in Markdown: rendered like its body, to stand on the same page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from credsite.content.markdown.body import MarkdownBody, render
from credsite.content.markdown.headings import Heading
from credsite.content.markdown.sanitizer import Finding
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.models import EntryFields

_LOWEST: Final = 6
_HEADING: Final = re.compile(r"(?<=<)(/?)h([2-5])(?=[ >])")
_TAG: Final = re.compile(r'<[a-z](?:[^">]|"[^"]*")*>')
_ANCHOR: Final = re.compile(r'(?<= id=")|(?<= href="#)')


def render_texts(
    fields: EntryFields, text_fields: Iterable[DisplayedField]
) -> Iterator[tuple[str, MarkdownBody, tuple[Finding, ...]]]:
    """The key of each of the ``text_fields`` that says something, its text, and what is wrong in it."""
    for field in text_fields:
        written = getattr(fields, field.key)
        if isinstance(written, str):
            body, findings = render(written)
            yield field.key, below_heading(body, field.id), findings


def below_heading(body: MarkdownBody, id_: str) -> MarkdownBody:
    """``body`` for a part of a page, with a heading of its own: headings one level lower, and ids that no other part has."""
    html = _TAG.sub(lambda tag: _ANCHOR.sub(f"{id_}-", tag[0]), body.html)
    html = _HEADING.sub(lambda found: f"{found[1]}h{int(found[2]) + 1}", html)
    headings = tuple(
        Heading(f"{id_}-{one.id}", one.title, min(one.level + 1, _LOWEST)) for one in body.headings
    )
    return replace(body, html=html, headings=headings)
