"""What HTML a body may hold, and where its links may lead.

All HTML of a body, raw HTML included, goes through nh3 with the allow-list below. nh3 does not say what it removes, so
:func:`explain_removed` looks for it afterwards, where something can have been removed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import nh3

from credsite.schema.kinds import Kind

ENTRY_SCHEMES: Final = frozenset(map(str, Kind))
EXTERNAL_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
MARKER: Final = "credsite-ref:"
"""What stands before a reference's number in place of its URL. Not among the schemes that an author may write."""

WEB_LINK: Final = "web"
"""The kind of a link to a whole web address, which may be one of the site: a text does not know where the site is."""

_MAX_SNIPPET: Final = 80
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_IGNORED_AROUND: Final = "".join(map(chr, range(33)))

_TEXT_LEVEL: Final = (
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup"
    " u var wbr"
)
_BLOCKS: Final = (
    "blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " summary table tbody td tfoot th thead tr ul"
)
_REMOVED: Final = "iframe math noembed noframes noscript object script style svg template textarea title xmp"

TAGS: Final = frozenset(f"{_TEXT_LEVEL} {_BLOCKS}".split())
_CONTENT_REMOVED: Final = frozenset(_REMOVED.split())
"""Elements that are removed with all that they contain, because that is no text to be read."""

_ANY: Final = re.compile(r".*", re.DOTALL)
_TEXT: Final = re.compile(r".+", re.DOTALL)
_CELL: Final = {
    "align": re.compile("left|center|right"),
    "colspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
}
# The language of a foreign phrase matters to screen readers, in a catalogue that teaches languages above all.
_LANGUAGE: Final = {
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"),
    "dir": re.compile("ltr|rtl|auto"),
}
_VALUES: Final[dict[str, dict[str, re.Pattern[str]]]] = {
    **dict.fromkeys(("b", "bdi", "bdo", "blockquote", "cite", "dd", "dt", "em", "i", "p", "q"), _LANGUAGE),
    **dict.fromkeys(("span", "strong"), _LANGUAGE),
    "a": {"href": _ANY, "title": _TEXT, "class": re.compile("footnote-(?:ref|backref)")},
    "img": {"src": _ANY, "alt": _ANY, "title": _TEXT},
    "abbr": {"title": _TEXT},
    "td": _CELL,
    "th": {**_CELL, "scope": re.compile("col|row|colgroup|rowgroup")},
    "ol": {"start": re.compile(r"\d{1,9}"), "reversed": _ANY, "type": re.compile("[1aAiI]")},
    "details": {"open": _ANY},
    "code": {"class": re.compile(r"language-[\w#.+\-]{1,40}")},
    "div": {**_LANGUAGE, "class": re.compile("footnote")},
    "sup": {"id": re.compile(r"fnref\d*:\d+")},
    "li": {**_LANGUAGE, "id": re.compile(r"fn:\d+"), "class": re.compile("task")},
}
"""By tag, the attributes that are allowed and what their whole value must look like."""


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link or an image in a body that leads into the site. The HTML holds a marker in its place.

    ``kind`` is one of ``course``, ``story``, ``pathway``, ``provider``, ``place``, ``industry``, ``delivery`` and ``page``
    for ``[x](course:slug#part)``; ``file`` for a relative link, ``image`` for a relative image, ``path`` for a link such
    as ``/courses/``, and ``fragment`` for ``#part`` of the page itself. ``target`` is the slug or the path,
    percent-decoded, without query and fragment; ``fragment`` is without ``#``; ``written`` is as the author wrote it.
    """

    kind: str
    target: str
    fragment: str
    written: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a body. ``detail`` is the scheme, tag or attribute, or a whole message.

    ``line`` and ``column`` are its place in the body, from 1; where they are 0, ``snippet`` finds it.
    """

    code: str
    snippet: str
    detail: str
    line: int = 0
    column: int = 0

    @classmethod
    def first_line(cls, code: str, snippet: str, detail: str) -> Finding:
        return cls(code, snippet.strip().partition("\n")[0][:_MAX_SNIPPET].rstrip(), detail[:_MAX_SNIPPET])


def scheme_of(url: str) -> str:
    """The scheme of ``url`` in lower case, without the colon; ``""`` for a relative one."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def is_external(url: str) -> bool:
    """Whether ``url`` leads out of the site and may. A browser reads ``\\`` as ``/``."""
    return scheme_of(url) in EXTERNAL_SCHEMES or re.match(r"[/\\]{2}", url) is not None


def without_ignored_characters(url: str) -> str:
    """``url`` without the characters that browsers ignore before they look at its scheme."""
    return re.sub(r"[\t\n\r]", "", url.strip(_IGNORED_AROUND))


def parse_link(written: str) -> InternalLink | str | None:
    """Where a link leads: into the site, or to an external URL, or None where it may not be followed."""
    url = without_ignored_characters(written)
    if is_external(url):
        return url.replace(" ", "%20")
    scheme = scheme_of(url)
    if scheme and scheme not in ENTRY_SCHEMES:
        return None
    before, _, fragment = url[len(scheme) + 1 if scheme else 0 :].partition("#")
    target = unquote(before.partition("?")[0])
    fragment = unquote(fragment)
    if scheme:
        kind = scheme
    elif target.startswith("/"):
        kind = "path"
    else:
        kind = "fragment" if fragment and not before else "file"
    return InternalLink(kind, target, fragment, url)


def video_link(url: str) -> InternalLink:
    """Where the ``url`` of a video leads: to a file of the site, or to a web address."""
    link = parse_link(url)
    return link if isinstance(link, InternalLink) else InternalLink(WEB_LINK, url, url.partition("#")[2], url)


def parse_image(written: str) -> InternalLink | None:
    """The image of the site that ``written`` names, or None where it is not one."""
    url = without_ignored_characters(written)
    if scheme_of(url) or is_external(url):
        return None
    return InternalLink("image", unquote(re.split("[?#]", url, maxsplit=1)[0]), "", url)


class Sanitizer:
    """Cleans the HTML of one body after another, and collects the links of each. For one thread."""

    def __init__(self) -> None:
        self._numbers: dict[InternalLink, int] = {}
        self._allowed: list[str] = []
        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=_CONTENT_REMOVED,
            attributes={tag: frozenset(values) for tag, values in _VALUES.items()},
            attribute_filter=self._attribute,
            link_rel=None,  # without `target`, which is not allowed, no link opens a page that could reach this one
            url_schemes=ENTRY_SCHEMES | EXTERNAL_SCHEMES,
        )

    def clean(self, unsafe: str) -> tuple[str, tuple[InternalLink, ...], list[str]]:
        """The safe HTML with markers, the links that their numbers mean, and all URLs that were allowed, as written."""
        self._numbers = {}
        self._allowed = []
        return self._cleaner.clean(unsafe), tuple(self._numbers), self._allowed

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        allowed = _VALUES.get(tag, {}).get(name)  # nh3 asks about what it is going to remove, too
        if allowed is None or not allowed.fullmatch(value):
            return None
        if name not in ("href", "src"):
            return value
        if name == "href" and re.match(r"#fn(?:ref\d*)?:\d+$", value):
            self._allowed.append(value)
            return value
        target = parse_link(value) if name == "href" else parse_image(value)
        if target is None:
            return None
        self._allowed.append(value)
        if isinstance(target, str):
            return target
        return f"{MARKER}{self._numbers.setdefault(target, len(self._numbers))}"


_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"<([A-Za-z][^\s/<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
# As in the values of attributes, where an entity's name ends with a semicolon.
_ENTITY: Final = re.compile(r"&(?:#\d{1,20};?|#[xX][0-9A-Fa-f]{1,20};?|\w{1,40};)")


def explain_removed(unsafe: str, allowed_urls: list[str]) -> Iterator[Finding]:
    """What the sanitizer removed from ``unsafe``, where it allowed only the URLs ``allowed_urls``.

    This only explains: very broken HTML may be read differently here and by the sanitizer.
    """
    allowed = set(allowed_urls)
    unsafe = _COMMENT.sub("", unsafe)
    position = 0
    while (found := _TAG.search(unsafe, position)) is not None:
        position = found.end()
        tag = found[1].lower()
        if tag in TAGS:
            for attribute in _ATTRIBUTE.finditer(found[2]):
                yield from _removed_attribute(tag, attribute, allowed)
            continue
        yield Finding.first_line("html-not-allowed", f"<{found[1]}", f"<{tag}>")
        if tag in _CONTENT_REMOVED:
            end = re.compile(f"</{tag}", re.IGNORECASE).search(unsafe, position)
            position = end.start() if end else len(unsafe)


def _removed_attribute(tag: str, found: re.Match[str], allowed: set[str]) -> Iterator[Finding]:
    name = found[1].lower()
    written = next((group for group in found.groups()[1:] if group is not None), "")
    if name not in _VALUES.get(tag, {}):
        yield Finding.first_line("html-not-allowed", found[0], name)
        return
    value = _ENTITY.sub(lambda entity: html.unescape(entity[0]), written)
    if name not in ("href", "src"):
        if value and not _VALUES[tag][name].fullmatch(value):
            yield Finding.first_line("html-not-allowed", found[0], name)
    elif value and value not in allowed:
        url = without_ignored_characters(value)
        scheme = scheme_of(url)
        if name == "src" and is_external(url) and scheme not in ("mailto", "tel"):
            yield Finding.first_line("image-external", written, url)
        else:  # the scheme is allowed, but the address is none, such as `https://`
            yield Finding.first_line(
                "link-scheme", written, url if scheme in EXTERNAL_SCHEMES else f"{scheme}:"
            )
