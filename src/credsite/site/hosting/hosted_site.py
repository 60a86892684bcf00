"""What every host should know of a website, whatever form its own files have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from credsite.catalogue.catalogue import Catalogue
from credsite.schema.compression import Encoding
from credsite.schema.kinds import Kind
from credsite.site.planned import PlannedPage
from credsite.site.urls import Urls

FOREVER: Final = "public, max-age=31536000, immutable"
"""For files with a digest in their names: another content has another name."""
BRIEF: Final = "public, max-age=300"
"""For pages. A story that is withdrawn is gone from browsers after these seconds."""
ASK_EACH_TIME: Final = "no-cache"
CATALOGUE: Final = "data/catalogue.json"
"""The one file of data that keeps its name."""
DIGEST_FOLDERS: Final = ("assets/", "images/", "data/")
"""Where the names of all files have digests, but for :data:`CATALOGUE`."""
API_FOLDER: Final = "api/"
COMPRESSED_TYPES: Final = (
    "text/css text/javascript application/javascript application/json application/manifest+json application/xml "
    "text/xml text/plain text/calendar image/svg+xml"
)
"""The media types, beside HTML, that a server compresses."""
SHARED_HEADERS: Final[Mapping[str, str]] = {"Access-Control-Allow-Origin": "*"}
"""Headers of the files for other programs: scripts of other websites may read them."""
FORM_FOLDER: Final = "admin/"
"""Where `credsite cms` puts its form, which has a policy of its own."""
POLICY_HEADER: Final = "Content-Security-Policy"
COMMON_HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""Headers of all answers, beside the policy."""
MEDIA_TYPES: Final[Mapping[str, str]] = {
    "avif": "image/avif",
    "ics": "text/calendar; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
}
"""Types by suffix that servers and tools often do not know, or know another for."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address, as its entry has it, and where it leads. Both are paths from the first slash of the host.

    ``source`` is decoded, ``target`` is as in a link. ``page`` is the site path of the page that leads on where the host
    does not redirect.
    """

    source: str
    target: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class HostedSite:
    """A website as its host sees it.

    ``base_path`` is the path of the website as in a link, with a slash at both ends. ``data_files`` are the output paths of
    the files in `data/` with a digest in their names, ``top_names`` the first names of all output paths, with a slash where
    they are folders. ``copies`` says how its files are compressed beforehand. ``has_form`` says whether the form of `credsite cms` is
    published too, ``has_api`` whether files for other programs are.
    """

    host: str
    base_path: str
    policy: str
    redirects: tuple[Redirect, ...] = ()
    data_files: tuple[str, ...] = ()
    top_names: tuple[str, ...] = field(default=(), repr=False)
    has_form: bool = False
    has_api: bool = False
    copies: tuple[Encoding, ...] = ()

    @property
    def decoded_base_path(self) -> str:
        return unquote(self.base_path)

    @property
    def security_headers(self) -> dict[str, str]:
        return {POLICY_HEADER: self.policy, **COMMON_HEADERS}


def redirects_of(pages: Iterable[PlannedPage], catalogue: Catalogue, urls: Urls) -> Iterator[Redirect]:
    """A redirect for each page at an old address."""
    base_path = unquote(urls.base_path)
    for page in pages:
        if page.key[0] == "aliases":
            kind, slug = Kind(str(page.keys[0])), str(page.keys[1])
            entry = catalogue.entry(kind, slug)
            if entry is not None:
                alias = entry.aliases[int(page.key[1])]
                yield Redirect(base_path + alias.lstrip("/"), urls.entry(kind, slug), page.path)
