"""A build says which addresses of entries are gone, and what keeps them."""

from __future__ import annotations

from pathlib import Path

from credsite.cli.lost_addresses import lost_address_lines
from tests.support.cli import Run


def test_only_pages_of_entries_count() -> None:
    removed = [
        "courses/page/2/index.html",
        "courses/a.ics",
        "skills/x/index.html",
        "data/a.json",
        "stories/index.html",
        "guides/index.html",
        "courses/old/index.html",
    ]
    assert list(lost_address_lines(removed, [])) == [
        "1 address is no longer on the website:",
        "  /courses/old/",
        "If you have renamed a file, write its old address into it, so that old links still lead there: `aliases: [/courses/old/]`",
    ]


def test_what_is_only_held_back_is_not_lost() -> None:
    removed = ["courses/old/index.html", "about/index.html"]
    assert list(lost_address_lines(removed, ["content/courses/old.md", "content/pages/about.en.md"])) == []


def test_few_are_listed() -> None:
    lines = list(lost_address_lines([f"courses/c{number}/index.html" for number in range(9)], []))
    assert lines[0] == "9 addresses are no longer on the website:"
    assert lines[6] == "  and 4 more"


def test_a_course_that_is_renamed(run: Run, site: Path) -> None:
    run("build", site)
    course = min((site / "content/courses").glob("*.md"))
    (site / "content/courses/new-name.md").write_bytes(course.read_bytes())
    course.unlink()
    output = run("build", site, "--keep-going").stdout
    assert f"  /courses/{course.stem}/\n" in output
    new = site / "content/courses/new-name.md"
    new.write_text(new.read_text().replace("---\n", f"---\naliases: [/courses/{course.stem}/]\n", 1))
    assert "no longer on the website" not in run("build", site, "--keep-going").stdout
