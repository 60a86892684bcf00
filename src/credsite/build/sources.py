"""Loads everything that a site is made from: settings, theme, source files and static files."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.support import NullTranslations

from credsite.build.options import Options
from credsite.build.state_dir import load_source_digests
from credsite.build.version_control import state_folder_problems
from credsite.catalogue.clock import Clock
from credsite.content.discovery import StaticFile, find_static
from credsite.content.images import ImageFile
from credsite.content.misplaced import misplaced_problems
from credsite.content.source_files import SourceKeyCache, SourceSet, collect_sources, refresh_sources
from credsite.content.source_folders import DATES_FILE, is_markdown
from credsite.core.hashing import combined_digest
from credsite.core.stat_cache import StatCache
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import BASE_URL_EXAMPLE, SettingsFile, read_settings
from credsite.theme.assets import load_assets
from credsite.theme.loader import Theme, ThemeError, load_theme
from credsite.theme.translations import load_translations
from credsite.theme.untranslated import untranslated_words

if TYPE_CHECKING:
    from credsite.build.content_dates import ContentDates
    from credsite.content.brand_files import BrandFiles
    from credsite.hooks.loading import Hooks


@dataclass(frozen=True, slots=True)
class SourceSnapshot:
    """Everything that a site is made from, found and read, but not yet parsed.

    ``images`` are those that were found when the snapshot was analysed, by their paths. ``wrong_settings`` are the keys in
    credsite.yaml that are wrong. ``config`` has their usual values, for checks alone: such a site is not published.
    """

    config: Config
    theme: Theme | None
    translations: NullTranslations
    sources: SourceSet
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]
    clock: Clock
    file_digests: StatCache
    images: dict[str, ImageFile] = field(default_factory=dict)
    wrong_settings: frozenset[KeyPath] = frozenset()
    brand_files: BrandFiles = field(default_factory=dict)
    hooks: Hooks | None = None
    content_dates: ContentDates | None = None


def load_sources(
    options: Options,
    key_cache: SourceKeyCache | None = None,
    digests: Mapping[str, str] = {},
    file_digests: StatCache | None = None,
    settings_file: SettingsFile | None = None,
) -> SourceSnapshot:
    """Find and read all files of the site. ``settings_file`` takes the place of credsite.yaml.

    ``key_cache`` knows entries that need not be read again, ``digests`` are those of entries that were read just now, and
    ``file_digests`` those of images and static files. Raises ConfigError where there is no site.
    """
    file = settings_file or read_settings(options.root)
    settings = file.config
    problems = file.problems
    if options.preview or options.base_url is not None:
        # A preview is for nobody else, and another address takes the place of an example.
        problems = tuple(problem for problem in problems if problem.code != BASE_URL_EXAMPLE)
    if options.preview:
        settings = settings.model_copy(update={"analytics": None})  # editors are no visitors
    if options.base_url is not None:
        settings = settings.with_base_url(options.base_url)
    brand_files, brand_problems = _read_brand_files(settings, options.root)
    misplaced = () if file.wrong_keys else tuple(misplaced_problems(options.root))
    theme, translations, theme_problems = _load_theme(settings, options.root, brand_files)
    hooks, hook_problems = _load_hooks(settings, options.root)
    content_dates, date_problems = _read_content_dates(options.root)
    if hooks is not None and theme is not None:
        theme = replace(theme, digest=combined_digest([theme.digest, hooks.digest]))
    if file_digests is None:
        file_digests = StatCache() if options.no_cache else load_source_digests(options.root)
    static, static_problems = find_static(options.root, file_digests, settings.max_static_size)
    return SourceSnapshot(
        settings,
        theme,
        translations,
        collect_sources(options.root, settings, key_cache, digests),
        tuple(static),
        (
            *problems,
            *misplaced,
            *(one for one in (*brand_problems, *theme_problems) if not one.is_affected(file.wrong_keys)),
            *hook_problems,
            *date_problems,
            *static_problems,
            *state_folder_problems(options.root),
        ),
        _clock(options, settings),
        file_digests,
        wrong_settings=file.wrong_keys,
        brand_files=brand_files,
        hooks=hooks,
        content_dates=content_dates,
    )


def reload_sources(options: Options, before: SourceSnapshot, changed: Collection[str]) -> SourceSnapshot:
    """What :func:`load_sources` gives now, if since ``before`` only the bytes of ``changed`` files may have changed.

    If all of these are texts, the images need not be looked at again. Else one may be a link to a file that changed.
    """
    return replace(
        before,
        sources=refresh_sources(options.root, before.config, before.sources, changed),
        clock=_clock(options, before.config),
        images=dict(before.images) if all(map(is_markdown, changed)) else {},
    )


def _clock(options: Options, settings: Config) -> Clock:
    return Clock.at(options.now or datetime.now(settings.zone), settings.zone)


def _read_brand_files(settings: Config, root: Path) -> tuple[BrandFiles, list[Problem]]:
    if settings.brand is None:
        return {}, []
    from credsite.content.brand_files import read_brand_files

    return read_brand_files(root, settings.brand, settings.max_image_size)


def _load_theme(
    settings: Config, root: Path, brand_files: BrandFiles
) -> tuple[Theme | None, NullTranslations, list[Problem]]:
    try:
        theme = load_theme(settings.theme, root)
        problems: list[Problem] = []
        if settings.brand is not None:
            from credsite.theme.brand import with_brand

            theme, problems = with_brand(theme, settings, brand_files)
        load_assets(theme)  # which may be wrong too, and are remembered for the plan
        translations = load_translations(theme, settings.language)
        if settings.vocabularies:
            from credsite.theme.icons import unknown_icons

            problems += unknown_icons(theme, settings.vocabularies)
        problems += untranslated_words(translations, root)
        if not theme.is_packaged:
            from credsite.theme.own_theme_checks import own_theme_problems

            problems += own_theme_problems(theme, root)
    except ThemeError as error:
        return None, NullTranslations(), [theme_problem(error, root)]
    return theme, translations, problems


def _load_hooks(settings: Config, root: Path) -> tuple[Hooks | None, list[Problem]]:
    if not settings.hooks:
        return None, []
    from credsite.hooks.loading import load_hooks

    return load_hooks(root, settings)


def _read_content_dates(root: Path) -> tuple[ContentDates | None, list[Problem]]:
    if not os.path.lexists(root / DATES_FILE):
        return None, []
    from credsite.build.content_dates import read_content_dates

    return read_content_dates(root)


def theme_problem(error: ThemeError, root: Path) -> Problem:
    """A theme's error as a problem: at its file and line, or at credsite.yaml, which chose the theme."""
    if error.path is None:
        return Problem("theme-error", error.message, Location(CONFIG_FILE, key=("theme",)))
    path = error.path.relative_to(root).as_posix() if error.path.is_relative_to(root) else str(error.path)
    return Problem("theme-error", error.message, Location(path, error.line, 1 if error.line else 0))
