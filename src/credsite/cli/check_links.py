"""``credsite check --links`` and ``--external-links``: what there is to say of where links lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from credsite.audit.links.answer_cache import load_answers, save_answers
from credsite.audit.links.crawler import CrawlPolicy, ask_all
from credsite.audit.links.internal import fragment_links, internal_link_problems, split_internal
from credsite.audit.links.problems import external_link_problems, request_url
from credsite.audit.links.request import Answer, ask
from credsite.audit.links.web_links import Link, web_links
from credsite.build.analysis import AnalysedSite, with_problems
from credsite.build.options import Options, Progress
from credsite.core.humanize import pluralize

CRAWL_POLICY = CrawlPolicy()


def with_link_problems(
    site: AnalysedSite, options: Options, *, external: bool, progress: Progress | None
) -> AnalysedSite:
    """``site`` with the problems of links to its own pages, and if ``external`` of those to other websites.

    Raises ThemeError where a page with a linked part cannot be made.
    """
    if site.plan is None or site.renderer is None or site.config is None:
        return site
    entries = list(site.plan.link_resolver.all_entries.values())
    links = web_links(site.config, entries, site.plan.view_builder.loader)
    ours, others = split_internal(links, site.config.base_url)
    ours += fragment_links(entries)
    found = list(internal_link_problems(ours, site.plan.outputs, site.renderer))
    if external:
        found += external_link_problems(others, _answers(others, options, progress))
    return with_problems(site, options, found)


def _answers(links: Sequence[Link], options: Options, progress: Progress | None) -> dict[str, Answer]:
    """What is known of the links' addresses, from this time or the last ones; none of them without a network."""
    now = datetime.now(UTC)
    urls = dict.fromkeys(map(request_url, links))
    known = load_answers(options.root, now)
    unknown = [url for url in urls if url not in known]
    asked = ask_all(
        unknown, ask, CRAWL_POLICY, lambda done, total: progress("Asking", done, total) if progress else None
    )
    if asked.is_offline:
        click.echo(
            "No other website could be reached, so links to them were not checked. Is this computer connected?",
            err=True,
        )
    else:
        known |= {url: (now, answer) for url, answer in asked.answers.items()}
        save_answers(options.root, known, urls)
        if asked.not_asked:
            click.echo(
                f"{pluralize(asked.not_asked, 'address was', 'addresses were')} not asked this time. Check again later.",
                err=True,
            )
    private = sum(answer.state == "private" for answer in asked.answers.values())
    if private:
        were = pluralize(private, "address was", "addresses were")
        click.echo(f"{were} not asked: only this computer or its network could reach them.", err=True)
    return {url: known[url][1] for url in urls if url in known}
