"""Compiles the theme's templates in a background process, so that the first page of each kind need not wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from credsite.build.options import Options
from credsite.build.sources import SourceSnapshot
from credsite.build.state_dir import template_cache_folder
from credsite.core.processes import BackgroundTask
from credsite.site.urls import Urls
from credsite.theme.loader import ThemeError
from credsite.theme.templates import Templates, template_cache


@contextmanager
def precompiled_templates(options: Options, sources: SourceSnapshot) -> Iterator[None]:
    """While the body of the ``with`` statement runs, have the templates compiled; then wait until they are.

    Nothing is done where they are compiled already, or where the options forbid a cache or a second process.
    """
    task = _start(options, sources)
    try:
        yield
    finally:
        if task is not None and task.runs_elsewhere:
            task.result()


def _start(options: Options, sources: SourceSnapshot) -> BackgroundTask[None] | None:
    folder = None if options.no_cache else template_cache_folder()
    if folder is None or sources.wrong_settings or sources.theme is None:
        return None
    theme, translations = sources.theme, sources.translations
    language, base_path = sources.config.language, Urls(sources.config.base_url).base_path
    compiled = template_cache(theme, language, base_path, folder)
    if compiled.is_complete:
        return None

    filters = sources.hooks.filters if sources.hooks else {}

    def compile_templates() -> None:
        with suppress(ThemeError):  # the build itself reports it when it loads the template
            Templates(theme, language, base_path, translations, compiled, filters=filters).compile()

    return BackgroundTask(compile_templates, options.jobs)
