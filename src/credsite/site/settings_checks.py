"""Checks the links and texts in credsite.yaml: whether the site has what they lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from credsite.content.markdown.sanitizer import WEB_LINK, InternalLink
from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.footer import USUAL_FOOTER
from credsite.schema.kinds import Kind
from credsite.schema.navigation import LISTS, NavigationLink, all_links, is_name
from credsite.site.link_checks import LinkChecker, PartLink, links_to_parts, part_link
from credsite.site.links import KIND_NAMES, LinkResolver
from credsite.site.navigation import entry_ref, link_reference, site_path
from credsite.site.settings_texts import settings_texts, text_links, text_problems


def settings_problems(
    config: Config, resolver: LinkResolver, site_paths: Collection[str]
) -> Iterator[Problem]:
    """The problems with the addresses in ``config`` that are on the site itself.

    ``site_paths`` are the paths of all pages and files of the site.
    """
    checker = LinkChecker(resolver, site_paths)
    addresses: list[tuple[KeyPath, str | None]] = [(("contact",), config.contact)]
    addresses += [(("funding", name, "url"), aid.url) for name, aid in config.funding.items()]
    for key, url in addresses:
        problem = checker.web_link_problem(url, Location(CONFIG_FILE, key=key)) if url else None
        if problem is not None:
            yield problem
    yield from _SettingsChecker.of(config, resolver, site_paths).problems()


def all_links_to_parts(config: Config, resolver: LinkResolver) -> Iterator[PartLink]:
    """The links of entries and settings to parts of pages of which entries do not say whether they exist."""
    return chain(links_to_parts(resolver), _settings_links_to_parts(config, resolver))


def _settings_links_to_parts(config: Config, resolver: LinkResolver) -> Iterator[PartLink]:
    for key, link in navigation_links(config):
        reference = link_reference(link.url or "")
        if not isinstance(reference, str):
            yield from _part_links(resolver, reference, Location(CONFIG_FILE, key=(*key, "url")))
    for key, text in settings_texts(config):
        for reference in text_links(key, text):
            location = Location(CONFIG_FILE, key=key, snippet=reference.written)
            yield from _part_links(resolver, reference, location)


def _part_links(resolver: LinkResolver, reference: InternalLink, location: Location) -> Iterator[PartLink]:
    if (link := part_link(resolver, reference, location)) is not None:
        yield link


def navigation_links(config: Config) -> Iterator[tuple[KeyPath, NavigationLink]]:
    """The links of the menu and of the footer, each with its key."""
    footer = config.footer or USUAL_FOOTER
    return chain(all_links(config.menu, ("menu",)), all_links(footer.links, ("footer", "links")))


@dataclass(frozen=True, slots=True)
class _SettingsChecker:
    """Checks the menu, the footer and the texts. ``lists`` are the names of the lists that the site can have.

    ``text_links`` checks links in texts: they become plain text where others are left out.
    """

    config: Config
    links: LinkChecker
    text_links: LinkChecker
    lists: Collection[str]

    @classmethod
    def of(cls, config: Config, resolver: LinkResolver, site_paths: Collection[str]) -> _SettingsChecker:
        own_lists = [field.id for field in config.site_schema.page_fields]
        checker = LinkChecker(resolver, site_paths)
        return cls(config, replace(checker, if_held_back="it is left out"), checker, [*LISTS, *own_lists])

    def problems(self) -> Iterator[Problem]:
        for key, link in navigation_links(self.config):
            problem = self._problem(link.url, Location(CONFIG_FILE, key=(*key, "url"))) if link.url else None
            if problem is not None:
                yield problem
        yield from self._home_problems()
        for key, text in settings_texts(self.config):
            yield from text_problems(key, text)
            for reference in text_links(key, text):
                location = Location(CONFIG_FILE, key=key, snippet=reference.written)
                if (problem := self._text_link_problem(reference, location)) is not None:
                    yield problem

    def _home_problems(self) -> Iterator[Problem]:
        for position, choice in enumerate(self.config.home):
            for number, slug in enumerate(choice.entries):
                location = Location(CONFIG_FILE, key=("home", position, "entries", number))
                problem = self.links.entry_problem((choice.kind, slug), "", location) if choice.kind else None
                if problem is not None:
                    yield problem

    def _text_link_problem(self, reference: InternalLink, location: Location) -> Problem | None:
        """The problem with a link in a text, which has no files beside it, and stands on more than one page."""
        target = reference.target
        if reference.kind in KIND_NAMES:
            ref = Kind(reference.kind), target
            return self.text_links.entry_problem(ref, reference.fragment, location)
        if reference.kind == WEB_LINK:
            return self.text_links.web_link_problem(target, location)
        if reference.kind == "path":
            return self.text_links.path_problem(target, location)
        if reference.kind == "image":
            message = "The texts of credsite.yaml show no pictures, only what this one is called. Delete it."
            return Problem("broken-image", message, location)
        if reference.kind == "fragment":
            message = (
                f"The text stands on many pages, so `{reference.written}` is nowhere. Write the page before it, such as "
                f"`page:about{reference.written}`."
            )
            return Problem("broken-link", message, location)
        message = f"`{target}` is no page. Write an entry such as `page:about`, or the address from the first slash."
        return Problem("broken-link", message, location)

    def _problem(self, target: str, location: Location) -> Problem | None:
        reference = link_reference(target)
        if isinstance(reference, str):
            return self.links.web_link_problem(reference, location)
        if reference.kind in KIND_NAMES:
            return self.links.entry_problem(entry_ref(target, reference), reference.fragment, location)
        if not is_name(target):
            return self.links.path_problem(reference.target, location)
        if site_path(reference) in self.links.site_paths:
            return None
        return self._name_problem(target, location)

    def _name_problem(self, name: str, location: Location) -> Problem | None:
        """The problem with the name of a list or page that the site does not have."""
        resolver, page = self.links.resolver, (Kind.PAGE, name)
        if name in self.lists:
            if resolver.invalid_entries:
                return None  # it may be there as soon as the errors are fixed
            message = (
                f"The list `{name}` is empty, so that there is no page for it. It is left out until there is."
            )
            return Problem("broken-link", message, location)
        if page in resolver.all_entries or page in resolver.invalid_entries:
            return self.links.entry_problem(page, "", location)
        pages = [slug for kind, slug in resolver.all_entries if kind is Kind.PAGE]
        there = [one for one in self.lists if f"{one}/" in self.links.site_paths]
        message = f"There is no list and no page `{name}`, so it is left out."
        return unknown_value_problem("broken-link", message, location, name, [*there, *pages])
