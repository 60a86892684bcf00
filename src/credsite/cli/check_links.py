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
    internal_link_problems,
    part_links,
    split_internal,
    web_links,
)
from credsite.build.analysed_site import AnalysedSite, with_problems
from credsite.build.options import Options, Progress
from credsite.build.sources import theme_problem
from credsite.core.text import pluralize
from credsite.theme.loader import ThemeError

CRAWL_POLICY = CrawlPolicy()


def with_link_problems(
    site: AnalysedSite, options: Options, *, own: bool, external: bool, progress: Progress | None
) -> AnalysedSite:
    """``site`` with the problems of links to parts of its pages.

    If ``own`` or ``external``, also with those of addresses of the site in front matter and settings, and if ``external``,
    of links to other websites.
    """
    if site.plan is None or site.renderer is None or site.config is None:
        return site
    resolver = site.plan.link_resolver
    internal, others = list(part_links(site.config, resolver)), list[WebLink]()
    if own or external:
        entries = list(resolver.all_entries.values())
        links = web_links(site.config, entries, site.plan.view_builder.loader)
        more, others = split_internal(links, site.config.base_url)
        internal += more
    try:
        problems = list(internal_link_problems(internal, site.plan.outputs, site.renderer))
    except ThemeError as error:  # which must not hide the other problems
        problems = [theme_problem(error, options.root)]
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
