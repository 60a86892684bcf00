"""Texts in Markdown that credsite.yaml has: their HTML, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from credsite.content.finding_messages import finding_message
from credsite.content.markdown.body import MarkdownBody, address_links, render
from credsite.content.markdown.sanitizer import Finding, InternalLink
from credsite.content.own_texts import below_heading
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.site import views
from credsite.site.page_parts import body_html
from credsite.site.view_builder import ViewBuilder
from credsite.site.views.parts import NO_HTML


def settings_texts(config: Config) -> Iterator[tuple[KeyPath, str]]:
    """The texts in Markdown, each with its key."""
    texts: list[tuple[KeyPath, str]] = [(("notice",), config.notice)]
    if config.footer is not None:
        texts.append((("footer", "text"), config.footer.text))
    texts += ((("home", position, "text"), choice.text) for position, choice in enumerate(config.home))
    return ((key, text) for key, text in texts if text)


def settings_html(builder: ViewBuilder, key: KeyPath, text: str) -> views.Html:
    """The HTML of the text at ``key``; "" for none."""
    return NO_HTML if not text else body_html(builder, None, _rendered(key, text)[0])


def text_problems(key: KeyPath, text: str) -> Iterator[Problem]:
    """What is wrong in the text at ``key``, except where its links lead."""
    for finding in _rendered(key, text)[1]:
        location = Location(CONFIG_FILE, key=key, snippet=finding.snippet)
        yield Problem(finding.code, finding_message(finding), location)


def text_links(key: KeyPath, text: str) -> Iterator[InternalLink]:
    """All links in the text at ``key``, also those to whole web addresses."""
    body = _rendered(key, text)[0]
    yield from body.links
    yield from address_links(body)


@lru_cache(maxsize=64)
def _rendered(key: KeyPath, text: str) -> tuple[MarkdownBody, tuple[Finding, ...]]:
    body, findings = render(text)
    name = "-".join(map(str, key))
    return below_heading(body, name), findings
