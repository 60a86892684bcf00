"""`_headers` and `_redirects`, the form of Netlify that others read too.

Where two rules for one address set the same header, these hosts send both values. So no header is set by two rules that can
meet, and pages have the host's own `Cache-Control`: browsers ask each time whether a page has changed.

Sources: https://docs.netlify.com/manage/routing/headers, https://developers.cloudflare.com/pages/configuration/headers and
https://docs.gitlab.com/user/project/pages/redirects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from credsite.site.hosting.hosted_site import (
    API_FOLDER,
    DIGEST_FOLDERS,
    FOREVER,
    FORM_FOLDER,
    MEDIA_TYPES,
    POLICY_HEADER,
    SHARED_HEADERS,
    HostedSite,
)

_DATA: Final = "data/"


def netlify_files(site: HostedSite) -> dict[str, str]:
    # Without the mark, Netlify would show the page at the old address and not look for a rule.
    return {"_headers": _headers(site), "_redirects": _redirects(site, "301!")}


def cloudflare_files(site: HostedSite) -> dict[str, str]:
    return {"_headers": _headers(site), "_redirects": _redirects(site, "301")}


def gitlab_files(site: HostedSite) -> dict[str, str]:
    """GitLab sends no headers of a website's own."""
    return {"_redirects": _redirects(site, "301")}


def _headers(site: HostedSite) -> str:
    by_pattern: dict[str, list[str]] = {}
    for pattern, lines in _rules(site):
        by_pattern.setdefault(pattern, []).extend(lines)
    return "".join(
        f"{site.base_path}{pattern}\n" + "".join(f"  {line}\n" for line in lines)
        for pattern, lines in by_pattern.items()
    )


def _rules(site: HostedSite) -> Iterator[tuple[str, list[str]]]:
    security = [f"{name}: {value}" for name, value in site.security_headers.items()]
    if not site.has_form:
        yield "*", security
    elif site.host == "cloudflare-pages":
        yield "*", security
        yield f"{FORM_FOLDER}*", [f"! {POLICY_HEADER}"]
    else:  # no rule can take back what another says
        for name in site.top_names:
            if name != FORM_FOLDER:
                yield f"{name}*" if name.endswith("/") else name, security
        yield "", security
    if site.has_api:
        yield f"{API_FOLDER}*", [f"{name}: {value}" for name, value in SHARED_HEADERS.items()]
    for path in _cached_for_ever(site):
        yield path, [f"Cache-Control: {FOREVER}"]
    if site.host == "cloudflare-pages":  # Netlify allows nothing behind the star, and knows the types
        for suffix, media_type in MEDIA_TYPES.items():
            yield f"*.{suffix}", [f"Content-Type: {media_type}"]


def _cached_for_ever(site: HostedSite) -> Iterator[str]:
    """The patterns of files with digests in their names. None of them matches the file of data that keeps its name."""
    yield from (f"{folder}*" for folder in DIGEST_FOLDERS if folder != _DATA)
    folders = {
        path[: path.index("/", len(_DATA)) + 1] for path in site.data_files if "/" in path[len(_DATA) :]
    }
    yield from (f"{folder}*" for folder in sorted(folders))
    yield from sorted(path for path in site.data_files if "/" not in path[len(_DATA) :])


def _redirects(site: HostedSite, status: str) -> str:
    return "".join(f"{quote(one.source)} {one.target} {status}\n" for one in site.redirects)
