"""Checks the links in credsite.yaml: whether the site has what they lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.kinds import Kind
from credsite.schema.navigation import LISTS, all_links, is_name
from credsite.site.link_checks import LinkChecker
from credsite.site.links import KIND_NAMES, LinkResolver
from credsite.site.navigation import entry_ref, link_reference, site_path


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
    if config.menu:
        yield from _NavigationChecker.of(config, resolver, site_paths).problems()


@dataclass(frozen=True, slots=True)
class _NavigationChecker:
    """Checks the links of the menu. ``lists`` are the names of the lists that the site can have."""

    config: Config
    links: LinkChecker
    lists: Collection[str]

    @classmethod
    def of(cls, config: Config, resolver: LinkResolver, site_paths: Collection[str]) -> _NavigationChecker:
        checker = LinkChecker(resolver, site_paths, if_held_back="it is left out")
        own_lists = [field.id for field in config.site_schema.page_fields]
        return cls(config, checker, [*LISTS, *own_lists])

    def problems(self) -> Iterator[Problem]:
        for key, link in all_links(self.config.menu, ("menu",)):
            problem = self._problem(link.url, Location(CONFIG_FILE, key=(*key, "url"))) if link.url else None
            if problem is not None:
                yield problem

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
