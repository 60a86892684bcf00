"""Markdown to HTML that is not safe yet. Texts that are not simple go to Python-Markdown."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from credsite.content.markdown.direct import direct_html


class Converter:
    """The parsers of one thread. After an exception from :meth:`convert` the object cannot be used any more."""

    def __init__(self) -> None:
        self._parsers: dict[bool, Markdown] = {}

    def convert(self, text: str) -> str:
        """The HTML of ``text``. RecursionError where it is nested too deeply."""
        direct = direct_html(text)
        if direct is not None:
            return direct
        has_fences = "```" in text or "~~~" in text
        if has_fences not in self._parsers:
            self._parsers[has_fences] = new_parser(has_fences)
        return self._parsers[has_fences].reset().convert(text)


def new_parser(has_fences: bool) -> Markdown:
    """Python-Markdown for texts with or without fenced code."""
    extensions: list[Extension] = [
        TableExtension(use_align_attribute=True),
        DefListExtension(),
        _Footnotes(),
    ]
    if has_fences:
        # Here, because it brings in the whole of Pygments where that is installed.
        from markdown.extensions.fenced_code import FencedCodeExtension

        extensions.append(FencedCodeExtension())
    return Markdown(extensions=extensions, output_format="html")


class _Footnotes(FootnoteExtension):
    """Footnotes with ids by number: an author's label may hold spaces, which an id may not."""

    def __init__(self) -> None:
        super().__init__(BACKLINK_TITLE="")

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        return f"fn:{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        return self.unique_ref(f"fnref:{self._number(id)}", found)

    def _number(self, label: str) -> int:
        return list(self.footnotes).index(label) + 1
