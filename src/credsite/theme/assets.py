"""The assets of a theme: files for the browser, scripts, and one stylesheet. References between them become hashed names.

Each name has a digest of the content, such as ``assets/images/hero.1f0c9a52be.svg``, so that browsers may cache the file for
ever.
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

from credsite.core.names import comparable, name_difference
from credsite.core.paths import folders_above
from credsite.core.published_names import path_fault, unpublishable_paths
from credsite.problems.suggestions import with_closest_match
from credsite.theme.icons import ICONS_FILE, icon_sheet, icon_stylesheet
from credsite.theme.loader import Theme, ThemeError, read_theme_bytes, read_theme_text

STYLESHEET: Final = "site.css"
README_NAME: Final = "README.md"

_SCRIPT_SUFFIX: Final = ".js"
_SUFFIX: Final = re.compile(r"[?#].*", re.DOTALL)
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_RELATIVE: Final = ("./", "../")
_CSS_TOKEN: Final = re.compile(
    r"""(?P<comment>/\*.*?\*/)
      | url\(\s*(?: "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]*)' | (?P<bare>[^)"'\s]*) )\s*\)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<import>@import\b)
      | (?P<charset>@charset\s+"[^"]*"\s*;\s*)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# Comments, strings and regular expressions are matched too, so that an import within them is passed over.
_JS_TOKEN: Final = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | (?<![.\w$])(?:
            (?P<static> from\s*(?=["']) | import\s*(?=["']) )
          | (?P<dynamic> import\s*\(\s*(?:/\*.*?\*/\s*)?(?=["']) )
          | (?P<preload> preloadModules\s*\(\s*(?=["']) )
          | (?P<address> new\s+URL\s*\(\s*(?=["'][^"'\n]*["']\s*,\s*import\s*\.\s*meta\s*\.\s*url\b) )
        )(?P<quote>["'])(?P<specifier>[^"'\n]*)(?P=quote)
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | `(?:[^`\\]|\\.)*`
      | [=(,:\[!&|?{};]\s*/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/""",
    re.VERBOSE | re.DOTALL,
)


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
    """The theme's assets.

    ThemeError where a stylesheet or script refers to an asset that does not exist, or where scripts import each other in a
    circle.
    """
    sources = {name: path for name, path in theme.files("assets").items() if not _is_readme(name)}
    if STYLESHEET in sources and STYLESHEET not in theme.stylesheets:
        message = f"{STYLESHEET} is the name of all stylesheets joined together. Give this file another name."
        raise ThemeError(message, sources[STYLESHEET])
    scripts = [name for name in sources if name.endswith(_SCRIPT_SUFFIX)]
    styles = {name for name in sources if name.endswith(".css")}
    icons = read_theme_text(sources[ICONS_FILE]) if ICONS_FILE in sources else ""
    builder = _AssetBuilder(sources)
    for name, source in sources.items():
        if name not in styles and name not in scripts:
            builder.add(name, read_theme_bytes(source) if name != ICONS_FILE else icon_sheet(icons).encode())
    for name, data in theme.brand.files:
        builder.add(name, data)
    others = Assets((), dict(builder.paths))
    for name in sorted(styles.difference(theme.stylesheets)):
        builder.add(name, builder.stylesheet(name, others, posixpath.dirname(name)).encode())
    joined = [builder.stylesheet(name, others, "") for name in theme.stylesheets]
    # After the theme's own colours, and before all that a child theme says of them.
    added = (theme.brand.stylesheet, icon_stylesheet(icons))
    joined[1:1] = [builder.with_hashed_urls(css, "", others, "") for css in added if css]
    builder.add(STYLESHEET, "".join(joined).encode())
    for name in scripts:
        builder.add_script(name, ())
    return Assets(tuple(sorted(builder.files, key=lambda file: file.path)), builder.paths, builder.imports)


class _AssetBuilder:
    """Builds assets from ``sources``, by name. ``files`` and ``paths`` are those of the assets that are finished.

    ``imports`` has for each script its static imports, direct ones first, then theirs.
    """

    def __init__(self, sources: Mapping[str, Path]) -> None:
        self.files: list[Asset] = []
        self.paths: dict[str, str] = {}
        self.imports: dict[str, tuple[str, ...]] = {}
        self._sources = sources
        self._spellings: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        path = self.paths[name] = _hashed_path(name, data)
        if unpublishable_paths([path]):
            message = f"This file cannot be published under its name. {path_fault(path)} Rename it."
            raise ThemeError(message, self._sources.get(name))
        for part in (path, *folders_above([path])):
            other = self._spellings.setdefault(comparable(part), part)
            if difference := name_difference(other, part):
                message = (
                    f"`{other}` and `{part}` would be published under names that {difference}. Some computers keep only one "
                    "of the two. Rename a file or folder, so that the two differ in more, or not at all."
                )
                raise ThemeError(message, self._sources.get(name))
        self.files.append(Asset(path, data))

    def stylesheet(self, name: str, others: Assets, folder: str) -> str:
        """The text of the stylesheet ``name``, with URLs as seen from ``folder`` below ``assets/``.

        ThemeError, with the line, where it refers to an asset that is not among ``others``, or uses ``@import``.
        """
        return self.with_hashed_urls(read_theme_text(self._sources[name]), name, others, folder)

    def with_hashed_urls(self, text: str, name: str, others: Assets, folder: str) -> str:
        """The ``text`` of a stylesheet that is called ``name``; see :meth:`stylesheet`."""
        path = self._sources.get(name)

        def replacement(match: re.Match[str]) -> str:
            if match["import"]:
                message = "@import makes pages slower. List the stylesheet under `stylesheets` in theme.yaml."
                raise ThemeError(message, path, _line_at(text, match.start()))
            if match["charset"]:
                return ""
            reference = match["double"] or match["single"] or match["bare"] or ""
            if not reference or reference.startswith("#") or _ABSOLUTE.match(reference):
                return match[0]
            line = _line_at(text, match.start())
            if reference.startswith("/"):
                message = f"`{reference}` begins with a slash. Write the path relative to this file."
                raise ThemeError(message, path, line)
            asset, suffix = _resolve_reference(name, reference)
            try:
                return f'url("{_relative_url(others.output_path(asset), folder)}{suffix}")'
            except LookupError as error:
                raise ThemeError(str(error.args[0]), path, line) from error

        result = _CSS_TOKEN.sub(replacement, text)
        return result if result.endswith("\n") else result + "\n"

    def add_script(self, name: str, importers: tuple[str, ...]) -> None:
        """Build a script, and first the scripts that it imports: its name depends on its text, and its text on their names.

        A relative specifier is resolved as a browser does it: from the folder of the script. In a call such as
        ``preloadModules("./a.js")``, everything that ``a.js`` imports becomes a further argument.
        """
        if name in self.imports:
            return
        path, chain = self._sources[name], (*importers, name)
        text = read_theme_text(path)
        static: dict[str, None] = {}

        def replacement(match: re.Match[str]) -> str:
            specifier = match["specifier"]
            if specifier is None or _ABSOLUTE.match(specifier):
                return match[0]
            line = _line_at(text, match.start("specifier"))
            if not specifier.startswith(_RELATIVE):
                message = f"A browser cannot find `{specifier}`. Write the path relative to this file, with `./` in front."
                raise ThemeError(message, path, line)
            asset, suffix = _resolve_reference(name, specifier)
            if asset.endswith(_SCRIPT_SUFFIX) and asset in self._sources:
                if asset in chain:
                    circle = " imports ".join([*chain[chain.index(asset) :], asset])
                    message = f"Scripts import each other in a circle: {circle}. Move what both need into a third script."
                    raise ThemeError(message, path, line)
                self.add_script(asset, chain)
                if match["static"]:
                    static[asset] = None
            if asset not in self.paths:
                message = with_closest_match(f"The theme has no asset `{asset}`.", asset, self._sources)
                raise ThemeError(message, path, line)
            url = _relative_url(self.paths[asset], posixpath.dirname(name))
            before = match[0][: match.start("specifier") - match.start()]
            result = f"{before}{_dotted(url)}{quote(suffix, safe='?#=&%/')}{match['quote']}"
            if match["preload"]:
                folder = posixpath.dirname(name)
                urls = (_relative_url(self.paths[one], folder) for one in self.imports.get(asset, ()))
                result += "".join(f', "{_dotted(one)}"' for one in urls)
            return result

        data = _JS_TOKEN.sub(replacement, text).encode()
        for module in tuple(static):
            static.update(dict.fromkeys(self.imports[module]))
        self.imports[name] = tuple(static)
        self.add(name, data)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _resolve_reference(name: str, reference: str) -> tuple[str, str]:
    """The name of the asset that a relative ``reference`` in the asset ``name`` leads to, and its query and fragment."""
    match = _SUFFIX.search(reference)
    target, suffix = (reference[: match.start()], match[0]) if match else (reference, "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target))), suffix


def _relative_url(output: str, folder: str) -> str:
    """The URL of an output path as seen from ``folder`` below ``assets/``."""
    return quote(posixpath.relpath(output, posixpath.join("assets", folder)))


def _dotted(url: str) -> str:
    """A relative URL as scripts write it."""
    return url if url.startswith("../") else f"./{url}"


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
