"""What is worked out in advance for peers that cannot list courses by two things at once: all except Hugo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogues.catalogue import Catalogue, Entry, slugified
from benchmarks.catalogues.listings import PAGE_SIZE, Listings, ListPage
from benchmarks.catalogues.markdown_files import with_addresses
from benchmarks.catalogues.vocabulary import MODES
from benchmarks.peers.base import TEMPLATES

_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def address(folder: str, slug: str) -> str:
    return f"/{folder}/{slug}/"


def body(entry: Entry) -> str:
    return with_addresses(entry.body, address)


@cache
def names(catalogue: Catalogue) -> dict[str, Any]:
    """The titles of what courses refer to by id: pairs of id and title for menus, and ``titles`` and ``providers`` by id."""
    industries = [(entry.slug, entry.title) for entry in catalogue.industries]
    return {
        "industries": industries,
        "modes": list(MODES.items()),
        "titles": dict(industries),
        "providers": {entry.slug: entry.title for entry in catalogue.providers},
    }


def course_fields(catalogue: Catalogue, listings: Listings, number: int, course: Entry) -> dict[str, Any]:
    """The front matter of a course, with what credsite and Hugo work out by themselves."""
    return {
        **plain(course.fields),
        "provider_name": names(catalogue)["providers"][course.fields["provider"]],
        "skill_links": [
            {"title": skill, "url": f"/skills/{slugified(skill)}/"}
            for skill in course.fields["skills"]
            if skill in listings.shared_skills
        ],
        "related": [_card_of(catalogue, other) for other in catalogue.related(number)],
        "card": card(catalogue, course),
    }


def entry_fields(entry: Entry) -> dict[str, Any]:
    """The front matter of a story or a pathway, with its card."""
    shown = {
        "url": address(entry.folder, entry.slug),
        "title": entry.title,
        "summary": entry.fields["summary"],
    }
    return {**plain(entry.fields), "card": shown}


def plain(value: Any) -> Any:
    """The value with dates as text, because the peers show them as they are written."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def copy_style_and_parts(style: Path, template: Path) -> None:
    """Copy the stylesheet and the template of common page parts, which all peers share, to the given paths."""
    for name, to in (("style.css", style), ("common/parts.html", template)):
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes((TEMPLATES / name).read_bytes())


@lru_cache(maxsize=512)
def _card_of(catalogue: Catalogue, number: int) -> dict[str, Any]:
    return card(catalogue, catalogue.course(number))


def card(catalogue: Catalogue, course: Entry) -> dict[str, Any]:
    """The contents of a course's card."""
    fields = course.fields
    titles = names(catalogue)
    return {
        "url": address("courses", course.slug),
        "title": course.title,
        "summary": fields["summary"],
        "provider": titles["providers"][fields["provider"]],
        "industries": " · ".join(titles["titles"][one] for one in fields["industries"]),
        "modes": ", ".join(MODES[one] for one in fields["delivery_modes"]),
        "duration": fields["duration"],
        "price": fields["price"],
        "starts": min(session["starts"] for session in fields["sessions"]).isoformat(),
    }


def filters(catalogue: Catalogue, listings: Listings, page: ListPage) -> list[dict[str, Any]]:
    """The links above a list, which lead to the lists with another industry or delivery mode."""
    if not page.filters:
        return []
    industries = [(entry.title, f"industries/{entry.slug}/") for entry in catalogue.industries]
    base = f"industries/{page.industry}/" if page.industry else "delivery/"
    modes = [(title, f"{base}{mode}/") for mode, title in MODES.items()]
    return [
        {"title": title, "url": f"/{path}", "count": listings.counts[path]}
        for title, path in (*industries, *modes)
        if path in listings.counts
    ]


def list_pages(catalogue: Catalogue, listings: Listings) -> Iterator[dict[str, Any]]:
    """Every page of every list, as plain data."""
    for page in listings.pages:
        yield {
            **asdict(page),
            "path": page.path,
            "text": _LINK.sub(r"\1", page.text),
            "links": filters(catalogue, listings, page),
            "url_before": f"/{page.base}" + (f"page/{page.number - 1}/" if page.number > 2 else ""),
            "url_after": f"/{page.base}page/{page.number + 1}/",
        }


def index_pages(catalogue: Catalogue, listings: Listings) -> Iterator[dict[str, Any]]:
    """The pages that list industries, modes, providers and skills, as plain data."""
    groups = {
        ("industries/", "Industries"): [
            (one.title, address("industries", one.slug)) for one in catalogue.industries
        ],
        ("delivery/", "Ways to learn"): [(title, address("delivery", mode)) for mode, title in MODES.items()],
        ("providers/", "Providers"): [
            (one.title, address("providers", one.slug)) for one in catalogue.providers
        ],
        ("skills/", "Skills"): [
            (one, address("skills", slugified(one))) for one in sorted(listings.shared_skills)
        ],
    }
    for (base, title), links in groups.items():
        size = PAGE_SIZE if base == "providers/" else len(links)
        for number, first in enumerate(range(0, len(links), size), start=1):
            path = base if number == 1 else f"{base}page/{number}/"
            entries = [
                {"title": name, "url": url, "summary": ""} for name, url in links[first : first + size]
            ]
            yield {"path": path, "title": title, "entries": entries, "pages": 1, "number": 1}
    home = [
        {"title": one.title, "url": address("industries", one.slug), "summary": ""}
        for one in catalogue.industries
    ]
    yield {"path": "", "title": "Quillbay Short Courses", "entries": home, "pages": 1, "number": 1}
    yield {"path": "404.html", "title": "This page is not here", "entries": home, "pages": 1, "number": 1}
