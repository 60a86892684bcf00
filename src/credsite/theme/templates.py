"""The templates of a theme, with everything that they may use: translations, formatters, assets. Their code is cached on disk."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from shutil import rmtree
from typing import Any, Final
from urllib.parse import quote

from babel.support import NullTranslations
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
)
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from jinja2.loaders import split_template_path
from markupsafe import Markup, escape

from credsite.core.atomic_write import atomic_write
from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest
from credsite.core.locales import regional_language, text_direction, words_language
from credsite.core.regular_files import read_regular
from credsite.core.user_cache import seal
from credsite.schema.vocabularies import VOCABULARIES, Vocabulary, icons
from credsite.site.views import Link, Term
from credsite.theme.assets import load_assets
from credsite.theme.compact_html import CompactHtml
from credsite.theme.drawings import tiles
from credsite.theme.formatters import Formatters
from credsite.theme.jinja_environment import FastEnvironment, as_markup, escape_value
from credsite.theme.loader import Theme, read_theme_text

_COMPLETE: Final = "complete"
_CHECKSUM_LENGTH: Final = 32
_MAX_STATES: Final = 16
"""Themes, languages and base paths of which the compiled templates are kept: each takes about a megabyte."""
_MAX_BYTES: Final = 20_000_000
_MAX_REMEMBERED: Final = 4096
"""How many results of a macro are remembered."""


class TemplateBytecodeCache(BytecodeCache):
    """The Python code of templates, in a folder of their own in ``folder``, which is the user's and none of a site.

    ``state`` is what the code depends on beside a template's text: the theme, the language and the base path. Each file
    begins with a seal, so no code is run that is damaged or that somebody else has put there.
    """

    def __init__(self, folder: Path, state: str) -> None:
        # With the code, because Jinja applies filters to constants when it compiles.
        self._state = combined_digest([code_digest(), state])
        self._folder = folder / self._state

    @property
    def is_complete(self) -> bool:
        """Whether the cache holds all templates as they are now."""
        return self._read(_COMPLETE) == self._state.encode()

    def mark_complete(self) -> None:
        """Record that all templates have been compiled, and delete those that were compiled long ago for other states."""
        self._store(_COMPLETE, self._state.encode())
        with suppress(OSError):  # another build deletes them, too
            folders = sorted(self._folder.parent.iterdir(), key=lambda folder: folder.stat().st_mtime)
            for folder in folders[:-_MAX_STATES]:
                rmtree(folder, ignore_errors=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        data = self._read(bucket.key)
        checksum, code = data[:_CHECKSUM_LENGTH], data[_CHECKSUM_LENGTH:]
        if checksum == self._checksum(bucket, code):
            bucket.code = marshal.loads(code)  # noqa: S302 - a theme's own code

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = marshal.dumps(bucket.code)
        self._store(bucket.key, self._checksum(bucket, code) + code)

    def _read(self, name: str) -> bytes:
        try:
            return read_regular(self._folder / name, _MAX_BYTES)
        except OSError:
            return b""

    def _store(self, name: str, data: bytes) -> None:
        with suppress(OSError):  # a template that cannot be stored is compiled again next time
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(self._folder / name, data)

    def _checksum(self, bucket: Bucket, code: bytes) -> bytes:
        return seal(combined_digest([self._state, bucket.checksum, digest(code)]).encode()).encode()


def template_cache(theme: Theme, language: str, base_path: str, folder: Path) -> TemplateBytecodeCache:
    """The cache of compiled templates in ``folder``, which must be outside the output folder."""
    return TemplateBytecodeCache(folder, combined_digest([theme.digest, language, base_path]))


class TemplateLoader(FileSystemLoader):
    """Loads templates as all files of a theme are read: without following links, and with messages for its author."""

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        names = split_template_path(template)
        for folder in self.searchpath:
            path = Path(folder, *names)
            if path.is_file():
                return read_theme_text(path), str(path), lambda: True
        raise TemplateNotFound(template)


def theme_loader(theme: Theme) -> ChoiceLoader:
    """Loads the templates of a theme: by their names, or those of one ancestor with its name in front."""
    own = PrefixLoader({folder.name: TemplateLoader(folder.path / "templates") for folder in theme.ancestry})
    return ChoiceLoader([own, TemplateLoader([folder.path / "templates" for folder in theme.ancestry])])


class Templates:
    """The templates of one theme in one language, for a site below ``base_path``. Not thread-safe."""

    def __init__(
        self,
        theme: Theme,
        language: str,
        base_path: str,
        translations: NullTranslations,
        compiled: TemplateBytecodeCache | None = None,
        vocabularies: Mapping[str, Vocabulary] = VOCABULARIES,
        filters: Mapping[str, Callable[..., Any]] = {},
    ) -> None:
        words = words_language(translations, language)
        self.formatters = Formatters(regional_language(words, language), translations)
        self._content_lang = _content_lang(language) if words != language else Markup()
        self.folders = tuple(str(folder.path / "templates") for folder in theme.ancestry)
        self._theme = theme
        self._base_path = base_path
        self._translations = translations
        self._assets = load_assets(theme)
        self._urls: dict[str, Markup] = {}
        self._fragments: dict[tuple[object, ...], tuple[str, object]] = {}
        self._compiled = compiled
        self._vocabularies = vocabularies
        self._filters = filters

    def get(self, name: str) -> Template:
        """The template. Raises Jinja's errors where there is none, or where it has mistakes."""
        return self._environment.get_template(name)

    def names(self) -> list[str]:
        """The names of all templates."""
        return self._environment.list_templates()

    def compile(self) -> None:
        """Compile all templates into the cache, for this process and others."""
        for name in TemplateLoader(self.folders).list_templates():
            # The first page that needs the template reports its mistakes.
            with suppress(Exception):
                self.get(name)
        if self._compiled is not None:
            self._compiled.mark_complete()

    def asset_url(self, name: str) -> Markup:
        """The URL, with the base path, of an asset such as ``icons.svg`` or ``site.css``, as it stands in HTML.

        LookupError where the theme has no such asset.
        """
        url = self._urls.get(name)
        if url is None:
            url = self._urls[name] = escape(self._base_path + quote(self._assets.output_path(name)))
        return url

    def imported_urls(self, name: str) -> tuple[Markup, ...]:
        """The URLs of everything that the script ``name`` imports, directly or not, for ``modulepreload`` links.

        LookupError where the theme has no such script.
        """
        self._assets.output_path(name)
        return tuple(self.asset_url(one) for one in self._assets.imports.get(name, ()))

    def cached(self, macro: Callable[..., str], model: object, *arguments: object) -> str:
        """The HTML that ``macro`` makes of a model which many pages show, such as a card: rendered only once.

        The macro must depend on nothing but its arguments.
        """
        key = (macro, id(model), arguments)
        fragment = self._fragments.get(key)
        if fragment is None:
            # With the model, so that no other object can get its id.
            fragment = self._fragments[key] = (macro(model, *arguments), model)
        return fragment[0]

    @cached_property
    def _environment(self) -> FastEnvironment:
        environment = FastEnvironment(
            loader=theme_loader(self._theme),
            extensions=["jinja2.ext.i18n", CompactHtml],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._compiled,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.newstyle_gettext = True  # type: ignore[attr-defined]
        environment.globals.update(_gettext_functions(self._translations))
        environment.globals["asset"] = self.asset_url
        environment.globals["imported"] = self.imported_urls
        environment.globals["cached"] = self.cached
        environment.globals["content_lang"] = self._content_lang
        environment.globals["remembered"] = lru_cache(_MAX_REMEMBERED)
        environment.globals["brand"] = self._theme.brand
        environment.globals["icons"] = {
            name: icons(vocabulary) for name, vocabulary in self._vocabularies.items()
        }
        environment.filters.update(self.formatters.filters, tiles=tiles)
        if self._content_lang:
            environment.filters["titles"] = self._marked_titles
        environment.filters.update(self._filters)
        return environment

    def _marked_titles(self, items: Iterable[Term | Link], separator: str = ", ") -> Markup:
        """The titles of terms or links, one after another, with the language of those that are the site's own words."""
        own = Markup("<span{}>{}</span>")
        marked = (
            own.format(self._content_lang, item.title) if getattr(item, "own", False) else item.title
            for item in items
        )
        return escape(separator).join(marked)


def built_in_filters() -> Collection[str]:
    """The names of the filters that templates have without hooks."""
    return {*FILTERS, *Formatters("en", NullTranslations()).filters, "tiles"}


def _content_lang(language: str) -> Markup:
    """The attributes of an element with texts of the site, where the words of the theme around it are English."""
    return Markup(' lang="{}" dir="{}"').format(language, text_direction(language))


def _gettext_functions(translations: NullTranslations) -> dict[str, Callable[..., str]]:
    """``gettext`` and ``ngettext`` for templates: messages are HTML, and the values that are filled in are escaped."""
    without_values: dict[str, Markup] = {}

    def gettext(message: str, /, **values: object) -> str:
        if values:
            return _filled(translations.gettext(message), values)
        markup = without_values.get(message)
        if markup is None:
            markup = without_values[message] = _filled(translations.gettext(message), {})
        return markup

    def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
        values.setdefault("num", number)
        return _filled(translations.ngettext(singular, plural, number), values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def _filled(text: str, values: dict[str, object]) -> Markup:
    # Numbers stay numbers, because a text may say how to write them.
    return as_markup(
        text
        % {
            name: value if type(value) in (int, float) else escape_value(value)
            for name, value in values.items()
        }
    )
