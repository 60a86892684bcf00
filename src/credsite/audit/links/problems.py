"""Turns the answers of other websites into problems of the links to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from credsite.audit.links.request import Answer
from credsite.audit.links.web_links import WebLink
from credsite.problems.model import Problem


def request_url(link: WebLink) -> str:
    """The URL to send to the server: without the fragment, which only browsers use."""
    return link.url.partition("#")[0]


def external_link_problems(links: Iterable[WebLink], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """The problems of those ``links`` that have an answer."""
    for link in links:
        answer = answers.get(request_url(link))
        if answer is None or answer.state not in ("good", "dead", "unreached"):
            continue
        if answer.state != "good":
            message = (
                f"{link.url} cannot be opened: {answer.reason}. Correct the address, or take the link out."
            )
            yield Problem("link-dead", message, link.location)
        elif answer.moved:
            fragment = link.url.partition("#")[2]
            new = f"{answer.moved}#{fragment}" if fragment else answer.moved
            yield Problem(
                "link-moved",
                f"{link.url} has moved for good. Write the new address.",
                link.location,
                suggestion=new,
            )
