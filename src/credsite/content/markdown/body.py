"""The Markdown body of an entry: from its source to sanitised HTML with markers in place of links into the site.

:func:`render` knows one text and nothing else. Where its links lead can be said only when the whole site is known:
then :func:`resolve` puts URLs in place of the markers.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from credsite.content.markdown.headings import Heading, add_heading_ids
from credsite.content.markdown.limits import (
    MAX_FINDINGS,
    TooComplex,
    TooComplexError,
    TooDeepError,
    find_expensive_html,
    find_grown,
    find_too_complex,
)
from credsite.content.markdown.mistyped import find_mistyped
from credsite.content.markdown.sanitizer import (
    MARKER,
    WEB_LINK,
    Finding,
    InternalLink,
    Sanitizer,
    explain_removed,
    is_external,
    scheme_of,
    without_ignored_characters,
)

if TYPE_CHECKING:
    from credsite.content.markdown.converter import Converter
    from credsite.content.markdown.unusual import Unusual


@dataclass(frozen=True, slots=True)
class MarkdownBody:
    """A rendered body. ``html`` is sanitised and holds markers for ``links``; ``words`` is how many there are to read."""

    html: str
    links: tuple[InternalLink, ...]
    headings: tuple[Heading, ...]
    words: int


class ResolvedImage(NamedTuple):
    """An image as a page shows it: its URL, and its size in pixels.

    Where browsers may choose from several files, ``srcset`` has those of its format, ``sources`` the media types of better formats and
    their files, and ``sizes`` says how wide it is shown. ``classes`` are those of its element.
    """

    url: str
    width: int
    height: int
    srcset: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    sizes: str = ""
    classes: str = ""


# What sanitised HTML looks like: names in lower case, values in double quotes, and neither `<` nor `>` in them.
_ATTRIBUTES: Final = r"(?: [a-z]+=\"[^\"]*\")"
_TAG: Final = re.compile(r"<[^>]*>")
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|u)\b[^>]*>")
"""Tags that may stand within a word or before punctuation, so that plain text has no space in their place."""
_IMAGE: Final = re.compile(rf"<img({_ATTRIBUTES}*)>")
_ATTRIBUTE: Final = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
_WEB_HREF: Final = re.compile(rf'<a{_ATTRIBUTES}*? href="((?:https?:)?//[^"]*)"', re.IGNORECASE)
_ALIGNED: Final = re.compile(rf"(<t[dh]{_ATTRIBUTES}*?) align=\"(left|center|right)\"")
_MARKED: Final = re.compile(
    rf"<a({_ATTRIBUTES}*?) href=\"{MARKER}(\d+)\"|<img src=\"{MARKER}(\d+)\" alt=\"([^\"]*)\"({_ATTRIBUTES}?)>"
)

# Control characters, some of which Python-Markdown uses itself, and what is no character in HTML.
_UNWANTED: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_MAX_LINES: Final = 1_000
"""How many lines of a paragraph are searched for a piece of it."""

# What Python-Markdown, and the HTML parser of Python that it uses, raise for texts that they were not made for.
_UNREADABLE: Final = (RecursionError, AssertionError, LookupError, ValueError)


class _Tools(threading.local):
    """What is used again for each body. It holds the state of one rendering, so each thread has its own."""

    @cached_property
    def converter(self) -> Converter:
        # Imported when there is a text to read: a build in which nothing changed does without Python-Markdown.
        from credsite.content.markdown.converter import Converter

        return Converter()

    @cached_property
    def sanitizer(self) -> Sanitizer:
        return Sanitizer()


_tools = _Tools()


def render(text: str) -> tuple[MarkdownBody, tuple[Finding, ...]]:
    """The rendered ``text``, and what is wrong in it. Never raises: a text that cannot be read is shown as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNWANTED.search(text) is not None:
        text = _UNWANTED.sub("\N{REPLACEMENT CHARACTER}", text)
    too_complex = find_too_complex(text)
    if too_complex is not None:
        return _unread(text, too_complex)
    try:
        unsafe = _tools.converter.convert(text)
    except _UNREADABLE as error:
        del _tools.converter  # it stopped in the middle of its work
        if isinstance(error, TooComplexError):
            return _unread(text, error.reason)
        return _unread(text, TooComplex("", error.line if isinstance(error, TooDeepError) else text))
    if "<" in text and (expensive := find_expensive_html(unsafe)) is not None:
        return _unread(text, expensive)
    safe, links, allowed = _tools.sanitizer.clean(unsafe)
    if (grown := find_grown(unsafe, safe)) is not None:
        return _unread(text, grown)
    findings: list[Finding] = []
    if "<" in text or unsafe.count(' href="') + unsafe.count(' src="') != len(allowed):
        findings += islice(explain_removed(unsafe, allowed), MAX_FINDINGS)
    if unusual := [
        *_tools.converter.unusual[:MAX_FINDINGS],
        *islice(find_mistyped(safe, text), MAX_FINDINGS),
    ]:
        findings += _unusual_findings(text, unusual)
    if "<img" in safe:
        safe = _IMAGE.sub(lambda found: _image_with_marker(found, links, findings), safe)
    if ' align="' in safe:
        safe = _ALIGNED.sub(r'\1 class="align-\2"', safe)
    headings: tuple[Heading, ...] = ()
    if "<h" in safe:
        safe, headings = add_heading_ids(safe)
    body = MarkdownBody(safe, links, headings, len(_TAG.sub("", safe).split()))
    return body, tuple(dict.fromkeys(findings))


def _unread(text: str, reason: TooComplex) -> tuple[MarkdownBody, tuple[Finding, ...]]:
    """A ``text`` that is not read, as it is written."""
    if reason.at < 0:
        finding = Finding.first_line("body-too-complex", reason.piece, "")
        return _escaped_source(text), (replace(finding, detail=reason.message),)
    line, column = text.count("\n", 0, reason.at) + 1, reason.at - text.rfind("\n", 0, reason.at)
    return _escaped_source(text), (Finding("body-too-complex", "", reason.message, line, column),)


def _unusual_findings(text: str, unusual: list[Unusual]) -> Iterator[Finding]:
    lines = text.split("\n")
    for each in unusual:
        line, column = each.line, 1 if each.line else 0
        # The line is that where the text begins in which the piece stands.
        for number in range(line, min(line + _MAX_LINES, len(lines) + 1) if line else 0):
            if (at := lines[number - 1].find(each.piece)) >= 0:
                line, column = number, at + 1
                break
        yield Finding("markdown-unusual", each.piece[:80], each.message, line, column)


def resolve(
    body: MarkdownBody,
    url_of: Callable[[InternalLink], str | ResolvedImage | None],
    *,
    table_label: str,
    back_label: str = "",
) -> str:
    """The HTML of ``body`` with its links and images.

    ``url_of`` gives the URL of a link, a :class:`ResolvedImage` where the link is of kind ``image``, or None where it
    leads nowhere: then a link becomes plain text, and an image its description. The query of a link stays.
    ``table_label`` names the boxes in which wide tables scroll, ``back_label`` the links from footnotes back to the text.
    """

    def replace_marker(found: re.Match[str]) -> str:
        if found[3] is not None:
            return _image_tag(url_of(body.links[int(found[3])]), found[4], found[5])
        link = body.links[int(found[2])]
        url = url_of(link)
        if not isinstance(url, str) or (scheme_of(without_ignored_characters(url)) and not is_external(url)):
            return f"<a{found[1]}"
        return f'<a{found[1]} href="{_url(with_query(url, link))}"'

    result = _MARKED.sub(replace_marker, body.html) if body.links else body.html
    if "<table>" in result:
        result = _scrolling(result, html.escape(table_label))
    if back_label:
        back_link = '<a class="footnote-backref"'
        result = result.replace(back_link, f'{back_link} aria-label="{html.escape(back_label)}"')
    return result


def address_links(body: MarkdownBody) -> Iterator[InternalLink]:
    """The whole web addresses in the links of ``body``, each once. They are of kind ``WEB_LINK``."""
    if "//" in body.html:
        for written in dict.fromkeys(_WEB_HREF.findall(body.html)):
            url = html.unescape(written)
            yield InternalLink(WEB_LINK, url, url.partition("#")[2], url)


def plain_text(body: MarkdownBody) -> str:
    """The words of ``body``, without any markup."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", body.html))).split())


def _image_with_marker(found: re.Match[str], links: tuple[InternalLink, ...], findings: list[Finding]) -> str:
    """An image with its attributes in a fixed order, or its description where it is not an image of the site."""
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    source, alt = attributes.get("src"), attributes.get("alt", "")
    if source is None:
        return str(alt)
    if not alt.strip():
        findings.append(
            Finding.first_line("image-alt-missing", links[int(source[len(MARKER) :])].written, "")
        )
    title = f' title="{attributes["title"]}"' if "title" in attributes else ""
    return f'<img src="{source}" alt="{alt}"{title}>'


def _image_tag(image: str | ResolvedImage | None, alt: str, title: str) -> str:
    if not isinstance(image, ResolvedImage):
        return alt
    size = f'width="{image.width}" height="{image.height}"'
    sizes = f' sizes="{image.sizes}"'
    files = f' srcset="{html.escape(image.srcset)}"{sizes}' if image.srcset else ""
    classes = f' class="{image.classes}"' if image.classes else ""
    tag = f'<img{classes} src="{_url(image.url)}"{files} alt="{alt}"{title} {size} loading="lazy" decoding="async">'
    if not image.sources:
        return tag
    sources = "".join(
        f'<source type="{kind}" srcset="{html.escape(files)}"{sizes}>' for kind, files in image.sources
    )
    return f"<picture>{sources}{tag}</picture>"


def with_query(url: str, link: InternalLink) -> str:
    """``url`` with the query that ``link`` has as it is written."""
    query = link.written.partition("#")[0].partition("?")[2]
    if not query or "?" in url:
        return url
    before, hash_sign, fragment = url.partition("#")
    return f"{before}?{query}{hash_sign}{fragment}"


def _scrolling(text: str, label: str) -> str:
    """Put each table in a box that scrolls and that the keyboard reaches; number them where there are several."""
    first, *rest = text.replace("</table>", "</table></div>").split("<table>")
    number = " {}" if len(rest) > 1 else ""
    boxes = (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}{number.format(at)}"><table>{piece}'
        for at, piece in enumerate(rest, 1)
    )
    return first + "".join(boxes)


def _url(url: str) -> str:
    """``url`` as it is written in an attribute."""
    return html.escape(url.replace(" ", "%20"))


def _escaped_source(text: str) -> MarkdownBody:
    """The source itself as HTML, one element for each of its paragraphs."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    shown = "\n".join(f"<p>{html.escape(part)}</p>" for part in paragraphs)
    return MarkdownBody(shown, (), (), len(text.split()))
