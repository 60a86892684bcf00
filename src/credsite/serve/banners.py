"""The banners on pages of the preview that are not published: why not, and until when. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.publication import Unpublished
from credsite.content.records import Record, StoryRecord
from credsite.schema.kinds import Kind
from credsite.site.urls import entry_path, output_path

_LABELS: Final = {
    "draft": "Draft",
    "not-yet": "Not published yet",
    "expired": "Not published any more",
    "no-consent": "Not published",
    "consent-expired": "Not published any more",
    "consent-withdrawn": "Will not be published",
    "needs": "Not published",
}


def preview_banners(catalogue: Catalogue | None) -> Mapping[str, str]:
    """The HTML of the banner for each page that is not published, by its output path.

    A banner stands in a shadow root, so that it looks the same in every theme and needs no script.
    """
    if catalogue is None:
        return {}
    held = {(one.kind, one.slug): one for one in catalogue.unpublished}
    found: dict[str, str] = {}
    for kind in Kind:
        for slug, entry in catalogue.of_kind(kind).items():
            why = held.get((kind, slug))
            if entry is None or not (why or entry.draft):
                continue
            reason = why or Unpublished(kind, slug, entry.path, entry.title, "draft")
            text = f"<strong>{_LABELS[reason.reason]}.</strong> {_why(reason, entry, catalogue.clock)}"
            found[output_path(entry_path(kind, slug))] = _banner_html(text)
    return found


def _banner_html(text: str) -> str:
    return (
        '<link rel="stylesheet" href="/_credsite/page.css">'
        '<credsite-banner><template shadowrootmode="open"><link rel="stylesheet" href="/_credsite/preview.css">'
        f'<section class="banner" aria-label="Preview"><p>{text}</p></section></template></credsite-banner>'
    )


def _why(held: Unpublished, entry: Record, clock: Clock) -> str:
    file = f"<code>{html.escape(entry.path)}</code>"
    match held.reason:
        case "draft":
            return f"Only this preview shows the page, until <code>draft: true</code> is taken out of {file}."
        case "not-yet":
            return f"Only this preview shows the page until {_moment(held.until)}, as {file} says."
        case "expired":
            since = entry.expires_at and clock.instant(entry.expires_at)
            return (
                f"Only this preview shows the page since {_moment(since)}, when it expired, as {file} says."
            )
        case "needs":
            needed = f"<code>{html.escape(held.needs)}</code>"
            return f"Only this preview shows the page, until {needed} is published, which it needs."
        case _:
            return _why_no_consent(held, entry, file)


def _why_no_consent(held: Unpublished, entry: Record, file: str) -> str:
    withdrawn = entry.consent_withdrawn if isinstance(entry, StoryRecord) else None
    expires = entry.consent_expires if isinstance(entry, StoryRecord) else None
    match held.reason:
        case "consent-withdrawn":
            return f"The learner withdrew consent on {_moment(withdrawn)}. Delete {file} when you can."
        case "consent-expired":
            return f"The consent of the learner ended on {_moment(expires)}. Ask again, or delete {file}."
        case _ if held.until is not None:
            return f"Only this preview shows the story until {_moment(held.until)}, from when on the learner consents."
        case _:
            return f"Ask the learner, and write the date of the consent in {file} as <code>consent: given</code>."


def _moment(value: date | datetime | None) -> str:
    """``1 February 2027``, with the time where it is not midnight."""
    if value is None:
        return "then"
    day = f"{value.day} {value:%B %Y}"
    return f"{day}, {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else day
