"""All paths and URLs of the site. No other module knows the base path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit

from credsite.schema.kinds import INDEX_SLUG, KINDS, Kind

PATH_PREFIXES: Final = {spec.id: spec.url_prefix for spec in KINDS.values()}
"""The site path below which the entries of a kind are. A site path does not begin with a slash; that of a page ends with one."""
SHORTLIST: Final = "shortlist/"
COMPARE: Final = "compare/"
GENERATED_SECTIONS: Final = frozenset({*PATH_PREFIXES.values(), SHORTLIST, COMPARE, "guides/", "skills/"}) - {
    ""
}
"""Site paths beside those of pages in `content/pages/`, at which there are pages that no entry has written."""

_STORY_LISTS: Final = {"industry": "industry", "background": "background", "mode": "delivery"}
_SAFE: Final = "/#?=&._~-%"
"""Characters that a URL may contain unquoted."""
_PLAIN: Final = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*")


def entry_path(kind: Kind, slug: str) -> str:
    return f"{PATH_PREFIXES[kind]}{slug}/"


def course_list_path(industry: str, mode: str) -> str:
    """The site path of the list of courses of an industry, a delivery mode, both or neither ("" for none)."""
    if industry:
        path = entry_path(Kind.INDUSTRY, industry)
        return f"{path}{mode}/" if mode else path
    return entry_path(Kind.DELIVERY_MODE, mode) if mode else PATH_PREFIXES[Kind.COURSE]


def story_list_path(kind: str, value: str) -> str:
    """The site path of the list of stories of the ``industry``, ``background`` or ``mode`` (``kind``) ``value``, or of all."""
    stories = PATH_PREFIXES[Kind.STORY]
    return f"{stories}{_STORY_LISTS[kind]}/{value}/" if value else stories


def course_index_path() -> str:
    """The site path of the index of all courses by their letters."""
    return f"{PATH_PREFIXES[Kind.COURSE]}{INDEX_SLUG}/"


def skill_path(slug: str) -> str:
    """The site path of the list of courses that teach a skill."""
    return f"skills/{slug}/"


def detail_path(field: str, value: str = "") -> str:
    """The site path of the list of courses with a value of an own field, or of the index of its values."""
    return f"{field}/{value}/" if value else f"{field}/"


def numbered_path(path: str, number: int) -> str:
    """The site path of page ``number`` of a list whose first page is at ``path``."""
    return path if number == 1 else f"{path}page/{number}/"


def without_dots(path: str) -> str:
    """``path`` as browsers ask for it: without ``.`` and ``..`` between slashes."""
    if "." not in path or not re.search(r"(?:^|/)\.\.?(?:/|$)", path):
        return path
    names: list[str] = []
    for name in path.split("/"):
        if name == "..":
            names[-1:] = []
        elif name != ".":
            names.append(name)
    return "/".join(names)


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


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    # Almost all paths need no quoting, and checking that takes a fifth of the time that quoting takes.
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE)
