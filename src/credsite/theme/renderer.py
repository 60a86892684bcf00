"""Renders page models into HTML with the templates of a theme, and says what is wrong with a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from babel.support import NullTranslations
from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, UndefinedError

from credsite.problems.suggestions import with_closest_match
from credsite.schema.vocabularies import VOCABULARIES, Vocabulary
from credsite.site import views
from credsite.theme.atom import write_atom
from credsite.theme.icalendar import CalendarWriter
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.templates import Templates, template_cache

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


_CARD_HEADING_LEVEL: Final = 3
"""In a list, whose own heading is one level above."""
_DATA_MACROS: Final[Mapping[type, tuple[str, str, tuple[object, ...]]]] = {
    views.CourseCard: ("parts/course-card.html", "course_card", (_CARD_HEADING_LEVEL,)),
    views.StoryCard: ("parts/story-card.html", "story_card", (_CARD_HEADING_LEVEL,)),
    views.ListTemplates: ("parts/list-templates.html", "list_templates", ()),
}
"""The template and the name of the macro that renders a part of the data, and its further arguments, by the part's model."""


class Renderer:
    """Renders the pages of one site in one language. Not thread-safe.

    ``cache`` is a folder for compiled templates, outside the output folder. ``vocabularies`` are those of the site, by name, and
    ``filters`` are filters for templates that hooks add.
    """

    def __init__(
        self,
        theme: Theme,
        site: views.SiteFrame,
        translations: NullTranslations,
        cache: Path | None = None,
        vocabularies: Mapping[str, Vocabulary] = VOCABULARIES,
        filters: Mapping[str, Callable[..., Any]] = {},
    ) -> None:
        self._theme = theme
        self._site = site
        compiled = template_cache(theme, site.language, site.base_path, cache) if cache else None
        self._templates = Templates(
            theme, site.language, site.base_path, translations, compiled, vocabularies, filters
        )
        self._calendars = CalendarWriter(self._templates.formatters, translations)

    def render(self, page: views.BasePage | views.Calendar | views.Feed) -> str:
        """The HTML of a page, or the text of a calendar or a feed.

        ThemeError, with the template's path and line, where the template is wrong.
        """
        if isinstance(page, views.Calendar):
            return self._calendars.render(page)
        if isinstance(page, views.Feed):
            return write_atom(page)
        with self._errors_of(page.template):
            return self._template(page).render(page=page, site=self._site)

    def data_part(self, model: object) -> str:
        """The HTML of a CourseCard or StoryCard, the same as in a list of a page, or of the ListTemplates.

        TypeError for anything else. ThemeError as :meth:`render`.
        """
        if type(model) not in _DATA_MACROS:
            raise TypeError(f"a {type(model).__name__} is not a part of the data")
        file, name, arguments = _DATA_MACROS[type(model)]
        with self._errors_of(file):
            return self._templates.cached(self._macro(file, name), model, *arguments).strip()

    @contextmanager
    def _errors_of(self, template: str) -> Iterator[None]:
        try:
            yield
        except ThemeError:
            raise
        except Exception as error:
            templates = self._templates
            raise template_error(error, template, templates.names(), templates.folders) from error

    def _template(self, page: views.BasePage) -> Template:
        name = page.template
        if isinstance(page, views.TextPage) and page.template_name in self._theme.templates:
            name = f"{page.template_name}.html"
        return self._templates.get(name)

    def _macro(self, file: str, name: str) -> Callable[..., str]:
        template = self._templates.get(file)
        macro: Callable[..., str] | None = getattr(template.module, name, None)
        if macro is None:
            path = Path(template.filename) if template.filename else None
            message = f"The template has no macro `{name}`, which renders a part of the site's data."
            raise ThemeError(message, path)
        return macro
