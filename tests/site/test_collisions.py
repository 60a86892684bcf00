from __future__ import annotations

from typing import NamedTuple

import pytest

from credsite.core.published_names import unpublishable_paths
from credsite.site.planned import PlannedFile
from credsite.site.planner import Plan
from tests.support.catalogues import (
    AnyEntry,
    course,
    page,
    planned,
)


class Collision(NamedTuple):
    place: str
    key: str
    other: str | None


def collisions(*entries: AnyEntry, static: tuple[str, ...] = ()) -> tuple[Plan, list[Collision]]:
    files = [PlannedFile(name, copy_of=f"static/{name}", digest="d") for name in static]
    site_plan, problems = planned(*entries, static=files)
    assert {problem.code for problem in problems} <= {"url-collision"}
    return site_plan, [
        Collision(p.location.path, ".".join(map(str, p.location.key)), str(p.related) if p.related else None)
        for p in problems
    ]


COURSE, ABOUT = "content/courses/a.md", "content/pages/about.md"


@pytest.mark.parametrize(
    ("entries", "static", "collision"),
    [
        ([course("a", aliases=["/about/"]), page("about")], (), (COURSE, "aliases.0", f"{ABOUT}:1:1")),
        ([course("a", aliases=["/x/", "/about"]), page("about")], (), (COURSE, "aliases.1", f"{ABOUT}:1:1")),
        ([course("a", aliases=["/courses/"])], (), (COURSE, "aliases.0", None)),
        ([course("a", aliases=["/"])], (), (COURSE, "aliases.0", None)),
        ([course("a", aliases=["/sitemap.xml"])], (), (COURSE, "aliases.0", None)),
        ([course("a", aliases=["/courses/a"])], (), (COURSE, "aliases.0", f"{COURSE}:1:1")),
        ([page("courses")], (), ("content/pages/courses.md", "slug", None)),
        ([page("about", aliases=["/old/"]), course("a", aliases=["/old/"])], (), (ABOUT, "aliases.0", f"{COURSE}:1:1")),
        ([page("about", aliases=["/old/"]), course("a", aliases=["/Old"])], (), (ABOUT, "aliases.0", f"{COURSE}:1:1")),
        ([course("a", aliases=["/old/", "/old"])], (), (COURSE, "aliases.1", f"{COURSE}:1:1")),
        ([page("about")], ("about/index.html",), ("static/about/index.html", "", f"{ABOUT}:1:1")),
        ([page("about")], ("About/Index.html",), ("static/About/Index.html", "", f"{ABOUT}:1:1")),
        ([], ("index.html",), ("static/index.html", "", None)),
        ([], ("404.html",), ("static/404.html", "", None)),
        ([], ("sitemap.xml",), ("static/sitemap.xml", "", None)),
        ([page("about")], ("about",), ("static/about", "", f"{ABOUT}:1:1")),
        ([], ("courses",), ("static/courses", "", None)),
        ([course("a", aliases=["/x.html"]), page("about", aliases=["/x.html/z/"])], (), (ABOUT, "aliases.0", f"{COURSE}:1:1")),
        ([course("a", aliases=["/хліб/", "/%D1%85%D0%BB%D1%96%D0%B1"])], (), (COURSE, "aliases.1", f"{COURSE}:1:1")),
        ([course("a", aliases=["/Été/", "/e\u0301te\u0301/"])], (), (COURSE, "aliases.1", f"{COURSE}:1:1")),
        ([course("a", aliases=["/old/", "/old/index.html"])], (), (COURSE, "aliases.1", f"{COURSE}:1:1")),
    ],
)  # fmt: skip
def test_two_pages_at_one_address(
    entries: list[AnyEntry], static: tuple[str, ...], collision: tuple[str, str, str | None]
) -> None:
    site_plan, result = collisions(*entries, static=static)
    assert result == [Collision(*collision)]
    outputs = [page.output.casefold() for page in site_plan.pages]
    outputs += (file.output.casefold() for file in site_plan.files)
    assert len(outputs) == len(set(outputs))


def test_aliases_of_one_file_that_mean_the_same_are_told_so() -> None:
    _, (problem,) = planned(course("a", aliases=["/old,1/", "/old%2C1"]))
    assert problem.message == (
        "The address /old,1/ is already that of another alias in this file: both mean the same page. Take the alias out."
    )


def test_a_page_may_have_the_name_of_a_section_that_is_empty() -> None:
    assert collisions(page("skills"), page("stories"))[1] == []


@pytest.mark.parametrize(
    ("entries", "static", "collision"),
    [
        ([], ("Courses/x.pdf",), ("static/Courses/x.pdf", "", None)),
        ([page("about")], ("About/x/y.pdf",), ("static/About/x/y.pdf", "", f"{ABOUT}:1:1")),
        ([], ("A/x", "a/y"), ("static/a/y", "", "static/A/x:1:1")),
        ([], ("docs/A/x", "docs/a/y", "docs/z"), ("static/docs/a/y", "", "static/docs/A/x:1:1")),
        ([course("a", aliases=["/Courses/old/"])], (), (COURSE, "aliases.0", None)),
    ],
)  # fmt: skip
def test_two_folders_that_some_computers_take_for_one(
    entries: list[AnyEntry], static: tuple[str, ...], collision: tuple[str, str, str | None]
) -> None:
    assert collisions(*entries, static=static)[1] == [Collision(*collision)]


def test_capital_letters_alone_are_no_collision() -> None:
    assert collisions(page("about"), static=("A/B/x.PDF", "A/B/y.pdf", "A/c", "CNAME"))[1] == []


def test_the_names_of_the_themes_files_are_taken() -> None:
    static = [
        PlannedFile(name, copy_of=f"static/{name}", digest="d")
        for name in ("assets/site.css", "ASSETS/x", "assets/mine.css")
    ]
    site_plan, problems = planned(page("about"), static=static, assets=["assets/site.css", "assets/js/a.js"])
    assert [problem.location.path for problem in problems] == ["static/assets/site.css", "static/ASSETS/x"]
    assert all("a file of the theme" in problem.message for problem in problems)
    planned_files = {file.output for file in site_plan.files}
    assert "assets/mine.css" in planned_files
    assert not planned_files & {"assets/site.css", "assets/js/a.js"}
    _, (problem,) = planned(
        page("about"), static=[PlannedFile("assets", copy_of="static/assets")], assets=["assets/site.css"]
    )
    assert problem.location.path == "static/assets"


@pytest.mark.parametrize(
    ("entry", "static", "expected"),
    [
        (page("con"), "", ("bad-slug", "content/pages/con.md", ())),
        (course("aux"), "", ("bad-slug", "content/courses/aux.md", ())),
        (
            page("about", aliases=["/" + "/".join(["x" * 188] * 4) + "/"]),
            "",
            ("bad-alias", ABOUT, ("aliases", 0)),
        ),
        (page("about", slug="con"), "", ("bad-slug", ABOUT, ("slug",))),
        (page("about"), "nul.txt", ("bad-file-name", "static/nul.txt", ())),
        (page("about"), "a\\b", ("bad-file-name", "static/a\\b", ())),
        (page("about"), "a/.git/config", ("bad-file-name", "static/a/.git/config", ())),
    ],
)
def test_what_no_website_can_hold_is_left_out(
    entry: AnyEntry, static: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    files = [PlannedFile(name, copy_of=f"static/{name}", digest="d") for name in (static, "good.txt") if name]
    site_plan, (problem,) = planned(entry, static=files)
    assert (problem.code, problem.location.path, problem.location.key) == expected
    assert len(problem.message) > 60
    outputs = {*(page.output for page in site_plan.pages), *(file.output for file in site_plan.files)}
    assert "good.txt" in outputs
    assert not unpublishable_paths(outputs)
