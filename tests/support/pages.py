"""Reads what a link checker needs from an HTML page: its ids and everything that it refers to."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from typing import Any


class Use(Enum):
    """The purpose of a reference, which decides where it may lead."""

    LINK = "link"  # a visitor may follow it
    MENTION = "mention"  # a program or a form may follow it
    RESOURCE = "resource"  # the browser loads it as part of the page
    ABSOLUTE = "absolute"  # a mention that is read out of context, so it must carry the origin
    DATA = "data"  # a value in structured data: its fragment is a name, not a place on a page


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL on a page: its line (0 if unknown), a description of its place, and its use."""

    line: int
    place: str
    url: str
    use: Use


@dataclass(slots=True)
class Page:
    """The contents of a page. `redirect` is the URL of its meta refresh; `faults` are pairs of line and sentence."""

    ids: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    redirect: str | None = None


_SIMPLE = {
    ("a", "href"): Use.LINK,
    ("area", "href"): Use.LINK,
    ("form", "action"): Use.MENTION,
    ("button", "formaction"): Use.MENTION,
    ("input", "formaction"): Use.MENTION,
    ("blockquote", "cite"): Use.MENTION,
    ("q", "cite"): Use.MENTION,
    ("use", "href"): Use.RESOURCE,
    ("use", "xlink:href"): Use.RESOURCE,
    ("image", "href"): Use.RESOURCE,
    ("image", "xlink:href"): Use.RESOURCE,
    ("object", "data"): Use.RESOURCE,
    ("video", "poster"): Use.RESOURCE,
    ("iframe", "src"): Use.RESOURCE,
    ("img", "src"): Use.RESOURCE,
    ("script", "src"): Use.RESOURCE,
    ("source", "src"): Use.RESOURCE,
    ("video", "src"): Use.RESOURCE,
    ("audio", "src"): Use.RESOURCE,
    ("track", "src"): Use.RESOURCE,
    ("embed", "src"): Use.RESOURCE,
    ("input", "src"): Use.RESOURCE,
}
# A comment, an element whose content is no markup, an end tag, or a start tag.
_TAG = re.compile(
    r"""<!--.*?-->
    |<(?P<raw>script|style|textarea|title)(?P<raw_attributes>\s(?:[^>"']|"[^"]*"|'[^']*')*)?>(?P<content>.*?)</(?P=raw)\s*>
    |</(?P<end>[a-z][^\s/>]*)[^>]*>
    |<(?P<tag>[a-z][^\s/>]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.I | re.S | re.X,
)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_ICON_RELS = ("icon", "apple-touch-icon", "mask-icon")
_LOADING_RELS = ("preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch")
_RESOURCE_RELS = frozenset(("stylesheet", "manifest", *_ICON_RELS, *_LOADING_RELS))
_ABSOLUTE_META = frozenset(("og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"))
_DATA_ATTRIBUTE = re.compile(r"data-(?:.+-)?(?:url|href|src)")
_CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.I
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_REFRESH = re.compile(r"""\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)""", re.I)
_URL_KEYS = frozenset(("url", "href", "src", "image", "icon", "start_url", "scope"))


def read_page(text: str) -> Page:
    """Read a page. The contents of `<template>` are not part of the page and are left out."""
    return _Reader(text).page


def css_references(css: str) -> list[Reference]:
    """Every url() and @import of a style sheet."""
    # The line breaks in comments stay, so that line numbers after them are right.
    css = _CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
    return [
        Reference(
            css.count("\n", 0, found.start()) + 1,
            "url()",
            next(filter(None, found.groups()), ""),
            Use.RESOURCE,
        )
        for found in _CSS_URL.finditer(css)
    ]


def json_references(text: str, origin: str) -> list[Reference]:
    """The URLs in JSON: strings that begin with the site's origin, and root-relative `url` and the like."""
    return [
        Reference(0, f'"{key}"', value, Use.DATA)
        for key, value in _strings(json.loads(text), "")
        if value == origin
        or value.startswith(f"{origin}/")
        or (key in _URL_KEYS and value.startswith("/") and not value.startswith("//"))
    ]


def srcset_urls(srcset: str) -> list[str]:
    """The URLs in a srcset, whose candidates are separated by commas and white space."""
    return [
        candidate.split()[0].strip(",")
        for candidate in re.split(r",\s+|,$", srcset.strip())
        if candidate.strip()
    ]


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, name)


class _Reader:
    """Reads the tags of one page, with its own scanner because html.parser takes four times as long."""

    def __init__(self, text: str) -> None:
        self.page = Page()
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        templates = 0
        for found in _TAG.finditer(text):
            tag = (found["tag"] or found["raw"] or found["end"] or "").lower()
            if tag == "template":
                templates += 1 if found["tag"] else -1
            elif tag and not found["end"] and not templates:
                self._note_element(bisect_left(self._line_ends, found.start()) + 1, tag, found)

    def _note_element(self, line: int, tag: str, found: re.Match[str]) -> None:
        attributes = found["attributes"] or found["raw_attributes"] or ""
        if not attributes and tag != "style":
            return
        values: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(attributes):
            values.setdefault(name.lower(), unescape(double or single or bare))
        if (name := values.get("id")) is not None:
            self._note_id(line, name)
        if tag == "a" and (name := values.get("name")):
            self.page.ids.add(name)
        if tag == "link":
            self._note_link(line, values)
        elif tag == "meta":
            self._note_meta(line, values)
        elif tag == "base":
            self.page.faults.append((line, "uses <base>, which changes what every link on the page means"))
        elif tag == "style":
            for inner in css_references(found["content"]):
                self._refer(line + inner.line - 1, "<style>", inner.url, Use.RESOURCE)
        elif tag == "script" and "ld+json" in values.get("type", ""):
            self._note_structured_data(line, found["content"])
        self._note_attributes(line, tag, values)

    def _note_attributes(self, line: int, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            if use := _SIMPLE.get((tag, name)):
                self._refer(line, f"<{tag} {name}>", value, use)
            elif name in {"srcset", "imagesrcset"}:
                for url in srcset_urls(value):
                    self._refer(line, f"<{tag} {name}>", url, Use.RESOURCE)
            elif name == "style":
                for found in css_references(value):
                    self._refer(line, f"<{tag} style>", found.url, Use.RESOURCE)
            elif name.startswith("data-") and _DATA_ATTRIBUTE.fullmatch(name):
                self._refer(line, f"<{tag} {name}>", value, Use.MENTION)

    def _note_id(self, line: int, name: str) -> None:
        if not name:
            self.page.faults.append((line, "has an empty id"))
        elif name in self.page.ids:
            self.page.faults.append((line, f'has the id "{name}" twice'))
        self.page.ids.add(name)

    def _note_link(self, line: int, values: dict[str, str]) -> None:
        rels = values.get("rel", "").lower().split()
        if not rels or "href" not in values:
            return
        use = Use.RESOURCE if not _RESOURCE_RELS.isdisjoint(rels) else Use.MENTION
        if "canonical" in rels:
            use = Use.ABSOLUTE
        self._refer(line, f'<link rel="{values["rel"]}">', values["href"], use)

    def _note_meta(self, line: int, values: dict[str, str]) -> None:
        name = values.get("property") or values.get("name", "")
        if name in _ABSOLUTE_META:
            self._refer(line, f'<meta "{name}">', values.get("content", ""), Use.ABSOLUTE)
        if values.get("http-equiv", "").lower() == "refresh" and (
            found := _REFRESH.match(values.get("content", ""))
        ):
            self.page.redirect = found[1].strip()
            self._refer(line, "<meta refresh>", self.page.redirect, Use.MENTION)

    def _note_structured_data(self, line: int, text: str) -> None:
        try:
            data = json.loads(text)
        except ValueError as error:
            self.page.faults.append((line, f"has structured data that is no JSON ({error})"))
            return
        for key, value in _strings(data, ""):
            if value.startswith(("https://", "http://")):
                self._refer(line, f'structured data "{key}"', value, Use.DATA)

    def _refer(self, line: int, place: str, url: str, use: Use) -> None:
        self.page.references.append(Reference(line, place, url, use))
