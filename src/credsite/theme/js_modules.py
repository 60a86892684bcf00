"""The scripts of a theme: JavaScript modules whose imports become hashed names.

The name of a module depends on its text, and its text on the names of the modules that it imports. So a module is built after
all modules that it imports. A relative specifier is resolved as a browser does it: from the folder of the script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from credsite.problems.suggestions import with_closest_match
from credsite.theme.asset_files import line_at, read_text, relative_url, resolve_reference
from credsite.theme.loader import ThemeError

SCRIPT_SUFFIX: Final = ".js"

# Comments, strings and regular expressions are matched too, so that an import within them is passed over.
_TOKEN: Final = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | (?<![.\w$])(?:
            (?P<static> from\s*(?=["']) | import\s*(?=["']) )
          | (?P<dynamic> import\s*\(\s*(?:/\*.*?\*/\s*)?(?=["']) )
          | (?P<address> new\s+URL\s*\(\s*(?=["'][^"'\n]*["']\s*,\s*import\s*\.\s*meta\s*\.\s*url\b) )
        )(?P<quote>["'])(?P<specifier>[^"'\n]*)(?P=quote)
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | `(?:[^`\\]|\\.)*`
      | [=(,:\[!&|?{};]\s*/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/""",
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_RELATIVE: Final = ("./", "../")

Add = Callable[[str, bytes], None]
"""Takes a finished file, by its name."""


@dataclass(frozen=True, slots=True)
class _Import:
    """A relative specifier in a script: ``start`` and ``end`` are the positions of its text between the quotation marks.

    ``asset`` is the name of the file that it leads to, ``suffix`` its query and fragment. A static import is loaded before
    the script runs.
    """

    start: int
    end: int
    asset: str
    suffix: str
    is_static: bool


class ScriptBuilder:
    """Builds the scripts of a theme.

    ``sources`` are all assets of the theme by name. ``paths`` are the output paths of the assets that are finished, to which
    ``add`` adds. After :meth:`build`, ``imports`` has for each script its static imports, direct ones first, then theirs.
    """

    def __init__(self, sources: Mapping[str, Path], paths: Mapping[str, str], add: Add) -> None:
        self._sources = sources
        self._paths = paths
        self._add = add
        self.imports: dict[str, tuple[str, ...]] = {}

    def build(self) -> None:
        """ThemeError where an import leads nowhere, or where scripts import each other in a circle."""
        for name in self._sources:
            if name.endswith(SCRIPT_SUFFIX):
                self._build(name, ())

    def _build(self, name: str, importers: tuple[str, ...]) -> None:
        if name in self.imports:
            return
        text = read_text(self._sources[name])
        imports = self._find_imports(name, text)
        static: dict[str, None] = {}
        for one in imports:
            if one.asset.endswith(SCRIPT_SUFFIX):
                chain = (*importers, name)
                if one.asset in chain:
                    circle = " imports ".join([*chain[chain.index(one.asset) :], one.asset])
                    message = f"Scripts import each other in a circle: {circle}. Move what both need into a third script."
                    raise ThemeError(message, self._sources[name], line_at(text, one.start))
                self._build(one.asset, chain)
                if one.is_static:
                    static[one.asset] = None
        for module in tuple(static):
            static.update(dict.fromkeys(self.imports[module]))
        self.imports[name] = tuple(static)
        self._add(name, self._with_hashed_names(name, text, imports).encode())

    def _with_hashed_names(self, name: str, text: str, imports: list[_Import]) -> str:
        pieces, end = [], 0
        for one in imports:
            url = relative_url(self._paths[one.asset], posixpath.dirname(name))
            pieces += [text[end : one.start], url if url.startswith("../") else f"./{url}", one.suffix]
            end = one.end
        return "".join([*pieces, text[end:]])

    def _find_imports(self, name: str, text: str) -> list[_Import]:
        imports = []
        for match in _TOKEN.finditer(text):
            specifier = match["specifier"]
            if specifier is None or _ABSOLUTE.match(specifier):
                continue
            start, end = match.span("specifier")
            line = line_at(text, start)
            if not specifier.startswith(_RELATIVE):
                message = f"A browser cannot find `{specifier}`. Write the path relative to this file, with `./` in front."
                raise ThemeError(message, self._sources[name], line)
            asset, suffix = resolve_reference(name, specifier)
            if asset not in self._paths and not (asset.endswith(SCRIPT_SUFFIX) and asset in self._sources):
                message = with_closest_match(f"The theme has no asset `{asset}`.", asset, self._sources)
                raise ThemeError(message, self._sources[name], line)
            imports.append(
                _Import(start, end, asset, quote(suffix, safe="?#=&%/"), match["static"] is not None)
            )
        return imports
