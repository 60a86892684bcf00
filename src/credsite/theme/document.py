"""HTML pages for editors, such as the catalogue report. They have templates of their own and do not depend on a theme.

The templates are in ``documents/`` beside this module. All values are escaped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

_FOLDER: Final = Path(__file__).parent / "documents"


def render_document(name: str, **values: object) -> str:
    """The HTML of the template ``name`` with ``values``."""
    return _environment().get_template(name).render(values)


def backticks_to_code(sentence: str) -> Markup:
    """The sentence as HTML, with text between two backticks as ``<code>``."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["backticks_to_code"] = backticks_to_code
    return environment


def inline_stylesheet(name: str) -> Markup:
    """The stylesheet ``name`` of these pages, for a ``<style>`` element."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8").strip())  # noqa: S704 - a file of our own
