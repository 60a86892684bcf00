"""SVG images: their size, and whether anything in them is active.

An SVG is a document that can carry scripts. On a page it is only a picture, but whoever opens its address runs them,
so an SVG with anything active in it is refused.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*")
_LOADS: Final = re.compile(r"@import|url\((?![\"']?(?:#|data:))")
_ACTIVE_ELEMENTS: Final = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
)
_SAFE_TARGETS: Final = ("#", "data:image/png", "data:image/jpeg", "data:image/webp")


class UnsafeSvgError(Exception):
    """The text of the error is what makes the SVG unsafe, such as ``<script>``."""


class InvalidSvgError(Exception):
    """The text of the error says in a few words why this is no SVG."""


def svg_size(data: bytes) -> tuple[int, int]:
    """The width and height in pixels that the root element states, 0 where it states none.

    Raises UnsafeSvgError where something in it is active, and InvalidSvgError where it cannot be read.
    """
    checker = _Checker()
    try:
        checker.parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise InvalidSvgError(f"is not a well-formed SVG: {error}") from error
    if checker.names[0] != "svg":
        raise InvalidSvgError("is not an SVG image")
    return _stated_size(checker.root)


def _stated_size(root: dict[str, str]) -> tuple[int, int]:
    width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0


class _Checker:
    """Handles the events of an XML parser, and raises UnsafeSvgError at the first one that is not harmless.

    ``names`` are those of the elements so far, and ``root`` the attributes of the first.
    """

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.names: list[str] = []
        self._styles: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.ProcessingInstructionHandler = self._refuse_instruction

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if not self.names:
            self.root = attributes
        self.names.append(local)
        if local in _ACTIVE_ELEMENTS:
            raise UnsafeSvgError(f"<{name}>")
        for attribute, value in attributes.items():
            self._check_attribute(attribute, value)

    def _check_attribute(self, attribute: str, value: str) -> None:
        key, folded = attribute.rpartition(":")[2].lower(), "".join(value.split()).lower()
        if key.startswith("on") or "javascript:" in folded or _LOADS.search(folded):
            raise UnsafeSvgError(attribute)
        is_html = attribute.startswith("xmlns") and folded.endswith("/xhtml")
        if is_html or (key in ("href", "src") and not folded.startswith(_SAFE_TARGETS)):
            raise UnsafeSvgError(f'{attribute}="{value}"')

    def _text(self, text: str) -> None:
        if self.names[-1] == "style":
            self._styles.append(text)

    def _end(self, name: str) -> None:
        if name.endswith("style") and _LOADS.search("".join("".join(self._styles).split()).lower()):
            raise UnsafeSvgError("<style>")

    def _refuse_doctype(self, *_arguments: object) -> None:
        raise UnsafeSvgError("<!DOCTYPE>")

    def _refuse_instruction(self, target: str, _data: str) -> None:
        raise UnsafeSvgError(f"<?{target}?>")
