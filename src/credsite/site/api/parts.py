"""The small parts of the files for other programs, from those of pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from credsite.content.records import Record
from credsite.core.quantities import Duration
from credsite.site import views
from credsite.site.api.documents import (
    CodeDocument,
    DurationDocument,
    LinkDocument,
    PriceDocument,
    TermDocument,
)
from credsite.site.json_ld import absolute, json_number
from credsite.site.urls import Urls
from credsite.site.views import Link, Term


def term_document(term: Term) -> TermDocument:
    return {"id": term.id, "title": term.title}


def term_documents(terms: Iterable[Term]) -> list[TermDocument]:
    return [{"id": term.id, "title": term.title} for term in terms]


def link_document(link: Link, urls: Urls) -> LinkDocument:
    return {"title": link.title, "url": _absolute(link.url, urls)}


def link_documents(links: Iterable[Link], urls: Urls) -> list[LinkDocument]:
    return [link_document(link, urls) for link in links]


def duration_document(duration: Duration | None) -> DurationDocument | None:
    if duration is None:
        return None
    return {
        "minimum": json_number(duration.minimum),
        "maximum": None if duration.is_open else json_number(duration.maximum),
        "unit": duration.unit,
    }


def price_document(price: views.PriceView) -> PriceDocument:
    return {"amount": json_number(price.minimum), "currency": price.currency, "note": price.note}


def code_document(code: views.Code) -> CodeDocument:
    return {"scheme": code.scheme, "code": code.code, "name": code.name, "url": code.url or None}


def day_document(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _absolute(url: str, urls: Urls) -> str | None:
    """The complete address of a URL of the site or of another website; None for ""."""
    return absolute(url, urls) if url.startswith("/") else url or None


def latest_day(records: Iterable[Record]) -> str | None:
    """When one of the entries was last reviewed or published. Drafts do not count."""
    dates = [one.updated for one in records if one.updated is not None and not one.draft]
    return day_document(max(dates, key=lambda moment: moment.isoformat(), default=None))
