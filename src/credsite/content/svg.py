"""Looks through an SVG picture for anything that a picture does not need.

An SVG is a document that can carry scripts, style sheets and links. On a page it is only a picture, but whoever opens its
address runs them. So a picture may have only what is in :mod:`credsite.content.svg_vocabulary`, and everything else is
refused, not taken out: its author should see what becomes of it.

CSS is not parsed. In CSS, only a function or an at-rule loads something, and both have to be written out: a name and ``(``,
or ``@`` and a name. So it is enough that each of them, wherever it stands, is one that is allowed, and that no letter is
written as an escape sequence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat

from credsite.content import svg_vocabulary as vocabulary
from credsite.content.svg_references import MAX_DRAWN, DrawnElements

_ACTIVE_CSS: Final = re.compile(r"[(@\\]")
"""What everything that CSS loads has in it."""
_CSS_PIECE: Final = re.compile(r"\\.?|@([\w\-]*)|([\w\-]*)\(", re.DOTALL)
_HARMLESS_ESCAPE: Final = re.compile(r"\\[ -/:-@\[-`{-~]")
"""A backslash before punctuation. Before anything else, it may stand for a letter of a name."""
_SAFE_URL: Final = re.compile(
    rf"url\(\s*+(?:([\"']?)#[^\"'()\\\s]*+\1|([\"']?)(?:{vocabulary.PICTURES}|{vocabulary.FONTS})[\w+/=%;,.\-\s]*+\2)\s*+\)",
    re.IGNORECASE | re.ASCII,
)
# Browsers take only blanks of ASCII away from an address. With others in front, it leads to a file beside the picture.
_FRAGMENT: Final = re.compile(r"\s*(?:#(\S*)\s*)?", re.ASCII)
_PICTURE: Final = re.compile(rf"\s*{vocabulary.PICTURES}", re.IGNORECASE | re.ASCII)
_REFERENCE: Final = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)", re.IGNORECASE | re.ASCII)
_PROGRAM_OR_ADDRESS: Final = re.compile(r"on[a-z]*|href|src|style", re.IGNORECASE)
_W3C: Final = re.compile(r"\s*https?://www\.w3\.org/", re.IGNORECASE)
_MEANINGFUL: Final = re.compile(r"\s*https?://www\.(?:w3|mozilla)\.org/", re.IGNORECASE)
_MAX_DEPTH: Final = 1_000
"""Elements inside each other. Browsers give up at some thousands."""
_MAX_SHOWN: Final = 60
_MAX_REFUSED: Final = 5
_SCRIPT: Final = re.compile(r"<(?:script|handler|listener)>|on[a-z]+=|.*javascript:", re.IGNORECASE)
_LOADS: Final = re.compile(r"@import|url\(|src=|href=|image-set", re.IGNORECASE)


class SvgFault(NamedTuple):
    """What is wrong with a picture: ``is_unsafe`` where it may do harm, otherwise it cannot be read.

    ``words`` is a sentence that begins after the name of the file, such as "is not an SVG image." ``line`` is the line of the
    picture that has the fault, 0 where that is not one line.
    """

    is_unsafe: bool
    words: str
    line: int = 0


class SvgError(Exception):
    """The picture has a fault."""

    def __init__(self, words: str, is_unsafe: bool = True, line: int = 0) -> None:
        super().__init__(words)
        self.fault = SvgFault(is_unsafe, words, line)


def read_svg(data: bytes) -> dict[str, str]:
    """The attributes of the root element of an SVG picture. SvgError where it has a fault, and nothing else."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
        reader.raise_refused()
    except (expat.ExpatError, ValueError, LookupError) as error:
        reader.raise_refused()
        words = f"is not a well-formed SVG: {error}. Save it again as a plain SVG, or as a PNG."
        raise SvgError(words, is_unsafe=False) from None
    if reader.drawn.are_too_many():
        words = (
            f"has parts that show each other again and again, more than {MAX_DRAWN:,} times, for which browsers would take"
            " without end. Draw it more simply, or save it as a PNG."
        )
        raise SvgError(words)
    return reader.root


class _Reader:
    """Handles the events of an XML parser, and collects what is not allowed, up to ``_MAX_REFUSED`` things of that.

    ``root`` are the attributes of the first element.
    """

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self._refused: list[tuple[int, str]] = []
        """The line of each thing that is not allowed, and what it is and what to do about it."""
        self._depth = 0
        self._style: list[str] | None = None  # the text of the style sheet that is being read
        self.drawn = DrawnElements()
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = None
        parser.ProcessingInstructionHandler = self._instruction
        parser.SkippedEntityHandler = self._entity

    def _refuse(self, what: str, element: str = "") -> None:
        """Note that the picture holds ``what``, for instance an attribute of ``element``."""
        shown = what if len(what) <= _MAX_SHOWN else f"{what[:_MAX_SHOWN]}…"
        line = self.parser.CurrentLineNumber
        self._refused.append((line, f"`{' '.join(shown.split())}` in line {line}, {_remedy(what, element)}"))
        if len(self._refused) == _MAX_REFUSED:
            self.raise_refused()

    def raise_refused(self) -> None:
        """Raise SvgError if the picture holds anything that is not allowed."""
        if self._refused:
            found = "; and ".join(words for _, words in self._refused)
            raise SvgError(
                f"holds {found}. That could harm visitors. A plain SVG has nothing of that: save it in Inkscape under File > Save "
                "a Copy, or in Illustrator under File > Export > Export As. Or save it as a PNG.",
                line=self._refused[0][0],
            )

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in vocabulary.ENCODINGS:
            words = f"is in the encoding `{encoding[:_MAX_SHOWN]}`, which not every browser reads. Save it with the encoding UTF-8."
            raise SvgError(words, is_unsafe=False)

    def _doctype(self, _name: str, system_id: str | None, public_id: str | None, has_subset: int) -> None:
        is_known = (public_id or "").startswith(vocabulary.DOCTYPES) and _W3C.match(system_id or "")
        if has_subset or not is_known:
            self._refuse("<!DOCTYPE>")

    def _instruction(self, target: str, _data: str) -> None:
        if target not in vocabulary.INSTRUCTIONS:
            self._refuse(f"<?{target}?>")

    def _entity(self, name: str, _is_parameter: bool) -> None:
        words = f"is not a well-formed SVG: nothing says what `&{name[:_MAX_SHOWN]};` stands for."
        raise SvgError(words, is_unsafe=False)

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _element(qualified)
        if not self._depth:
            if name != "svg":
                raise SvgError("is not an SVG image.", is_unsafe=False)
            if " " not in qualified:
                words = (
                    "does not say that it is an SVG, so browsers would not show it. Write"
                    f' `<svg xmlns="{vocabulary.NAMESPACE}"` in front of its other attributes.'
                )
                raise SvgError(words, is_unsafe=False)
            self.root = attributes
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self.raise_refused()
            words = f"has more than {_MAX_DEPTH:,} elements inside each other. Draw it more simply."
            raise SvgError(words, is_unsafe=False)
        self.drawn.start(attributes.get("id"))
        if name is None or self._style is not None:
            self._refuse(f"<{qualified.rpartition(' ')[2]}>")
            return
        if name == "style":
            self._style = []
            self.parser.CharacterDataHandler = self._style.append
        if not name:
            self._check_inert(attributes)
            return
        for attribute, value in attributes.items():
            # Letters, digits and points load nothing, and most values have nothing else.
            if not _is_plain_attribute(attribute) or _ACTIVE_CSS.search(value) is not None:
                self._check_attribute(name, attribute, value)

    def _end(self, _qualified: str) -> None:
        self._depth -= 1
        self.drawn.end()
        if self._style is not None:
            self.parser.CharacterDataHandler = None
            bad = find_active_css("".join(self._style))
            self._style = None
            if bad:
                self._refuse(bad)

    def _check_inert(self, attributes: dict[str, str]) -> None:
        """Check the attributes of an element of a drawing program. Its own mean nothing to browsers."""
        for attribute, value in attributes.items():
            namespace, _, name = attribute.rpartition(" ")
            if namespace or _PROGRAM_OR_ADDRESS.fullmatch(name):
                self._check_attribute("", attribute, value)

    def _check_attribute(self, element: str, attribute: str, value: str) -> None:
        namespace, _, name = attribute.rpartition(" ")
        if not _is_allowed_attribute(namespace, name):
            self._refuse(f'{name}="{value}"', element)
            return
        if namespace not in ("", vocabulary.XLINK):
            return
        if name in ("href", "src"):
            fragment = _FRAGMENT.fullmatch(value)
            if fragment and fragment[1] and element in vocabulary.SHOWING:
                self.drawn.show(fragment[1])
            elif not fragment and not (element in ("image", "feImage") and _PICTURE.match(value)):
                self._refuse(f'{name}="{value}"', element)
        elif namespace == "" and name == "attributeName":
            if value not in vocabulary.ANIMATED:
                self._refuse(f'{name}="{value}"')
        elif namespace == "" and name == "type" and element == "style":
            if value.strip().lower() not in ("", "text/css"):
                self._refuse(f'{name}="{value}"')
        elif namespace == "" and name not in vocabulary.UNPARSED and not name.startswith(("data-", "aria-")):
            bad = find_active_css(value)
            if bad:
                self._refuse(f'{name}="{bad}…"')
            for fragment in _REFERENCE.findall(value):
                self.drawn.show(fragment)


def _remedy(what: str, element: str) -> str:
    """What it is that a picture must not hold, as far as that is known, and what its author can do."""
    if _SCRIPT.match(what):
        return "a script: remove it"
    if element == "a":
        return "a link: remove the link"
    if element in ("image", "feImage"):
        return "a picture in another file: embed it, or remove it"
    if element == "use":
        return "a part of another file: copy it into this one"
    if "font" in what.lower():
        return "a font: turn its text into paths"
    if _LOADS.search(what):
        return "which loads another file: remove it"
    return "which may do more than show a picture: remove it"


def find_active_css(text: str) -> str:
    """The first piece of ``text``, which is CSS, that may load something; ``""`` where there is none."""
    if _ACTIVE_CSS.search(text) is None:
        return ""
    for found in _CSS_PIECE.finditer(text):
        piece, rule, function = found[0], found[1], found[2]
        if rule is not None:
            is_safe = not rule or rule.lower() in vocabulary.RULES
        elif function is None:
            is_safe = _HARMLESS_ESCAPE.fullmatch(piece) is not None
        elif function.lower() == "url":
            is_safe = _SAFE_URL.match(text, found.start()) is not None
        else:
            is_safe = not function or function.lower() in vocabulary.FUNCTIONS
        if not is_safe:
            return text[found.start() : found.start() + _MAX_SHOWN]
    return ""


@lru_cache(maxsize=1024)
def _element(qualified: str) -> str | None:
    """The name of an element of SVG, ``""`` for one that means nothing to browsers; None where it is not allowed.

    Elements without a namespace are taken for those of SVG, as are their attributes.
    """
    namespace, _, name = qualified.rpartition(" ")
    if namespace in ("", vocabulary.NAMESPACE):
        return name if name in vocabulary.ELEMENTS else None
    return "" if _is_inert(namespace) else None


def _is_inert(namespace: str) -> bool:
    """Whether browsers give no meaning to the names of a namespace, such as those of drawing programs."""
    return namespace in vocabulary.INERT_NAMESPACES or _MEANINGFUL.match(namespace) is None


@lru_cache(maxsize=4096)
def _is_allowed_attribute(namespace: str, name: str) -> bool:
    match namespace:
        case "":
            return name in vocabulary.ATTRIBUTES or name.startswith(("data-", "aria-"))
        case vocabulary.XLINK:
            return name in vocabulary.XLINK_ATTRIBUTES
        case vocabulary.XML:
            return name in vocabulary.XML_ATTRIBUTES
    return _is_inert(namespace)


_CHECKED: Final = frozenset({"href", "src", "attributeName", "type"})


@lru_cache(maxsize=4096)
def _is_plain_attribute(attribute: str) -> bool:
    """Whether an attribute is allowed whatever its value is, as long as this has nothing in it that CSS could load."""
    namespace, _, name = attribute.rpartition(" ")
    return name not in _CHECKED and _is_allowed_attribute(namespace, name)
