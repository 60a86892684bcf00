"""Turns page models into HTML through the theme's templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, UndefinedError

from credsite.problems.suggestions import with_closest_match
from credsite.site import views
from credsite.theme.icalendar import CalendarWriter
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.templates import Templates, template_cache
from credsite.theme.translations import ThemeTranslations

_CARDS: Final[Mapping[type, tuple[str, str]]] = {
    views.CourseCard: ("parts/course-card.html", "course_card"),
    views.StoryCard: ("parts/story-card.html", "story_card"),
}
"""Where the macro of a card is, by what it shows."""
_LEVEL: Final = 3
"""Of the headings of cards in a list, which stand below that of the list."""
_NO_ATTRIBUTE: Final = re.compile(r"'(?:[\w.]+\.)?(?P<kind>\w+) object' has no attribute '(?P<name>\w+)'")


class Renderer:
    """Renders the pages of one site in one language. Not for use by several threads at once.

    ``cache`` is a folder in which compiled templates may be kept, outside the output folder.
    """

    def __init__(
        self, theme: Theme, site: views.SiteFrame, texts: ThemeTranslations, cache: Path | None = None
    ) -> None:
        self._theme = theme
        self._site = site
        compiled = template_cache(theme, site.language, site.base_path, cache) if cache else None
        self._made = Templates(theme, site.language, site.base_path, texts, compiled)
        self._calendars = CalendarWriter(self._made.formats, texts)
        self._templates: dict[str, Template] = {}

    def render(self, page: views.BasePage | views.Calendar) -> str:
        """The page's HTML, or the text of a calendar. ThemeError, with the template's path and line, where the template is wrong."""
        if isinstance(page, views.Calendar):
            return self._calendars.render(page)
        try:
            return self._template(page).render(page=page, site=self._site)
        except ThemeError:
            raise
        except Exception as error:
            raise self._theme_error(error, page.template) from error

    def card(self, model: object) -> str:
        """The HTML of a CourseCard or a StoryCard, the same as on a list. Errors are as those of :meth:`render`.

        TypeError for anything else.
        """
        found = _CARDS.get(type(model))
        if found is None:
            raise TypeError(f"a {type(model).__name__} is no card")
        file, name = found
        try:
            return self._made.cached(self._macro(file, name), model, _LEVEL).strip()
        except ThemeError:
            raise
        except Exception as error:
            raise self._theme_error(error, file) from error

    def _template(self, page: views.BasePage) -> Template:
        name = page.template
        if isinstance(page, views.TextPage) and page.template_name in self._theme.templates:
            name = f"{page.template_name}.html"
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._made.get(name)
        return template

    def _macro(self, file: str, name: str) -> Callable[..., str]:
        template = self._made.get(file)
        macro: Callable[..., str] | None = getattr(template.module, name, None)
        if macro is None:
            path = Path(template.filename) if template.filename else None
            raise ThemeError(
                f"The template has no macro `{name}`, which the cards in the data are made by.", path
            )
        return macro

    def _theme_error(self, error: Exception, template: str) -> ThemeError:
        if isinstance(error, TemplateSyntaxError):
            path = Path(error.filename) if error.filename else None
            return ThemeError(f"The template cannot be understood: {error.message}.", path, error.lineno)
        path, line = self._place(error.__traceback__)
        if isinstance(error, TemplateNotFound):
            missing = str(error.name or template)
            message = f"The theme has no template `{missing}`."
            return ThemeError(with_closest_match(message, missing, self._made.names()), path, line)
        if isinstance(error, UndefinedError):
            return ThemeError(_undefined(error.message or str(error)), path, line)
        if isinstance(error, LookupError) and error.args:
            return ThemeError(str(error.args[0]), path, line)
        return ThemeError(f"The template fails here: {error} ({type(error).__name__})", path, line)

    def _place(self, traceback: TracebackType | None) -> tuple[Path | None, int]:
        """The innermost place in a template, because Jinja gives its frames the template's path and line."""
        path, line = None, 0
        while traceback is not None:
            name = traceback.tb_frame.f_code.co_filename
            if name.startswith(self._made.folders):
                path, line = Path(name), traceback.tb_lineno
            traceback = traceback.tb_next
        return path, line


def _undefined(message: str) -> str:
    match = _NO_ATTRIBUTE.search(message)
    if match is None:
        return f"The template uses something that does not exist: {message}."
    kind, name = match["kind"], match["name"]
    model = getattr(views, kind, None)
    known = [field.name for field in fields(model)] if is_dataclass(model) else []
    return with_closest_match(f"The template uses `{name}`, which a {kind} does not have.", name, known)
