"""The Markdown body of an entry: from its source to sanitised HTML, whose links into the site are still open.

:func:`render` knows one text and nothing else. Where its links lead is decided when the whole site is known, and put
in by :func:`resolve`.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from credsite.content.markdown.headings import Heading, outlined
from credsite.content.markdown.limits import tangle
from credsite.content.markdown.locate import locate
from credsite.content.markdown.sanitizer import (
    MARKER,
    Finding,
    Reference,
    Sanitiser,
    as_browsers_read,
    is_external,
    removed,
    scheme_of,
)

if TYPE_CHECKING:
    from credsite.content.markdown.converter import Parsers

__all__ = ["Finding", "Heading", "Image", "MarkdownBody", "Reference", "locate", "plain", "render", "resolve"]


@dataclass(frozen=True, slots=True)
class MarkdownBody:
    """A rendered body. ``html`` is sanitised and holds markers for ``references``; ``words`` counts those to be read."""

    html: str
    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]
    words: int


class Image(NamedTuple):
    """An image as it is put in: its URL, and its size in pixels."""

    url: str
    width: int
    height: int


# What sanitised HTML looks like: names in lower case, values in double quotes, and neither `<` nor `>` in them.
_ATTRIBUTES: Final = r"(?: [a-z]+=\"[^\"]*\")"
_TAG: Final = re.compile(r"<[^>]*>")
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|u)\b[^>]*>")
"""Tags that stand within words and before punctuation, so that nothing stands in their place."""
_IMAGE: Final = re.compile(rf"<img({_ATTRIBUTES}*)>")
_ATTRIBUTE: Final = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
_ALIGNED: Final = re.compile(rf"(<t[dh]{_ATTRIBUTES}*?) align=\"(left|center|right)\"")
_MARKED: Final = re.compile(
    rf"<a({_ATTRIBUTES}*?) href=\"{MARKER}(\d+)\"|<img src=\"{MARKER}(\d+)\" alt=\"([^\"]*)\"({_ATTRIBUTES}?)>"
)

# Control characters, some of which Python-Markdown keeps for itself, and what is no character in HTML.
_UNWANTED: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


# What Python-Markdown, and Python's HTML parser in it, raise about text that they were not made for.
_UNREADABLE: Final = (RecursionError, AssertionError, LookupError, ValueError)


class _Tools(threading.local):
    """What is kept from body to body. It holds the state of one rendering, so each thread has its own."""

    @cached_property
    def parsers(self) -> Parsers:
        # Not before there is a text to read: a build in which nothing changed never asks for Python-Markdown.
        from credsite.content.markdown.converter import Parsers

        return Parsers()

    @cached_property
    def sanitiser(self) -> Sanitiser:
        return Sanitiser()


_tools = _Tools()


def render(text: str) -> tuple[MarkdownBody, tuple[Finding, ...]]:
    """The body that ``text`` gives, and what is wrong in it. Never raises: what cannot be read is shown as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNWANTED.search(text) is not None:
        text = _UNWANTED.sub("\N{REPLACEMENT CHARACTER}", text)
    tangled = tangle(text)
    if tangled is not None:
        return _as_written(text), (Finding.first_line("body-too-complex", tangled, ""),)
    try:
        unsafe = _tools.parsers.html(text)
    except _UNREADABLE:
        del _tools.parsers  # stopped somewhere in the middle of its work
        return _as_written(text), (Finding.first_line("body-too-complex", text, ""),)
    safe, references, kept = _tools.sanitiser.clean(unsafe)
    findings: list[Finding] = []
    if "<" in text or unsafe.count(' href="') + unsafe.count(' src="') != len(kept):
        findings += removed(unsafe, kept)
    if "<img" in safe:
        safe = _IMAGE.sub(lambda found: _image(found, references, findings), safe)
    if ' align="' in safe:
        safe = _ALIGNED.sub(r'\1 class="align-\2"', safe)
    headings: tuple[Heading, ...] = ()
    if "<h" in safe:
        safe, headings = outlined(safe)
    body = MarkdownBody(safe, references, headings, len(_TAG.sub("", safe).split()))
    return body, tuple(dict.fromkeys(findings))


def resolve(
    body: MarkdownBody,
    url_of: Callable[[Reference], str | Image | None],
    *,
    table_label: str,
    back_label: str = "",
) -> str:
    """The HTML of ``body`` with its links and images put in.

    ``url_of`` gives the URL of a reference, an :class:`Image` for one of kind ``image``, or None for nowhere: then
    a link becomes plain text, and an image its description. The query of a link is kept. ``table_label`` names the
    boxes in which wide tables scroll, ``back_label`` the links from footnotes back to the text.
    """

    def put_in(found: re.Match[str]) -> str:
        if found[3] is not None:
            return _put_image(url_of(body.references[int(found[3])]), found[4], found[5])
        reference = body.references[int(found[2])]
        url = url_of(reference)
        if not isinstance(url, str) or (scheme_of(as_browsers_read(url)) and not is_external(url)):
            return f"<a{found[1]}"
        return f'<a{found[1]} href="{_url(_with_query(url, reference))}"'

    result = _MARKED.sub(put_in, body.html) if body.references else body.html
    if "<table>" in result:
        result = _scrolling(result, html.escape(table_label))
    if back_label:
        link = '<a class="footnote-backref"'
        result = result.replace(link, f'{link} aria-label="{html.escape(back_label)}"')
    return result


def plain(body: MarkdownBody) -> str:
    """The words of ``body``, without marks of any kind."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", body.html))).split())


def _image(found: re.Match[str], references: tuple[Reference, ...], findings: list[Finding]) -> str:
    """An image with its attributes in order, or its description where it is not one of the site's."""
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    source, alt = attributes.get("src"), attributes.get("alt", "")
    if source is None:
        return str(alt)
    if not alt.strip():
        findings.append(
            Finding.first_line("image-alt-missing", references[int(source[len(MARKER) :])].written, "")
        )
    title = f' title="{attributes["title"]}"' if "title" in attributes else ""
    return f'<img src="{source}" alt="{alt}"{title}>'


def _put_image(image: str | Image | None, alt: str, title: str) -> str:
    if not isinstance(image, Image):
        return alt
    size = f'width="{image.width}" height="{image.height}"'
    return f'<img src="{_url(image.url)}" alt="{alt}"{title} {size} loading="lazy" decoding="async">'


def _with_query(url: str, reference: Reference) -> str:
    query = reference.written.partition("#")[0].partition("?")[2]
    if not query or "?" in url:
        return url
    before, hash_sign, fragment = url.partition("#")
    return f"{before}?{query}{hash_sign}{fragment}"


def _scrolling(text: str, label: str) -> str:
    """Each table in a box that scrolls and that a keyboard reaches; numbered where there are several."""
    first, *rest = text.replace("</table>", "</table></div>").split("<table>")
    number = " {}" if len(rest) > 1 else ""
    boxes = (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}{number.format(at)}"><table>{piece}'
        for at, piece in enumerate(rest, 1)
    )
    return first + "".join(boxes)


def _url(url: str) -> str:
    """``url`` as the value of an attribute."""
    return html.escape(url.replace(" ", "%20"))


def _as_written(text: str) -> MarkdownBody:
    """The source itself, its paragraphs kept apart."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    shown = "\n".join(f"<p>{html.escape(part)}</p>" for part in paragraphs)
    return MarkdownBody(shown, (), (), len(text.split()))
