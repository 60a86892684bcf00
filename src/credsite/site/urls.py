"""Every URL of the site comes from here: the one place that knows the base path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from credsite.content.kinds import Kind

SECTIONS: Final = {
    Kind.COURSE: "courses/",
    Kind.STORY: "stories/",
    Kind.PATHWAY: "pathways/",
    Kind.PROVIDER: "providers/",
    Kind.INDUSTRY: "industries/",
    Kind.DELIVERY_MODE: "delivery/",
    Kind.PAGE: "",
}
"""The site path below which the entries of a kind stand. A site path has no slash in front and, for a page, one behind."""


def entry_path(kind: Kind, slug: str) -> str:
    return f"{SECTIONS[kind]}{slug}/"


def numbered(path: str, number: int) -> str:
    """The site path of page ``number`` of a list whose first page is at ``path``."""
    return path if number == 1 else f"{path}page/{number}/"


def output_path(path: str) -> str:
    """The file that a host serves for a site path."""
    return f"{path}index.html" if not path or path.endswith("/") else path


@dataclass(frozen=True, slots=True)
class Urls:
    """URLs under a base URL, which ends with a slash."""

    base_url: str

    @property
    def base_path(self) -> str:
        return urlsplit(self.base_url).path

    def to(self, path: str) -> str:
        """The root-relative URL of a site path."""
        return self.base_path + quote(path, safe="/#?=&._~-%")

    def absolute(self, path: str) -> str:
        return self.base_url + quote(path, safe="/#?=&._~-%")

    def entry(self, kind: Kind, slug: str) -> str:
        return self.to(entry_path(kind, slug))
