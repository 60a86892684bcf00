"""The scripts of a theme: modules whose imports lead to hashed names.

A module's own name depends on its text, and its text on the names of what it imports, so that modules are
finished from the leaves up. What a script asks for by a relative specifier is found as a browser finds it:
from the place of the script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from credsite.problems.suggestions import with_closest_match
from credsite.theme.loader import NOT_UTF8, ThemeError

SCRIPT_SUFFIX: Final = ".js"

# Whatever could be taken for an import without being one is read over: comments, texts, patterns.
_TOKEN: Final = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | (?<![.\w$])(?:
            (?P<static> from\s*(?=["']) | import\s*(?=["']) )
          | (?P<dynamic> import\s*\(\s*(?:/\*.*?\*/\s*)?(?=["']) )
          | (?P<address> new\s+URL\s*\(\s*(?=["'][^"'\n]*["']\s*,\s*import\s*\.\s*meta\s*\.\s*url\b) )
        )(?P<quote>["'])(?P<written>[^"'\n]*)(?P=quote)
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | `(?:[^`\\]|\\.)*`
      | [=(,:\[!&|?{};]\s*/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/""",
    re.VERBOSE | re.DOTALL,
)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_RELATIVE: Final = ("./", "../")

Add = Callable[[str, bytes], None]
"""Takes a finished file in, by its name."""


@dataclass(frozen=True, slots=True)
class _Import:
    """One relative specifier of a script: ``start`` and ``end`` are its place between the quotation marks."""

    start: int
    end: int
    asset: str
    rest: str
    static: bool


class ScriptBuilder:
    """Finishes the scripts of a theme, each after those that it asks for.

    ``sources`` are all files of the theme by name, ``paths`` the output paths of those that are finished, to
    which ``add`` adds. ``imports`` then says what a browser must load before it can start a module: its static
    imports and theirs, the nearest first.
    """

    def __init__(self, sources: Mapping[str, Path], paths: Mapping[str, str], add: Add) -> None:
        self._sources = sources
        self._paths = paths
        self._add = add
        self.imports: dict[str, tuple[str, ...]] = {}

    def build(self) -> None:
        """ThemeError where an import leads nowhere, or back to the script that it stands in."""
        for name in self._sources:
            if name.endswith(SCRIPT_SUFFIX):
                self._finish(name, ())

    def _finish(self, name: str, above: tuple[str, ...]) -> None:
        if name in self.imports:
            return
        path = self._sources[name]
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ThemeError(NOT_UTF8, path) from error
        found = self._found(name, text)
        closure: dict[str, None] = {}
        for one in found:
            if one.asset.endswith(SCRIPT_SUFFIX):
                if one.asset in (*above, name):
                    circle = " imports ".join([*above, name, one.asset][(*above, name).index(one.asset) :])
                    message = (
                        f"Scripts import each other in a circle: {circle}. "
                        "Move what both need into a third script."
                    )
                    raise ThemeError(message, path, _line(text, one.start))
                self._finish(one.asset, (*above, name))
                if one.static:
                    closure[one.asset] = None
        for module in tuple(closure):
            closure.update(dict.fromkeys(self.imports[module]))
        pieces, done = [], 0
        for one in found:
            home = posixpath.join("assets", posixpath.dirname(name))
            url = quote(posixpath.relpath(self._paths[one.asset], home))
            pieces += [text[done : one.start], url if url.startswith("../") else f"./{url}", one.rest]
            done = one.end
        self.imports[name] = tuple(closure)
        self._add(name, "".join([*pieces, text[done:]]).encode())

    def _found(self, name: str, text: str) -> list[_Import]:
        found = []
        for match in _TOKEN.finditer(text):
            written = match["written"]
            if written is None or _SCHEME.match(written):
                continue
            line = _line(text, match.start("written"))
            if not written.startswith(_RELATIVE):
                message = f"A browser cannot find `{written}`. Write where it is as seen from this file, with `./` in front."
                raise ThemeError(message, self._sources[name], line)
            target, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
            asset = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target)))
            if asset not in self._paths and not (asset.endswith(SCRIPT_SUFFIX) and asset in self._sources):
                message = with_closest_match(f"The theme has no asset `{asset}`.", asset, self._sources)
                raise ThemeError(message, self._sources[name], line)
            start, end = match.span("written")
            found.append(_Import(start, end, asset, quote(mark + rest, safe="?#=&%/"), bool(match["static"])))
        return found


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
