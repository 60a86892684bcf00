"""Every URL of the site comes from here: the one place that knows the base path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from credsite.schema.kinds import Kind

PATH_PREFIXES: Final = {
    Kind.COURSE: "courses/",
    Kind.STORY: "stories/",
    Kind.PATHWAY: "pathways/",
    Kind.PROVIDER: "providers/",
    Kind.INDUSTRY: "industries/",
    Kind.DELIVERY_MODE: "delivery/",
    Kind.PAGE: "",
}
"""The site path below which the entries of a kind stand. A site path has no slash in front and, for a page, one behind."""

_SAFE: Final = "/#?=&._~-%"
"""Signs that stand in a URL as they are."""
_PLAIN: Final = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*")


def entry_path(kind: Kind, slug: str) -> str:
    return f"{PATH_PREFIXES[kind]}{slug}/"


def numbered_path(path: str, number: int) -> str:
    """The site path of page ``number`` of a list whose first page is at ``path``."""
    return path if number == 1 else f"{path}page/{number}/"


def output_path(path: str) -> str:
    """The file that a host serves for a site path."""
    return f"{path}index.html" if not path or path.endswith("/") else path


@dataclass(frozen=True, slots=True)
class Urls:
    """URLs under a base URL, which ends with a slash."""

    base_url: str
    base_path: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_path", urlsplit(self.base_url).path)

    def to(self, path: str) -> str:
        """The root-relative URL of a site path."""
        return self.base_path + _quoted(path)

    def absolute(self, path: str) -> str:
        return self.base_url + _quoted(path)

    def entry(self, kind: Kind, slug: str) -> str:
        return self.to(entry_path(kind, slug))


def _quoted(path: str) -> str:
    # Almost all paths are plain, and to find that out takes a fifth of the time.
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE)
