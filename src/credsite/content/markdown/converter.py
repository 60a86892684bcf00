"""Markdown to HTML that is not safe yet. Texts that are not simple go to Python-Markdown with the rules of CommonMark."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from credsite.content.markdown.direct import direct_html
from credsite.content.markdown.unusual import Unusual, unusual_names

if TYPE_CHECKING:
    from credsite.content.markdown.commonmark import FullParser


class Converter:
    """The parser of one thread. After an exception from :meth:`convert` the object cannot be used any more.

    ``unusual`` is what is unusual in the last text.
    """

    def __init__(self) -> None:
        self.unusual: list[Unusual] = []

    @cached_property
    def _full_parser(self) -> FullParser:
        # Imported when it is needed: a build after the change of a simple text does without Python-Markdown.
        from credsite.content.markdown.commonmark import FullParser

        return FullParser()

    def convert(self, text: str) -> str:
        """The HTML of ``text``. RecursionError where it is nested too deeply."""
        direct = direct_html(text)
        if direct is None:
            return self.convert_fully(text)
        self.unusual = list(unusual_names(text))
        return direct

    def convert_fully(self, text: str) -> str:
        """As :meth:`convert`, but without a short cut for simple texts."""
        html, self.unusual = self._full_parser.convert(text)
        return html
