"""``credsite check --links`` and ``--external-links``: checks where links lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from credsite.audit.links.answer_cache import load_answers, save_answers
from credsite.audit.links.crawler import CrawlPolicy, CrawlResult, ask_all
from credsite.audit.links.request import Answer, ask
from credsite.audit.links.site_links import (
    WebLink,
    external_link_problems,
    fragment_links,
    internal_link_problems,
    split_internal,
    web_links,
)
from credsite.build.analysed_site import AnalysedSite, with_problems
from credsite.build.options import Options, Progress
from credsite.core.text import pluralize

CRAWL_POLICY = CrawlPolicy()


def with_link_problems(
    site: AnalysedSite, options: Options, *, external: bool, progress: Progress | None
) -> AnalysedSite:
    """``site`` with the problems of links to its own pages and, if ``external``, of links to other websites.

    Raises ThemeError if a page cannot be rendered.
    """
    if site.plan is None or site.renderer is None or site.config is None:
        return site
    entries = list(site.plan.link_resolver.all_entries.values())
    links = web_links(site.config, entries, site.plan.view_builder.loader)
    internal, others = split_internal(links, site.config.base_url)
    internal += fragment_links(entries)
    problems = list(internal_link_problems(internal, site.plan.outputs, site.renderer))
    if external:
        problems += external_link_problems(others, _link_answers(others, options, progress))
    return with_problems(site, options, problems)


def _link_answers(links: Sequence[WebLink], options: Options, progress: Progress | None) -> dict[str, Answer]:
    """The answer of each link's URL, from the cache or from its server; nothing new if there is no network."""
    now = datetime.now(UTC)
    urls = dict.fromkeys(link.request_url for link in links)
    known = load_answers(options.root, now)
    result = ask_all(
        [url for url in urls if url not in known],
        ask,
        CRAWL_POLICY,
        lambda done, total: progress("Asking", done, total) if progress else None,
    )
    if not result.is_offline:
        known |= {url: (now, answer) for url, answer in result.answers.items()}
        save_answers(options.root, known, urls)
    for notice in _notices(result):
        click.echo(notice, err=True)
    return {url: known[url][1] for url in urls if url in known}


def _notices(result: CrawlResult) -> Iterator[str]:
    """Sentences about the URLs that were not checked."""
    if result.is_offline:
        yield "No other website could be reached, so links to them were not checked. Is this computer connected?"
    elif result.not_asked:
        were = pluralize(result.not_asked, "address was", "addresses were")
        yield f"{were} not asked this time. Check again later."
    private = sum(answer.state == "private" for answer in result.answers.values())
    if private:
        were = pluralize(private, "address was", "addresses were")
        yield f"{were} not asked: only this computer or its network could reach them."
