"""Turns page models into HTML through the theme's templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import quote

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from credsite.digest import combined
from credsite.problems import closest
from credsite.site import views
from credsite.theme.assets import load_assets
from credsite.theme.calendars import Calendars
from credsite.theme.compiled import CompiledTemplates
from credsite.theme.environment import QuickEnvironment, marked, shown
from credsite.theme.formats import Formats
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.texts import Texts

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

    def __init__(self, theme: Theme, site: views.Site, texts: Texts, cache: Path | None = None) -> None:
        self._theme = theme
        self._site = site
        self._assets = load_assets(theme)
        self._urls: dict[str, str] = {}
        self._templates: dict[str, Template] = {}
        self._fragments: dict[tuple[object, ...], tuple[str, object]] = {}
        self._folders = tuple(str(folder.path / "templates") for folder in theme.chain)
        compiled = (
            CompiledTemplates(cache, combined([theme.digest, site.language, site.base_path]))
            if cache
            else None
        )
        self._formats = Formats(site.language, texts)
        self._calendars = Calendars(self._formats, texts)
        self._environment = self._made_environment(texts, compiled)

    def render(self, page: views.Page | views.Calendar) -> str:
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
            return self.once(self._macro(file, name), model, _LEVEL).strip()
        except ThemeError:
            raise
        except Exception as error:
            raise self._theme_error(error, file) from error

    def asset_url(self, name: str) -> str:
        """The URL, with the base path, of an asset such as ``images/hero.svg`` or ``site.css``.

        LookupError where the theme has no such asset.
        """
        url = self._urls.get(name)
        if url is None:
            url = self._urls[name] = self._site.base_path + quote(self._assets.path(name))
        return url

    def imported(self, name: str) -> tuple[str, ...]:
        """The URLs of what the script ``name`` imports, and what that imports: a page may have them loaded at once.

        LookupError where the theme has no such script.
        """
        self._assets.path(name)
        return tuple(self.asset_url(one) for one in self._assets.imports.get(name, ()))

    def once(self, macro: Callable[..., str], model: object, *arguments: object) -> str:
        """What ``macro`` makes of a model that stands on many pages, a card or the frame, made once for all of them.

        The macro must depend on nothing but its arguments.
        """
        key = (macro, id(model), arguments)
        known = self._fragments.get(key)
        if known is None:
            # The model is kept too, so that its identity cannot come to mean another object.
            known = self._fragments[key] = (macro(model, *arguments), model)
        return known[0]

    def _made_environment(self, texts: Texts, compiled: BytecodeCache | None) -> QuickEnvironment:
        own = PrefixLoader(
            {folder.name: FileSystemLoader(folder.path / "templates") for folder in self._theme.chain}
        )
        environment = QuickEnvironment(
            loader=ChoiceLoader([own, FileSystemLoader(self._folders)]),
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.newstyle_gettext = True  # type: ignore[attr-defined]
        environment.globals.update(_words(texts))
        environment.globals["asset"] = self.asset_url
        environment.globals["imported"] = self.imported
        environment.globals["once"] = self.once
        environment.filters.update(self._formats.filters)
        return environment

    def _template(self, page: views.Page) -> Template:
        name = page.template
        if isinstance(page, views.TextPage) and page.template_name in self._theme.templates:
            name = f"{page.template_name}.html"
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._environment.get_template(name)
        return template

    def _macro(self, file: str, name: str) -> Callable[..., str]:
        template = self._environment.get_template(file)
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
            meant = closest(missing, self._environment.list_templates())
            advice = f" Did you mean `{meant}`?" if meant else ""
            return ThemeError(f"The theme has no template `{missing}`.{advice}", path, line)
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
            if name.startswith(self._folders):
                path, line = Path(name), traceback.tb_lineno
            traceback = traceback.tb_next
        return path, line


def _words(texts: Texts) -> dict[str, Callable[..., str]]:
    """``gettext`` and ``ngettext`` for templates: their words are HTML, and what is filled in is escaped."""
    known: dict[str, str] = {}

    def gettext(message: str, /, **values: object) -> str:
        text = known.get(message)
        if text is None:
            text = known[message] = texts.gettext(message)
        return _filled(text, values)

    def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
        values.setdefault("num", number)
        return _filled(texts.ngettext(singular, plural, number), values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def _filled(text: str, values: dict[str, object]) -> str:
    # Numbers stay numbers, for a text that says how to write them.
    return marked(
        text
        % {name: value if type(value) in (int, float) else shown(value) for name, value in values.items()}
    )


def _undefined(message: str) -> str:
    match = _NO_ATTRIBUTE.search(message)
    if match is None:
        return f"The template uses something that does not exist: {message}."
    kind, name = match["kind"], match["name"]
    model = getattr(views, kind, None)
    meant = closest(name, [field.name for field in fields(model)]) if is_dataclass(model) else ""
    advice = f" Did you mean `{meant}`?" if meant else ""
    return f"The template uses `{name}`, which a {kind} does not have.{advice}"
