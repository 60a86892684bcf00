"""Renders page models into HTML with the templates of a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from jinja2 import Template

from credsite.site import views
from credsite.theme.icalendar import CalendarWriter
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.template_errors import template_error
from credsite.theme.templates import Templates, template_cache
from credsite.theme.translations import ThemeTranslations

_CARD_MACROS: Final[Mapping[type, tuple[str, str]]] = {
    views.CourseCard: ("parts/course-card.html", "course_card"),
    views.StoryCard: ("parts/story-card.html", "story_card"),
}
"""The template and the name of the macro that renders a card, by the card's model."""
_CARD_HEADING_LEVEL: Final = 3
"""In a list, whose own heading is one level above."""


class Renderer:
    """Renders the pages of one site in one language. Not thread-safe.

    ``cache`` is a folder for compiled templates, outside the output folder.
    """

    def __init__(
        self,
        theme: Theme,
        site: views.SiteFrame,
        translations: ThemeTranslations,
        cache: Path | None = None,
    ) -> None:
        self._theme = theme
        self._site = site
        compiled = template_cache(theme, site.language, site.base_path, cache) if cache else None
        self._templates = Templates(theme, site.language, site.base_path, translations, compiled)
        self._calendars = CalendarWriter(self._templates.formatters, translations)
        self._page_templates: dict[str, Template] = {}

    def render(self, page: views.BasePage | views.Calendar) -> str:
        """The HTML of a page, or the text of a calendar.

        ThemeError, with the template's path and line, where the template is wrong.
        """
        if isinstance(page, views.Calendar):
            return self._calendars.render(page)
        with self._errors_of(page.template):
            return self._template(page).render(page=page, site=self._site)

    def card(self, model: object) -> str:
        """The HTML of a CourseCard or StoryCard, the same as in a list of a page.

        TypeError for anything else. ThemeError as :meth:`render`.
        """
        if type(model) not in _CARD_MACROS:
            raise TypeError(f"a {type(model).__name__} is not a card")
        file, name = _CARD_MACROS[type(model)]
        with self._errors_of(file):
            return self._templates.cached(self._macro(file, name), model, _CARD_HEADING_LEVEL).strip()

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
        template = self._page_templates.get(name)
        if template is None:
            template = self._page_templates[name] = self._templates.get(name)
        return template

    def _macro(self, file: str, name: str) -> Callable[..., str]:
        template = self._templates.get(file)
        macro: Callable[..., str] | None = getattr(template.module, name, None)
        if macro is None:
            path = Path(template.filename) if template.filename else None
            message = f"The template has no macro `{name}`, which renders the cards in the site's data."
            raise ThemeError(message, path)
        return macro
