"""What the page of a course says in words: what its button does, and on which days a session does not meet."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import write

_SETTINGS = "title: Small\nbase_url: https://small.test/\n"
_COURSE = """\
---
title: Welding
summary: Join steel.
provider: harbour-college
industries: [trades]
delivery_modes: [in-person]
enrol_url: https://harbour.test/enrol
{rest}
---
"""
_COURSES = {
    "open": "sessions: [{starts: 2027-03-01}]",
    "any-time": "pace: self-paced",
    "unannounced": "pace: scheduled",
    "early": "sessions: [{starts: 2027-03-01, apply_from: 2027-01-11}]",
    "full": "sessions: [{starts: 2027-03-01, seats: 0}]",
    "ended": "sessions: [{starts: 2026-03-01}]",
    "by-phone": "contact: 'tel:+1-902-555-0148'\nlevel: introductory",
    "by-mail": "contact: mailto:ask@harbour.test\nprerequisites: [A mask.]",
    "evenings": (
        "sessions: [{starts: 2026-12-01, ends: 2027-05-05, "
        "meets: ['Mondays 18:00-20:00 except 2027-03-29, 2026-12-28, 2027-04-05']}]"
    ),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the courses by their ids."""
    site = tmp_path_factory.mktemp("words")
    files = {f"courses/{slug}": _COURSE.format(rest=rest) for slug, rest in _COURSES.items()}
    files |= {
        "providers/harbour-college": "---\ntitle: Harbour College\n---\n",
        "industries/trades": "---\ntitle: Trades\n---\n",
    }
    for name, text in files.items():
        (site / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "content" / f"{name}.md").write_text(text)
    (site / "credsite.yaml").write_text(_SETTINGS)
    options = Options(site, site / "public", now=datetime(2026, 11, 23, 9), no_cache=True)
    write(analyse(options), options)
    return {slug: (site / f"public/courses/{slug}/index.html").read_text() for slug in _COURSES}


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("open", "Enrol with Harbour College"),
        ("any-time", "Enrol with Harbour College"),
        ("unannounced", "Enrol with Harbour College"),
        ("early", "Enrol from January 11, 2027"),
        ("full", "Enrolment at Harbour College"),
        ("ended", "Enrolment at Harbour College"),
    ],
)
def test_the_button_says_what_it_does(pages: dict[str, str], slug: str, words: str) -> None:
    found = re.search(r'<a class="button" href="https://harbour.test/enrol">([^<]*)', pages[slug])
    assert found is not None
    assert found[1] == words


def test_a_telephone_number_is_called_and_looks_like_one(pages: dict[str, str]) -> None:
    found = {
        slug: re.search(r'class="facts-ask".*?icon-([a-z]+)".*?</i>([^<]*)', pages[slug]) for slug in _COURSES
    }
    words = {slug: match.groups() for slug, match in found.items() if match}
    assert words == {
        "by-phone": ("phone", "Call about this course"),
        "by-mail": ("mail", "Ask about this course"),
    }


def test_a_level_is_called_a_level(pages: dict[str, str]) -> None:
    heads = {slug: re.findall(r"</i>(Level|For whom)<dd", pages[slug]) for slug in ("by-phone", "by-mail")}
    assert heads == {"by-phone": ["Level"], "by-mail": ["For whom"]}


def test_days_without_a_meeting_have_a_year_where_it_is_another(pages: dict[str, str]) -> None:
    assert "Not on December 28, March 29, 2027, and April 5, 2027<" in pages["evenings"]
