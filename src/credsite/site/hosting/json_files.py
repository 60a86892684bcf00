"""`vercel.json`, `staticwebapp.config.json`, and the headers of CloudFront.

Sources: https://vercel.com/docs/project-configuration, https://learn.microsoft.com/azure/static-web-apps/configuration and
https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

from credsite.core.serialization import json_bytes
from credsite.site.hosting.hosted_site import (
    API_FOLDER,
    ASK_EACH_TIME,
    BRIEF,
    CATALOGUE,
    COMMON_HEADERS,
    DIGEST_FOLDERS,
    FOREVER,
    FORM_FOLDER,
    MEDIA_TYPES,
    POLICY_HEADER,
    SHARED_HEADERS,
    HostedSite,
)

_STEERING: Final = re.compile(r"([\\:()*+?{}\[\]|^$.!])")
"""Characters that mean something in the patterns of Vercel."""


def vercel_files(site: HostedSite) -> dict[str, str]:
    """Pages have Vercel's own `Cache-Control`: browsers ask each time whether a page has changed."""
    base, catalogue = _pattern(site.base_path), _pattern(CATALOGUE.removeprefix("data/"))
    folders = "|".join(folder.rstrip("/") for folder in DIGEST_FOLDERS)
    form = f"(?!{_pattern(FORM_FOLDER)})" if site.has_form else ""
    rules = [
        (f"{base}({form}.*)", {POLICY_HEADER: site.policy}),
        (f"{base}(.*)", COMMON_HEADERS),
        (f"{base}({folders})/((?!{catalogue}).*)", {"Cache-Control": FOREVER}),
        *(((f"{base}{API_FOLDER}(.*)", SHARED_HEADERS),) if site.has_api else ()),
        *((f"{base}(.*)\\.{suffix}", {"Content-Type": kind}) for suffix, kind in MEDIA_TYPES.items()),
    ]
    return {
        "vercel.json": _document(
            {
                "$schema": "https://openapi.vercel.sh/vercel.json",
                "trailingSlash": True,
                "headers": [
                    {
                        "source": source,
                        "headers": [{"key": name, "value": value} for name, value in headers.items()],
                    }
                    for source, headers in rules
                ],
                "redirects": [
                    {
                        "source": _pattern(_with_slash(quote(one.source))),
                        "destination": one.target,
                        "statusCode": 301,
                    }
                    for one in site.redirects
                ],
            }
        )
    }


def azure_files(site: HostedSite) -> dict[str, str]:
    base = site.base_path
    routes: list[dict[str, Any]] = [
        {"route": quote(one.source), "redirect": one.target, "statusCode": 301} for one in site.redirects
    ]
    if site.has_form:
        routes.append({"route": f"{base}{FORM_FOLDER}*", "headers": {POLICY_HEADER: ""}})
    if site.has_api:
        routes.append({"route": f"{base}{API_FOLDER}*", "headers": dict(SHARED_HEADERS)})
    routes.append({"route": f"{base}{CATALOGUE}", "headers": {"Cache-Control": ASK_EACH_TIME}})
    routes += (
        {"route": f"{base}{folder}*", "headers": {"Cache-Control": FOREVER}} for folder in DIGEST_FOLDERS
    )
    return {
        "staticwebapp.config.json": _document(
            {
                "trailingSlash": "always",
                "routes": routes,
                "globalHeaders": {**site.security_headers, "Cache-Control": BRIEF},
                "responseOverrides": {"404": {"rewrite": f"{base}404.html"}},
                "mimeTypes": {f".{suffix}": kind for suffix, kind in MEDIA_TYPES.items()},
            }
        )
    }


def s3_files(site: HostedSite) -> dict[str, str]:
    """The headers for CloudFront, and the redirects for the workflow that uploads the website. Neither is uploaded itself."""
    redirects = "".join(f"{quote(one.source)} {one.target}\n" for one in site.redirects)
    return {
        "cloudfront-headers.json": _document(
            {
                "Name": "credsite",
                "Comment": "Written by credsite at each build",
                "SecurityHeadersConfig": {
                    "ContentSecurityPolicy": {"Override": True, "ContentSecurityPolicy": site.policy},
                    "ContentTypeOptions": {"Override": True},
                    "ReferrerPolicy": {
                        "Override": True,
                        "ReferrerPolicy": COMMON_HEADERS["Referrer-Policy"],
                    },
                },
            }
        ),
        "_redirects": redirects,
    }


def _with_slash(path: str) -> str:
    """The path as Vercel looks for it: it first adds a slash to all that do not name a file."""
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def _pattern(path: str) -> str:
    return _STEERING.sub(r"\\\1", path)


def _document(value: Any) -> str:
    return json_bytes(value).decode()
