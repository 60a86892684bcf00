"""Problems as a browser is shown them."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from credsite.problems.codes import CODES
from credsite.problems.model import Location, Problem, Severity
from credsite.serve.problem_overlay import ProblemList, problem_list, problem_page, shared_problem_list

ERROR = Problem("unknown-key", "`prise` is not a key.", Location("content/a.md", 2, 1), suggestion="price")
WARNING = Problem(
    "broken-link", "There is no page.", Location("content/0.md", 9, 1), severity=Severity.WARNING
)
ADVICE = replace(WARNING, code="missing-price", severity=Severity.ADVICE)


def listed(
    *problems: Problem, failure: str = "", text: str | None = None, is_outdated: bool = False
) -> ProblemList:
    return problem_list(problems, failure, lambda _: text, is_outdated=is_outdated)


@pytest.mark.parametrize("problems", [(), (ADVICE,)])
def test_nothing_to_list(problems: tuple[Problem, ...]) -> None:
    assert listed(*problems) == ProblemList()


def test_errors_come_first_and_advice_is_counted() -> None:
    found = listed(WARNING, ERROR, ADVICE)
    assert found.heading == "1 error, 1 warning"
    assert found.is_urgent
    assert found.html.index("content/a.md:2:1") < found.html.index("content/0.md:9:1")
    assert "There is also 1 piece of advice" in found.html
    assert not listed(WARNING).is_urgent


def test_the_word_in_question_is_marked_in_its_line() -> None:
    found = listed(ERROR, text="---\nprise: 120 CAD\n---\n").html
    assert '<span class="line">2</span> <mark>prise</mark>: 120 CAD</pre>' in found
    assert "<code>prise</code> is not a key." in found
    assert "Did you mean <code>price</code>?" in found


def test_allowed_values_and_the_related_location_are_listed() -> None:
    found = listed(replace(ERROR, allowed=("online", "in-person"), related=Location("content/b.md", 3))).html
    assert "It can be: <code>online</code>, <code>in-person</code>." in found
    assert "The other place: <code>content/b.md:3</code>" in found


def test_a_failure_is_listed_as_an_error_with_a_note_on_old_pages() -> None:
    found = listed(failure="The disk is full.", is_outdated=True)
    assert (found.heading, found.is_urgent) == ("1 error", True)
    assert "The disk is full." in found.html
    assert "What you see is from before." in found.html
    assert "from before" not in listed(ERROR).html


def test_different_lists_have_different_ids() -> None:
    lists = [
        listed(ERROR),
        listed(WARNING),
        listed(ERROR, text="\nprise: 1"),
        listed(ERROR, is_outdated=True),
    ]
    assert len({found.id for found in lists}) == 4
    assert listed(ERROR).id == listed(ERROR).id != ""


def test_texts_from_files_are_escaped_everywhere() -> None:
    bad = "<img src=x onerror=alert(1)>`<b>`&\"'"
    place = Location(f"content/{bad}.md", 1, 1)
    found = listed(
        Problem("unknown-key", bad, place, allowed=(bad,), suggestion=bad, related=place),
        failure=bad,
        text=bad,
    )
    for text in (found.html, problem_page(found).decode()):
        assert "<img" not in text
        assert "<b>" not in text
        assert set(re.findall(r"<(\w+)", found.html)) <= {
            "ol", "li", "p", "strong", "code", "pre", "span", "mark"
        }  # fmt: skip


def test_others_are_told_where_published_pages_have_problems_and_how_many_there_are_elsewhere() -> None:
    settings = replace(ERROR, location=Location("credsite.yaml", 3, 1))
    theme = replace(ERROR, code="theme-error", location=Location("themes/own/theme.yaml"))
    outside = replace(theme, location=Location("/home/somebody/themes/own/theme.yaml", 1))
    secret = Location("content/stories/rosa.md", 1, 1, key=("learner", "rosa"), snippet="rosa")
    public = replace(
        WARNING, message="`rosa` is held back.", suggestion="rosa", allowed=("rosa",), related=secret
    )
    hidden = replace(ERROR, message="rosa", location=secret)
    found = shared_problem_list(
        [hidden, outside, settings, theme, public, ADVICE], "/home/rosa", {"content/0.md"}
    )
    assert found.heading == "5 errors, 1 warning"
    for told in (
        "content/0.md:9:1",
        "credsite.yaml:3:1",
        "themes/own/theme.yaml",
        CODES["broken-link"].meaning,
    ):
        assert html.escape(told).replace("`", "") in found.html.replace("<code>", "").replace("</code>", "")
    assert "2 problems in files that are not on the website" in found.html
    assert "The website cannot be built now." in found.html
    for untold in ("rosa", "/home", "somebody", "prise"):
        assert untold not in found.html
    assert shared_problem_list([replace(ADVICE, location=secret)], "", ()) == ProblemList()
    assert shared_problem_list([hidden], "", ()).id


def test_only_the_first_of_each_kind_of_very_many_problems_are_listed() -> None:
    many = [replace(ERROR, location=Location(f"content/{number}.md")) for number in range(120)]
    found = listed(*many, WARNING)
    assert found.html.count("<li") == 7
    assert "And 115 more: <code>unknown-key</code>" in found.html
    assert "<p>120 <code>unknown-key</code>, 1 <code>broken-link</code></p>" in found.html
    assert "content/0.md:9:1" in found.html
    assert found.heading == "120 errors, 1 warning"
