"""`.htaccess`: what Apache and servers that read its files should know of the website.

It needs `AllowOverride FileInfo Indexes`. What a server lacks the module for is left out, and the website works without.

Sources: https://httpd.apache.org/docs/2.4/mod/mod_headers.html, mod_alias.html and mod_mime.html.
"""

from __future__ import annotations

import re
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

_INTRODUCTION: Final = (
    "# Written by credsite at each build. Settings of your own belong into the server's configuration.\n"
)
_FOUND: Final = "%{REQUEST_STATUS} -lt 400"
_TEXTS: Final = ".html .css .js .json .ics .svg .txt .webmanifest .xml"
_COPIED: Final = _TEXTS.replace(".", "").replace(" ", "|")
_ENCODINGS: Final[Mapping[Encoding, tuple[str, str]]] = {"brotli": ("br", ".br"), "gzip": ("gzip", ".gz")}
"""What browsers and headers call them, and the suffix of the copies."""


def apache_files(site: HostedSite) -> dict[str, str]:
    return {".htaccess": _INTRODUCTION + "".join(f"{line}\n" for line in _lines(site))}


def _lines(site: HostedSite) -> Iterator[str]:
    yield f"ErrorDocument 404 {site.base_path}404.html"
    yield from _if_module("mod_dir.c", ["DirectoryIndex index.html"])
    yield from _if_module("mod_autoindex.c", ["IndexIgnore *"])
    types = [f'AddType "{kind}" .{suffix}' for suffix, kind in MEDIA_TYPES.items()]
    yield from _if_module("mod_mime.c", [f"AddCharset utf-8 {_TEXTS}", *types])
    yield from _if_module("mod_headers.c", _headers(site))
    if site.copies:
        yield from _if_module("mod_rewrite.c", _if_module("mod_headers.c", _copies(site)))
    yield from _if_module(
        "mod_deflate.c",
        _if_module("mod_filter.c", [f"AddOutputFilterByType DEFLATE text/html {COMPRESSED_TYPES}"]),
    )
    yield from _if_module("mod_alias.c", _redirects(site))


def _copies(site: HostedSite) -> Iterator[str]:
    """The compressed copies of files, for browsers that take them, with the types of the files themselves."""
    yield "RewriteEngine On"
    yield rf'RewriteRule "\.(?:{_COPIED})\.(?:gz|br)$" "-" [E=no-gzip:1,E=no-brotli:1,L]'
    for encoding in sorted(site.copies):  # Brotli first, whose copies are smaller
        token, suffix = _ENCODINGS[encoding]
        for pattern, file in ((r"^(|.*/)$", "$1index.html"), (rf"^(.+\.(?:{_COPIED}))$", "$1")):
            yield rf'RewriteCond "%{{HTTP:Accept-Encoding}}" "\b{token}\b"'
            yield f'RewriteCond "%{{REQUEST_FILENAME}}{file.removeprefix("$1")}{suffix}" -f'
            yield f'RewriteRule "{pattern}" "{file}{suffix}" [L]'
        yield rf'<FilesMatch "\.(?:{_COPIED})\{suffix}$">'
        yield f"  RemoveType {suffix}"
        yield f"  RemoveLanguage {suffix}"  # `br` is also Breton
        yield f"  AddEncoding {token} {suffix}"
        yield "</FilesMatch>"
    yield rf'<FilesMatch "\.(?:{_COPIED})(?:\.gz|\.br)?$">'
    yield "  Header merge Vary Accept-Encoding"
    yield "</FilesMatch>"


def _redirects(site: HostedSite) -> Iterator[str]:
    yield f"RedirectMatch 404 {_quoted(f'^{re.escape(site.decoded_base_path)}[.](ht|credsite)')}"
    for one in site.redirects:
        yield f"RedirectMatch 301 {_quoted(f'^{re.escape(one.source)}$')} {_quoted(one.target)}"


def _headers(site: HostedSite) -> Iterator[str]:
    """The headers of all answers; how long they may be kept only where the file is there."""
    base = re.escape(site.decoded_base_path)
    for name, value in site.security_headers.items():
        condition = f' "expr=%{{REQUEST_URI}} !~ m#^{base}{FORM_FOLDER}#"' if site.has_form else ""
        yield f'Header always set {name} "{value}"{condition if name == POLICY_HEADER else ""}'
    for name, value in SHARED_HEADERS.items() if site.has_api else ():
        yield f'Header set {name} "{value}" "expr=%{{REQUEST_URI}} =~ m#^{base}{API_FOLDER}#"'
    folders = "|".join(folder.rstrip("/") for folder in DIGEST_FOLDERS)
    for value, pattern in (
        (BRIEF, ""),
        (FOREVER, f"({folders})/"),
        (ASK_EACH_TIME, rf"{re.escape(CATALOGUE)}(\.gz|\.br)?$"),
    ):
        yield f'Header set Cache-Control "{value}" "expr={_FOUND} && %{{REQUEST_URI}} =~ m#^{base}{pattern}#"'


def _if_module(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"<IfModule {name}>"
    yield from (f"  {line}" for line in lines)
    yield "</IfModule>"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
