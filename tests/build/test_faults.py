"""credsite itself fails at one entry: that is a problem of the entry, and all others are published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.catalogue import builder
from credsite.content import image_location, images, parser
from credsite.core.errors import CredsiteError
from credsite.core.processes import StartMethod
from credsite.problems.faults import DEBUG, fault_message, fault_problem
from credsite.site import view_builder
from credsite.site.feeds import session_events
from credsite.site.pages import courses
from credsite.theme.formatters import Formatters
from tests.support.small_site import small_site

NOW = "2027-01-15"
Break = Callable[[Any, str, Callable[..., bool]], None]


class SomeError(Exception):
    """Which no part of credsite expects."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Replaces a function by one that raises an error where ``when`` says so of its arguments."""

    def replace(module: Any, name: str, when: Callable[..., bool]) -> None:
        real = getattr(module, name)

        def broken(*arguments: Any, **options: Any) -> Any:
            if when(*arguments):
                raise SomeError("no\nidea %s {0}")
            return real(*arguments, **options)

        monkeypatch.setattr(module, name, broken)

    return replace


def options(site: Path, **more: Any) -> Options:
    return Options(
        site, site.parent / "website", now=datetime.fromisoformat(NOW), **{"keep_going": True, **more}
    )


def faults(problems: Any) -> list[str]:
    return [problem.location.path for problem in problems if problem.code == "internal-fault"]


def published(site: Path) -> set[str]:
    website = site.parent / "website"
    return {page.parent.relative_to(website).as_posix() for page in website.rglob("index.html")}


def a_course(slug: str) -> str:
    return f"content/courses/{slug}.md"


BREAKS: list[tuple[str, Any, str, Callable[..., bool], str]] = [
    ("parsing", parser, "parse", lambda _, source, *__: source.slug == "sql", "courses/sql"),
    ("records", parser, "digest", lambda data: b"in sql" in data and b"skills" in data, "courses/sql"),
    ("catalogue", builder, "enrolment", lambda course, *_: course.slug == "sql", "courses/sql"),
    ("calendar", session_events, "_location", lambda _, course, *__: course.slug == "sql", "courses/sql"),
    ("course page", courses, "course_calendar", lambda _, course, *__: course.slug == "sql", "courses/sql"),
    ("filter of the theme", Formatters, "_duration", lambda _, value: value.maximum == 5, "courses/layout"),
]


@pytest.mark.parametrize(
    ("module", "name", "when", "page"),
    [one[1:] for one in BREAKS],
    ids=[one[0] for one in BREAKS],
)
def test_all_other_entries_are_published(
    site: Path, fails: Break, module: Any, name: str, when: Callable[..., bool], page: str
) -> None:
    build(options(site))
    before = published(site)
    assert page in before
    fails(module, name, when)
    (site / ".credsite").rename(site / "old")
    (site.parent / "website").rename(site.parent / "old")
    result = build(options(site))
    assert faults(result.problems) == [f"content/{page}.md"]
    assert result.report is not None
    assert result.report.invalid_entries == (f"content/{page}.md",)
    assert page not in published(site)
    assert {each for each in before if each.startswith(("courses/", "providers/", "stories/"))} - {
        page
    } <= published(site) | {each for each in before if each.count("/") != 1}
    again = build(options(site))
    assert faults(again.problems) == [f"content/{page}.md"]
    assert again.summary is not None
    assert again.summary.written == 0


@pytest.mark.parametrize("name", ["parsing", "catalogue", "calendar"])
def test_without_keep_going_the_build_fails_with_the_problem(site: Path, fails: Break, name: str) -> None:
    fails(*next(one[1:4] for one in BREAKS if one[0] == name))
    result = build(options(site, keep_going=False))
    assert faults(result.problems) == [a_course("sql")]
    assert result.report is None
    assert result.is_begun is (name == "calendar")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_say_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch, start: StartMethod, fails: Break
) -> None:
    if start == "fork":
        monkeypatch.setattr("credsite.core.parallel.MIN_ITEMS", {"fork": 1, "spawn": 1})
    fails(session_events, "_location", lambda _, course, *__: course.slug == "sql")
    result = build(options(site, jobs=2, start_method=start))
    assert faults(result.problems) == [a_course("sql")]


def test_the_website_is_that_of_a_site_without_the_entry(site: Path, fails: Break) -> None:
    fails(session_events, "_location", lambda _, course, *__: course.slug == "web-pages")
    build(options(site))
    website = site.parent / "website"
    with_fault = {path.relative_to(website): path.read_bytes() for path in website.rglob("*.html")}
    course = site / a_course("web-pages")
    course.write_text(
        course.read_text(encoding="utf-8").replace("price: ", "price: wrong "), encoding="utf-8"
    )
    build(options(site))
    assert with_fault == {path.relative_to(website): path.read_bytes() for path in website.rglob("*.html")}


def test_several_entries_of_several_kinds_fail(site: Path, fails: Break) -> None:
    fails(builder, "enrolment", lambda course, *_: course.slug in ("sql", "layout"))
    fails(view_builder.ViewBuilder, "entry", lambda _, record: record.slug in ("story-4", "help"))
    found = faults(build(options(site)).problems)
    assert found[:2] == [a_course("layout"), a_course("sql")]
    assert set(found[2:]) <= {"content/pages/help.md", "content/stories/story-4.md"}


def test_a_fault_at_most_entries_is_no_problem_of_them(site: Path, fails: Break) -> None:
    build(options(site))
    before = published(site)
    fails(builder, "enrolment", lambda *_: True)
    with pytest.raises(SomeError):
        build(options(site, no_cache=True))
    assert published(site) == before


def test_a_fault_that_is_nobodys_ends_the_build(site: Path, fails: Break) -> None:
    fails(builder, "list_facets", lambda *_: True)
    with pytest.raises(SomeError):
        build(options(site))


def test_a_fault_at_an_image_is_one_of_its_file(site: Path, fails: Break) -> None:
    fails(images, "inspected", lambda data, _: b"102" in data)
    site_now = analyse(options(site, no_cache=True))
    found = [problem for problem in site_now.problems if problem.code == "internal-fault"]
    assert found
    assert all("content/images/healthcare.svg" in problem.message for problem in found)
    fails(image_location, "has_location", lambda data: b"103" in data)
    assert "content/images/technology.svg" in faults(analyse(options(site, no_cache=True)).problems)


def test_a_fault_while_lines_are_looked_for_leaves_the_lines_of_other_files(site: Path, fails: Break) -> None:
    from credsite.build import analysed_site

    for slug in ("sql", "layout"):
        file = site / a_course(slug)
        file.write_text(file.read_text(encoding="utf-8") + "\n[x](nowhere.md)\n", encoding="utf-8")
    fails(
        analysed_site,
        "fill_in_locations",
        lambda problems, _: any("sql" in one.location.path for one in problems),
    )
    lines = {
        problem.location.path: problem.location.line
        for problem in analyse(options(site)).problems
        if problem.code == "broken-link"
    }
    assert lines[a_course("sql")] == 0
    assert lines[a_course("layout")] > 0


def test_what_failed_is_said_with_its_place() -> None:
    try:
        parser.parse(b"", None, -1)  # type: ignore[arg-type]
    except AttributeError as error:
        problem = fault_problem(error, "a.md")
    assert problem.location.path == "a.md"
    assert "AttributeError" in problem.message
    assert "content/parser.py:" in problem.message
    assert "\n" not in problem.message


@pytest.mark.parametrize("error", [MemoryError(), CredsiteError("Do this.")])
def test_errors_that_say_what_to_do_go_on(error: Exception) -> None:
    with pytest.raises(type(error)):
        fault_message(error)


def test_whoever_looks_for_faults_gets_the_error(
    site: Path, fails: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(builder, "enrolment", lambda course, *_: course.slug == "sql")
    monkeypatch.setenv(DEBUG, "1")
    with pytest.raises(SomeError):
        build(options(site))
