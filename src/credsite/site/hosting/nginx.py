"""`nginx.conf`: what nginx should know of the website, to be included in a `server` block.

A block that adds a header has none of those around it. So each block here has all of them.

Source: https://nginx.org/en/docs/http/ngx_http_core_module.html and ngx_http_headers_module.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from credsite.schema.compression import Encoding
from credsite.site.hosting.hosted_site import (
    API_FOLDER,
    ASK_EACH_TIME,
    BRIEF,
    CATALOGUE,
    COMPRESSED_TYPES,
    DIGEST_FOLDERS,
    FOREVER,
    FORM_FOLDER,
    MEDIA_TYPES,
    POLICY_HEADER,
    SHARED_HEADERS,
    HostedSite,
)

NGINX_FILE: Final = "nginx.conf"
_INTRODUCTION: Final = """\
# Written by credsite at each build, for a `server` block: see docs/hosts/nginx.md in credsite's documentation.
"""

_COPIES: Final[Mapping[Encoding, str]] = {
    "gzip": "gzip_static on;",
    "brotli": "# brotli_static on;  # Take away the first #, if nginx has the module of the package libnginx-mod-http-brotli-static.",
}
"""What sends the compressed copies of the website. A directive of a module that is missing would stop nginx."""


def nginx_files(site: HostedSite) -> dict[str, str]:
    return {NGINX_FILE: _INTRODUCTION + "".join(f"{line}\n" for line in _lines(site))}


def _lines(site: HostedSite) -> Iterator[str]:
    base = site.decoded_base_path
    for redirect in site.redirects:
        yield from _block(
            f"location = {_quoted(redirect.source)}",
            ["absolute_redirect off;", f"return 301 {_quoted(redirect.target + '$is_args$args')};"],
        )
    yield from _block(
        f"location {_quoted(base)}",
        [
            "index index.html;",
            f"error_page 404 {_quoted(base + '404.html')};",
            "absolute_redirect off;",
            "charset utf-8;",
            "gzip on;",
            "gzip_vary on;",
            f"gzip_types {COMPRESSED_TYPES};",
            *(_COPIES[encoding] for encoding in site.copies),
            *_headers(site, BRIEF),
            *_typed(site, BRIEF),
            *_block(f"location = {_quoted(base + NGINX_FILE)}", ["return 404;"]),
            *_block(f"location ^~ {_quoted(base + '.credsite')}", ["return 404;"]),
            *_block(f"location = {_quoted(base + CATALOGUE)}", _headers(site, ASK_EACH_TIME)),
            *_folders(site),
        ],
    )


def _folders(site: HostedSite) -> Iterator[str]:
    base = site.decoded_base_path
    for folder in DIGEST_FOLDERS:
        lines = [*_headers(site, FOREVER), *_typed(site, FOREVER)]
        yield from _block(f"location ^~ {_quoted(base + folder)}", lines)
    if site.has_api:
        shared = [f"add_header {name} {_quoted(value)};" for name, value in SHARED_HEADERS.items()]
        yield from _block(f"location ^~ {_quoted(base + API_FOLDER)}", [*_headers(site, BRIEF), *shared])
    if site.has_form:
        lines = [*_headers(site, BRIEF, with_policy=False)]
        yield from _block(f"location ^~ {_quoted(base + FORM_FOLDER)}", lines)


def _typed(site: HostedSite, caching: str) -> Iterator[str]:
    for suffix, media_type in MEDIA_TYPES.items():
        lines = ["types {}", f'default_type "{media_type}";', *_headers(site, caching)]
        yield from _block(rf"location ~ \.{suffix}$", lines)


def _headers(site: HostedSite, caching: str, *, with_policy: bool = True) -> list[str]:
    """The headers of all answers, and ``caching`` only for files that are there."""
    security = {
        name: value for name, value in site.security_headers.items() if with_policy or name != POLICY_HEADER
    }
    always = [f"add_header {name} {_quoted(value)} always;" for name, value in security.items()]
    return [*always, f"add_header Cache-Control {_quoted(caching)};"]


def _block(head: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
