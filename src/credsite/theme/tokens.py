"""The custom properties that a theme sets for all of its pages: which ones, to what in each colour scheme, and what for.

Those of stylesheets are read here and nowhere else. Only rules for the root element (``:root`` or ``html``) count, in the whole
stylesheet or in a media query that asks for nothing but screens and their colour scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from credsite.schema.yaml import loader
from credsite.theme.loader import Theme, ThemeError, read_theme_text

PURPOSES: Final = "tokens.yaml"
"""The file of a theme that says what its custom properties are for."""

Scheme = Literal["", "light", "dark"]
"""For which screens a custom property is set; "" for all."""

_TOKEN: Final = re.compile(
    r"""/\*.*?\*/
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
      | url\([^)"']*\)
      | (?P<mark>[{};])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT: Final = {":root", "html", "html:root", "&"}
_ROOT_NAMES: Final = (":root", "html")
"""One of these stands in each stylesheet that sets anything for the root element."""
_SCHEME: Final = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_ALL_SCREENS: Final = {"", "all", "screen", "only screen"}
_TRANSPARENT_RULES: Final = ("@layer", "@supports")
"""Rules whose blocks hold for all screens."""
_DECLARATION: Final = re.compile(r"(--[\w-]+)\s*:\s*(.*)", re.DOTALL)
_COLOUR: Final = re.compile(
    r"#[0-9a-f]{3,8}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(.*\)|white|black|transparent",
    re.IGNORECASE | re.DOTALL,
)
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_LIGHT_DARK: Final = re.compile(
    r"light-dark\(((?:[^(),]|\([^()]*\))+),((?:[^(),]|\([^()]*\))+)\)", re.IGNORECASE
)
_MOST_REFERENCES: Final = 20


@dataclass(frozen=True, slots=True)
class Declaration:
    """A custom property, such as ``--accent``, in a stylesheet: its value, for which screens, and its line and column from 1."""

    name: str
    value: str
    scheme: Scheme
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ThemeToken:
    """A custom property of a theme, with its value on light and on dark screens, "" where it has none.

    ``purpose`` says what it is for, as far as the theme says so.
    """

    name: str
    light: str
    dark: str
    purpose: str = ""


def declarations(css: str) -> Iterator[Declaration]:
    """The custom properties that a stylesheet sets for the root element, in its order."""
    blocks: list[tuple[bool, Scheme | None]] = [(False, "")]
    start = 0
    for match in _TOKEN.finditer(css):
        if match["mark"] is None:
            continue
        text = css[start : match.start()]
        is_root, scheme = blocks[-1]
        if match["mark"] == "{":
            blocks.append(_block(_COMMENT.sub(" ", text).strip(), is_root=is_root, scheme=scheme))
        else:
            if is_root and scheme is not None:
                yield from _declaration(css, start, text, scheme)
            if match["mark"] == "}" and len(blocks) > 1:
                blocks.pop()
        start = match.end()


def _block(prelude: str, *, is_root: bool, scheme: Scheme | None) -> tuple[bool, Scheme | None]:
    """Whether a block with this ``prelude`` is about the root element, and for which screens: None where that is another
    question than that of light and dark."""
    words = " ".join(prelude.lower().split())
    if words.startswith("@media"):
        found = _SCHEME.search(words)
        rest = _SCHEME.sub("", words.removeprefix("@media")).replace(" and ", " ").strip()
        if scheme is None or rest.removesuffix(" and").strip() not in _ALL_SCREENS:
            return is_root, None
        if found is None:
            return is_root, scheme
        return is_root, "light" if found[1] == "light" else "dark"
    if words.startswith("@"):
        return is_root, scheme if words.startswith(_TRANSPARENT_RULES) else None
    return any(part.strip() in _ROOT for part in words.split(",")), scheme


def _declaration(css: str, start: int, text: str, scheme: Scheme) -> Iterator[Declaration]:
    """The custom property that ``text``, which begins at ``start``, sets; two where its value has both colours."""
    blank = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    match = _DECLARATION.fullmatch(blank.strip())
    if match is None:
        return
    at = start + len(blank) - len(blank.lstrip())
    line, column = css.count("\n", 0, at) + 1, at - (css.rfind("\n", 0, at) + 1) + 1
    name, value = match[1], " ".join(match[2].split())
    both = None if scheme else _LIGHT_DARK.fullmatch(value)
    if both is None:
        yield Declaration(name, value, scheme, line, column)
    else:
        yield Declaration(name, both[1].strip(), "light", line, column)
        yield Declaration(name, both[2].strip(), "dark", line, column)


def values(found: Iterable[Declaration]) -> dict[str, tuple[str, str]]:
    """The light and the dark value of each custom property, where a later declaration takes the place of an earlier one."""
    tokens: dict[str, tuple[str, str]] = {}
    for one in found:
        light, dark = tokens.get(one.name, ("", ""))
        tokens[one.name] = (
            light if one.scheme == "dark" else one.value,
            dark if one.scheme == "light" else one.value,
        )
    return tokens


def resolved(name: str, tokens: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """The light and the dark value of a custom property, where those of others stand for their names."""
    found = list(tokens.get(name, ("", "")))
    for scheme in (0, 1):
        for _ in range(_MOST_REFERENCES):
            match = _VARIABLE.fullmatch(found[scheme])
            if match is None:
                break
            found[scheme] = tokens.get(match[1], ("", ""))[scheme]
    return found[0], found[1]


def is_colour(value: str) -> bool:
    """Whether a value is a colour by itself, and not the name of another custom property."""
    return _COLOUR.fullmatch(value) is not None


def light_values(theme: Theme) -> dict[str, str]:
    """The custom properties of a theme on light screens, by their names without the hyphens in front. ThemeError as for its files."""
    found = _values(theme)
    return {name.removeprefix("--"): resolved(name, found)[0] for name in found}


def theme_tokens(theme: Theme) -> list[ThemeToken]:
    """All custom properties of a theme, by the order in which its stylesheets set them first. ThemeError as for its files."""
    found = _values(theme)
    purposes = _purposes(theme)
    return [ThemeToken(name, light, dark, purposes.get(name, "")) for name, (light, dark) in found.items()]


def _values(theme: Theme) -> dict[str, tuple[str, str]]:
    assets = theme.files("assets")
    sheets = [read_theme_text(assets[name]) for name in theme.stylesheets]
    sheets.insert(1, theme.brand.stylesheet)  # where the website has it
    return values(
        one for sheet in sheets if any(map(sheet.__contains__, _ROOT_NAMES)) for one in declarations(sheet)
    )


def _purposes(theme: Theme) -> dict[str, str]:
    purposes: dict[str, str] = {}
    for folder in reversed(theme.ancestry):
        path = folder.path / PURPOSES
        if path.is_file():
            purposes.update(_read_purposes(path))
    return purposes


def _read_purposes(path: Path) -> dict[str, str]:
    data, problems = loader.load_yaml(read_theme_text(path), path.name)
    if problems:
        raise ThemeError(problems[0].message, path, problems[0].location.line)
    if not isinstance(data, dict):
        raise ThemeError(
            "This file holds `name: what it is for` lines, one for each custom property.", path, 1
        )
    return {f"--{name}": str(purpose) for name, purpose in data.items()}
