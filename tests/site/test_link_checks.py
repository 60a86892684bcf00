"""What is said of links that people write in a way that leads nowhere."""

from __future__ import annotations

import pytest

from credsite.problems.model import Problem
from credsite.site.planned import PlannedFile
from tests.support.catalogues import course, planned


def problem_of(link: str) -> Problem:
    (found,) = [one for one in planned(course("bread", f"See {link} now."))[1] if one.code == "broken-link"]
    return found


@pytest.mark.parametrize(
    ("target", "suggestion", "words"),
    [
        ("ask@college.org", "mailto:ask@college.org", "before an e-mail address"),
        ("www.college.org", "https://www.college.org", "whole web address"),
        ("leaflet.pdf", "/leaflet.pdf", "to `static/leaflet.pdf`"),
        (r"files\price-list.XLSX", "/price-list.XLSX", "to `static/price-list.XLSX`"),
        ("/notes.txt", "", "in the site: `static/notes.txt`"),
        ("content/stories/ada.md", "../stories/ada.md", "relative to this file"),
        (r"..\stories\ada.md", "../stories/ada.md", "relative to this file"),
        ("stories/ada.md", "", "relative to this file"),
        ("http://127.0.0.1:8000/courses/bread/", "/courses/bread/", "own computer"),
        ("http://localhost:8000/courses/gone/", "", "own computer"),
        ("https://localhost/", "/", "own computer"),
    ],
)
def test_links_that_lead_nowhere(target: str, suggestion: str, words: str) -> None:
    problem = problem_of(f"[this]({target})")
    assert problem.suggestion == suggestion
    assert words in problem.message


def test_a_link_without_address_is_found_where_it_is() -> None:
    problem = problem_of("[this]()")
    assert "no address" in problem.message
    assert problem.location.snippet == "]()"


@pytest.mark.parametrize(
    "target", ["https://localhost.college.org/", "https://127college.org/", "https://college.org/localhost"]
)
def test_other_websites_are_no_own_computer(target: str) -> None:
    assert [one.code for one in planned(course("bread", f"[this]({target})"))[1] if "link" in one.code] == []


def video_problems(url: str) -> list[Problem]:
    entry = course("bread", video={"url": url, "title": "A day here"})
    static = [PlannedFile("films/a day.mp4", copy_of="static/films/a day.mp4", digest="d")]
    return [one for one in planned(entry, static=static)[1] if one.code == "broken-link"]


@pytest.mark.parametrize("url", ["/films/a day.mp4", "/films/a%20day.mp4#t=5", "https://tube.test/x.mp4"])
def test_a_video_that_the_site_has_is_no_problem(url: str) -> None:
    assert video_problems(url) == []


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ("/films/b-day.mp4", "/films/a day.mp4"),
        ("/night.webm", ""),
        ("http://localhost:8000/films/a%20day.mp4", "/films/a day.mp4"),
        ("https://courses.test/films/night.mp4", ""),
    ],
)
def test_a_video_that_leads_nowhere(url: str, suggestion: str) -> None:
    (problem,) = video_problems(url)
    assert (problem.suggestion, problem.location.snippet) == (suggestion, url)
