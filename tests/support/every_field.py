"""A site in which every text that visitors can see, in each kind of entry and in the settings, is chosen by the test.

Used to try what a text may do to a page: break its layout, or run as code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

PICTURE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><rect width="8" height="6" fill="#345"/></svg>'
)
MODE: Final = "blended"
BASE_URL: Final = "https://fields.test/"

Text = Callable[[str], str]
"""From the name of a place, such as ``course.title``, to the text that stands there."""


def write_settings(site: Path, text: Text) -> None:
    """Write credsite.yaml, with the id ``help`` for a kind of funding, of support and of background."""
    settings = {
        "title": text("settings.title"),
        "tagline": text("settings.tagline"),
        "description": text("settings.description"),
        "base_url": BASE_URL,
        "languages": ["en-CA"],
        "currency": "CAD",
        "timezone": "America/Halifax",
        "contact": "mailto:ask@fields.test",
        "notice": text("settings.notice"),
        "funding": {
            "help": {
                "title": text("funding.title"),
                "summary": text("funding.summary"),
                "url": "https://elsewhere.example/",
            }
        },
        "backgrounds": {"help": text("background")},
        "support": {"help": text("support")},
    }
    site.mkdir(parents=True, exist_ok=True)
    (site / "credsite.yaml").write_text(
        "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items()), "utf-8"
    )
    picture = site / "content" / "images" / "picture.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(PICTURE, encoding="utf-8")


def write_mode(site: Path, text: Text, body: str) -> None:
    """Write the introduction of the only delivery mode."""
    _write(
        site,
        "delivery-modes",
        MODE,
        {"title": text("mode.title"), "summary": text("mode.summary"), "image": _image(text, "mode")},
        body,
    )


def write_entries(
    site: Path,
    slug: str,
    text: Text,
    body: str,
    *,
    url: str = "https://elsewhere.example/",
    industries: Sequence[str] = (),
) -> None:
    """Write one entry of each kind but delivery modes, under one id, that name each other.

    ``industries`` are the ids of the course's industries, if not the new one, which then is not written.
    """
    common = {"featured": True}
    if not industries:
        _write(site, "industries", slug, {**_common(text, "industry"), "order": 1}, body)
    provider = {
        **_common(text, "provider"),
        "kind": "college",
        "country": "CA",
        "region": text("provider.region"),
        "url": url,
        "email": "ask@fields.test",
        "logo": "../images/picture.svg",
        "accredited_by": [text("provider.accredited_by")],
    }
    _write(site, "providers", slug, provider, body)
    course = {
        **common,
        **_common(text, "course"),
        "provider": slug,
        "partners": [],
        "industries": list(industries) or [slug],
        "delivery_modes": [MODE],
        "pace": "scheduled",
        "timing": ["evening"],
        "duration": "6 weeks",
        "workload": "42 hours",
        "price": {"amount": 495, "note": text("course.price.note")},
        "funding": ["help"],
        "level": "introductory",
        "qualification_level": {
            "framework": text("course.qualification.framework"),
            "level": text("course.qualification.level"),
        },
        "credits": {"value": 3, "unit": text("course.credits.unit")},
        "outcomes": [text("course.outcome"), text("course.outcome.second")],
        "skills": [
            text("course.skill"),
            {"name": text("course.skill.name"), "uri": "http://data.europa.eu/esco/skill/1"},
        ],
        "learning_methods": ["projects"],
        "assessment_methods": ["project"],
        "credential": _credential(text, "course"),
        "prerequisites": [text("course.prerequisite")],
        "occupations": [{"scheme": "noc-2021", "code": "21232", "name": text("course.occupation")}],
        "sessions": [
            {
                "starts": "2027-02-01",
                "ends": "2027-03-15",
                "apply_by": "2027-01-18",
                "location": text("course.session.location"),
                "seats": 12,
                "enrol_url": url,
            }
        ],
        "enrol_url": url,
        "contact": "mailto:ask@fields.test",
        "video": {"url": url, "title": text("course.video.title"), "image": "../images/picture.svg"},
        "prices": [
            {
                "for": text("course.price.for"),
                "amount": 395,
                "items": [{"label": text("course.price.item"), "amount": 395}],
            }
        ],
        "code": text("course.code"),
        "support": ["help"],
        "quality_assurance": {"name": text("course.quality"), "url": url},
    }
    _write(site, "courses", slug, course, body)
    story = {
        **common,
        **_common(text, "story"),
        "learner": {
            "name": text("story.learner.name"),
            "location": text("story.learner.location"),
            "photo": "../images/picture.svg",
        },
        "courses": [slug],
        "consent": {"given": "2026-01-02", "expires": "2031-01-02"},
        "background": ["help"],
        "before": text("story.before"),
        "after": text("story.after"),
        "quote": text("story.quote"),
        "highs": [text("story.high")],
        "lows": [text("story.low")],
        "told_at": "2026-01-02",
        "images": [_image(text, "story.more")],
        "video": {"url": url, "title": text("story.video.title")},
    }
    _write(site, "stories", slug, story, body)
    pathway = {
        **common,
        **_common(text, "pathway"),
        "provider": slug,
        "steps": [
            {
                "title": text("pathway.step.title"),
                "courses": [slug],
                "credential": text("pathway.step.credential"),
            }
        ],
        "credential": _credential(text, "pathway"),
    }
    _write(site, "pathways", slug, pathway, body)
    page = {
        **_common(text, "page"),
        "menu": {"label": text("page.menu.label"), "order": 1},
        "template": "guide",
    }
    _write(site, "pages", slug, page, body)


def _common(text: Text, kind: str) -> dict[str, Any]:
    return {
        "title": text(f"{kind}.title"),
        "summary": text(f"{kind}.summary"),
        "image": _image(text, kind),
    }


def _image(text: Text, kind: str) -> dict[str, str]:
    return {"src": "../images/picture.svg", "alt": text(f"{kind}.image.alt")}


def _credential(text: Text, kind: str) -> dict[str, Any]:
    return {
        "type": "certificate",
        "name": text(f"{kind}.credential.name"),
        "image": "../images/picture.svg",
        "recognised_by": [text(f"{kind}.credential.recognised_by")],
        "valid_for": "2 years",
    }


def _write(site: Path, folder: str, slug: str, values: dict[str, Any], body: str) -> None:
    """Values are written as JSON, which YAML can read, so every character stays what it is."""
    file = site / "content" / folder / f"{slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items() if value)
    file.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
