"""The files that a host reads from the folder of the website: outputs of the build, so they are never out of date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from credsite.catalogue.catalogue import Catalogue
from credsite.problems.model import Location, Problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.hosts import HOSTS, HostName
from credsite.site.data.data_files import DATA_FOLDER
from credsite.site.hosting.apache import apache_files
from credsite.site.hosting.header_files import cloudflare_files, gitlab_files, netlify_files
from credsite.site.hosting.hosted_site import CATALOGUE, FORM_FOLDER, HostedSite, Redirect, redirects_of
from credsite.site.hosting.json_files import azure_files, s3_files, vercel_files
from credsite.site.hosting.nginx import nginx_files
from credsite.site.planned import HostOutputs, PlannedData, PlannedFile, PlannedPage
from credsite.site.security_policy import content_security_policy, policy_of_pages
from credsite.site.urls import Urls

HOST_LIMIT: Final = "host-limit"


@dataclass(frozen=True, slots=True)
class _HostFiles:
    """How the files of a host are made, by output path, and how many redirects and bytes of ``limited`` it reads at most.

    ``prefers_pages`` says that it shows a page rather than follow a redirect, ``sends_headers`` that headers can be set.
    """

    make: Callable[[HostedSite], Mapping[str, str]]
    max_redirects: int = 0
    limited: str = ""
    max_bytes: int = 0
    prefers_pages: bool = False
    sends_headers: bool = True


def _github_files(_site: HostedSite) -> dict[str, str]:
    return {".nojekyll": ""}


_FILES: Final[Mapping[HostName, _HostFiles]] = {
    "github-pages": _HostFiles(_github_files, sends_headers=False),
    "gitlab-pages": _HostFiles(
        gitlab_files, 1000, "_redirects", 64_000, prefers_pages=True, sends_headers=False
    ),
    "netlify": _HostFiles(netlify_files),
    "cloudflare-pages": _HostFiles(cloudflare_files, 2000),
    "vercel": _HostFiles(vercel_files, 2048),
    "azure-static": _HostFiles(azure_files, limited="staticwebapp.config.json", max_bytes=20_000),
    "s3": _HostFiles(s3_files),
    "nginx": _HostFiles(nginx_files),
    "apache": _HostFiles(apache_files),
    "sftp": _HostFiles(apache_files),
}


def host_file_names(host: HostName) -> tuple[str, ...]:
    """The output paths of the files for a host."""
    return tuple(_FILES[host].make(HostedSite(host, "/", "")))


def host_outputs(
    config: Config,
    catalogue: Catalogue,
    pages: Collection[PlannedPage],
    data: Iterable[PlannedData],
    own: Collection[PlannedFile],
    videos: Iterable[str],
) -> HostOutputs:
    """What the host of the site needs; nothing where the site names no host.

    ``own`` are the files of the site's own that are published. One of them with the name of a host's file takes its place.
    ``videos`` are the addresses of the videos that pages show.
    """
    if config.host is None:
        return HostOutputs()
    urls, own_names = Urls(config.base_url), {file.output for file in own}
    has_form = any(name.startswith(FORM_FOLDER) for name in own_names)
    outputs = (*(page.output for page in pages), *own_names) if has_form else ()
    site = HostedSite(
        config.host,
        urls.base_path,
        content_security_policy(config, videos),
        tuple(redirects_of(pages, catalogue, urls)),
        tuple(one.output for one in data if one.output.startswith(DATA_FOLDER) and one.output != CATALOGUE),
        tuple(sorted(_top_names(outputs))),
        has_form,
        config.api,
        config.compress,
    )
    kind = _FILES[config.host]
    redirects = _that_fit(kind, site)
    files = {**kind.make(replace(site, redirects=redirects)), **_domain(config, urls)}
    problems = (
        () if redirects == site.redirects else (_limit_problem(config.host, site.redirects, redirects),)
    )
    planned = (PlannedFile(name, text.encode()) for name, text in files.items() if name not in own_names)
    is_replaced = kind.prefers_pages and kind.limited not in own_names
    policy = "" if kind.sends_headers else policy_of_pages(site.policy)
    return HostOutputs(
        tuple(planned), problems, frozenset(one.page for one in redirects if is_replaced), policy
    )


def _domain(config: Config, urls: Urls) -> dict[str, str]:
    """The file by which GitHub knows the domain of a website that is published from a branch."""
    domain = urlsplit(urls.base_url).hostname or ""
    if config.host != "github-pages" or urls.base_path != "/" or domain.endswith(".github.io"):
        return {}
    return {"CNAME": f"{domain}\n"}


def _top_names(paths: Iterable[str]) -> set[str]:
    return {f"{name}{slash}" for name, slash, _ in (path.partition("/") for path in paths)}


def _that_fit(kind: _HostFiles, site: HostedSite) -> tuple[Redirect, ...]:
    """As many of the redirects, from the first, as the host reads."""
    most = min(len(site.redirects), kind.max_redirects or len(site.redirects))

    def fits(count: int) -> bool:
        files = kind.make(replace(site, redirects=site.redirects[:count]))
        return not kind.limited or len(files[kind.limited].encode()) <= kind.max_bytes

    if fits(most):
        return site.redirects[:most]
    low = 0
    while most - low > 1:
        middle = (low + most) // 2
        low, most = (middle, most) if fits(middle) else (low, middle)
    return site.redirects[:low]


def _limit_problem(host: HostName, all_: tuple[Redirect, ...], read: tuple[Redirect, ...]) -> Problem:
    message = (
        f"{HOSTS[host]} has room for {len(read):,} redirects, and this site has {len(all_):,} aliases. The other "
        f"{len(all_) - len(read):,} are pages that lead on to the new address, as on hosts without redirects. To have room, "
        "take out aliases that nobody uses any more."
    )
    return Problem(HOST_LIMIT, message, Location(CONFIG_FILE, key=("host",)))
