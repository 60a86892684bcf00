"""A catalogue whose lists are long: every page of a list is near the home page, and all courses are in an index by letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.cli import run_credsite
from tests.support.depth import depths
from tests.support.html import check_html
from tests.support.report import listed
from tests.support.sample import NOW
from tests.support.search_results import result_problems

COURSES = 245
FARTHEST = 4
TITLES = ("Baking {}", "Árboles {}", "Zither {}", "Жители {}", "{} ways to bake")


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("long")
    files = {
        "credsite.yaml": "title: Long\nbase_url: https://long.test/\npage_size: 4\nshare_pictures: false\n",
        "content/industries/food.md": "---\ntitle: Food\n---\n",
        "content/providers/college.md": "---\ntitle: College\n---\n",
    }
    for number in range(COURSES):
        title = TITLES[number % len(TITLES)].format(number)
        files[f"content/courses/c-{number}.md"] = (
            f"---\ntitle: {title}\nsummary: What it is about ({number}).\nprovider: college\nindustries: [food]\n"
            f"delivery_modes: [{'online' if number % 9 else 'hybrid'}]\n---\n"
        )
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    built = run_credsite("build", site, "--quiet", "--now", NOW)
    assert built.exit_code == 0, built.output
    return site / "public"


def test_no_page_of_a_list_is_far_from_the_home_page(website: Path) -> None:
    found = depths(website)
    lists = {path: depth for path, depth in found.items() if not path.startswith("courses/c-")}
    numbers = {int(page[1]) for path in lists if (page := re.fullmatch(r"courses/page/(\d+)/", path))}
    assert numbers == set(range(2, -(-COURSES // 4) + 1))
    assert not {path: depth for path, depth in lists.items() if depth > FARTHEST}
    assert len([path for path in found if path.startswith("courses/c-")]) == COURSES


def test_every_course_is_under_its_letter(website: Path) -> None:
    pages = [website / "courses/a-z/index.html", website / "courses/a-z/page/2/index.html"]
    first, second = (page.read_text(encoding="utf-8") for page in pages)
    assert re.findall(r"<h2[^>]*>(.)</h2>", first) == ["#", "A", "B", "Z", "Ж"]
    assert re.findall(r"<h2>(.)</h2>", second) == ["Ж"]
    assert len(re.findall('<a href="/courses/c-', first)) == 240
    assert '<h2 id="letter_a">A</h2>' in first
    assert '<h2 id="letter_416">Ж</h2>' in first
    for page in (website / "courses/index.html", *pages):
        assert '<a href="/courses/a-z/#letter_416">Ж</a>' in page.read_text(encoding="utf-8")
    assert "letter_416" not in (website / "courses/page/2/index.html").read_text(encoding="utf-8")


def test_the_pages_are_right(website: Path, tmp_path: Path) -> None:
    problems = result_problems(website)
    assert not problems, listed(problems)
    for name in ("courses", "courses/a-z"):
        copy = tmp_path / name / "index.html"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(website / name / "index.html", copy)
    problems = check_html(tmp_path)
    assert not problems, listed(problems)
