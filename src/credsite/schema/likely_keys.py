"""Other words that people use for a key, or for a type of field. Loaded only where there is a word that is not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

_MEANINGS: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(keys.split())
    for words, keys in {
        "name heading headline course course-name course-title": "title name",
        "description abstract intro introduction teaser excerpt subtitle": "summary description",
        "id identifier permalink path": "slug",
        "redirect redirects redirect-from old-urls": "aliases",
        "cost costs fee fees tuition": "price money",
        "school organisation organization institution institute university college": "provider",
        "sector sectors category categories field fields": "industries",
        "mode modes format formats delivery": "delivery_modes delivery_mode",
        "length": "duration",
        "course-code course-id course-number catalogue-number": "code",
        "intensity study-load full-time part-time": "attendance",
        "hours effort study-time": "workload",
        "tags keywords competencies": "skills",
        "objectives goals learning-outcomes learning-objectives": "outcomes",
        "assessment assessments exam exams": "assessment_methods",
        "requirements required entry-requirements": "prerequisites",
        "dates runs schedule start-dates": "sessions",
        "start begin begins date from first-day start-date starts-on": "starts",
        "end finish finishes to until last-day end-date ends-on": "ends",
        "deadline apply-until application-deadline closes": "apply_by",
        "place venue where room": "location",
        "address": "location street",
        "city town": "locality",
        "state province": "region",
        "zip zip-code postcode post-code": "postal_code",
        "lat coordinates": "latitude",
        "lng lon long": "longitude",
        "directions travel": "getting_there",
        "accessibility": "access",
        "places capacity spaces": "seats",
        "photo picture img thumbnail cover": "image photo src",
        "alt-text caption": "alt",
        "url link website apply register booking enrol enroll enrollment enrolment": "enrol_url url base_url",
        "email e-mail mail phone": "contact email",
        "publish published-at publish-date publishdate": "publish_at",
        "expires expiry expirydate until-date unpublish": "expires_at",
        "status unpublished hidden": "draft",
        "base-url baseurl site-url site": "base_url",
        "site-name site-title": "title",
        "lang language locale": "languages",
        "time-zone tz": "timezone",
        "children submenu links entries": "items",
        "string str line": "text",
        "textarea long-text rich-text richtext html md": "markdown",
        "integer int float decimal": "number",
        "amount price currency": "money",
        "boolean bool checkbox true-false yes/no": "yes-no",
        "datetime day": "date",
        "uri": "url",
        "select dropdown radio option options enum": "choice",
        "relation relationship entry": "reference",
    }.items()
    for word in words.split()
}


def likely_key(written: str, keys: Collection[str]) -> str:
    """The one of the ``keys`` that has the meaning of ``written``; "" where none has."""
    folded = written.strip().casefold().replace("_", "-").replace(" ", "-")
    return next((key for key in _MEANINGS.get(folded, ()) if key in keys), "")
