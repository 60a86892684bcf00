"""What a theme gives to the browser: its assets, named after their content, and one stylesheet.

A name such as ``assets/images/hero.1f0c9a52be.svg`` lets a host keep the file in caches for ever.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from credsite.problems.suggestions import with_closest_match
from credsite.theme.js_modules import SCRIPT_SUFFIX, ScriptBuilder
from credsite.theme.loader import NOT_UTF8, Theme, ThemeError

STYLESHEET: Final = "site.css"
README_NAME: Final = "README.md"

_CSS_TOKEN: Final = re.compile(
    r"""(?P<comment>/\*.*?\*/)
      | url\(\s*(?: "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]*)' | (?P<bare>[^)"'\s]*) )\s*\)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<import>@import\b)
      | (?P<charset>@charset\s+"[^"]*"\s*;\s*)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A finished file. ``path`` is where it goes in the output, without a leading slash."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All files that a theme gives to the browser, in order of path, and ``paths``: from a name such as
    ``images/hero.svg`` (or ``site.css``) to its path in the output. ``imports`` names, for each script, those that
    a browser must have before it can start it."""

    files: tuple[Asset, ...]
    output_paths: Mapping[str, str]
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def output_path(self, name: str) -> str:
        """The output path of the asset ``name``. LookupError, with a plain sentence, where there is none."""
        if name not in self.output_paths:
            raise LookupError(
                with_closest_match(f"The theme has no asset `{name}`.", name, self.output_paths)
            )
        return self.output_paths[name]


@lru_cache(maxsize=4)
def load_assets(theme: Theme) -> Assets:
    """The theme's assets. ThemeError where a stylesheet or script refers to an asset that is not there."""
    sources = {name: path for name, path in theme.files("assets").items() if not _is_note(name)}
    if STYLESHEET in sources and STYLESHEET not in theme.stylesheets:
        message = f"{STYLESHEET} is the name of all stylesheets joined together. Give this file another name."
        raise ThemeError(message, sources[STYLESHEET])
    paths: dict[str, str] = {}
    files: list[Asset] = []

    def add(name: str, data: bytes) -> None:
        paths[name] = _hashed(name, data)
        files.append(Asset(paths[name], data))

    styles = {name for name in sources if name.endswith(".css")}
    for name, source in sources.items():
        if name not in styles and not name.endswith(SCRIPT_SUFFIX):
            add(name, source.read_bytes())
    known = Assets((), dict(paths))
    for name in sorted(styles.difference(theme.stylesheets)):
        add(name, _css(name, sources[name], known, posixpath.dirname(name)).encode())
    add(STYLESHEET, "".join(_css(name, sources[name], known, "") for name in theme.stylesheets).encode())
    scripts = ScriptBuilder(sources, paths, add)
    scripts.build()
    return Assets(tuple(sorted(files, key=lambda file: file.path)), paths, scripts.imports)


def _is_note(name: str) -> bool:
    """Whether a file is for those who look after the theme, and not for the website."""
    return posixpath.basename(name) == README_NAME


def _hashed(name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    mark = blake2b(data, digest_size=5).hexdigest()
    if not dot or "/" in ending:
        return f"assets/{name}.{mark}"
    return f"assets/{stem}.{mark}.{ending}"


def _css(name: str, path: Path, assets: Assets, home: str) -> str:
    """A stylesheet's text, its references leading to hashed names as seen from ``home`` below assets/."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ThemeError(NOT_UTF8, path) from error

    def rewritten(match: re.Match[str]) -> str:
        line = text.count("\n", 0, match.start()) + 1
        if match["import"]:
            message = "@import makes pages slower. List the stylesheet under `stylesheets` in theme.yaml."
            raise ThemeError(message, path, line)
        if match["charset"]:
            return ""
        if match["comment"] or match["string"]:
            return match[0]
        written = match["double"] or match["single"] or match["bare"] or ""
        if not written or _SCHEME.match(written):
            return match[0]
        if written.startswith("/"):
            message = f"`{written}` begins with a slash. Write where the asset is as seen from this file."
            raise ThemeError(message, path, line)
        target, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
        asset = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target)))
        try:
            output = assets.output_path(asset)
        except LookupError as error:
            raise ThemeError(str(error.args[0]), path, line) from error
        url = quote(posixpath.relpath(output, posixpath.join("assets", home)))
        return f'url("{url}{mark}{rest}")'

    result = _CSS_TOKEN.sub(rewritten, text)
    return result if result.endswith("\n") else result + "\n"
