"""Errors in a theme's templates as sentences, with the template's path and line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from credsite.problems.suggestions import with_closest_match
from credsite.site import views
from credsite.theme.loader import ThemeError

_NO_ATTRIBUTE: Final = re.compile(r"'(?:[\w.]+\.)?(?P<model>\w+) object' has no attribute '(?P<name>\w+)'")


def template_error(
    error: Exception, template: str, known_templates: Collection[str], folders: tuple[str, ...]
) -> ThemeError:
    """What a theme's author reads for an ``error`` that came up while ``template`` was loaded or rendered.

    ``known_templates`` are the names of all templates, ``folders`` the folders in which they are.
    """
    if isinstance(error, TemplateSyntaxError):
        file = Path(error.filename) if error.filename else None
        return ThemeError(f"The template cannot be understood: {error.message}.", file, error.lineno)
    path, line = _innermost_location(error.__traceback__, folders)
    if isinstance(error, TemplateNotFound):
        missing = str(error.name or template)
        message = with_closest_match(f"The theme has no template `{missing}`.", missing, known_templates)
    elif isinstance(error, UndefinedError):
        message = _undefined_message(error.message or str(error))
    elif isinstance(error, LookupError) and error.args:
        message = str(error.args[0])
    else:
        message = f"The template fails here: {error} ({type(error).__name__})"
    return ThemeError(message, path, line)


def _innermost_location(traceback: TracebackType | None, folders: tuple[str, ...]) -> tuple[Path | None, int]:
    """The last frame that is in a template. Jinja gives the frames of templates their paths and lines."""
    path, line = None, 0
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(folders):
            path, line = Path(file), traceback.tb_lineno
        traceback = traceback.tb_next
    return path, line


def _undefined_message(message: str) -> str:
    match = _NO_ATTRIBUTE.search(message)
    if match is None:
        return f"The template uses something that does not exist: {message}."
    name = match["name"]
    model = getattr(views, match["model"], None)
    known = [field.name for field in fields(model)] if is_dataclass(model) else []
    return with_closest_match(
        f"The template uses `{name}`, which a {match['model']} does not have.", name, known
    )
