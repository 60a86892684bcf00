"""The banners on pages of the preview that are not published: why not, and until when. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, datetime

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.unpublished import REASON_TEXTS, Unpublished
from credsite.content.records import Record, StoryRecord
from credsite.core.text import long_date
from credsite.schema.kinds import Kind
from credsite.site.urls import entry_path, output_path


def preview_banners(catalogue: Catalogue | None) -> Mapping[str, str]:
    """The HTML of the banner for each page that is not published, by its output path.

    A banner stands in a shadow root, so that it looks the same in every theme and needs no script.
    """
    if catalogue is None:
        return {}
    unpublished = {(entry.kind, entry.slug): entry for entry in catalogue.unpublished}
    banners: dict[str, str] = {}
    for kind in Kind:
        for slug, entry in catalogue.of_kind(kind).items():
            reason = unpublished.get((kind, slug))
            if entry is None or not (reason or entry.draft):
                continue
            reason = reason or Unpublished(kind, slug, entry.path, entry.title, "draft")
            label = REASON_TEXTS[reason.reason].label
            text = f"<strong>{label}.</strong> {_explanation(reason, entry, catalogue.clock)}"
            banners[output_path(entry_path(kind, slug))] = _banner_html(text)
    return banners


def _banner_html(text: str) -> str:
    return (
        '<link rel="stylesheet" href="/_credsite/page.css">'
        '<credsite-banner><template shadowrootmode="open"><link rel="stylesheet" href="/_credsite/preview.css">'
        f'<section class="banner" aria-label="Preview"><p>{text}</p></section></template></credsite-banner>'
    )


def _explanation(unpublished: Unpublished, entry: Record, clock: Clock) -> str:
    file = f"<code>{html.escape(entry.path)}</code>"
    story = entry if isinstance(entry, StoryRecord) else None
    match unpublished.reason:
        case "draft":
            return f"Only this preview shows the page, until <code>draft: true</code> is removed from {file}."
        case "not-yet":
            return f"Only this preview shows the page until {_date(unpublished.until)}, as {file} says."
        case "expired":
            since = entry.expires_at and clock.instant(entry.expires_at)
            return f"Only this preview shows the page: it expired on {_date(since)}, as {file} says."
        case "needs":
            needed = f"<code>{html.escape(unpublished.needs)}</code>"
            return f"Only this preview shows the page, until {needed} is published, which it needs."
        case "consent-withdrawn":
            withdrawn = _date(story.consent_withdrawn if story else None)
            return f"The learner withdrew consent on {withdrawn}. Delete {file} when you can."
        case "consent-expired":
            expired = _date(story.consent_expires if story else None)
            return f"The consent of the learner ended on {expired}. Ask again, or delete {file}."
        case _ if unpublished.until is not None:
            return f"Only this preview shows the story until {_date(unpublished.until)}, when the learner's consent begins."
        case _:
            return f"Ask the learner, and write the date of the consent into {file} as <code>consent: given</code>."


def _date(value: date | datetime | None) -> str:
    return "then" if value is None else long_date(value)
