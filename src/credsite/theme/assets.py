"""The assets of a theme: files for the browser, and one stylesheet.

Each name has a digest of the content, such as ``assets/images/hero.1f0c9a52be.svg``, so that browsers may cache the file for
ever.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from credsite.problems.suggestions import with_closest_match
from credsite.theme.js_modules import SCRIPT_SUFFIX, ScriptBuilder
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.stylesheets import build_stylesheet

STYLESHEET: Final = "site.css"
README_NAME: Final = "README.md"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for the browser. ``path`` is its output path, without a leading slash."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets of a theme.

    ``files`` are sorted by path. ``output_paths`` leads from a name such as ``images/hero.svg``, or ``site.css``, to the output
    path. ``imports`` names, for each script, the scripts that a browser must load before it can run it.
    """

    files: tuple[Asset, ...]
    output_paths: Mapping[str, str]
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def output_path(self, name: str) -> str:
        """The output path of the asset ``name``. LookupError with a sentence for the theme's author if there is none."""
        if name not in self.output_paths:
            raise LookupError(
                with_closest_match(f"The theme has no asset `{name}`.", name, self.output_paths)
            )
        return self.output_paths[name]


@lru_cache(maxsize=4)
def load_assets(theme: Theme) -> Assets:
    """The theme's assets. ThemeError where a stylesheet or script refers to an asset that does not exist."""
    sources = {name: path for name, path in theme.files("assets").items() if not _is_readme(name)}
    if STYLESHEET in sources and STYLESHEET not in theme.stylesheets:
        message = f"{STYLESHEET} is the name of all stylesheets joined together. Give this file another name."
        raise ThemeError(message, sources[STYLESHEET])
    paths: dict[str, str] = {}
    files: list[Asset] = []

    def add(name: str, data: bytes) -> None:
        paths[name] = _hashed_path(name, data)
        files.append(Asset(paths[name], data))

    styles = {name for name in sources if name.endswith(".css")}
    for name, source in sources.items():
        if name not in styles and not name.endswith(SCRIPT_SUFFIX):
            add(name, source.read_bytes())
    output_path = Assets((), dict(paths)).output_path
    for name in sorted(styles.difference(theme.stylesheets)):
        add(name, build_stylesheet(name, sources[name], output_path, posixpath.dirname(name)).encode())
    joined = (build_stylesheet(name, sources[name], output_path, "") for name in theme.stylesheets)
    add(STYLESHEET, "".join(joined).encode())
    scripts = ScriptBuilder(sources, paths, add)
    scripts.build()
    return Assets(tuple(sorted(files, key=lambda file: file.path)), paths, scripts.imports)


def _is_readme(name: str) -> bool:
    """Whether a file is for the people who maintain the theme, and not for the website."""
    return posixpath.basename(name) == README_NAME


def _hashed_path(name: str, data: bytes) -> str:
    """The output path of an asset, with a digest of its content in the name."""
    stem, dot, suffix = name.rpartition(".")
    content_hash = blake2b(data, digest_size=5).hexdigest()
    if not dot or "/" in suffix:
        return f"assets/{name}.{content_hash}"
    return f"assets/{stem}.{content_hash}.{suffix}"
